"""Grades as Canvas imports them: Grades, Import (Canvas guides, How do I import grades in the Gradebook).

As lib/gradebook_importer.rb reads it: five columns about the student, a row with the points possible, and a column an
assignment. A student is found by SIS login ID, else by name; a number in brackets at the end of a title is the ID of
an assignment, and a title with one of the words for totals in it is passed over.
"""

import csv
import io
import re
from typing import BinaryIO

from quizlib.interop.grade_books.book import GradeBook, told_apart
from quizlib.interop.table import safe

STUDENT = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POINTS_POSSIBLE = "    Points Possible"
_RESERVED = (*STUDENT, "LastName", "FirstName", "Integration ID", "Root Account")
_TOTALS = re.compile("(?:Current|Final|Override) (?:Score|Points|Grade|Status)")
_AN_ID = re.compile(r"\((\d+)\)$")
_DIGITS = 2


def write(book: GradeBook, file: BinaryIO) -> tuple[str, ...]:
    """Write points: the row of points possible, and a row for every student."""
    # without a byte order mark, as Canvas writes it: it looks for its first column by name
    text = io.TextIOWrapper(file, "utf-8", newline="")
    try:
        writer = csv.writer(text)
        writer.writerow([*STUDENT, *told_apart([_title(one.title) for one in book.tasks], _RESERVED)])
        writer.writerow([POINTS_POSSIBLE, "", "", "", "", *(one.out_of for one in book.tasks)])
        section = safe(" ".join(book.class_name.split()))
        for one in book.students:
            points = (
                "" if share is None else round(share * task.out_of, _DIGITS)
                for task, share in zip(book.tasks, one.shares, strict=True)
            )
            writer.writerow([safe(" ".join(one.name.split())), "", "", one.sign_in_name or "", section, *points])
    finally:
        text.detach()
    return ()


def _title(title: str) -> str:
    """Give a title that Canvas takes for a title."""
    in_one_line = _TOTALS.sub(lambda found: found[0].capitalize(), " ".join(title.split()))
    return str(safe(_AN_ID.sub(r"\1", in_one_line)))
