"""What a grade book is told: one row a student, one column an assignment."""

from collections.abc import Sequence
from typing import BinaryIO, NamedTuple, Protocol


class Task(NamedTuple):
    """An assignment: its title, and how many points it is out of."""

    title: str
    out_of: int


class Graded(NamedTuple):
    """A student with the share of the points of each task, 0 to 1; None where nothing is finished."""

    name: str
    sign_in_name: str | None
    shares: tuple[float | None, ...]


class GradeBook(NamedTuple):
    """The grades of a class."""

    class_name: str
    tasks: tuple[Task, ...]
    students: tuple[Graded, ...]


class Writer(Protocol):
    """Writes grades for one system. Raises Refused where that system could not tell whose they are."""

    def __call__(self, book: GradeBook, file: BinaryIO) -> tuple[str, ...]:
        """Write a book; give what is not in the file, in sentences."""


def told_apart(titles: Sequence[str], taken: Sequence[str] = ()) -> list[str]:
    """Give every title on one line and once: of two alike, the second is "Week 1, 2nd"."""
    seen = {_plain(one) for one in taken}
    found = []
    for given in titles:
        title = once = " ".join(given.split())
        number = 1
        while _plain(title) in seen:
            number += 1
            title = f"{once}, {_ordinal(number)}"
        seen.add(_plain(title))
        found.append(title)
    return found


def _plain(title: str) -> str:
    return title.casefold()


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
