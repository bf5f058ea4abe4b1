"""Rows of topics and references that were made or changed in the browser, and what points to them."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.authoring import Status
from quizlib.model.catalogue import Entry, Part
from quizlib.store.tables import catalogue_entries, drafts, questions, versions


def read_entries(connection: Connection) -> list[Entry]:
    """Give what was made or changed in the browser: what has a place in its order, the rest as it came."""
    rows = connection.execute(
        sa.select(*(catalogue_entries.c[name] for name in Entry.model_fields)).order_by(
            catalogue_entries.c.part,
            catalogue_entries.c.position.nulls_last(),
            catalogue_entries.c.saved_at,
            catalogue_entries.c.key,
        )
    )
    return [Entry(**row) for row in rows.mappings()]


def save_entry(connection: Connection, entry: Entry, user_id: int, now: datetime) -> None:
    """Store an entry in the place of the one before; whoever does holds the turn of the bank."""
    drop_entry(connection, entry.part, entry.key)
    connection.execute(sa.insert(catalogue_entries).values(**entry.model_dump(), saved_by=user_id, saved_at=now))


def drop_entry(connection: Connection, part: Part, key: str) -> None:
    """Take an entry away."""
    connection.execute(
        sa.delete(catalogue_entries).where(catalogue_entries.c.part == part, catalogue_entries.c.key == key)
    )


def counted_by_topic(connection: Connection) -> dict[str, dict[Status, int]]:
    """Count the questions of each topic by their status; work on a new question counts as a draft."""
    stored = sa.select(questions.c.topic, questions.c.status).where(questions.c.version_id.is_not(None))
    begun = sa.select(drafts.c.topic, sa.literal(str(Status.DRAFT))).where(drafts.c.question_id.is_(None))
    every = stored.union_all(begun).subquery()
    topic, status = every.c
    found: dict[str, dict[Status, int]] = {}
    for row in connection.execute(sa.select(topic, status, sa.func.count()).group_by(topic, status)):
        found.setdefault(row[0], {})[Status(row[1])] = row[2]
    return found


def topics_drafted(connection: Connection) -> set[str]:
    """Give the topics to which somebody is moving a question."""
    return set(connection.scalars(sa.select(drafts.c.topic).distinct()))


def cited(connection: Connection, statuses: Collection[Status] = tuple(Status)) -> Iterator[tuple[str, list[Any]]]:
    """Give the sources of each question's version that is asked, and of the one that waits to be."""
    rows = connection.execute(
        # the rest of the content is long
        sa.select(questions.c.id, versions.c.content["sources"])
        .join(versions, versions.c.id.in_([questions.c.version_id, questions.c.proposed_id]))
        .where(questions.c.status.in_(statuses))
        .order_by(questions.c.id)
    )
    for question_id, sources in rows:
        yield question_id, sources or []


def cited_in_drafts(connection: Connection) -> Iterator[tuple[str | None, list[Any]]]:
    """Give the sources that people's drafts name, with the question where there is one already."""
    for row in connection.execute(sa.select(drafts.c.question_id, drafts.c.content)):
        sources = row.content.get("sources") if isinstance(row.content, dict) else None
        yield row.question_id, sources if isinstance(sources, list) else []
