"""What a person has learned: the questions answered, missed and flagged, read from the cached items."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.store.ids import FEW, ids_by, ids_of
from quizlib.store.tables import items


def answered_questions(connection: Connection, user_id: int) -> list[str]:
    """Give the questions that a person has answered, the one answered longest ago first, from the index alone."""
    return ids_of(
        connection,
        sa.select(items.c.question_id)
        .where(items.c.user_id == user_id, items.c.answered_at.is_not(None))
        .group_by(items.c.question_id)
        .order_by(sa.func.max(items.c.answered_at), items.c.question_id),
    )


def already_answered(connection: Connection, user_id: int, ids: Sequence[str]) -> Collection[str]:
    """Give those of the questions that a person has answered."""
    if len(ids) > FEW:
        return frozenset(ids).intersection(answered_questions(connection, user_id))
    wanted = sa.select(items.c.question_id).where(
        items.c.user_id == user_id, items.c.answered_at.is_not(None), items.c.question_id.in_(ids)
    )
    return frozenset(connection.scalars(wanted))


class Missed(NamedTuple):
    """Questions that a person ever missed, by how often each was right since: less often than asked, or as often."""

    seldom_right: list[str]
    often_right: list[str]


def missed_questions(connection: Connection, user_id: int, often: int, without: Sequence[int] = ()) -> Missed:
    """Give the questions that a person ever missed; `often` answers right since the last miss count as often.

    Answers in the attempts `without` do not count.
    """
    others, right = items.alias("others"), items.alias("right")
    missed = (
        sa.select(others.c.question_id, sa.func.max(others.c.answered_at).label("at"))
        .where(others.c.user_id == user_id, others.c.answered_at.is_not(None), others.c.fraction < 1)
        .where(*_not_in(others, without))
        .group_by(others.c.question_id)
        .subquery()
    )
    since = (right.c.user_id == user_id, right.c.question_id == missed.c.question_id, right.c.answered_at > missed.c.at)
    by_often = ids_by(
        connection,
        sa.select(missed.c.question_id, sa.func.count(right.c.question_id) >= often)
        .join_from(missed, right, sa.and_(*since, *_not_in(right, without)), isouter=True)
        .group_by(missed.c.question_id),
    )
    return Missed(by_often.get(False, []), by_often.get(True, []))


def answers_to(
    connection: Connection, user_id: int, ids: Sequence[str], without: Sequence[int] = ()
) -> dict[str, list[tuple[datetime, float]]]:
    """Give a person's answers to questions, oldest first, as (when, fraction), by question id.

    Answers in the attempts `without` are left out.
    """
    found: dict[str, list[tuple[datetime, float]]] = {}
    for start in range(0, len(ids), FEW):
        rows = connection.execute(
            sa.select(items.c.question_id, items.c.answered_at, items.c.fraction)
            .where(
                items.c.user_id == user_id,
                items.c.answered_at.is_not(None),
                items.c.question_id.in_(ids[start : start + FEW]),
                *_not_in(items, without),
            )
            .order_by(items.c.question_id, items.c.answered_at)
        )
        for question_id, at, fraction in rows:
            found.setdefault(question_id, []).append((at, fraction))
    return found


def _not_in(table: sa.FromClause, attempt_ids: Sequence[int]) -> tuple[sa.ColumnElement[bool], ...]:
    return (table.c.attempt_id.not_in(attempt_ids),) if attempt_ids else ()


def flagged_questions(connection: Connection, user_id: int) -> set[str]:
    """Give the questions that a person has flagged."""
    return set(
        connection.scalars(
            sa.select(items.c.question_id).where(items.c.user_id == user_id, items.c.flagged == sa.true()).distinct()
        )
    )


def answered_count(connection: Connection, user_id: int) -> int:
    """Count a person's answers."""
    wanted = sa.select(sa.func.count()).where(items.c.user_id == user_id, items.c.answered_at.is_not(None))
    return connection.scalar(wanted) or 0


def seen_by_topic(connection: Connection, user_id: int) -> dict[str, int]:
    """Count the different questions that a person has answered, by topic."""
    rows = connection.execute(
        sa.select(items.c.topic, sa.func.count(sa.distinct(items.c.question_id)).label("questions"))
        .where(items.c.user_id == user_id, items.c.answered_at.is_not(None))
        .group_by(items.c.topic)
    )
    return {row.topic: row.questions for row in rows}
