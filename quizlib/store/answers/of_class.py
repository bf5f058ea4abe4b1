"""What the students of a class answered in its assignments, grouped by the database: few rows of many answers."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.person import Role
from quizlib.store.tables import assignments, attempts, items, memberships, question_statistics, tallies, users


class Span(NamedTuple):
    """Which answers are wanted: of some assignments of a class, of one person, of one topic, finished when.

    `assignment_ids` None is every one that stands, `user_id` None everybody who counts.
    """

    class_id: int
    assignment_ids: Collection[int] | None = None
    user_id: int | None = None
    topic: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class OfTopic(NamedTuple):
    """How much of an attempt was of one topic, and what that was worth."""

    attempt_id: int
    questions: int
    points: float


class Alike(NamedTuple):
    """A response to one version, as text, marked by one key, and who gave it."""

    question_id: str
    version_id: int
    graded_by: int | None
    response: str
    user_ids: frozenset[int]


class Given(NamedTuple):
    """What one learner answered; the response as text."""

    user_id: int
    version_id: int
    graded_by: int | None
    response: str


class Doubtful(NamedTuple):
    """A question that those who do well miss: its correlation with the rest, over so many learners."""

    question_id: str
    discrimination: float
    correlated: int


def run_out(connection: Connection, class_id: int, before: datetime) -> list[tuple[int, int]]:
    """Give the attempts at a class's assignments that go on although they were due before a moment, each with whose."""
    rows = connection.execute(
        sa.select(attempts.c.id, attempts.c.user_id)
        .where(attempts.c.assignment_id.in_(_standing(class_id)))
        .where(attempts.c.finished_at.is_(None), attempts.c.due_at < before)
        .order_by(attempts.c.id)
    )
    return [(row.id, row.user_id) for row in rows]


def of_topic(connection: Connection, class_id: int, topic: str) -> list[OfTopic]:
    """Give, by finished attempt at a class's assignments, how a topic went; those without the topic are left out."""
    rows = connection.execute(
        sa.select(attempts.c.id, tallies.c.questions, tallies.c.points)
        .join_from(attempts, tallies, tallies.c.attempt_id == attempts.c.id)
        .where(*_wanted(Span(class_id)), tallies.c.topic == topic)
    )
    return [OfTopic(*row) for row in rows]


def answered_alike(connection: Connection, span: Span) -> list[Alike]:
    """Give the different responses of a class, each once for each version and key, with everybody who gave it."""
    response = sa.cast(items.c.response, sa.Text)
    about = (items.c.question_id, items.c.version_id, items.c.graded_by, response)
    whose = sa.func.aggregate_strings(sa.cast(items.c.user_id, sa.Text), " ")
    rows = connection.execute(
        sa.select(*about, whose)
        .join_from(attempts, items, items.c.attempt_id == attempts.c.id)
        .where(*_wanted(span), items.c.fraction.is_not(None))
        .group_by(*about)
    )
    return [
        Alike(question_id, version_id, graded_by, given, frozenset(map(int, who.split())))
        for question_id, version_id, graded_by, given, who in rows
    ]


def questions_asked(connection: Connection, assignment_id: int) -> list[str]:
    """Give the questions of an assignment in their order."""
    return list(
        connection.scalars(
            sa.select(items.c.question_id)
            .join_from(attempts, items, items.c.attempt_id == attempts.c.id)
            .where(*_at(assignment_id))
            .group_by(items.c.question_id)
            .order_by(sa.func.min(items.c.position), items.c.question_id)
        )
    )


def versions_asked(connection: Connection, assignment_id: int, question_id: str) -> list[int]:
    """Give the versions in which a question was asked in an assignment, answered or not, oldest first."""
    return list(
        connection.scalars(
            sa.select(items.c.version_id)
            .distinct()
            .join_from(attempts, items, items.c.attempt_id == attempts.c.id)
            .where(*_at(assignment_id), _is(question_id))
            .order_by(items.c.version_id)
        )
    )


def first_answers(connection: Connection, assignment_id: int, question_id: str) -> list[Given]:
    """Give what each learner answered first to a question within an assignment, also where the attempt goes on."""
    rows = connection.execute(
        sa.select(
            items.c.user_id, items.c.version_id, items.c.graded_by, sa.cast(items.c.response, sa.Text).label("response")
        )
        .join_from(attempts, items, items.c.attempt_id == attempts.c.id)
        .where(*_at(assignment_id), _is(question_id), items.c.fraction.is_not(None))
        .order_by(attempts.c.id, items.c.position)
    )
    firsts: dict[int, Given] = {}
    for row in rows:
        firsts.setdefault(row.user_id, Given(*row))
    return list(firsts.values())


def finished_by(connection: Connection, assignment_id: int, class_id: int) -> int:
    """Count the present students of a class who have finished an assignment."""
    students = sa.select(memberships.c.user_id).where(
        memberships.c.class_id == class_id, memberships.c.role == Role.STUDENT
    )
    wanted = sa.select(sa.func.count(sa.distinct(attempts.c.user_id))).where(
        attempts.c.assignment_id == assignment_id,
        attempts.c.finished_at.is_not(None),
        attempts.c.user_id.in_(students),
    )
    return connection.scalar(wanted) or 0


def fixed_questions(connection: Connection, class_id: int) -> set[str]:
    """Give the questions that everybody in a class was given: those of assignments with a list that holds for all."""
    rows = connection.execute(
        sa.select(assignments.c.question_ids, assignments.c.drawn_ids).where(assignments.c.id.in_(_standing(class_id)))
    )
    return {one for chosen, drawn in rows for one in (*(chosen or ()), *(drawn or ()))}


def doubtful_keys(connection: Connection, question_ids: Collection[str], least: int) -> list[Doubtful]:
    """Give those of some questions whose correlation with the rest is below 0 over at least so many, worst first."""
    columns = question_statistics.c
    rows = connection.execute(
        sa.select(columns.question_id, columns.discrimination, columns.correlated)
        .where(columns.question_id.in_(list(question_ids)), columns.discrimination < 0, columns.correlated >= least)
        .order_by(columns.discrimination, columns.question_id)
    )
    return [Doubtful(*row) for row in rows]


def _standing(class_id: int) -> sa.Select[tuple[int]]:
    return sa.select(assignments.c.id).where(assignments.c.class_id == class_id, assignments.c.withdrawn_at.is_(None))


def _counted_people(class_id: sa.ScalarSelect[int] | int) -> sa.Select[tuple[int]]:
    """Select the students of a class, and everybody who was erased: their answers stay in the figures."""
    students = sa.select(memberships.c.user_id).where(
        memberships.c.class_id == class_id, memberships.c.role == Role.STUDENT
    )
    return sa.select(users.c.id).where(sa.or_(users.c.id.in_(students), users.c.erased_at.is_not(None)))


def _at(assignment_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    group = sa.select(assignments.c.class_id).where(assignments.c.id == assignment_id).scalar_subquery()
    return attempts.c.assignment_id == assignment_id, attempts.c.user_id.in_(_counted_people(group))


def _is(question_id: str) -> sa.ColumnElement[bool]:
    """Pick a question among the items of attempts, not attempts among everybody's answers to the question."""
    # an index cannot be used on what is put together
    return items.c.question_id.concat("") == question_id


def _wanted(span: Span) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [
        attempts.c.assignment_id.in_(_standing(span.class_id)),
        attempts.c.user_id.in_(_counted_people(span.class_id)),
        attempts.c.finished_at.is_not(None),
    ]
    if span.assignment_ids is not None:
        found.append(attempts.c.assignment_id.in_(list(span.assignment_ids)))
    if span.user_id is not None:
        found.append(attempts.c.user_id == span.user_id)
    if span.topic is not None:
        found.append(items.c.topic == span.topic)
    if span.since is not None:
        found.append(attempts.c.finished_at >= span.since)
    if span.until is not None:
        found.append(attempts.c.finished_at < span.until)
    return found
