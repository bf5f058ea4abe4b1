"""Grades for the grade books of other systems. A new one is a file here and a line in GRADE_BOOKS."""

from typing import NamedTuple

from quizlib.interop.grade_books import canvas, moodle
from quizlib.interop.grade_books.book import GradeBook, Graded, Task, Writer

__all__ = ["GRADE_BOOKS", "BookFormat", "GradeBook", "Graded", "Task"]


class BookFormat(NamedTuple):
    """A system with a grade book, what one does there with the file, and how it is written."""

    title: str
    about: str
    write: Writer


GRADE_BOOKS = {
    "moodle": BookFormat(
        "Moodle",
        "In Moodle: Grades, Import, CSV file. Say that the first column is the user name (or the e-mail address), and "
        "which grade item each assignment goes to. Grades are per cent, out of 100.",
        moodle.write,
    ),
    "canvas": BookFormat(
        "Canvas",
        "In Canvas: Grades, Import. An assignment that Canvas does not know by its title is made. Students are found "
        "by SIS login ID, else by name.",
        canvas.write,
    ),
}
