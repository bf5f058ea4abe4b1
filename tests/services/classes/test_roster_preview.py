"""A class list is looked at first: everybody in it, and everything that is wrong with it, with its line."""

import io
import time

import pytest
from makers import on_sqlite
from openpyxl import Workbook
from services.classes.people import add, joined, names

from quizlib.errors import Problem, Refused
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import roster
from quizlib.services.classes.roster import MOST, Preview
from quizlib.services.people import people, privacy

LIST = "Name,Email,Extra time\nAnn Frog,ann@pond.org,\nBen Toad,ben@pond.org,1.25\n"


def look(teacher: User, group: int, text: str) -> Preview:
    return roster.preview(teacher, group, text.encode(), "frogs.csv")


def told(preview: Preview) -> list[tuple[str, str]]:
    return [(one.where, one.what) for one in preview.problems]


def test_a_list_is_shown_as_it_would_be_taken_in_and_nothing_is_stored(teacher: User, group: int):
    preview = look(teacher, group, LIST)

    assert [one[:4] for one in preview.entries] == [
        (2, "Ann Frog", "ann@pond.org", 1.0),
        (3, "Ben Toad", "ben@pond.org", 1.25),
    ]
    assert (preview.new, preview.joining, preview.problems) == (2, 2, ())
    assert names(teacher, group) == []
    assert look(teacher, group, LIST) == preview


def test_a_workbook_is_read_as_the_same_list(teacher: User, group: int):
    book = Workbook()
    for row in (["Name", "Email", "Extra time"], ["Ann Frog", "ann@pond.org"], ["Ben Toad", "ben@pond.org", 1.25]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)

    assert roster.preview(teacher, group, out.getvalue(), "frogs.xlsx") == look(teacher, group, LIST)


@pytest.mark.parametrize(
    "header",
    [
        "Name,Email",
        "name,e-mail",
        "STUDENT,USERNAME",
        "Full name,Sign-in name",
        "Display_Name,Login ID",
        '"Student name","E-Mail address"',
        "Student,SIS Login ID",
        "Name (),Login:",
    ],
)
def test_columns_are_known_by_what_schools_call_them(teacher: User, group: int, header: str):
    (entry,) = look(teacher, group, f"{header}\nAnn Frog,ann@pond.org\n").entries

    assert (entry.name, entry.sign_in_name) == ("Ann Frog", "ann@pond.org")


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("First name,Last name,Email", "Ann,Frog,ann", "Ann Frog"),
        ("Surname,Given name,Email", "Frog,Ann,ann", "Ann Frog"),
        ("Family Name,Forename,Email", "Frog,Ann,ann", "Ann Frog"),
        ("Last name,Email", "Frog,ann", "Frog"),
        ("First name,Last name,Name,Email", "Ann,Frog,Annie Frog,ann", "Annie Frog"),
        ("First name,Last name,Name,Email", "Ann,Frog,,ann", "Ann Frog"),
        ("Room,Name,Age,Email,Note", "7, Ann   Frog ,19,ann,shy", "Ann Frog"),
    ],
)
def test_names_come_from_one_column_or_from_two(teacher: User, group: int, header: str, row: str, name: str):
    (entry,) = look(teacher, group, f"{header}\n{row}\n").entries

    assert (entry.name, entry.sign_in_name) == (name, "ann")


@pytest.mark.parametrize("header", ["Ann Frog,ann@pond.org", "Name,Age", "Email", "First name,Email", "frogs"])
def test_a_list_without_the_columns_is_refused_and_says_which(teacher: User, group: int, header: str):
    with pytest.raises(Refused, match="first row with the names of the columns"):
        look(teacher, group, f"{header}\nBen Toad,ben@pond.org\n")


@pytest.mark.parametrize("text", ["Name,Email\n", "Name,Email\n\n , \n"])
def test_a_list_of_nobody_is_refused(teacher: User, group: int, text: str):
    with pytest.raises(Refused, match="nobody under them"):
        look(teacher, group, text)


def test_a_list_of_too_many_is_refused(teacher: User, group: int):
    with pytest.raises(Refused, match="lists 5,001 people"):
        look(teacher, group, "Name,Email\n" + "Ann Frog,ann@pond.org\n" * (MOST + 1))


@pytest.mark.parametrize(
    ("written", "factor"),
    [
        *[("", 1), ("1", 1), ("1.25", 1.25), ("1,25", 1.25), ("1.5x", 1.5), ("1,5 ×", 1.5), ("10", 10)],
        *[("25 %", 1.25), ("25%", 1.25), ("12,5 %", 1.125), ("0%", 1), ("100 %", 2)],
    ],
)
def test_extra_time_is_read_however_it_is_written(teacher: User, group: int, written: str, factor: float):
    (entry,) = look(teacher, group, f'Name;Email;Extra time\nAnn Frog;ann;"{written}"\n').entries

    assert entry.extra_time == factor


@pytest.mark.parametrize("written", ["0.25", "yes", "-25%", "11", "1000 %", "nan", "inf", "1.2.3", "%", "25", "x"])
def test_extra_time_that_is_none_is_told(teacher: User, group: int, written: str):
    preview = look(teacher, group, f"Name,Email,Extra time\nAnn Frog,ann,{written}\nBen Toad,ben,2\n")

    assert told(preview) == [("line 2", f"{written} is no extra time. Write a factor such as 1.25, or 25 %.")]


def test_everything_that_is_wrong_is_told_at_once_line_by_line(teacher: User, group: int):
    preview = look(
        teacher,
        group,
        "Name,Email,Extra time\n"
        "Ann Frog,ann@pond.org\n"
        ",nobody@pond.org\n"
        "\n"
        "Ben Toad,\n"
        "Max Newt,max newt\n"
        f"{'Z' * 101},zoe\n"
        "Ann Frog,ANN@pond.org \n"
        "Kim Heron,kim,a lot\n"
        "Lou\n"
        "Ann Mole,ann@pond.org\n",
    )

    assert [where for where, _ in told(preview)] == [f"line {n}" for n in (3, 5, 6, 7, 8, 9, 10, 11)]
    sentences = dict(told(preview))
    assert sentences["line 3"] == "Write a name."
    assert sentences["line 5"].startswith("Nothing cannot be a name to sign in with.")
    assert sentences["line 6"].startswith("max newt cannot be a name to sign in with.")
    assert sentences["line 8"] == sentences["line 11"] == "ann@pond.org stands in line 2 already."


def test_nothing_is_taken_in_of_a_list_with_a_problem(teacher: User, group: int):
    preview = look(teacher, group, "Name,Email\nAnn Frog,ann\nBen Toad,\n")
    with pytest.raises(Refused, match="Nothing was taken in"):
        roster.take_in(teacher, group, preview)

    assert names(teacher, group) == []


def test_who_has_an_account_is_known_by_it(app: App, teacher: User, ann: User, group: int):
    ben = add(app, "Ben Toad")
    preview = look(teacher, group, "Name,Username\nANN FROG,Ann.Frog\nBen  Toad,ben.toad\nMax Newt,max.newt\n")

    assert [(one.user_id, one.member) for one in preview.entries] == [(ann.id, True), (ben.id, False), (None, False)]
    assert (preview.new, preview.joining, preview.problems) == (1, 2, ())


def test_an_account_of_somebody_else_is_told(app: App, teacher: User, group: int):
    add(app, "Ann Frog")
    preview = look(teacher, group, "Name,Username\nBen Toad,ben\nAnna Frosch,ANN.FROG\n")

    assert preview.problems == (
        Problem(
            "line 3",
            "ann.frog is how somebody signs in who is not called Anna Frosch.",
            "Correct the name, or take another one to sign in with.",
        ),
    )


def test_who_changed_their_name_or_erased_themselves_is_not_taken_for_who_they_were(
    app: App, teacher: User, group: int
):
    ann, ben = joined(app, teacher, group, "Ann Frog", "Ben Toad")
    people.rename(ann, "Ann Heron")
    privacy.erase(ben, "Ben Toad")
    preview = look(teacher, group, "Name,Username\nAnn Heron,ann.frog\nBen Toad,ben.toad\n")

    assert [(one.user_id, one.member) for one in preview.entries] == [(ann.id, True), (None, False)]
    assert preview.problems == ()


@on_sqlite
def test_two_thousand_rows_are_looked_at_within_two_seconds(app: App, teacher: User, group: int):
    with app.database.write() as connection:
        roster.people.add_users(
            connection,
            app.clock(),
            [{"name": f"Frog {n}", "sign_in_name": f"frog{n}", "roles": ["student"]} for n in range(0, 2000, 2)],
        )
    text = "Name,Username\n" + "".join(f"Frog {n},frog{n}\n" for n in range(2000))
    begun = time.perf_counter()
    preview = look(teacher, group, text)

    assert time.perf_counter() - begun < 2
    assert (len(preview.entries), preview.new, preview.problems) == (2000, 1000, ())
