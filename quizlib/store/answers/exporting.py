"""Answers to take away: read in batches through indexes, so that a million of them are never in memory at once."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.attempt import Action
from quizlib.model.person import Role
from quizlib.store.ids import batched
from quizlib.store.tables import assignments, attempts, classes, items, memberships, rescorings, steps, users, versions

# as many attempts as a query names, and answers as are in memory at once
ATTEMPTS, ROWS = 500, 5_000


class Sitting(NamedTuple):
    """An attempt whose answers are wanted."""

    attempt_id: int
    user_id: int
    assignment_id: int | None
    started_at: datetime


class Given(NamedTuple):
    """Answers as they are stored, column by column; responses as text, so that equal ones are put into words once."""

    item_id: Sequence[int]
    attempt_id: Sequence[int]
    question_id: Sequence[str]
    version_id: Sequence[int]
    topic: Sequence[str]
    seq: Sequence[int]
    first: Sequence[bool]
    fraction: Sequence[float]
    response: Sequence[str]
    confidence: Sequence[str | None]
    answered_at: Sequence[datetime]
    elapsed_ms: Sequence[int | None]


class Span(NamedTuple):
    """Which answers are wanted: of one topic, from `since` on and before `until`; None is no limit."""

    topic: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def of_learner(connection: Connection, user_id: int, *, practice_only: bool = False) -> list[Sitting]:
    """Give a person's attempts, oldest first; without assignments where only practice is wanted."""
    practice = [attempts.c.assignment_id.is_(None)] if practice_only else []
    return _sittings(connection, attempts.c.user_id == user_id, *practice)


def of_assignment(
    connection: Connection, class_id: int, assignment_id: int, user_id: int | None = None
) -> list[Sitting]:
    """Give the attempts at an assignment, oldest first: of students of its class, or one of them, and erased people."""
    students = sa.select(memberships.c.user_id).where(
        memberships.c.class_id == class_id, memberships.c.role == Role.STUDENT
    )
    erased = sa.select(users.c.id).where(users.c.erased_at.is_not(None))
    counted = sa.or_(attempts.c.user_id.in_(students), attempts.c.user_id.in_(erased))
    whose = counted if user_id is None else sa.and_(counted, attempts.c.user_id == user_id)
    return _sittings(connection, attempts.c.assignment_id == assignment_id, whose)


def answers(connection: Connection, attempt_ids: Sequence[int], span: Span) -> Iterator[Given]:
    """Give the answers of a few attempts by batches, in the order of attempts and of the questions in each."""
    wanted = sa.select(*_GIVEN).where(items.c.attempt_id.in_(attempt_ids), *_within(span))
    found = connection.execute(wanted.order_by(items.c.attempt_id, items.c.position).execution_options(yield_per=ROWS))
    for rows in found.partitions():
        given = Given(*zip(*rows, strict=True))
        yield given._replace(answered_at=[_in_utc(one) for one in given.answered_at])


def count_answers(connection: Connection, sittings: Sequence[Sitting], span: Span) -> int:
    """Count the answers of attempts."""
    return sum(
        connection.scalar(sa.select(sa.func.count()).where(items.c.attempt_id.in_(ids), *_within(span))) or 0
        for ids in batched([one.attempt_id for one in sittings])
    )


def rescored_versions(connection: Connection) -> set[int]:
    """Give the versions whose answers were marked again, ever."""
    return {one["version_id"] for covers in connection.scalars(sa.select(rescorings.c.covers)) for one in covers}


def rescored(connection: Connection, item_ids: Collection[int]) -> set[int]:
    """Give those of some answers that were marked again."""
    found: set[int] = set()
    for some in batched(item_ids):
        again = sa.select(steps.c.item_id).where(steps.c.item_id.in_(some), steps.c.action == Action.RESCORE)
        found.update(connection.scalars(again))
    return found


def version_numbers(connection: Connection, version_ids: Collection[int]) -> dict[int, int]:
    """Give the numbers of versions, by id."""
    found: dict[int, int] = {}
    for some in batched(version_ids):
        rows = connection.execute(sa.select(versions.c.id, versions.c.number).where(versions.c.id.in_(some)))
        found |= {row.id: row.number for row in rows}
    return found


def names_of_assignments(connection: Connection, assignment_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Give the title of assignments, withdrawn or not, and the name of the class of each, by id."""
    found: dict[int, tuple[str, str]] = {}
    for some in batched(assignment_ids):
        rows = connection.execute(
            sa.select(assignments.c.id, assignments.c.title, classes.c.name)
            .join(classes, classes.c.id == assignments.c.class_id)
            .where(assignments.c.id.in_(some))
        )
        found |= {row.id: (row.title, row.name) for row in rows}
    return found


_GIVEN = (
    items.c.id,
    items.c.attempt_id,
    items.c.question_id,
    items.c.version_id,
    items.c.topic,
    items.c.seq,
    items.c.first,
    items.c.fraction,
    sa.cast(items.c.response, sa.Text),
    items.c.confidence,
    # as the driver gives it: of a million moments, reading each by the type of the column takes two seconds
    sa.type_coerce(items.c.answered_at, sa.types.NULLTYPE),
    items.c.elapsed_ms,
)


def _in_utc(moment: datetime | str) -> datetime:
    if isinstance(moment, str):  # SQLite has texts, and forgets zones
        return datetime.fromisoformat(f"{moment}+00:00")
    return moment.astimezone(UTC)


def _sittings(connection: Connection, *conditions: sa.ColumnElement[bool]) -> list[Sitting]:
    about = (attempts.c.id, attempts.c.user_id, attempts.c.assignment_id, attempts.c.started_at)
    rows = connection.execute(sa.select(*about).where(*conditions).order_by(attempts.c.id))
    return [Sitting(*row) for row in rows]


def _within(span: Span) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = [items.c.answered_at.is_not(None)]
    if span.topic is not None:
        conditions.append(items.c.topic == span.topic)
    if span.since is not None:
        conditions.append(items.c.answered_at >= span.since)
    if span.until is not None:
        conditions.append(items.c.answered_at < span.until)
    return conditions
