"""Rows of assignments, and of the attempts that people made at them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from quizlib.model.attempt import Behaviour, Filter
from quizlib.model.classes import Assignment, Counts, Tells, Terms
from quizlib.model.person import Role
from quizlib.store.tables import assignments, attempts, classes, items, memberships, users


class Try(NamedTuple):
    """One attempt at an assignment: whose, and how far it is; `points` of `questions` once it is finished."""

    attempt_id: int
    user_id: int
    assignment_id: int
    started_at: datetime
    finished_at: datetime | None
    due_at: datetime | None
    points: float | None = None
    questions: int | None = None


def add_assignment(
    connection: Connection, class_id: int, terms: Terms, *, seed: int, made_by: int, now: datetime
) -> int:
    """Store an assignment."""
    values = {**columns_of(terms), "class_id": class_id, "seed": seed, "made_by": made_by, "made_at": now}
    return int(connection.execute(sa.insert(assignments).values(values).returning(assignments.c.id)).scalar_one())


def change_assignment(connection: Connection, assignment_id: int, **values: object) -> None:
    """Set columns of an assignment."""
    connection.execute(sa.update(assignments).where(assignments.c.id == assignment_id).values(**values))


def columns_of(terms: Terms) -> dict[str, Any]:
    """Give what an instructor set as values of columns."""
    values = {name: getattr(terms, name) for name in Terms.model_fields}
    ids = terms.question_ids
    return {
        **values,
        "filter": terms.filter.model_dump(mode="json"),
        "question_ids": None if ids is None else list(ids),
    }


def hold(connection: Connection, assignment_id: int, *, to_change: bool) -> None:
    """Keep others from changing an assignment until the transaction ends; `to_change` keeps out who begins it, too.

    On SQLite every write does.
    """
    connection.execute(
        sa.select(assignments.c.id).where(assignments.c.id == assignment_id).with_for_update(read=not to_change)
    )


def read_assignment(connection: Connection, assignment_id: int) -> Assignment | None:
    """Give an assignment, withdrawn or not; None when there never was one."""
    row = connection.execute(sa.select(assignments).where(assignments.c.id == assignment_id)).mappings().one_or_none()
    return None if row is None else _assignment(row)


def of_class(connection: Connection, class_id: int) -> list[Assignment]:
    """Give the assignments of a class that are not withdrawn, newest first."""
    rows = connection.execute(
        sa.select(assignments)
        .where(assignments.c.class_id == class_id, assignments.c.withdrawn_at.is_(None))
        .order_by(assignments.c.id.desc())
    )
    return [_assignment(row) for row in rows.mappings()]


def of_learner(connection: Connection, user_id: int) -> list[tuple[Assignment, str]]:
    """Give what a person's classes have to do, with the name of the class; what is due first comes first."""
    rows = connection.execute(
        sa.select(assignments, classes.c.name)
        .join_from(memberships, assignments, assignments.c.class_id == memberships.c.class_id)
        .join(classes, classes.c.id == assignments.c.class_id)
        .where(
            memberships.c.user_id == user_id,
            memberships.c.role == Role.STUDENT,
            assignments.c.withdrawn_at.is_(None),
        )
        .order_by(assignments.c.due_at.is_(None), assignments.c.due_at, assignments.c.id)
    )
    return [(_assignment(row), row["name"]) for row in rows.mappings()]


def tries_of_learner(connection: Connection, user_id: int, assignment_ids: Sequence[int]) -> list[Try]:
    """Give a person's attempts at some assignments, oldest first."""
    return _tries(connection, attempts.c.user_id == user_id, attempts.c.assignment_id.in_(assignment_ids))


def how_far(connection: Connection, class_id: int, ran_out: datetime) -> dict[int, tuple[int, int]]:
    """Give, by assignment, how many present students of a class have finished it, and how many have begun only.

    What was due before `ran_out` is finished, also where nobody has looked at it since.
    """
    over = sa.or_(attempts.c.finished_at.is_not(None), attempts.c.due_at < ran_out)
    finished = sa.case((over, attempts.c.user_id))
    students = sa.select(memberships.c.user_id).where(
        memberships.c.class_id == class_id, memberships.c.role == Role.STUDENT
    )
    rows = connection.execute(
        sa.select(
            attempts.c.assignment_id,
            sa.func.count(sa.distinct(finished)).label("done"),
            sa.func.count(sa.distinct(attempts.c.user_id)).label("began"),
        )
        .where(
            attempts.c.assignment_id.in_(sa.select(assignments.c.id).where(assignments.c.class_id == class_id)),
            attempts.c.user_id.in_(students),
        )
        .group_by(attempts.c.assignment_id)
    )
    return {row.assignment_id: (row.done, row.began - row.done) for row in rows}


def tries_with_points(connection: Connection, assignment_id: int) -> list[Try]:
    """Give every attempt at one assignment with its points, oldest first; those of erased people too."""
    rows = connection.execute(
        sa.select(*_TRY, sa.func.sum(sa.func.coalesce(items.c.fraction, 0.0)), sa.func.count(items.c.id))
        .join_from(attempts, items, items.c.attempt_id == attempts.c.id)
        .where(attempts.c.assignment_id == assignment_id)
        .group_by(*_TRY)
        .order_by(attempts.c.id)
    )
    return [Try(*row) for row in rows]


def untold(connection: Connection, user_id: int, now: datetime) -> list[int]:
    """Give a person's attempts at assignments whose right answers are not told yet."""
    waits = sa.or_(
        sa.and_(assignments.c.tells == Tells.BY_HAND, assignments.c.told_at.is_(None)),
        sa.and_(
            assignments.c.tells == Tells.AFTER_DUE,
            assignments.c.told_at.is_(None),
            sa.or_(assignments.c.due_at.is_(None), assignments.c.due_at > now, _still_sat(assignments.c.id, now)),
        ),
    )
    return list(
        connection.scalars(
            sa.select(attempts.c.id)
            .join(assignments, assignments.c.id == attempts.c.assignment_id)
            .where(attempts.c.user_id == user_id, waits)
        )
    )


def kept_back(connection: Connection, user_id: int, now: datetime) -> set[str]:
    """Give the questions of a person's assignments that are not told yet, and of the exams that they sit."""
    sits = sa.select(attempts.c.id).where(
        attempts.c.user_id == user_id,
        attempts.c.finished_at.is_(None),
        attempts.c.assignment_id.is_not(None),
        attempts.c.behaviour == Behaviour.EXAM,
    )
    ids = {*untold(connection, user_id, now), *connection.scalars(sits)}
    if not ids:
        return set()
    return set(connection.scalars(sa.select(items.c.question_id).where(items.c.attempt_id.in_(ids))))


def anybody_sits(connection: Connection, assignment_id: int, now: datetime) -> bool:
    """Tell whether somebody still has time for an assignment: with extra time that is so after it was due."""
    return bool(connection.scalar(sa.select(_still_sat(assignment_id, now))))


def unfinished(connection: Connection, assignment_id: int) -> list[Try]:
    """Give the attempts at an assignment that go on."""
    return _tries(connection, attempts.c.assignment_id == assignment_id, attempts.c.finished_at.is_(None))


def anybody_began(connection: Connection, assignment_id: int) -> bool:
    """Tell whether there is an attempt at an assignment."""
    wanted = sa.select(sa.literal(1)).select_from(attempts).where(attempts.c.assignment_id == assignment_id).limit(1)
    return connection.scalar(wanted) is not None


def drawn_for_all(connection: Connection, assignment_id: int, drawn: Sequence[str] = ()) -> list[str] | None:
    """Give the questions that everybody gets; those `drawn` now become them unless somebody was quicker."""
    if drawn:
        connection.execute(
            sa.update(assignments)
            .where(assignments.c.id == assignment_id, assignments.c.drawn_ids.is_(None))
            .values(drawn_ids=list(drawn))
        )
    found: list[str] | None = connection.scalar(
        sa.select(assignments.c.drawn_ids).where(assignments.c.id == assignment_id)
    )
    return found


def set_due(connection: Connection, attempt_id: int, due_at: datetime | None) -> None:
    """Set when an attempt ends at the latest."""
    connection.execute(sa.update(attempts).where(attempts.c.id == attempt_id).values(due_at=due_at))


def erased(connection: Connection, user_ids: Sequence[int]) -> set[int]:
    """Give those of some people who have erased themselves."""
    return set(
        connection.scalars(sa.select(users.c.id).where(users.c.id.in_(user_ids), users.c.erased_at.is_not(None)))
    )


_TRY = (
    attempts.c.id,
    attempts.c.user_id,
    attempts.c.assignment_id,
    attempts.c.started_at,
    attempts.c.finished_at,
    attempts.c.due_at,
)


def _still_sat(assignment_id: sa.ColumnElement[int] | int, now: datetime) -> sa.ColumnElement[bool]:
    others = attempts.alias("others")
    return sa.exists().where(
        others.c.assignment_id == assignment_id, others.c.finished_at.is_(None), others.c.due_at > now
    )


def _tries(connection: Connection, *conditions: sa.ColumnElement[bool]) -> list[Try]:
    rows = connection.execute(sa.select(*_TRY).where(*conditions).order_by(attempts.c.id))
    return [Try(*row) for row in rows]


def _assignment(row: RowMapping) -> Assignment:
    ids = row["question_ids"]
    return Assignment(
        id=row["id"],
        class_id=row["class_id"],
        title=row["title"],
        filter=Filter.model_validate(row["filter"]),
        question_ids=None if ids is None else tuple(ids),
        number=row["number"],
        same_for_all=row["same_for_all"],
        seed=row["seed"],
        behaviour=Behaviour(row["behaviour"]),
        opens_at=row["opens_at"],
        due_at=row["due_at"],
        minutes=row["minutes"],
        attempts_allowed=row["attempts_allowed"],
        counts=Counts(row["counts"]),
        tells=Tells(row["tells"]),
        told_at=row["told_at"],
        withdrawn_at=row["withdrawn_at"],
    )
