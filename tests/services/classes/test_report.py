"""An assignment as its instructor sees it: everybody in the class, and the attempt that counts."""

import pytest
from makers import Clock
from services.classes.people import add, code_of, joined
from services.classes.sitting import answer, exam_terms, sit, terms

from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.classes.assignments import Report
from quizlib.services.people import privacy


def seen(report: Report) -> list[tuple[str, int, float | None]]:
    """Give of each standing the name, the attempts, and the points of the one that counts."""
    return [(one.name, one.tries, one.counted.points if one.counted else None) for one in report.standings]


def test_everybody_stands_in_it_by_name_whether_they_began_or_not(app: App, teacher: User, group: int):
    given = assignments.give(teacher, group, terms())
    zoe, ann, max_, _ = joined(app, teacher, group, "Zoe Heron", "Ann Frog", "Max Newt", "Ben Toad")
    sit(zoe, given, "frog", "toad")
    sit(ann, given, "frog", "frog")
    answer(max_, assignments.begin(max_, given), "frog")
    report = assignments.report(teacher, given)

    assert seen(report) == [("Ann Frog", 1, 2), ("Ben Toad", 0, None), ("Max Newt", 1, None), ("Zoe Heron", 1, 1)]
    assert [one.running for one in report.standings] == [False, False, True, False]
    assert (report.done, report.begun, report.median_share) == (2, 1, 0.75)


def test_nobody_has_no_median(teacher: User, ann: User, group: int):
    report = assignments.report(teacher, assignments.give(teacher, group, terms()))

    assert (report.done, report.begun, report.median_share) == (0, 0, None)


def test_an_unanswered_question_is_a_point_not_won(teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, terms())
    sit(ann, given, "frog")
    (standing,) = assignments.report(teacher, given).standings

    assert standing.counted is not None
    assert (standing.counted.points, standing.counted.questions) == (1, 2)
    assert assignments.report(teacher, given).median_share == 0.5


def test_an_attempt_handed_in_empty_is_done_with_nothing(teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, exam_terms())
    sit(ann, given)

    assert seen(assignments.report(teacher, given)) == [("Ann Frog", 1, 0)]
    assert assignments.report(teacher, given).median_share == 0


@pytest.mark.parametrize(("counts", "attempt", "points"), [("first", 0, 1), ("best", 1, 2), ("last", 2, 0)])
def test_of_several_attempts_the_one_counts_that_was_set(
    teacher: User, ann: User, group: int, counts: str, attempt: int, points: int
):
    given = assignments.give(teacher, group, terms(counts=counts))
    sat = [sit(ann, given, *texts) for texts in (("frog", "toad"), ("frog", "frog"), ("toad", "toad"))]
    (standing,) = assignments.report(teacher, given).standings

    assert standing.counted is not None
    assert (standing.counted.attempt_id, standing.counted.points) == (sat[attempt], points)


@pytest.mark.parametrize("counts", ["first", "best", "last"])
def test_an_attempt_that_goes_on_does_not_count_yet(teacher: User, ann: User, group: int, counts: str):
    given = assignments.give(teacher, group, terms(counts=counts))
    sit(ann, given, "frog", "toad")
    answer(ann, assignments.begin(ann, given), "frog")
    report = assignments.report(teacher, given)

    assert seen(report) == [("Ann Frog", 2, 1)]
    assert (report.standings[0].running, report.done, report.begun) == (True, 1, 0)


def test_a_student_in_two_classes_stands_in_each_with_what_was_done_there(
    app: App, teacher: User, ann: User, group: int, clock: Clock
):
    brook = add(app, "Mr Brook", instructs=True)
    other = classes.make(brook, "Toads 101")
    classes.join(ann, code_of(brook, other))
    classes.set_extra_time(brook, other, ann.id, 2)
    here, there = assignments.give(teacher, group, exam_terms()), assignments.give(brook, other, exam_terms())
    sit(ann, here, "frog", "frog")
    sit(ann, there, "toad", "frog")

    assert seen(assignments.report(teacher, here)) == [("Ann Frog", 1, 2)]
    assert seen(assignments.report(brook, there)) == [("Ann Frog", 1, 1)]
    assert {one.class_name: one.minutes for one in assignments.for_student(ann)} == {"Frogs 101": 60, "Toads 101": 120}
    assert [one.done for one in classes.view(teacher, group).progress] == [1]


def test_who_has_left_stands_in_no_report_and_is_there_again_on_coming_back(
    teacher: User, ann: User, ben: User, group: int
):
    given = assignments.give(teacher, group, terms())
    sit(ann, given, "frog", "frog")
    classes.remove(teacher, group, ann.id)
    assert seen(assignments.report(teacher, given)) == [("Ben Toad", 0, None)]

    classes.join(ann, code_of(teacher, group))
    assert seen(assignments.report(teacher, given)) == [("Ann Frog", 1, 2), ("Ben Toad", 0, None)]


def test_who_is_erased_counts_without_a_name(app: App, teacher: User, group: int):
    ann, ben, max_ = joined(app, teacher, group, "Ann Frog", "Ben Toad", "Max Newt")
    given = assignments.give(teacher, group, terms())
    for who, texts in ((ann, ("frog", "frog")), (ben, ("frog", "toad")), (max_, ("toad", "toad"))):
        sit(who, given, *texts)
    before = assignments.report(teacher, given)
    privacy.erase(ann, "Ann Frog")
    after = assignments.report(teacher, given)

    assert seen(after) == [("Ben Toad", 1, 1), ("Max Newt", 1, 0), ("", 1, 2)]
    assert after.standings[-1].user_id == 0
    assert (after.done, after.median_share) == (before.done, before.median_share) == (3, 0.5)
    assert [one.name for one in classes.view(teacher, group).members] == ["Ben Toad", "Max Newt", "Ms Pond"]


def test_who_is_erased_while_sitting_is_closed_like_anybody(teacher: User, ann: User, group: int, clock: Clock):
    given = assignments.give(teacher, group, exam_terms())
    answer(ann, assignments.begin(ann, given), "frog")
    privacy.erase(ann, "Ann Frog")
    clock.move(hours=2)

    assert seen(assignments.report(teacher, given)) == [("", 1, 1)]
