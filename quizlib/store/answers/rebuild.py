"""Recompute every cache from steps, and find what does not fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from quizlib.kinds import asked_hash, content_hash, question_from
from quizlib.model.attempt import Item, Step
from quizlib.store.answers.attempts import read_steps
from quizlib.store.tables import CACHED, corrections, items, questions, steps, versions

BATCH = 500
Replay = Callable[[Item, list[Step]], Item]


@dataclass(frozen=True)
class Difference:
    """A cache that does not say what the steps say."""

    item_id: int
    stored: dict[str, Any]
    rebuilt: dict[str, Any]


class Learned(NamedTuple):
    """One learner and one question: their answers to it are compared together, since one of them is the first."""

    user_id: int
    question_id: str


START = Learned(0, "")


class Compared(NamedTuple):
    """Items whose cache was compared with their steps: how many there are, and what differs."""

    items: int
    differences: list[Difference]


def next_learned(connection: Connection, after: Learned = START, batch: int = BATCH) -> Learned | None:
    """Give the last of the next pairs of learner and question behind one; None when there are no more."""
    pairs = list(connection.execute(_NEXT, {"after_user": after[0], "after_question": after[1], "batch": batch}))
    return Learned(*pairs[-1]) if pairs else None


def compare(connection: Connection, replay: Replay, after: Learned, last: Learned) -> Compared:
    """Compare with their steps the caches of every item behind one pair of learner and question, up to another."""
    bounds = {"after_user": after[0], "after_question": after[1], "last_user": last[0], "last_question": last[1]}
    rows = list(connection.execute(_BETWEEN, bounds).mappings())
    found: dict[int, list[Step]] = {}
    for start in range(0, len(rows), BATCH):
        found |= read_steps(connection, [row["id"] for row in rows[start : start + BATCH]])
    replayed = {row["id"]: replay(_blank(row), found[row["id"]]) for row in rows}
    earliest: dict[Learned, datetime] = {}
    for row in rows:
        answered_at = replayed[row["id"]].answered_at
        if answered_at is not None:
            pair = Learned(row["user_id"], row["question_id"])
            earliest[pair] = min(answered_at, earliest.get(pair, answered_at))
    different = []
    for row in rows:
        now = replayed[row["id"]]
        rebuilt: dict[str, Any] = {name: getattr(now, name) for name in CACHED if name != "first"}
        # a learner's first answer to a question is the earliest; answers of one learner never share a moment
        first = earliest.get(Learned(row["user_id"], row["question_id"]))
        rebuilt["first"] = now.answered_at is not None and now.answered_at == first
        stored = {name: row[name] for name in CACHED}
        if rebuilt != stored:
            different.append(Difference(row["id"], stored, rebuilt))
    return Compared(len(rows), different)


def lock_items(connection: Connection, ids: Sequence[int]) -> None:
    """Keep everybody else from changing items until the transaction ends; on SQLite every write does."""
    connection.execute(sa.select(items.c.id).where(items.c.id.in_(ids)).order_by(items.c.id).with_for_update())


def count_items(connection: Connection) -> int:
    """Count the items."""
    return connection.scalar(sa.select(sa.func.count()).select_from(items)) or 0


def _blank(row: RowMapping) -> Item:
    return Item(**{name: row[name] for name in ("id", "attempt_id", "position", "question_id", "version_id", "topic")})


_pair = sa.tuple_(items.c.user_id, items.c.question_id)
_behind = _pair > sa.tuple_(sa.bindparam("after_user"), sa.bindparam("after_question"))
_NEXT = (
    sa.select(items.c.user_id, items.c.question_id)
    .distinct()
    .where(_behind)
    .order_by(items.c.user_id, items.c.question_id)
    .limit(sa.bindparam("batch"))
)
_BETWEEN = sa.select(items).where(_behind, _pair <= sa.tuple_(sa.bindparam("last_user"), sa.bindparam("last_question")))


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


def marked_by_another_key(connection: Connection) -> list[int]:
    """Give the ids of answered items whose version has a corrected key, and which another one has marked."""
    marked_by = sa.func.coalesce(items.c.graded_by, items.c.version_id)
    rows = connection.scalars(
        sa.select(items.c.id)
        .join(corrections, corrections.c.version_id == items.c.version_id)
        .where(items.c.fraction.is_not(None), marked_by != corrections.c.graded_by)
        .order_by(items.c.id)
    )
    return list(rows)


def questions_without_version(connection: Connection) -> list[str]:
    """Give the ids of questions whose current version is missing."""
    rows = connection.scalars(
        sa.select(questions.c.id)
        .join(versions, versions.c.id == questions.c.version_id, isouter=True)
        .where(versions.c.id.is_(None))
    )
    return list(rows)
