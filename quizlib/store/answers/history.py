"""What a learner's history tells beside figures: mistakes and what became of them, names, what was answered when."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.attempt import Item
from quizlib.store.answers.attempts import read_standing
from quizlib.store.tables import assignments, attempts, items


class Missed(NamedTuple):
    """A question that was missed: last when, and first and last when it was right since."""

    question_id: str
    missed_at: datetime
    first_right_at: datetime | None
    last_right_at: datetime | None


def missed(connection: Connection, user_id: int, without: Collection[int] = ()) -> list[Missed]:
    """Give every question that a person ever missed; answers in the attempts `without` do not count."""
    misses, since = items.alias("misses"), items.alias("since")
    last = (
        sa.select(misses.c.question_id, sa.func.max(misses.c.answered_at).label("at"))
        .where(misses.c.user_id == user_id, misses.c.answered_at.is_not(None), misses.c.fraction < 1)
        .where(*_not_in(misses, without))
        .group_by(misses.c.question_id)
        .subquery()
    )

    def right(which: Callable[..., sa.Function[datetime]]) -> sa.ScalarSelect[datetime]:
        # all that came after the last miss was right
        wanted = sa.select(which(since.c.answered_at)).where(
            since.c.user_id == user_id, since.c.answered_at > last.c.at
        )
        return wanted.where(since.c.question_id == last.c.question_id, *_not_in(since, without)).scalar_subquery()

    rows = connection.execute(sa.select(last.c.question_id, last.c.at, right(sa.func.min), right(sa.func.max)))
    return [Missed(*row) for row in rows]


def answers_after(
    connection: Connection, user_id: int, ids: Collection[str], after: datetime, without: Collection[int] = ()
) -> dict[str, list[datetime]]:
    """Give when a person answered these questions after a moment, oldest first, by question."""
    rows = connection.execute(
        sa.select(items.c.question_id, items.c.answered_at)
        .where(items.c.user_id == user_id, items.c.question_id.in_(list(ids)), items.c.answered_at > after)
        .where(*_not_in(items, without))
        .order_by(items.c.answered_at)
    )
    found: dict[str, list[datetime]] = {one: [] for one in ids}
    for question_id, at in rows:
        found[question_id].append(at)
    return found


def answered(connection: Connection, user_id: int) -> list[datetime]:
    """Give when a person answered, one moment an answer, in no order: from the index alone."""
    wanted = sa.select(items.c.answered_at).where(items.c.user_id == user_id, items.c.answered_at.is_not(None))
    return list(connection.scalars(wanted))


def answered_since(connection: Connection, user_id: int, since: datetime) -> list[datetime]:
    """Give the same since a moment, read from the attempts that ended since, or go on."""
    late = sa.or_(attempts.c.finished_at.is_(None), attempts.c.finished_at >= since)
    wanted = (
        sa.select(items.c.answered_at)
        .join_from(attempts, items, items.c.attempt_id == attempts.c.id)
        .where(attempts.c.user_id == user_id, late, items.c.answered_at >= since)
    )
    return list(connection.scalars(wanted))


def items_at(connection: Connection, user_id: int, moments: Sequence[tuple[str, datetime]]) -> dict[str, Item]:
    """Give the items that a person answered at these moments, as (question, when), by question."""
    found = {}
    for question_id, at in moments:
        its = connection.execute(
            sa.select(items.c.attempt_id, items.c.id).where(
                items.c.user_id == user_id, items.c.question_id == question_id, items.c.answered_at == at
            )
        ).first()
        standing = read_standing(connection, its.attempt_id, item_id=its.id) if its is not None else None
        if standing is not None:
            found[question_id] = standing.item
    return found


def titles(connection: Connection, assignment_ids: Collection[int]) -> dict[int, str]:
    """Give what assignments are called, by id; those that were withdrawn too."""
    rows = connection.execute(
        sa.select(assignments.c.id, assignments.c.title).where(assignments.c.id.in_(list(assignment_ids)))
    )
    return {row.id: row.title for row in rows}


def _not_in(table: sa.FromClause, attempt_ids: Collection[int]) -> tuple[sa.ColumnElement[bool], ...]:
    return (table.c.attempt_id.not_in(list(attempt_ids)),) if attempt_ids else ()
