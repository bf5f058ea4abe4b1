"""Rows of an invented class: whether there is one, its quizzes in bulk, and all of it taken away again."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.attempt import Action
from quizlib.model.person import Role
from quizlib.store.ids import batched
from quizlib.store.tables import (
    assignments,
    attempts,
    classes,
    complaints,
    drafts,
    items,
    links,
    memberships,
    notices,
    replies,
    rescorings,
    sign_ins,
    steps,
    tallies,
    users,
)

# a database looks through every answer for each person that it lets go of, and others wait for as many as go together
AT_ONCE = 5


def loaded(connection: Connection) -> bool:
    """Tell whether there is an invented class, or anybody left of one."""
    return bool(connection.scalar(_LOADED))


def real_class_answers(connection: Connection) -> bool:
    """Tell whether students of a class that is not invented have answered anything."""
    return bool(connection.scalar(_REAL))


def add_class(connection: Connection, *, name: str, instructors: Sequence[int], now: datetime) -> int:
    """Store an invented class, which nobody can join, with its instructors; give its id."""
    values = {"name": name, "join_code": None, "made_by": instructors[0], "made_at": now, "invented": True}
    class_id = int(connection.execute(sa.insert(classes).values(values).returning(classes.c.id)).scalar_one())
    add_members(connection, class_id, [{"user_id": one, "role": Role.INSTRUCTOR} for one in instructors], now)
    return class_id


def add_members(connection: Connection, class_id: int, members: Sequence[dict[str, Any]], now: datetime) -> None:
    """Put people into a class, each given as the columns of a membership that are not as usual."""
    usual = {"class_id": class_id, "joined_at": now, "extra_time": 1.0, "shares_practice": False}
    connection.execute(sa.insert(memberships), [{**usual, **one} for one in members])


def add_assignments(connection: Connection, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Store assignments that have the same columns; give their ids in the same order."""
    return _added(connection, assignments, rows)


def add_attempts(connection: Connection, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Store attempts that have the same columns; give their ids in the same order."""
    return _added(connection, attempts, rows)


def add_items(connection: Connection, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Store items that have the same columns; give their ids in the same order."""
    return _added(connection, items, rows)


def add_steps(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Store many steps."""
    for some in batched(rows):
        connection.execute(sa.insert(steps), some)


def remove_class(connection: Connection) -> int:
    """Take away every invented class and all that was answered in it, but for the bare people; give how many answers.

    What a real person had to do with it is kept without it.
    """
    given = sa.select(assignments.c.id).where(assignments.c.class_id.in_(_CLASSES))
    real = sa.and_(attempts.c.assignment_id.in_(given), attempts.c.user_id.not_in(_PEOPLE))
    answered = sa.select(sa.func.count()).where(items.c.user_id.in_(_PEOPLE), items.c.answered_at.is_not(None))
    answers = connection.scalar(answered) or 0
    _take_back_extents(connection)
    connection.execute(sa.update(attempts).where(real).values(assignment_id=None))
    for table, condition in GONE.items():
        connection.execute(sa.delete(table).where(condition))
    return answers


def remove_people(connection: Connection) -> bool:
    """Take away some of the invented people, of whom nothing else is left; say whether more of them are."""
    some = list(connection.scalars(_PEOPLE.order_by(users.c.id).limit(AT_ONCE)))
    connection.execute(sa.delete(users).where(users.c.id.in_(some)))
    return len(some) == AT_ONCE


_PEOPLE = sa.select(users.c.id).where(users.c.invented)
_CLASSES = sa.select(classes.c.id).where(classes.c.invented)
_ANSWERED = sa.select(items.c.id).where(items.c.user_id.in_(_PEOPLE))
_SAT = sa.select(attempts.c.id).where(attempts.c.user_id.in_(_PEOPLE))
_SAID = sa.select(complaints.c.id).where(complaints.c.user_id.in_(_PEOPLE))
_LOADED = sa.select(sa.or_(sa.exists().where(classes.c.invented), sa.exists().where(users.c.invented)))
_REAL = sa.select(
    sa.exists()
    .where(~classes.c.invented, memberships.c.class_id == classes.c.id, memberships.c.role == Role.STUDENT)
    .where(items.c.user_id == memberships.c.user_id, items.c.answered_at.is_not(None))
)
# which rows go, before those that they point to
GONE = {
    notices: notices.c.user_id.in_(_PEOPLE),
    replies: replies.c.complaint_id.in_(_SAID),
    complaints: complaints.c.user_id.in_(_PEOPLE),
    tallies: tallies.c.attempt_id.in_(_SAT),
    steps: steps.c.item_id.in_(_ANSWERED),
    items: items.c.user_id.in_(_PEOPLE),
    attempts: attempts.c.user_id.in_(_PEOPLE),
    assignments: assignments.c.class_id.in_(_CLASSES),
    memberships: sa.or_(memberships.c.class_id.in_(_CLASSES), memberships.c.user_id.in_(_PEOPLE)),
    drafts: drafts.c.user_id.in_(_PEOPLE),
    links: links.c.user_id.in_(_PEOPLE),
    sign_ins: sign_ins.c.user_id.in_(_PEOPLE),
    classes: classes.c.invented,
}


def _added(connection: Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> list[int]:
    adding = sa.insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return [int(row.id) for some in batched(rows) for row in connection.execute(adding, some)]


def _take_back_extents(connection: Connection) -> None:
    """Have decisions to mark answers again tell the extent that they had without invented answers."""
    marked: Counter[int] = Counter()
    changed: Counter[int] = Counter()
    whose: dict[int, set[int]] = defaultdict(set)
    for rescoring_id, user_id, differs in _marked_again(connection):
        marked[rescoring_id] += 1
        changed[rescoring_id] += differs
        if differs:
            whose[rescoring_id].add(user_id)
    for one, answers in marked.items():
        connection.execute(
            sa.update(rescorings)
            .where(rescorings.c.id == one)
            .values(
                answers=rescorings.c.answers - answers,
                changed=rescorings.c.changed - changed[one],
                learners=rescorings.c.learners - len(whose[one]),
            )
        )


def _marked_again(connection: Connection) -> Iterator[tuple[int, int, bool]]:
    """Give each step that marked an invented answer again: by which decision, whose, and whether it changed a mark."""
    again = sa.select(steps.c.item_id).where(steps.c.action == Action.RESCORE, steps.c.item_id.in_(_ANSWERED))
    rows = connection.execute(
        sa.select(steps.c.item_id, items.c.user_id, steps.c.rescoring_id, steps.c.fraction)
        .join(items, items.c.id == steps.c.item_id)
        .where(steps.c.item_id.in_(again), steps.c.fraction.is_not(None))
        .order_by(steps.c.item_id, steps.c.seq)
    )
    before: dict[int, float] = {}
    for item_id, user_id, rescoring_id, fraction in rows:
        if rescoring_id is not None:
            yield rescoring_id, user_id, fraction != before[item_id]
        before[item_id] = fraction
