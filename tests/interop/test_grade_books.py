"""Grades as Moodle and Canvas import them: nothing in a file would be taken for somebody or something else.

What each system does with a file is told at the top of its format.
"""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.errors import Refused
from quizlib.interop.grade_books import GRADE_BOOKS, GradeBook, Graded, Task
from quizlib.interop.grade_books.book import told_apart

ANN = Graded("Ann Frog", "ann.frog", (1.0, 2 / 3))
BEN = Graded("Ben Toad", "ben.toad", (0.0, None))
BOOK = GradeBook("Frogs 101", (Task("Who jumps", 10), Task("Who sings", 3)), (ANN, BEN))
STUDENT = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]


def written(system: str, book: GradeBook = BOOK) -> tuple[bytes, tuple[str, ...]]:
    out = io.BytesIO()
    left_out = GRADE_BOOKS[system].write(book, out)
    return out.getvalue(), left_out


def table(system: str, book: GradeBook = BOOK) -> list[list[str]]:
    text = written(system, book)[0].decode("utf-8-sig" if system == "moodle" else "utf-8")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def titled(*titles: str) -> GradeBook:
    return GradeBook("Frogs 101", tuple(Task(one, 10) for one in titles), ())


def named(**changes: Any) -> GradeBook:
    return BOOK._replace(students=(ANN._replace(**changes),))


def test_moodle_gets_who_it_is_and_per_cents_and_a_hyphen_where_there_is_no_grade():
    assert table("moodle") == [
        ["Username", "Name", "Who jumps", "Who sings"],
        ["ann.frog", "Ann Frog", "100.0", "66.67"],
        ["ben.toad", "Ben Toad", "0.0", "-"],
    ]


def test_canvas_gets_its_five_columns_the_points_possible_and_points():
    assert table("canvas") == [
        [*STUDENT, "Who jumps", "Who sings"],
        ["    Points Possible", "", "", "", "", "10", "3"],
        ["Ann Frog", "", "", "ann.frog", "Frogs 101", "10.0", "2.0"],
        ["Ben Toad", "", "", "ben.toad", "Frogs 101", "0.0", ""],
    ]


def test_moodle_is_told_of_e_mail_addresses_where_all_are_such():
    mail = named(sign_in_name="ann@pond.org")

    assert table("moodle", mail)[0][0] == "Email address"
    assert table("moodle", mail._replace(students=(*mail.students, BEN)))[0][0] == "Username"


def test_moodle_gets_no_row_for_whom_it_would_count_as_the_student_above():
    book = BOOK._replace(students=(ANN, BEN._replace(sign_in_name=None)))

    assert [row[0] for row in table("moodle", book)] == ["Username", "ann.frog"]
    assert written("moodle", book)[1] == (
        "Left out, since Moodle could not tell who they are without a name to sign in: Ben Toad.",
    )
    assert written("moodle")[1] == ()


def test_moodle_gets_nothing_where_it_could_find_nobody():
    with pytest.raises(Refused, match="nobody in this class signs in here with one"):
        written("moodle", named(sign_in_name=None))


def test_canvas_finds_by_name_who_has_no_name_to_sign_in():
    book = named(sign_in_name=None)

    assert table("canvas", book)[2][:5] == ["Ann Frog", "", "", "", "Frogs 101"]
    assert written("canvas", book)[1] == ()


@pytest.mark.parametrize("system", GRADE_BOOKS)
def test_a_class_without_students_has_the_titles(system: str):
    assert table(system, BOOK._replace(students=()))[0][-2:] == ["Who jumps", "Who sings"]


@pytest.mark.parametrize("system", GRADE_BOOKS)
@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Frog, Ann", "Frog, Ann"),
        ('Ann "the frog"', 'Ann "the frog"'),
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("Zoë 🐸", "Zoë 🐸"),
        ("Ann\nFrog", "Ann Frog"),
    ],
)
def test_what_people_are_called_is_a_name_and_no_formula(system: str, name: str, read: str):
    row = table(system, named(name=name))[-1]

    assert read in row
    assert row[-1] in ("66.67", "2.0")


@pytest.mark.parametrize("system", GRADE_BOOKS)
def test_a_name_to_sign_in_is_written_as_it_is_known_there(system: str):
    assert "+frog-1" in table(system, named(sign_in_name="+frog-1"))[-1]


@pytest.mark.parametrize("system", GRADE_BOOKS)
def test_titles_are_told_apart_and_are_no_formulas(system: str):
    titles = table(system, titled("Week 1", "Who jumps", "week 1", "=1+1", "Week\n1"))[0][-5:]

    assert titles == ["Week 1", "Who jumps", "week 1, 2nd", "'=1+1", "Week 1, 3rd"]


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Frogs (2026)", "Frogs 2026"),
        ("Frogs (2026) and toads", "Frogs (2026) and toads"),
        ("Final Score of the pond", "Final score of the pond"),
        ("Section", "Section, 2nd"),
        ("ID", "ID, 2nd"),
        ("Root Account", "Root Account, 2nd"),
    ],
)
def test_canvas_takes_a_title_for_nothing_else(title: str, read: str):
    assert table("canvas", titled(title))[0] == [*STUDENT, read]


@given(st.lists(st.sampled_from(["pond", "Pond", "pond, 2nd", "mill", " pond "]), max_size=8))
def test_no_two_titles_are_alike(titles: list[str]):
    found = told_apart(titles)

    assert len({one.casefold() for one in found}) == len(titles)
    assert all(new.startswith(" ".join(old.split())) for old, new in zip(titles, found, strict=True))


def test_counting_is_said_as_people_say_it():
    assert told_apart(["x"] * 12)[-1] == "x, 12th"
    assert [one.rpartition(" ")[2] for one in told_apart(["x"] * 23)[20:]] == ["21st", "22nd", "23rd"]
