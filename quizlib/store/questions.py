"""Rows of questions and their versions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.kinds import asked_hash, content_hash, content_of, question_from
from quizlib.model.attempt import Filter
from quizlib.model.question import Question
from quizlib.store.ids import FEW, batched, ids_of
from quizlib.store.tables import questions, versions


class Status(StrEnum):
    """Whether learners are asked a question."""

    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"


class Origin(StrEnum):
    """Where a question came from."""

    FILE = "file"
    BROWSER = "browser"
    IMPORT = "import"


@dataclass(frozen=True)
class KnownQuestion:
    """What the database knows of a question without reading its content."""

    id: str
    status: Status
    origin: Origin
    file_hash: str | None
    content_hash: str | None


def known(connection: Connection) -> dict[str, KnownQuestion]:
    """Give every question with the hash of its current version and of its file, by id."""
    rows = connection.execute(
        sa.select(
            questions.c.id,
            questions.c.status,
            questions.c.origin,
            questions.c.file_hash,
            versions.c.content_hash,
        ).join(versions, versions.c.id == questions.c.version_id, isouter=True)
    )
    return {
        row.id: KnownQuestion(row.id, Status(row.status), Origin(row.origin), row.file_hash, row.content_hash)
        for row in rows
    }


def save_version(
    connection: Connection,
    question: Question,
    *,
    now: datetime,
    origin: Origin,
    note: str,
    saved_by: int | None = None,
    file_hash: str | None = None,
) -> int:
    """Add a version and make it the current one; give its id. A new question is live."""
    last = connection.scalar(sa.select(sa.func.max(versions.c.number)).where(versions.c.question_id == question.id))
    about = {
        "topic": question.topic,
        "kind": question.kind,
        "level": question.level.value,
        "case_id": question.case or None,
        "part": question.part or None,
        "parts": question.parts or None,
    }
    if last is None:
        connection.execute(sa.insert(questions).values(id=question.id, status=Status.LIVE, origin=origin, **about))
    version_id = connection.execute(
        sa.insert(versions)
        .values(
            question_id=question.id,
            number=(last or 0) + 1,
            topic=question.topic,
            content=content_of(question),
            content_hash=content_hash(question),
            asked_hash=asked_hash(question),
            saved_by=saved_by,
            saved_at=now,
            note=note,
        )
        .returning(versions.c.id)
    ).scalar_one()
    change: dict[str, Any] = {"version_id": version_id, **about}
    if file_hash is not None:
        change["file_hash"] = file_hash
    connection.execute(sa.update(questions).where(questions.c.id == question.id).values(**change))
    return int(version_id)


def remember_file(connection: Connection, question_id: str, file_hash: str) -> None:
    """Note the content that was last taken from, or written to, a question's file."""
    connection.execute(sa.update(questions).where(questions.c.id == question_id).values(file_hash=file_hash))


def set_status(connection: Connection, ids: Collection[str], status: Status) -> None:
    """Set the status of questions."""
    for some in batched(ids):
        connection.execute(sa.update(questions).where(questions.c.id.in_(some)).values(status=status))


def withdraw(connection: Connection, ids: Collection[str]) -> None:
    """Retire questions whose file is gone, and forget the file: should it come back, so does the question."""
    for some in batched(ids):
        connection.execute(
            sa.update(questions).where(questions.c.id.in_(some)).values(status=Status.RETIRED, file_hash=None)
        )


def read_versions(connection: Connection, ids: Collection[int]) -> dict[int, Question]:
    """Give the questions as saved in these versions, by version id."""
    rows = connection.execute(
        sa.select(versions.c.id, versions.c.question_id, versions.c.topic, versions.c.content).where(
            versions.c.id.in_(ids)
        )
    )
    return {row.id: question_from(row.question_id, row.topic, row.content) for row in rows}


def current_versions(connection: Connection) -> dict[str, tuple[int, Question]]:
    """Give every question's current version, by question id."""
    rows = connection.execute(
        sa.select(versions.c.id, versions.c.question_id, versions.c.topic, versions.c.content)
        .join(questions, questions.c.version_id == versions.c.id)
        .order_by(questions.c.topic, questions.c.id)
    )
    return {row.question_id: (row.id, question_from(row.question_id, row.topic, row.content)) for row in rows}


class Candidates(NamedTuple):
    """Live questions that a filter lets through: those that stand alone, and parts as (id, case, number of parts)."""

    single: list[str]
    parts: list[tuple[str, str, int]]


_ORDER = (questions.c.topic, questions.c.level, questions.c.kind, questions.c.id)


def candidates(connection: Connection, wanted: Filter) -> Candidates:
    """Give the live questions that match, in a fixed order, from the index alone and in its order."""
    matches = _matches(wanted)
    alone = sa.select(questions.c.id).where(*matches, questions.c.case_id.is_(None)).order_by(*_ORDER)
    parts = (
        sa.select(questions.c.id, questions.c.case_id, questions.c.parts)
        .where(*matches, questions.c.case_id.is_not(None))
        .order_by(questions.c.case_id, questions.c.part)
    )
    return Candidates(
        ids_of(connection, alone), [(row.id, row.case_id, row.parts) for row in connection.execute(parts)]
    )


def matching(connection: Connection, wanted: Filter, ids: Collection[str]) -> frozenset[str]:
    """Give those of the questions that are live and match."""
    matches = _matches(wanted)
    if len(ids) > FEW:
        return frozenset(ids_of(connection, sa.select(questions.c.id).where(*matches))).intersection(ids)
    return frozenset(connection.scalars(sa.select(questions.c.id).where(questions.c.id.in_(ids), *matches)))


def _matches(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    chosen = zip(_ORDER, (wanted.topics, wanted.levels, wanted.kinds), strict=False)
    return [questions.c.status == Status.LIVE, *(column.in_(values) for column, values in chosen if values)]


def earlier_parts(connection: Connection, case_id: str, part: int) -> list[int]:
    """Give the current versions of a case's parts before one of them, in order."""
    return list(
        connection.scalars(
            sa.select(questions.c.version_id)
            .where(questions.c.case_id == case_id, questions.c.part < part)
            .order_by(questions.c.part)
        )
    )


def live_versions(connection: Connection, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Give version id, topic and asked hash of those of the questions that are live, in the order asked for."""
    rows = connection.execute(
        sa.select(questions.c.id, questions.c.version_id, questions.c.topic, versions.c.asked_hash)
        .join(versions, versions.c.id == questions.c.version_id)
        .where(questions.c.id.in_(ids), questions.c.status == Status.LIVE)
    )
    found = {row["id"]: dict(row) for row in rows.mappings()}
    return [found[one] for one in ids if one in found]


def live_by_topic(connection: Connection) -> dict[str, int]:
    """Count live questions by topic."""
    rows = connection.execute(
        sa.select(questions.c.topic, sa.func.count().label("questions"))
        .where(questions.c.status == Status.LIVE)
        .group_by(questions.c.topic)
    )
    return {row.topic: row.questions for row in rows}


def live_hashes(connection: Connection) -> list[tuple[str, str]]:
    """Give (id, content hash) of every live question, in the order of their ids."""
    rows = connection.execute(
        sa.select(questions.c.id, versions.c.content_hash)
        .join(versions, versions.c.id == questions.c.version_id)
        .where(questions.c.status == Status.LIVE)
        .order_by(questions.c.id)
    )
    return [(row.id, row.content_hash) for row in rows]


def live_topics(connection: Connection) -> list[str]:
    """Give the topics that have live questions, by name."""
    rows = connection.scalars(
        sa.select(questions.c.topic).where(questions.c.status == Status.LIVE).distinct().order_by(questions.c.topic)
    )
    return list(rows)
