"""Quizzes with how they went by topic, for lists of scores: of one person, or of a class at its assignments."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.attempt import Behaviour, Plan
from quizlib.model.person import Role
from quizlib.store.tables import assignments, attempts, memberships, questions, tallies, users


class Part(NamedTuple):
    """What one topic contributed to a quiz; a quiz that goes on has no topics yet."""

    topic: str
    questions: int
    answered: int
    points: float
    elapsed_ms: int | None


class Scored(NamedTuple):
    """One quiz: whose, what it was, and its parts; `title` is that of its assignment, none outside of one."""

    attempt_id: int
    user_id: int
    name: str
    title: str | None
    plan: Plan
    behaviour: Behaviour
    started_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    parts: tuple[Part, ...]


def of_person(
    connection: Connection, user_id: int, *, assigned_only: bool, class_id: int | None = None
) -> list[Scored]:
    """Give a person's quizzes, oldest first: all, or those at assignments; of one class, what was given there only."""
    whose = [attempts.c.user_id == user_id]
    if class_id is not None:
        whose.append(sa.or_(attempts.c.assignment_id.is_(None), assignments.c.class_id == class_id))
    if assigned_only:
        whose.append(attempts.c.assignment_id.is_not(None))
    return _read(connection, whose)


def of_class(connection: Connection, class_id: int) -> list[Scored]:
    """Give the quizzes of the students of a class at its assignments that stand; erased people are among them."""
    students = sa.select(memberships.c.user_id).where(
        memberships.c.class_id == class_id, memberships.c.role == Role.STUDENT
    )
    return _read(
        connection,
        [
            assignments.c.class_id == class_id,
            assignments.c.withdrawn_at.is_(None),
            sa.or_(users.c.id.in_(students), users.c.erased_at.is_not(None)),
        ],
    )


def topics(connection: Connection) -> list[str]:
    """Give the topics of all questions, by name."""
    return list(connection.scalars(sa.select(questions.c.topic).distinct().order_by(questions.c.topic)))


def _read(connection: Connection, conditions: Sequence[sa.ColumnElement[bool]]) -> list[Scored]:
    rows = connection.execute(
        sa.select(*_QUIZ, *(tallies.c[name].label(f"of_{name}") for name in Part._fields))
        .join_from(attempts, users, users.c.id == attempts.c.user_id)
        .join(assignments, assignments.c.id == attempts.c.assignment_id, isouter=True)
        .join(tallies, tallies.c.attempt_id == attempts.c.id, isouter=True)
        .where(*conditions)
        .order_by(attempts.c.id, tallies.c.topic)
    )
    found: dict[int, Scored] = {}
    for attempt_id, user_id, name, title, plan, behaviour, started, due, finished, *part in rows:
        known = found.get(attempt_id)
        parts = known.parts if known else ()
        if part[0] is not None:
            parts = (*parts, Part(*part))
        about = (attempt_id, user_id, name, title, Plan(plan), Behaviour(behaviour), started, due, finished)
        found[attempt_id] = Scored(*about, parts)
    return list(found.values())


_QUIZ = (
    attempts.c.id,
    attempts.c.user_id,
    users.c.name,
    assignments.c.title,
    attempts.c.plan,
    attempts.c.behaviour,
    attempts.c.started_at,
    attempts.c.due_at,
    attempts.c.finished_at,
)
