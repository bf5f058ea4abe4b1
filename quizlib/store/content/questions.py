"""Rows of questions and their versions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.kinds import asked_hash, content_hash, content_of, question_from
from quizlib.model.attempt import Filter
from quizlib.model.authoring import Origin, Status
from quizlib.model.question import Question
from quizlib.store.content.statistics import out_of_date
from quizlib.store.ids import FEW, batched, ids_of
from quizlib.store.tables import questions, versions


@dataclass(frozen=True)
class KnownQuestion:
    """What the database knows of a question without reading its content."""

    id: str
    status: Status
    origin: Origin
    file_hash: str | None
    content_hash: str | None
    waits: bool = False


def known(connection: Connection, ids: Collection[str] | None = None) -> dict[str, KnownQuestion]:
    """Give every question, or some, with the hash of its current version and of its file, by id."""
    wanted = sa.select(
        questions.c.id,
        questions.c.status,
        questions.c.origin,
        questions.c.file_hash,
        versions.c.content_hash,
        questions.c.proposed_id.is_not(None).label("waits"),
    ).join(versions, versions.c.id == questions.c.version_id, isouter=True)
    parts = [wanted] if ids is None else [wanted.where(questions.c.id.in_(some)) for some in batched(ids)]
    return {
        row.id: KnownQuestion(
            row.id, Status(row.status), Origin(row.origin), row.file_hash, row.content_hash, bool(row.waits)
        )
        for part in parts
        for row in connection.execute(part)
    }


def known_apart(connection: Connection, ids: Collection[str]) -> dict[str, KnownQuestion]:
    """Give those of the questions whose newest version is not what was last taken from their file."""
    apart = sa.or_(
        questions.c.file_hash.is_(None),
        questions.c.file_hash != versions.c.content_hash,
        questions.c.proposed_id.is_not(None),
    )
    found = ids_of(
        connection,
        sa.select(questions.c.id).join(versions, versions.c.id == questions.c.version_id).where(apart),
    )
    return known(connection, [one for one in found if one in ids])


def set_aside(connection: Connection, question: Question, *, now: datetime, note: str, saved_by: int | None) -> None:
    """Keep content in the history of a question, unless it is there; what is asked, or waits to be, stays."""
    in_history = sa.select(versions.c.id).where(
        versions.c.question_id == question.id, versions.c.content_hash == content_hash(question)
    )
    if connection.execute(in_history).first() is not None:
        return
    its_row = questions.c.id == question.id
    waiting = connection.scalar(sa.select(questions.c.proposed_id).where(its_row))
    save_version(connection, question, now=now, origin=Origin.FILE, note=note, saved_by=saved_by, asked=False)
    let_wait(connection, question.id, waiting)


def save_version(
    connection: Connection,
    question: Question,
    *,
    now: datetime,
    origin: Origin,
    note: str,
    saved_by: int | None = None,
    file_hash: str | None = None,
    status: Status = Status.LIVE,
    asked: bool = True,
) -> int:
    """Add a version and give its id; a new question gets the status.

    The version is the current one from now on, unless it is not to be `asked` yet: then it waits beside that one.
    """
    last = connection.scalar(sa.select(sa.func.max(versions.c.number)).where(versions.c.question_id == question.id))
    if last is None:
        about = _about(question)
        connection.execute(sa.insert(questions).values(id=question.id, status=status, origin=origin, **about))
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
    if not asked and last is not None:
        let_wait(connection, question.id, version_id)
        return int(version_id)
    make_current(connection, question, int(version_id))
    if file_hash is not None:
        remember_file(connection, question.id, file_hash)
    return int(version_id)


def let_wait(connection: Connection, question_id: str, version_id: int | None) -> None:
    """Have a version of a question wait beside the one that is asked, or none."""
    connection.execute(sa.update(questions).where(questions.c.id == question_id).values(proposed_id=version_id))


def make_current(connection: Connection, question: Question, version_id: int) -> None:
    """Have a version of a question asked from now on; none waits beside it any more."""
    change: dict[str, Any] = {"version_id": version_id, "proposed_id": None, **_about(question)}
    connection.execute(sa.update(questions).where(questions.c.id == question.id).values(**change))
    out_of_date(connection, question.id)  # its key may be another one


def _about(question: Question) -> dict[str, Any]:
    return {
        "topic": question.topic,
        "kind": question.kind,
        "level": question.level.value,
        "case_id": question.case or None,
        "part": question.part or None,
        "parts": question.parts or None,
    }


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
    wanted = sa.select(versions.c.id, versions.c.question_id, versions.c.topic, versions.c.content)
    return {
        row.id: question_from(row.question_id, row.topic, row.content)
        for some in batched(ids)
        for row in connection.execute(wanted.where(versions.c.id.in_(some)))
    }


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
