"""Rows of what a list shows of each question's current version: a cache, with how far it is behind."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.kinds import question_from
from quizlib.model.authoring import Judgement, Origin
from quizlib.model.question import Question
from quizlib.store.ids import batched, ids_of
from quizlib.store.tables import complaints, question_statistics, question_texts, questions, verdicts, versions


class Current(NamedTuple):
    """A question's current version, as much as its texts are made of."""

    question: Question
    version_id: int
    saved_at: datetime
    content_hash: str


class Text(NamedTuple):
    """What a list shows of a version, what it is searched for, and the names of the rules that found flaws."""

    title: str
    search: str
    flaws: tuple[str, ...]


class Listed(NamedTuple):
    """A question in a list.

    `behind` says that its texts are not those of its current version. The hashes are told only where the version is
    not what was last taken from, or written to, its file. On SQLite `saved_at` has no zone; it is UTC.
    """

    id: str
    topic: str
    kind: str
    level: str
    status: str
    version_id: int
    proposed: bool
    behind: bool
    file_hash: str | None
    content_hash: str | None
    title: str | None
    flaws: str | None
    saved_at: datetime | None
    answers: int | None
    fraction_sum: float | None


@dataclass(frozen=True)
class Wanted:
    """What questions must say, or stand for; empty means all.

    `words` must all stand in the text. Of the newest versions, those that are `waiting` were written by somebody and
    judged by nobody, and of `changes` the last word on them was to ask for some.
    """

    words: Sequence[str] = ()
    flaw: str = ""
    waiting: bool = False
    changes: bool = False


def listed(connection: Connection, rules: str, ids: Collection[str] | None = None) -> list[Listed]:
    """Give every question, or a few, in no order; texts that were made by other `rules` are behind as well."""
    apart = sa.or_(
        questions.c.file_hash != question_texts.c.content_hash,
        sa.and_(questions.c.file_hash.is_(None), questions.c.origin == Origin.FILE),
    )
    some = [] if ids is None else [questions.c.id.in_(ids)]
    rows = connection.execute(
        sa.select(
            questions.c.id,
            questions.c.topic,
            questions.c.kind,
            questions.c.level,
            questions.c.status,
            questions.c.version_id,
            questions.c.proposed_id.is_not(None),
            sa.or_(
                question_texts.c.version_id.is_distinct_from(questions.c.version_id), question_texts.c.rules != rules
            ),
            sa.case((apart, questions.c.file_hash)),
            sa.case((apart, question_texts.c.content_hash)),
            question_texts.c.title,
            # as it is stored: taking 10,000 lists apart takes longer than reading them
            sa.cast(question_texts.c.flaws, sa.Text),
            sa.type_coerce(question_texts.c.saved_at, sa.DateTime(timezone=True)),
            question_statistics.c.answers,
            question_statistics.c.fraction_sum,
        )
        .join(question_texts, question_texts.c.question_id == questions.c.id, isouter=True)
        .join(question_statistics, question_statistics.c.question_id == questions.c.id, isouter=True)
        .where(questions.c.version_id.is_not(None), *some)
    )
    return list(map(Listed._make, rows))


def matching(connection: Connection, wanted: Wanted) -> frozenset[str] | None:
    """Give the questions that match; None where that is all of them."""
    found = [frozenset(ids_of(connection, query)) for query in _queries(wanted)]
    return frozenset.intersection(*found) if found else None


def _queries(wanted: Wanted) -> Iterator[sa.Select[tuple[str]]]:
    says = [question_texts.c.search.contains(word, autoescape=True) for word in wanted.words]
    if wanted.flaw:
        says.append(sa.cast(question_texts.c.flaws, sa.Text).contains(f'"{wanted.flaw}"', autoescape=True))
    if says:
        yield sa.select(question_texts.c.question_id).where(*says)
    # the version that a verdict is wanted on: one that waits for it, or else the current one
    newest = sa.func.coalesce(questions.c.proposed_id, questions.c.version_id)
    if wanted.waiting:
        written = sa.select(versions.c.id).where(versions.c.saved_by.is_not(None))
        yield sa.select(questions.c.id).where(newest.in_(written), newest.not_in(sa.select(verdicts.c.version_id)))
    if wanted.changes:
        last = sa.select(sa.func.max(verdicts.c.id)).group_by(verdicts.c.version_id)
        asked = sa.select(verdicts.c.version_id).where(
            verdicts.c.id.in_(last), verdicts.c.judgement == Judgement.CHANGE
        )
        yield sa.select(questions.c.id).where(newest.in_(asked))


def count_open_complaints(connection: Connection) -> dict[str, int]:
    """Count the complaints that nobody has answered, by question."""
    rows = connection.execute(
        sa.select(complaints.c.question_id, sa.func.count())
        .where(complaints.c.closed_at.is_(None))
        .group_by(complaints.c.question_id)
    )
    return {row[0]: row[1] for row in rows}


def read_current(connection: Connection, ids: Collection[str]) -> list[Current]:
    """Give the current versions of questions."""
    found: list[Current] = []
    for some in batched(ids):
        rows = connection.execute(_CURRENT.where(questions.c.id.in_(some)))
        found += [
            Current(question_from(row.question_id, row.topic, row.content), row.id, row.saved_at, row.content_hash)
            for row in rows
        ]
    return found


def write_texts(connection: Connection, made: Iterable[tuple[Current, Text]], rules: str) -> None:
    """Store the texts of versions in the place of what was stored for their questions."""
    rows: list[dict[str, Any]] = [
        {
            "question_id": current.question.id,
            "version_id": current.version_id,
            "saved_at": current.saved_at,
            "content_hash": current.content_hash,
            "rules": rules,
            "flaws": list(text.flaws),
            "title": text.title,
            "search": text.search,
        }
        for current, text in made
    ]
    if rows:
        for some in batched([row["question_id"] for row in rows]):
            connection.execute(sa.delete(question_texts).where(question_texts.c.question_id.in_(some)))
        connection.execute(sa.insert(question_texts), rows)


_CURRENT = sa.select(
    versions.c.id,
    versions.c.question_id,
    versions.c.topic,
    versions.c.content,
    versions.c.saved_at,
    versions.c.content_hash,
).join(questions, questions.c.version_id == versions.c.id)
