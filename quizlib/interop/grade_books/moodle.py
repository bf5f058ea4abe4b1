"""Grades as Moodle imports them: Grades, Import, CSV file (docs.moodle.org, Grade import).

As grade/import/csv reads it: one column says who it is (`username` or `useremail`), and a row that nobody has ends the
whole import; a row with an empty name there would be counted as the student above it. A hyphen is no grade. A new
grade item is out of 100, and no grade may be more.
"""

import csv
import io
from typing import BinaryIO

from quizlib.errors import Refused
from quizlib.interop.grade_books.book import GradeBook, Graded, told_apart
from quizlib.interop.table import safe

NOBODY = (
    "Moodle finds students by user name or e-mail address, and nobody in this class signs in here with one. Take the "
    "file for Canvas, which has names, and type the grades."
)
NO_GRADE = "-"
_DIGITS = 2


def write(book: GradeBook, file: BinaryIO) -> tuple[str, ...]:
    """Write per cents: a row for every student whom Moodle can find, a column for every task."""
    known = [one for one in book.students if one.sign_in_name]
    if book.students and not known:
        raise Refused(NOBODY)
    by_mail = all("@" in (one.sign_in_name or "") for one in known)
    who = "Email address" if by_mail and known else "Username"
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    try:
        writer = csv.writer(text)
        writer.writerow([who, "Name", *map(safe, told_apart([one.title for one in book.tasks], (who, "Name")))])
        for one in known:
            # whole, or Moodle does not know it; letters, digits and . _ @ + - make no formula that does anything
            grades = (NO_GRADE if share is None else round(share * 100, _DIGITS) for share in one.shares)
            writer.writerow([one.sign_in_name, safe(" ".join(one.name.split())), *grades])
    finally:
        text.detach()
    return (*_mixed(known), *_left_out([one.name for one in book.students if not one.sign_in_name]))


def _mixed(known: list[Graded]) -> tuple[str, ...]:
    """Warn where some sign in by e-mail address and others by a name: Moodle looks for one of the two."""
    by_mail = [one.name for one in known if "@" in (one.sign_in_name or "")]
    if not by_mail or len(by_mail) == len(known):
        return ()
    return (
        "Some sign in with an e-mail address and others with a name, and Moodle ends the import at the first one that "
        f"it does not know as a user name. Look at these before you import: {', '.join(by_mail)}.",
    )


def _left_out(names: list[str]) -> tuple[str, ...]:
    if not names:
        return ()
    return (f"Left out, since Moodle could not tell who they are without a name to sign in: {', '.join(names)}.",)
