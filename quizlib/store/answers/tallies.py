"""How finished attempts went, by topic: a cache of their items, so that nobody counts 300,000 answers for a page."""

from collections.abc import Collection
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.store.ids import batched
from quizlib.store.tables import attempts, items, tallies

BATCH = 500


class Compared(NamedTuple):
    """Attempts whose tallies were compared with their items: the last of them, and those where they differ."""

    last: int
    different: list[int]


def counted() -> sa.Select[tuple[int, str, int, int, int, float, int | None]]:
    """Count items by attempt and topic, as tallies do; say of which attempts by adding a condition."""
    return sa.select(
        items.c.attempt_id,
        items.c.topic,
        sa.func.count().label("questions"),
        sa.func.count(items.c.fraction).label("answered"),
        sa.func.count(sa.case((items.c.fraction >= 1, 1))).label("right"),
        sa.func.coalesce(sa.func.sum(items.c.fraction), 0.0).label("points"),
        sa.func.sum(items.c.elapsed_ms).label("elapsed_ms"),
    ).group_by(items.c.attempt_id, items.c.topic)


def tally(connection: Connection, attempt_ids: Collection[int]) -> None:
    """Count anew how attempts went, as far as they are finished."""
    columns = [column.name for column in tallies.columns]
    for some in batched(attempt_ids):
        connection.execute(sa.delete(tallies).where(tallies.c.attempt_id.in_(some)))
        finished = sa.select(attempts.c.id).where(attempts.c.id.in_(some), attempts.c.finished_at.is_not(None))
        connection.execute(sa.insert(tallies).from_select(columns, counted().where(items.c.attempt_id.in_(finished))))


def tally_once_marked(connection: Connection, attempt_id: int) -> None:
    """Count how an attempt went that ends now, after whoever marks its answers again at this moment.

    Marking does not wait for attempts that end: it has its answers locked by then, and would wait for ever.
    """
    held = sa.select(items.c.id).where(items.c.attempt_id == attempt_id).order_by(items.c.id)
    connection.execute(held.with_for_update(read=True)).all()
    tally(connection, [attempt_id])


def compare(connection: Connection, after: int = 0, batch: int = BATCH) -> Compared | None:
    """Compare the tallies of the next finished attempts behind one with their items; None when there are no more."""
    ids = list(
        connection.scalars(
            sa.select(attempts.c.id)
            .where(attempts.c.id > after, attempts.c.finished_at.is_not(None))
            .order_by(attempts.c.id)
            .limit(batch)
        )
    )
    if not ids:
        return None
    are = _rounded(connection, sa.select(*tallies.columns).where(tallies.c.attempt_id.in_(ids)))
    should_be = _rounded(connection, counted().where(items.c.attempt_id.in_(ids)))
    return Compared(ids[-1], sorted({attempt_id for attempt_id, *_ in are ^ should_be}))


def _rounded(connection: Connection, rows: sa.Select[Any]) -> set[tuple[Any, ...]]:
    # a sum depends on the order of what is added, in its last digits
    return {
        (attempt_id, topic, *counts, round(points, 6), None if elapsed_ms is None else int(elapsed_ms))
        for attempt_id, topic, *counts, points, elapsed_ms in connection.execute(rows)
    }
