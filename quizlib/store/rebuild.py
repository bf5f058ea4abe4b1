"""Recompute every cache from steps, and find what does not fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.kinds import asked_hash, content_hash, question_from
from quizlib.model.attempt import Item, Step
from quizlib.store.attempts import read_steps
from quizlib.store.tables import CACHED, items, questions, steps, versions

BATCH = 500
Replay = Callable[[Item, list[Step]], Item]


@dataclass(frozen=True)
class Difference:
    """A cache that does not say what the steps say."""

    item_id: int
    stored: dict[str, Any]
    rebuilt: dict[str, Any]


class Compared(NamedTuple):
    """A batch of items whose cache was compared with their steps: how many, the last one's id, what differs."""

    items: int
    last: int
    differences: list[Difference]


def compare_batch(connection: Connection, replay: Replay, after: int = 0, batch: int = BATCH) -> Compared | None:
    """Compare the cache of the next items behind an id with their steps; None when there are no more."""
    rows = list(connection.execute(_NEXT, {"after": after, "batch": batch}).mappings())
    if not rows:
        return None
    found = read_steps(connection, [row["id"] for row in rows])
    different = []
    for row in rows:
        blank = Item(
            **{name: row[name] for name in ("id", "attempt_id", "position", "question_id", "version_id", "topic")}
        )
        now = replay(blank, found[row["id"]])
        rebuilt: dict[str, Any] = {name: getattr(now, name) for name in CACHED if name != "first"}
        rebuilt["first"] = now.answered_at is not None and now.answered_at == row["earliest"]
        stored = {name: row[name] for name in CACHED}
        if rebuilt != stored:
            different.append(Difference(row["id"], stored, rebuilt))
    return Compared(len(rows), rows[-1]["id"], different)


def lock_items(connection: Connection, ids: Sequence[int]) -> None:
    """Keep everybody else from changing items until the transaction ends; on SQLite every write does."""
    connection.execute(sa.select(items.c.id).where(items.c.id.in_(ids)).order_by(items.c.id).with_for_update())


def count_items(connection: Connection) -> int:
    """Count the items."""
    return connection.scalar(sa.select(sa.func.count()).select_from(items)) or 0


def _earliest() -> sa.ScalarSelect[Any]:
    # a learner's first answer to a question is the earliest; answers of one learner never share a moment
    others = items.alias("others")
    return (
        sa.select(sa.func.min(steps.c.at))
        .join_from(steps, others, others.c.id == steps.c.item_id)
        .where(
            others.c.user_id == items.c.user_id,
            others.c.question_id == items.c.question_id,
            steps.c.action == "submit",
        )
        .scalar_subquery()
    )


_NEXT = (
    sa.select(items, _earliest().label("earliest"))
    .where(items.c.id > sa.bindparam("after"))
    .order_by(items.c.id)
    .limit(sa.bindparam("batch"))
)


def write_cache(connection: Connection, difference: Difference) -> None:
    """Set an item's cache to what its steps say."""
    connection.execute(sa.update(items).where(items.c.id == difference.item_id).values(**difference.rebuilt))


def steps_without_item(connection: Connection) -> list[int]:
    """Give the item ids of steps whose item is gone."""
    rows = connection.scalars(
        sa.select(steps.c.item_id)
        .distinct()
        .join(items, items.c.id == steps.c.item_id, isouter=True)
        .where(items.c.id.is_(None))
    )
    return list(rows)


def versions_with_a_wrong_hash(connection: Connection) -> list[int]:
    """Give the ids of versions whose content is not what was hashed when they were saved."""
    wrong = []
    rows = connection.execute(sa.select(versions).execution_options(yield_per=BATCH))
    for row in rows.mappings():
        question = question_from(row["question_id"], row["topic"], row["content"])
        if content_hash(question) != row["content_hash"] or asked_hash(question) != row["asked_hash"]:
            wrong.append(row["id"])
    return wrong


def questions_without_version(connection: Connection) -> list[str]:
    """Give the ids of questions whose current version is missing."""
    rows = connection.scalars(
        sa.select(questions.c.id)
        .join(versions, versions.c.id == questions.c.version_id, isouter=True)
        .where(versions.c.id.is_(None))
    )
    return list(rows)
