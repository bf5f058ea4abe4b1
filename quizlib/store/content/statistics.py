"""How first answers of learners went, live for one question, and as a cache for all of them.

Whoever instructs is no learner: their answers never count, unless there is nobody else (`of_everybody`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.person import Role
from quizlib.store.tables import items, question_statistics, questions, users

ROUNDING = 1e-6  # sums depend on the order of what is added, in their last digits


class Counted(NamedTuple):
    """How many first answers a question has, and the sum of what they are worth."""

    question_id: str
    answers: int
    fraction_sum: float


class Stored(NamedTuple):
    """The figures of each wording of a question, the newest first, and as of when they hold."""

    figures: list[dict[str, Any]]
    as_of: datetime


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
    """Put counts into the cache in the place of what it says of these questions; their figures wait to be found."""
    if not counted:
        return
    known = set(connection.scalars(sa.select(question_statistics.c.question_id)))
    values = [{**one._asdict(), "as_of": as_of, "analysed": False} for one in counted]
    new = [one for one in values if one["question_id"] not in known]
    if new:
        connection.execute(sa.insert(question_statistics), new)
    changed = [{"of": one.pop("question_id"), **one} for one in values if one["question_id"] in known]
    if changed:
        changes = sa.update(question_statistics).where(question_statistics.c.question_id == sa.bindparam("of"))
        connection.execute(changes, changed)


def not_analysed(connection: Connection) -> list[Counted]:
    """Give the questions whose answers changed since their figures were found, with their counts."""
    columns = question_statistics.c
    wanted = sa.select(columns.question_id, columns.answers, columns.fraction_sum).where(~columns.analysed)
    return list(map(Counted._make, connection.execute(wanted.order_by(columns.question_id))))


def out_of_date(connection: Connection, question_id: str | None = None) -> None:
    """Have the figures of a question found again, or those of all that were answered."""
    which = question_statistics.c.answers > 0
    if question_id is not None:
        which = question_statistics.c.question_id == question_id
    connection.execute(sa.update(question_statistics).where(which).values(analysed=False))


def store_figures(
    connection: Connection,
    counted: Counted,
    figures: list[dict[str, Any]],
    as_of: datetime,
    *,
    discrimination: float | None,
    correlated: int,
) -> None:
    """Put the figures of a question into the cache; `counted` are the answers that they are of.

    Where others have been counted meanwhile, they wait to be found again.
    """
    columns = question_statistics.c
    of_these = sa.and_(
        columns.answers == counted.answers, sa.func.abs(columns.fraction_sum - counted.fraction_sum) < ROUNDING
    )
    connection.execute(
        sa.update(question_statistics)
        .where(columns.question_id == counted.question_id)
        .values(
            figures=figures,
            discrimination=discrimination,
            correlated=correlated,
            analysed=sa.case((of_these, sa.true()), else_=sa.false()),
            analysed_at=as_of,
        )
    )


def read_figures(connection: Connection, question_id: str) -> Stored | None:
    """Give the figures of a question from the cache; None where they are not in it."""
    columns = question_statistics.c
    row = connection.execute(
        sa.select(columns.figures, columns.analysed, columns.analysed_at, columns.as_of).where(
            columns.question_id == question_id, columns.figures.is_not(None)
        )
    ).one_or_none()
    # where nothing has changed since, they hold as long as the counts do
    return None if row is None else Stored(row.figures, row.as_of if row.analysed else row.analysed_at)


def all_figures(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Give the figures of every question that was answered, from the cache, by question."""
    columns = question_statistics.c
    rows = connection.execute(
        sa.select(columns.question_id, columns.figures)
        .where(columns.figures.is_not(None))
        .order_by(columns.question_id)
    )
    return {row.question_id: row.figures for row in rows}


def confirm(connection: Connection, as_of: datetime) -> None:
    """Say that the whole cache holds as of a moment."""
    connection.execute(sa.update(question_statistics).values(as_of=as_of))


_INSTRUCTS = sa.select(users.c.id).where(sa.cast(users.c.roles, sa.Text).contains(f'"{Role.INSTRUCTOR.value}"'))


def _counts(of_everybody: bool) -> list[sa.ColumnElement[bool]]:
    learners = [] if of_everybody else [items.c.user_id.not_in(_INSTRUCTS)]
    return [items.c.first, items.c.fraction.is_not(None), *learners]
