"""Rows of versions, as the work on one question needs them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.kinds import question_from
from quizlib.model.authoring import Origin, Status
from quizlib.model.question import Question
from quizlib.store.ids import batched
from quizlib.store.tables import questions, users, versions


@dataclass(frozen=True)
class QuestionRow:
    """A question without its content: where it stands, and which versions are asked and wait to be."""

    id: str
    topic: str
    kind: str
    status: Status
    origin: Origin
    version_id: int
    proposed_id: int | None
    file_hash: str | None
    case_id: str | None
    parts: int | None

    @property
    def newest_id(self) -> int:
        """The version that work goes on from: one that waits for its approval, or else the current one."""
        return self.proposed_id or self.version_id


@dataclass(frozen=True)
class VersionRow:
    """A version: its place in the history, who saved it and why, and its content."""

    id: int
    number: int
    saved_by: int | None
    name: str
    saved_at: datetime
    note: str
    question: Question
    content: dict[str, Any]
    content_hash: str
    asked_hash: str


_ROW = sa.select(*(questions.c[name] for name in QuestionRow.__dataclass_fields__))
_VERSION = sa.select(
    versions.c.id,
    versions.c.question_id,
    versions.c.number,
    versions.c.topic,
    versions.c.saved_by,
    sa.func.coalesce(users.c.name, "").label("name"),
    versions.c.saved_at,
    versions.c.note,
    versions.c.content,
    versions.c.content_hash,
    versions.c.asked_hash,
).join(users, users.c.id == versions.c.saved_by, isouter=True)


def read_row(connection: Connection, question_id: str, *, locked: bool = False) -> QuestionRow | None:
    """Give a question's row, or None; `locked` keeps others from changing it until the transaction ends."""
    wanted = _ROW.where(questions.c.id == question_id)
    row = connection.execute(wanted.with_for_update() if locked else wanted).mappings().one_or_none()
    if row is None or row["version_id"] is None:
        return None
    return QuestionRow(**{**row, "status": Status(row["status"]), "origin": Origin(row["origin"])})


def versions_of(connection: Connection, question_id: str) -> list[VersionRow]:
    """Give every version of a question, the newest first."""
    rows = connection.execute(_VERSION.where(versions.c.question_id == question_id).order_by(versions.c.number.desc()))
    return [_version(row) for row in rows.mappings()]


def asked_now(connection: Connection, question_ids: Collection[str]) -> dict[str, int]:
    """Give the current version of questions."""
    found: dict[str, int] = {}
    for some in batched(question_ids):
        rows = connection.execute(sa.select(questions.c.id, questions.c.version_id).where(questions.c.id.in_(some)))
        found |= {row[0]: row[1] for row in rows}
    return found


def read_version(connection: Connection, version_id: int) -> VersionRow | None:
    """Give one version, or None."""
    row = connection.execute(_VERSION.where(versions.c.id == version_id)).mappings().one_or_none()
    return None if row is None else _version(row)


def taken_ids(connection: Connection, start: str) -> set[str]:
    """Give the ids of questions that begin alike."""
    return set(connection.scalars(sa.select(questions.c.id).where(questions.c.id.startswith(start, autoescape=True))))


def typed_versions(connection: Connection, kinds: tuple[str, ...], besides: str) -> list[int]:
    """Give the ids of the current versions of the live questions of some types, but for one question's."""
    wanted = sa.select(questions.c.version_id).where(questions.c.kind.in_(kinds), questions.c.status == Status.LIVE)
    return list(connection.scalars(wanted.where(questions.c.id != besides)))


def _version(row: Any) -> VersionRow:
    return VersionRow(
        id=row["id"],
        number=row["number"],
        saved_by=row["saved_by"],
        name=row["name"],
        saved_at=row["saved_at"],
        note=row["note"],
        question=question_from(row["question_id"], row["topic"], row["content"]),
        content={**row["content"], "topic": row["topic"]},
        content_hash=row["content_hash"],
        asked_hash=row["asked_hash"],
    )
