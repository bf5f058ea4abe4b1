"""Answers to take away: one's own, and those of a class to its assignments."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import BinaryIO, NamedTuple

from quizlib.errors import NotFound, Refused
from quizlib.interop.answers import ANSWER, ANSWER_FORMATS, EVERYBODYS, AnswerFormat
from quizlib.model.classes import Class, Member
from quizlib.model.person import Role, User
from quizlib.services import permissions
from quizlib.services.app import Progress, current
from quizlib.services.exporting.prepared import Format, Prepared, prepare, told_in_words
from quizlib.services.exporting.rows import Whose, rows_of
from quizlib.services.history.in_class import close_run_out
from quizlib.store.answers import assignments
from quizlib.store.answers import exporting as stored
from quizlib.store.answers.exporting import Sitting, Span
from quizlib.store.databases.database import Connection
from quizlib.store.people import classes

NO_FORMAT = "There is no such format. Choose one of those that are shown."
NOT_HERE = "This person is not in the class any more."
UNTOLD = "What was right in an assignment is left out until your teacher tells it."


def _formats(*names: str) -> dict[str, Format]:
    return {one: Format(ANSWER_FORMATS[one].title, ANSWER_FORMATS[one].about) for one in names}


MINE = _formats("csv", "xlsx", "json")
# whether an answer is the first tells what somebody practised by themselves
COLUMNS_OF_CLASS = tuple(one for one in EVERYBODYS if one.name != "first")
OF_CLASS = _formats("csv", "xlsx", "parquet")


class AnswerFilter(NamedTuple):
    """Which answers of a class are wanted; None is no limit. From `since` on and before `until`, in UTC."""

    assignment_id: int | None = None
    user_id: int | None = None
    topic: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def mine(actor: User, format: str, progress: Progress | None = None) -> Prepared:
    """Make a file with every answer of the actor; what an answer is worth is left out until it may be told."""
    app, kind = current(), _format(format, MINE)

    def write(file: BinaryIO) -> tuple[str, ...]:
        with app.database.read() as connection:
            permissions.require_person(connection, actor)
            untold = frozenset(assignments.untold(connection, actor.id, app.clock()))
            sittings = stored.of_learner(connection, actor.id)
            _require_room(connection, kind, sittings, Span())
            rows = rows_of(app, connection, sittings, Span(), Whose(untold=untold), progress)
            with told_in_words():  # or a full disk would be taken for the database's
                kind.write(ANSWER, rows, file)
        return (UNTOLD,) if untold else ()

    return prepare(app, actor, f"my answers {app.clock():%Y-%m-%d}", kind.ending, write)


def class_answers(
    actor: User, class_id: int, filter: AnswerFilter, format: str, progress: Progress | None = None
) -> Prepared:
    """Make a file with the answers to the assignments of a class, and to the practice of those who share it with it.

    Students who erased themselves are among them, without a name; whoever left the class is not.
    """
    app, kind = current(), _format(format, OF_CLASS)
    with app.database.read() as connection:
        group = permissions.class_taught(connection, actor, class_id)
        wanted = _assignments(connection, actor, group, filter)
    close_run_out(app, actor, class_id)

    def write(file: BinaryIO) -> tuple[str, ...]:
        with app.database.read() as connection:
            permissions.class_taught(connection, actor, class_id)
            members = classes.members(connection, class_id)
            students = {one.user_id: one for one in members if one.role is Role.STUDENT}
            if filter.user_id is not None and filter.user_id not in students:
                raise NotFound(NOT_HERE)
            sittings = _sittings(connection, group, wanted, students, filter)
            span = Span(filter.topic, filter.since, filter.until)
            _require_room(connection, kind, sittings, span)
            whose = Whose(students, group.name)
            rows = rows_of(app, connection, sittings, span, whose, progress)
            with told_in_words():
                kind.write(COLUMNS_OF_CLASS, rows, file)
        return ()

    return prepare(app, actor, f"{called(group)} answers {app.clock():%Y-%m-%d}", kind.ending, write)


def called(group: Class) -> str:
    """Give what a file of a class is called after: an invented class says that it is one."""
    return f"invented {group.name}" if group.invented else group.name


def _format(name: str, allowed: dict[str, Format]) -> AnswerFormat:
    if name not in allowed:
        raise Refused(NO_FORMAT)
    return ANSWER_FORMATS[name]


def _require_room(connection: Connection, kind: AnswerFormat, sittings: Sequence[Sitting], span: Span) -> None:
    """Refuse before anything is written what the format cannot hold."""
    if kind.most is not None and stored.count_answers(connection, sittings, span) > kind.most:
        raise Refused(kind.too_many)


def _assignments(connection: Connection, actor: User, group: Class, filter: AnswerFilter) -> list[int]:
    """Give the assignments that are asked for, the oldest first."""
    if filter.assignment_id is None:
        return sorted(one.id for one in assignments.of_class(connection, group.id))
    given = permissions.assignment_taught(connection, actor, filter.assignment_id)
    if given.class_id != group.id:
        raise NotFound(permissions.NO_ASSIGNMENT)
    return [given.id]


def _sittings(
    connection: Connection,
    group: Class,
    assignment_ids: list[int],
    students: Mapping[int, Member],
    filter: AnswerFilter,
) -> list[Sitting]:
    """Give the attempts whose answers an instructor may see by name and asks for, the oldest first."""
    found: list[Sitting] = []
    for one in assignment_ids:
        found += stored.of_assignment(connection, group.id, one, filter.user_id)
    for student in students.values():
        asked_for = filter.assignment_id is None and filter.user_id in (None, student.user_id)
        if asked_for and student.shares_practice:
            found += stored.of_learner(connection, student.user_id, practice_only=True)
    return sorted(found)
