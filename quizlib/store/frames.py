"""Data frames for analytics, read through indexes: of a learner, of a class, of an assignment, of one question.

Moments are in UTC. Columns of counts that may be missing are floats with NaN, as pandas makes them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.person import Role
from quizlib.store.answers.tallies import counted
from quizlib.store.columns import UtcTime
from quizlib.store.tables import assignments, attempts, items, memberships, tallies, users

COUNTS = ("questions", "answered", "right", "points", "elapsed_ms")


def attempts_of_learner(connection: Connection, user_id: int, by_topic: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give a person's attempts, oldest first, with how each went; those that go on are counted as they stand.

    Columns: attempt_id, plan, behaviour, assignment_id, started_at, due_at, finished_at, and the counts. `by_topic` is
    what `topics_of_learner` gives, where it was read already.
    """
    about = [attempts.c[name] for name in ("id", "plan", "behaviour", "assignment_id", *_MOMENTS)]
    found = _frame(connection, sa.select(*about).where(attempts.c.user_id == user_id))
    found = found.rename(columns={"id": "attempt_id"}).sort_values("attempt_id", ignore_index=True)
    # the database would group by as many columns for as long again
    counts = topics_of_learner(connection, user_id) if by_topic is None else by_topic
    return found.join(counts.groupby("attempt_id")[list(COUNTS)].sum(min_count=1), on="attempt_id")


def topics_of_learner(connection: Connection, user_id: int) -> pd.DataFrame:
    """Give how a person's attempts went by topic: attempt_id, topic, and the counts."""
    done = sa.select(*tallies.columns).join_from(attempts, tallies, tallies.c.attempt_id == attempts.c.id)
    open_ = _open(attempts.c.user_id == user_id)
    return _frame(
        connection, sa.union_all(done.where(attempts.c.user_id == user_id), sa.select(*open_.columns))
    ).sort_values(["attempt_id", "topic"], ignore_index=True)


def answers_of_learner(
    connection: Connection, user_id: int, *, since: datetime | None = None, attempt_ids: Sequence[int] | None = None
) -> pd.DataFrame:
    """Give a person's answers, oldest first, of every attempt or of some.

    Columns: item_id, attempt_id, question_id, version_id, topic, asked_hash, first, fraction, confidence, answered_at,
    elapsed_ms.
    """
    wanted = sa.select(*(items.c[name].label("item_id" if name == "id" else name) for name in _ANSWER)).where(
        items.c.user_id == user_id, items.c.answered_at.is_not(None)
    )
    if since is not None:
        wanted = wanted.where(items.c.answered_at >= since)
    if attempt_ids is not None:
        wanted = wanted.where(items.c.attempt_id.in_(attempt_ids))
    return _frame(connection, wanted).sort_values(["answered_at", "item_id"], ignore_index=True)


def attempts_of_class(connection: Connection, class_id: int) -> pd.DataFrame:
    """Give every attempt at the assignments of a class that stand, oldest first, with its points.

    Columns: attempt_id, user_id, assignment_id, started_at, finished_at, questions, points; the last three are missing
    while it goes on. Erased people are among them; whoever left the class is not.
    """
    about = [attempts.c[name] for name in ("id", "user_id", "assignment_id", "started_at", "finished_at")]
    wanted = (
        sa.select(*about, *(sa.func.sum(tallies.c[name]).label(name) for name in ("questions", "points")))
        .join_from(attempts, tallies, tallies.c.attempt_id == attempts.c.id, isouter=True)
        .where(attempts.c.assignment_id.in_(_standing(class_id)), attempts.c.user_id.in_(_counted_people(class_id)))
        .group_by(*about)
    )
    found = _frame(connection, wanted).rename(columns={"id": "attempt_id"})
    return found.sort_values("attempt_id", ignore_index=True)


def topics_of_class(
    connection: Connection,
    class_id: int,
    *,
    assignment_ids: Sequence[int] | None = None,
    user_ids: Sequence[int] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> pd.DataFrame:
    """Give how finished attempts at the assignments of a class went, by topic.

    Columns: topic, learners, answered, right; `since` and `until` say when an attempt was finished.
    """
    wanted = (
        sa.select(
            tallies.c.topic,
            sa.func.count(sa.distinct(attempts.c.user_id)).label("learners"),
            *(sa.func.sum(tallies.c[name]).label(name) for name in ("answered", "right")),
        )
        .join_from(attempts, tallies, tallies.c.attempt_id == attempts.c.id)
        .where(attempts.c.assignment_id.in_(_standing(class_id)), attempts.c.user_id.in_(_counted_people(class_id)))
        .group_by(tallies.c.topic)
    )
    if assignment_ids is not None:
        wanted = wanted.where(attempts.c.assignment_id.in_(assignment_ids))
    if user_ids is not None:
        wanted = wanted.where(attempts.c.user_id.in_(user_ids))
    if since is not None:
        wanted = wanted.where(attempts.c.finished_at >= since)
    if until is not None:
        wanted = wanted.where(attempts.c.finished_at < until)
    return _frame(connection, wanted)


def items_of_assignment(connection: Connection, assignment_id: int) -> pd.DataFrame:
    """Give every question of every finished attempt at an assignment, in the order of attempts and positions.

    Columns: item_id, attempt_id, user_id, position, question_id, version_id, graded_by, topic, asked_hash, first,
    fraction (missing where it was not answered), response (JSON text), confidence, answered_at, elapsed_ms.
    Erased people are among them; whoever instructs the class is not, though they may have done it as a student.
    """
    columns = [items.c[name].label("item_id" if name == "id" else name) for name in (*_ANSWER, *_AS_GIVEN)]
    wanted = (
        sa.select(*columns, sa.cast(items.c.response, sa.Text).label("response"))
        .join_from(attempts, items, items.c.attempt_id == attempts.c.id)
        .where(attempts.c.assignment_id == assignment_id, attempts.c.finished_at.is_not(None))
        .where(attempts.c.user_id.not_in(_instruct_class_of(assignment_id)))
        .order_by(attempts.c.id, items.c.position)
    )
    return _frame(connection, wanted)


def first_answers(
    connection: Connection, question_ids: Sequence[str], *, until: datetime | None = None, of_everybody: bool = False
) -> pd.DataFrame:
    """Give every learner's first answer to some questions, over all their versions, oldest first.

    Columns: item_id, question_id, user_id, version_id, graded_by, asked_hash, fraction, response (JSON text),
    answered_at, elapsed_ms. Instructors are no learners, unless there is nobody else (`of_everybody`).
    """
    names = (
        "id",
        "question_id",
        "user_id",
        "version_id",
        "graded_by",
        "asked_hash",
        "fraction",
        "answered_at",
        "elapsed_ms",
    )
    wanted = (
        sa.select(*(items.c[name].label("item_id" if name == "id" else name) for name in names), _RESPONSE)
        .where(items.c.question_id.in_(question_ids), items.c.first, items.c.fraction.is_not(None))
        .where(*_of_learners(of_everybody))
    )
    if until is not None:
        wanted = wanted.where(items.c.answered_at <= until)
    return _frame(connection, wanted).sort_values(["answered_at", "item_id"], ignore_index=True)


def totals_of_learners(
    connection: Connection, *, who_answered: str | None = None, of_everybody: bool = False
) -> pd.DataFrame:
    """Give how many questions each learner has answered, and the sum of what the first answers are worth.

    Columns: user_id, answered, points. Of those who answered one question, or of all: that reads an index from end to
    end, and is for the background.
    """
    wanted = (
        sa.select(items.c.user_id, sa.func.count().label("answered"), sa.func.sum(items.c.fraction).label("points"))
        .where(items.c.first, items.c.fraction.is_not(None), *_of_learners(of_everybody))
        .group_by(items.c.user_id)
    )
    if who_answered is not None:
        theirs = sa.select(items.c.user_id).where(items.c.question_id == who_answered, items.c.first)
        wanted = wanted.where(items.c.user_id.in_(theirs))
    return _frame(connection, wanted)


_MOMENTS = ("started_at", "due_at", "finished_at")
_ANSWER = (
    "id",
    "attempt_id",
    "question_id",
    "version_id",
    "topic",
    "asked_hash",
    "first",
    "fraction",
    "confidence",
    "answered_at",
    "elapsed_ms",
)
_AS_GIVEN = ("user_id", "position", "graded_by")
_SUMS = tuple(sa.func.sum(tallies.c[name]).label(name) for name in COUNTS)
_RESPONSE = sa.cast(items.c.response, sa.Text).label("response")
_INSTRUCT = sa.select(users.c.id).where(sa.cast(users.c.roles, sa.Text).contains(f'"{Role.INSTRUCTOR.value}"'))


def _open(whose: sa.ColumnElement[bool]) -> sa.Subquery:
    going = sa.select(attempts.c.id).where(whose, attempts.c.finished_at.is_(None))
    return counted().where(items.c.attempt_id.in_(going)).subquery()


def _standing(class_id: int) -> sa.Select[tuple[int]]:
    return sa.select(assignments.c.id).where(assignments.c.class_id == class_id, assignments.c.withdrawn_at.is_(None))


def _counted_people(class_id: int) -> sa.Select[tuple[int]]:
    """Select the students of a class, and everybody who was erased: their answers stay in the figures."""
    students = sa.select(memberships.c.user_id).where(
        memberships.c.class_id == class_id, memberships.c.role == Role.STUDENT
    )
    return sa.select(users.c.id).where(sa.or_(users.c.id.in_(students), users.c.erased_at.is_not(None)))


def _instruct_class_of(assignment_id: int) -> sa.Select[tuple[int]]:
    group = sa.select(assignments.c.class_id).where(assignments.c.id == assignment_id).scalar_subquery()
    return sa.select(memberships.c.user_id).where(
        memberships.c.class_id == group, memberships.c.role == Role.INSTRUCTOR
    )


def _of_learners(of_everybody: bool) -> tuple[sa.ColumnElement[bool], ...]:
    return () if of_everybody else (items.c.user_id.not_in(_INSTRUCT),)


def _frame(connection: Connection, wanted: sa.Select[Any] | sa.CompoundSelect[Any]) -> pd.DataFrame:
    """Read rows into a frame without making an object of each: of 60,000 rows that takes longer than the query."""
    result = connection.execute(wanted)
    cursor: Any = result.cursor
    columns = wanted.selected_columns
    frame = pd.DataFrame.from_records(cursor.fetchall(), columns=list(result.keys()))
    result.close()
    for column in columns:
        if isinstance(column.type, UtcTime):
            # text on SQLite, moments of some zone on PostgreSQL
            frame[column.name] = pd.to_datetime(frame[column.name], utc=True, format="ISO8601")
        elif isinstance(column.type, sa.Boolean):
            frame[column.name] = frame[column.name].astype(bool)
        elif column.name in (*COUNTS, "fraction"):
            frame[column.name] = pd.to_numeric(frame[column.name]).astype(float)
    return frame
