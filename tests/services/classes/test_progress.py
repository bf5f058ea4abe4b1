"""How far a class is, and what it practises by itself: by name only where the learner says so."""

from collections.abc import Sequence

import pytest
from makers import Clock
from services.classes.people import add, code_of, joined
from services.classes.sitting import answer, sit, terms

from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.classes.classes import Practice
from quizlib.services.quizzes import study


@pytest.fixture
def given(teacher: User, group: int) -> int:
    """An assignment of two questions, as often as wanted."""
    return assignments.give(teacher, group, terms())


def counts(teacher: User, group: int) -> list[tuple[int, int, int]]:
    return [(one.done, one.begun, one.not_begun) for one in classes.view(teacher, group).progress]


def practise(actor: User, *texts: str) -> None:
    answer(actor, study.start(actor, number=4), *texts)


def practise_all(people: Sequence[User], *texts: str) -> None:
    for one in people:
        practise(one, *texts)


def test_a_class_without_students_is_not_behind(teacher: User, group: int, given: int):
    assert counts(teacher, group) == [(0, 0, 0)]


def test_each_student_is_done_or_under_way_or_has_not_begun(app: App, teacher: User, group: int, given: int):
    ann, ben, *_ = joined(app, teacher, group, "Ann Frog", "Ben Toad", "Max Newt", "Zoe Heron")
    sit(ann, given, "frog", "frog")
    answer(ben, assignments.begin(ben, given), "toad")

    assert counts(teacher, group) == [(1, 1, 2)]


def test_who_begins_a_second_time_is_still_done(teacher: User, ann: User, ben: User, group: int, given: int):
    sit(ann, given, "frog", "frog")
    sit(ann, given, "frog")
    assignments.begin(ann, given)

    assert counts(teacher, group) == [(1, 0, 1)]


def test_who_has_left_is_in_no_count_and_is_again_on_coming_back(teacher: User, ann: User, group: int, given: int):
    sit(ann, given, "frog", "frog")
    classes.leave(ann, group)
    assert counts(teacher, group) == [(0, 0, 0)]

    classes.join(ann, code_of(teacher, group))
    assert counts(teacher, group) == [(1, 0, 0)]


def test_an_instructor_who_tried_it_as_a_student_is_in_no_count(
    app: App, teacher: User, ann: User, group: int, given: int
):
    brook = add(app, "Mr Brook", instructs=True)
    classes.join(brook, code_of(teacher, group))
    sit(brook, given, "frog", "frog")
    assert counts(teacher, group) == [(1, 0, 1)]

    classes.make_instructor(teacher, group, brook.id)
    assert counts(teacher, group) == [(0, 0, 1)]
    assert [one.name for one in assignments.report(teacher, given).standings] == ["Ann Frog"]


def test_the_newest_assignment_comes_first_and_a_withdrawn_one_is_gone(
    teacher: User, ann: User, group: int, given: int
):
    later = assignments.give(teacher, group, terms(title="Who walks"))
    sit(ann, later, "frog")
    gone = assignments.give(teacher, group, terms(title="Who flies"))
    assignments.withdraw(teacher, gone)

    assert [one.assignment.title for one in classes.view(teacher, group).progress] == ["Who walks", "Who jumps"]
    assert counts(teacher, group) == [(1, 0, 0), (0, 0, 1)]


def test_an_attempt_that_ran_out_unseen_counts_as_done(
    teacher: User, ann: User, ben: User, group: int, given: int, clock: Clock
):
    answer(ann, assignments.begin(ann, given), "frog")
    clock.move(days=8)

    assert counts(teacher, group) == [(1, 0, 1)]


@pytest.mark.parametrize("learners", [1, 4])
def test_what_a_few_practised_is_not_told(app: App, teacher: User, group: int, learners: int):
    people = joined(app, teacher, group, *(f"Frog {n}" for n in range(8)))
    practise_all(people[:learners], "frog", "toad")

    assert classes.practice(teacher, group) == Practice(None, None, None, ())


def test_what_five_practised_is_told_as_totals(app: App, teacher: User, group: int):
    people = joined(app, teacher, group, *(f"Frog {n}" for n in range(6)))
    practise_all(people[:5], "frog", "toad", "frog")

    assert classes.practice(teacher, group) == Practice(5, 15, 10, ())


def test_totals_are_told_in_fives_so_that_their_difference_tells_of_nobody(app: App, teacher: User, group: int):
    people = joined(app, teacher, group, *(f"Frog {n}" for n in range(6)))
    practise_all(people[:5], "frog", "toad", "frog")
    practise(people[5], "frog", "frog")

    assert classes.practice(teacher, group) == Practice(6, 15, 10, ())


def test_nobody_practising_is_told_as_nothing(teacher: User, ann: User, group: int):
    assert classes.practice(teacher, group) == Practice(0, 0, 0, ())


def test_who_shares_is_told_by_name_and_hides_nobody(app: App, teacher: User, group: int):
    ann, *others = joined(app, teacher, group, "Ann Frog", *(f"Toad {n}" for n in range(5)))
    classes.share_practice(ann, group, True)
    practise(ann, "frog", "toad", "frog")
    practise_all(others[:4], "frog")
    # with Ann they are five, but what she did is known, and what is left would be four people's
    assert classes.practice(teacher, group) == Practice(None, None, None, (("Ann Frog", 3, 2),))

    practise(others[4], "toad")
    assert classes.practice(teacher, group) == Practice(6, 8, 7, (("Ann Frog", 3, 2),))


def test_when_everybody_who_practised_shares_the_totals_hide_nothing(teacher: User, ann: User, ben: User, group: int):
    classes.share_practice(ann, group, True)
    practise(ann, "frog")

    assert classes.practice(teacher, group) == Practice(1, 1, 1, (("Ann Frog", 1, 1),))


def test_sharing_ends_when_the_learner_says_so(teacher: User, ann: User, group: int):
    practise(ann, "frog")
    classes.share_practice(ann, group, True)
    classes.share_practice(ann, group, False)

    assert classes.practice(teacher, group) == Practice(None, None, None, ())


def test_practice_shared_with_one_class_is_not_shared_with_another(app: App, teacher: User, ann: User, group: int):
    brook = add(app, "Mr Brook", instructs=True)
    other = classes.make(brook, "Toads 101")
    classes.join(ann, code_of(brook, other))
    classes.share_practice(ann, other, True)
    practise(ann, "frog")

    assert classes.practice(brook, other).shared == (("Ann Frog", 1, 1),)
    assert classes.practice(teacher, group) == Practice(None, None, None, ())


def test_answers_in_assignments_and_of_others_are_not_practice(
    app: App, teacher: User, ann: User, group: int, given: int
):
    classes.share_practice(ann, group, True)
    sit(ann, given, "frog", "frog")
    practise(teacher, "frog")
    practise(add(app, "Ben Toad"), "frog")

    assert classes.practice(teacher, group) == Practice(0, 0, 0, ())


def test_a_quiz_that_was_begun_and_not_answered_is_no_practice(teacher: User, ann: User, group: int):
    study.start(ann)

    assert classes.practice(teacher, group) == Practice(0, 0, 0, ())


def test_practice_is_that_of_the_last_seven_days(teacher: User, ann: User, group: int, clock: Clock):
    classes.share_practice(ann, group, True)
    practise(ann, "frog", "frog", "frog", "frog")
    clock.move(days=7)
    assert classes.practice(teacher, group).shared == (("Ann Frog", 4, 4),)

    clock.move(seconds=1)
    practise(ann, "toad")
    assert classes.practice(teacher, group).shared == (("Ann Frog", 1, 0),)


def test_a_quiz_begun_before_those_days_is_not_counted_when_it_ends_in_them(
    teacher: User, ann: User, group: int, clock: Clock
):
    classes.share_practice(ann, group, True)
    begun = study.start(ann, number=4)
    clock.move(days=6)
    answer(ann, begun, "frog", "frog", "frog", "frog")
    clock.move(days=2)

    assert classes.practice(teacher, group) == Practice(0, 0, 0, ())
