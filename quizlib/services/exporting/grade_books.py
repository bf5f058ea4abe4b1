"""The points of a class for the grade book of another system."""

from typing import BinaryIO

from quizlib.errors import Refused
from quizlib.interop.grade_books import GRADE_BOOKS, GradeBook, Graded, Task
from quizlib.model.person import Role, User
from quizlib.services import permissions
from quizlib.services.app import Progress, current
from quizlib.services.classes import assignments
from quizlib.services.classes.assignments import Report
from quizlib.services.exporting.answers import NO_FORMAT, called
from quizlib.services.exporting.prepared import Format, Prepared, prepare
from quizlib.store.answers import assignments as tasks
from quizlib.store.people import classes

SYSTEMS = {name: Format(one.title, one.about) for name, one in GRADE_BOOKS.items()}
NOTHING_GIVEN = "This class has no assignment yet, so there are no grades."


def grade_book(actor: User, class_id: int, format: str, progress: Progress | None = None) -> Prepared:
    """Make a file with what every student of a class has in each assignment, of the attempt that counts.

    Who has not finished an assignment has no grade in it. Raises Refused where there is no assignment, or nobody whom
    that system could find.
    """
    if format not in GRADE_BOOKS:
        raise Refused(NO_FORMAT)
    app = current()
    with app.database.read() as connection:
        group = permissions.class_taught(connection, actor, class_id)
        given = sorted(one.id for one in tasks.of_class(connection, class_id))
        members = [one for one in classes.members(connection, class_id) if one.role is Role.STUDENT]
    if not given:
        raise Refused(NOTHING_GIVEN)
    reports = []
    for done, one in enumerate(given):
        if progress is not None:
            progress(done, len(given))
        reports.append(assignments.report(actor, one))
    shares = [_shares(one) for one in reports]
    students = [
        Graded(one.name, one.sign_in_name, tuple(of_one.get(one.user_id) for of_one in shares)) for one in members
    ]
    book = GradeBook(group.name, tuple(map(_task, reports)), tuple(students))

    def write(file: BinaryIO) -> tuple[str, ...]:
        return GRADE_BOOKS[format].write(book, file)

    return prepare(
        app, actor, f"{called(group)} grades {format} {app.clock():%Y-%m-%d}", "csv", write, class_id=class_id
    )


def _task(report: Report) -> Task:
    """Give an assignment with how many questions it had; fewer than planned where one was withdrawn meanwhile."""
    planned = report.assignment.question_ids
    asked = [one.counted.questions for one in report.standings if one.counted and one.counted.questions]
    number = max(asked, default=report.assignment.number if planned is None else len(planned))
    return Task(report.assignment.title, number)


def _shares(report: Report) -> dict[int, float]:
    """Give the share of the points of everybody who has finished, by id."""
    return {
        one.user_id: (one.counted.points or 0.0) / one.counted.questions
        for one in report.standings
        if one.counted is not None and one.counted.questions
    }
