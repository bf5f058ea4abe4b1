"""How first answers of learners went, live for one question, and as a cache for all of them.

Whoever instructs is no learner: their answers never count, unless there is nobody else (`of_everybody`).
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.person import Role
from quizlib.store.tables import items, question_statistics, questions, users


class Counted(NamedTuple):
    """How many first answers a question has, and the sum of what they are worth."""

    question_id: str
    answers: int
    fraction_sum: float


class Given(NamedTuple):
    """A response, and how many learners gave it."""

    response: dict[str, Any]
    answers: int


def count_all(connection: Connection, *, of_everybody: bool = False) -> list[Counted]:
    """Count the first answers to every question, also to those that have none, from an index alone."""
    counted = (
        sa.select(items.c.question_id, sa.func.count().label("answers"), sa.func.sum(items.c.fraction).label("points"))
        .where(*_counts(of_everybody))
        .group_by(items.c.question_id)
        .subquery()
    )
    rows = connection.execute(
        sa.select(questions.c.id, sa.func.coalesce(counted.c.answers, 0), sa.func.coalesce(counted.c.points, 0.0)).join(
            counted, counted.c.question_id == questions.c.id, isouter=True
        )
    )
    return list(map(Counted._make, rows))


def count_one(connection: Connection, question_id: str, *, of_everybody: bool = False) -> Counted:
    """Count the first answers to one question, of all its versions."""
    row = connection.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(items.c.fraction), 0.0)).where(
            items.c.question_id == question_id, *_counts(of_everybody)
        )
    ).one()
    return Counted(question_id, *row)


def responses(connection: Connection, question_id: str, asked_hash: str, *, of_everybody: bool = False) -> list[Given]:
    """Give the different first answers to what a question asks now, the most frequent first."""
    # JSON of one database cannot be grouped; its text is written alike for the same response
    rows = connection.execute(
        sa.select(_RESPONSE, sa.func.count().label("answers"))
        .where(items.c.question_id == question_id, items.c.asked_hash == asked_hash, *_counts(of_everybody))
        .group_by(_RESPONSE)
        .order_by(sa.desc("answers"), _RESPONSE)
    )
    return [Given(json.loads(response), number) for response, number in rows if response is not None]


def counted_at(connection: Connection) -> datetime | None:
    """Tell since when the cache holds; None where there is none."""
    found: datetime | None = connection.scalar(sa.select(sa.func.min(question_statistics.c.as_of)))
    return found


def stored(connection: Connection) -> dict[str, Counted]:
    """Give what the cache says, by question."""
    columns = question_statistics.c
    rows = connection.execute(sa.select(columns.question_id, columns.answers, columns.fraction_sum))
    return {row[0]: Counted._make(row) for row in rows}


def store(connection: Connection, counted: Sequence[Counted], as_of: datetime) -> None:
    """Put counts into the cache in the place of what it says of these questions."""
    if counted:
        ids = [one.question_id for one in counted]
        connection.execute(sa.delete(question_statistics).where(question_statistics.c.question_id.in_(ids)))
        connection.execute(sa.insert(question_statistics), [{**one._asdict(), "as_of": as_of} for one in counted])


def confirm(connection: Connection, as_of: datetime) -> None:
    """Say that the whole cache holds as of a moment."""
    connection.execute(sa.update(question_statistics).values(as_of=as_of))


_INSTRUCTS = sa.select(users.c.id).where(sa.cast(users.c.roles, sa.Text).contains(f'"{Role.INSTRUCTOR.value}"'))


def _counts(of_everybody: bool) -> list[sa.ColumnElement[bool]]:
    learners = [] if of_everybody else [items.c.user_id.not_in(_INSTRUCTS)]
    return [items.c.first, items.c.fraction.is_not(None), *learners]


_RESPONSE = sa.cast(items.c.response, sa.Text)
