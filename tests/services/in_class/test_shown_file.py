"""What the page of scores shows, as files that a spreadsheet opens."""

import csv
import io

import pytest
from makers import Clock
from services.classes.people import add, code_of
from services.classes.sitting import terms
from services.in_class.lessons import HALF, RIGHT, lesson, students

from quizlib.errors import Refused
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.exporting import prepared
from quizlib.services.exporting.answers import AnswerFilter
from quizlib.services.history import shown
from quizlib.services.history.scores import EVERYTHING
from quizlib.services.people import privacy


def rows(teacher: User, group: int, part: str, which: AnswerFilter = EVERYTHING) -> list[dict[str, str]]:
    """Make a file, fetch it and read it as a spreadsheet does."""
    made = shown.as_file(teacher, group, which, part)
    text = prepared.fetch(teacher, made.token).read_bytes().decode("utf-8-sig")
    assert made.name.endswith(".csv")
    return list(csv.DictReader(io.StringIO(text)))


def test_scores_have_a_row_for_each_student_and_assignment(app: App, teacher: User, group: int, clock: Clock):
    ann, ben, _ = students(app, teacher, group, 3)
    lesson(teacher, group, [(ann, RIGHT), (ben, HALF)], title="Leaps")
    privacy.erase(ann, "Ann Frog")
    found = rows(teacher, group, "scores")

    assert [(one["student"], one["username"], one["state"], one["points"], one["share"]) for one in found] == [
        ("Ben Toad", "ben.toad", "done", "1.0", "0.5"),
        ("Cleo Newt", "cleo.newt", "not begun", "", ""),
        ("Erased student", "", "done", "2.0", "1.0"),
    ]
    assert {one["assignment"] for one in found} == {"Leaps"}
    assert found[0]["finished_at"] == f"{clock.now:%Y-%m-%dT%H:%M:%SZ}"
    assert (found[0]["questions"], found[0]["attempts"]) == ("2", "1")


def test_what_the_filter_leaves_out_is_not_in_the_file(app: App, teacher: User, group: int):
    ann, ben = students(app, teacher, group, 2)
    first = lesson(teacher, group, [(ann, RIGHT), (ben, RIGHT)], title="First")
    lesson(teacher, group, [(ann, RIGHT)], title="Second")
    found = rows(teacher, group, "scores", AnswerFilter(user_id=ann.id, assignment_id=first))

    assert [(one["student"], one["assignment"]) for one in found] == [("Ann Frog", "First")]


def test_how_scores_are_spread_adds_up(app: App, teacher: User, group: int):
    ann, ben = students(app, teacher, group, 2)
    lesson(teacher, group, [(ann, RIGHT), (ben, HALF)], title="Leaps")
    assignments.give(teacher, group, terms(title="Nobody yet"))
    nobody, leaps = rows(teacher, group, "spread")

    assert (leaps["assignment"], leaps["n"], leaps["mean"], leaps["median"]) == ("Leaps", "2", "0.75", "0.75")
    assert sum(int(value) for name, value in leaps.items() if name.startswith("from_")) == 2
    assert (nobody["n"], nobody["mean"], nobody["sd"]) == ("0", "", "")


def test_topics_and_misconceptions_are_in_words(app: App, teacher: User, group: int):
    everybody = students(app, teacher, group, 3)
    lesson(teacher, group, [(one, ("toad", "frog")) for one in everybody])
    (topic,) = rows(teacher, group, "topics")
    (mix_up,) = rows(teacher, group, "misconceptions")

    assert (topic["topic"], topic["answers"], topic["right"], topic["share"]) == ("The pond", "6", "3", "0.5")
    assert (mix_up["misconception"], mix_up["students"], mix_up["of_students"], mix_up["question_id"]) == (
        "A toad taken for a frog",
        "3",
        "3",
        "frog",
    )


def test_names_cannot_be_formulas_nor_break_a_row(app: App, teacher: User, group: int):
    name = '=HYPERLINK("x"), "Frog" 🐸'
    one = add(app, name)
    classes.join(one, code_of(teacher, group))
    lesson(teacher, group, [(one, RIGHT)], title='+1, "sum"')
    (row,) = rows(teacher, group, "scores")

    assert (row["student"], row["assignment"]) == (f"'{name}", '\'+1, "sum"')


def test_an_empty_class_has_files_with_a_heading_only(teacher: User, group: int):
    for part in shown.PARTS:
        assert rows(teacher, group, part) == []


def test_a_part_that_is_not_there_is_refused(teacher: User, group: int):
    with pytest.raises(Refused):
        shown.as_file(teacher, group, EVERYTHING, "names")
