"""The grade book of a class: every student, every assignment, and the attempt that counts."""

import pytest
import sqlalchemy as sa
from makers import Clock
from services.classes.people import joined
from services.classes.sitting import answer, exam_terms, sit, terms
from services.exporting.reading import grades

from quizlib.errors import Refused
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.authoring import reviewing
from quizlib.services.classes import assignments, classes
from quizlib.services.exporting import grade_books
from quizlib.services.people import privacy


def test_every_student_stands_in_it_with_the_attempt_that_counts(teacher: User, ann: User, ben: User, group: int):
    best = assignments.give(teacher, group, terms())
    last = assignments.give(teacher, group, terms(title="Who sings", counts="last"))
    for given in (best, last):
        sit(ann, given, "frog", "frog")
        sit(ann, given, "frog", "toad")
    sit(ben, best)

    assert grades(teacher, group, "moodle") == [
        ["Username", "Name", "Who jumps", "Who sings"],
        ["ann.frog", "Ann Frog", "100.0", "50.0"],
        ["ben.toad", "Ben Toad", "0.0", "-"],
    ]
    assert grades(teacher, group, "canvas")[1:] == [
        ["    Points Possible", "", "", "", "", "2", "2"],
        ["Ann Frog", "", "", "ann.frog", "Frogs 101", "2.0", "1.0"],
        ["Ben Toad", "", "", "ben.toad", "Frogs 101", "0.0", ""],
    ]


def test_what_goes_on_has_no_grade_and_what_ran_out_has_one(teacher: User, ann: User, group: int, clock: Clock):
    answer(ann, assignments.begin(ann, assignments.give(teacher, group, exam_terms())), "frog")
    assert grades(teacher, group, "moodle")[1][2] == "-"

    clock.move(minutes=61)
    assert grades(teacher, group, "moodle")[1][2] == "50.0"


def test_it_is_out_of_what_was_asked_and_of_what_is_planned_until_somebody_has_finished(
    teacher: User, ann: User, group: int
):
    given = assignments.give(teacher, group, terms())
    reviewing.retire(teacher, "heron")
    assert grades(teacher, group, "canvas")[1][-1] == "2"

    sit(ann, given, "frog")
    assert [row[-1] for row in grades(teacher, group, "canvas")[1:]] == ["1", "1.0"]


def test_people_who_left_or_erased_themselves_have_no_grade_and_their_row_is_nobodys(
    app: App, teacher: User, ann: User, ben: User, group: int
):
    joined(app, teacher, group, "Max Newt")
    given = assignments.give(teacher, group, terms())
    sit(ann, given, "frog")
    sit(ben, given, "frog")
    privacy.erase(ann, ann.name)
    classes.leave(ben, group)

    for system in grade_books.SYSTEMS:
        rows = grades(teacher, group, system)
        assert [row for row in rows if "Max Newt" in row] == rows[-1:]
        assert not {"Ann Frog", "Ben Toad", "", "ann.frog"} & {row[0] for row in rows}


def test_instructors_have_no_row(app: App, teacher: User, ann: User, group: int):
    assignments.give(teacher, group, terms())

    assert [row[0] for row in grades(teacher, group, "moodle")] == ["Username", "ann.frog"]


def test_whom_moodle_could_not_find_is_named(app: App, teacher: User, ann: User, ben: User, group: int):
    assignments.give(teacher, group, terms())
    with app.database.write() as connection:
        connection.execute(sa.text("UPDATE users SET sign_in_name = NULL WHERE id = :id"), {"id": ben.id})

    (note,) = grade_books.grade_book(teacher, group, "moodle").notes
    assert note.endswith(": Ben Toad.")


def test_without_assignments_there_are_no_grades_and_it_is_said(teacher: User, ann: User, group: int):
    with pytest.raises(Refused, match="no assignment yet"):
        grade_books.grade_book(teacher, group, "moodle")
    given = assignments.give(teacher, group, terms())
    assignments.withdraw(teacher, given)
    with pytest.raises(Refused, match="no assignment yet"):
        grade_books.grade_book(teacher, group, "canvas")


def test_another_system_is_refused(teacher: User, group: int):
    with pytest.raises(Refused, match="There is no such format"):
        grade_books.grade_book(teacher, group, "toad")


def test_it_tells_how_far_it_is(teacher: User, ann: User, group: int):
    for _ in range(3):
        assignments.give(teacher, group, terms())
    told: list[tuple[int, int]] = []
    made = grade_books.grade_book(teacher, group, "canvas", lambda done, total: told.append((done, total)))

    assert told == [(0, 3), (1, 3), (2, 3)]
    assert made.name == "Frogs-101-grades-canvas-2026-11-21.csv"
