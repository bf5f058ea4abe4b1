"""The mix-ups of a class: how many learners showed each, and where."""

import pytest
from makers import Clock
from services.classes.people import add, code_of
from services.classes.sitting import answer, terms
from services.corrections.keys import WHY, correct
from services.corrections.keys import give as practise
from services.in_class.lessons import RIGHT, lesson, students

from quizlib.errors import NotFound
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.corrections import rescoring
from quizlib.services.exporting.answers import AnswerFilter
from quizlib.services.history import mix_ups
from quizlib.services.history.scores import EVERYTHING
from quizlib.services.people import privacy

TOADS = ("toad", "toad")


def found(teacher: User, group: int, which: AnswerFilter = EVERYTHING) -> list[tuple[str, int, dict[str, int]]]:
    """Give each mix-up in words, how many showed it, and how many in which question."""
    shown = mix_ups.of_class(teacher, group, which).shown
    return [(one.words, one.learners, {each.question_id: each.learners for each in one.questions}) for one in shown]


def test_a_learner_counts_once_however_often_a_mix_up_was_shown(app: App, teacher: User, group: int):
    ann, ben, cleo = students(app, teacher, group, 3)
    lesson(teacher, group, [(ann, TOADS), (ann, TOADS), (ben, ("toad", "frog")), (cleo, ("newt", "frog"))])

    assert found(teacher, group) == [("A toad taken for a frog", 2, {"frog": 2, "heron": 1})]
    assert mix_ups.of_class(teacher, group, EVERYTHING).learners == 3


def test_the_question_in_which_most_showed_it_comes_first(app: App, teacher: User, group: int):
    ann, ben = students(app, teacher, group, 2)
    lesson(teacher, group, [(ann, ("frog", "toad")), (ben, TOADS)])
    (one,) = mix_ups.of_class(teacher, group, EVERYTHING).shown

    assert [each.question_id for each in one.questions] == ["heron", "frog"]
    assert one.questions[0].title.startswith("Which of them jumps")


def test_without_wrong_answers_there_is_none(teacher: User, ann: User, group: int):
    assert mix_ups.of_class(teacher, group, EVERYTHING) == mix_ups.MixUps(0, ())

    lesson(teacher, group, [(ann, RIGHT)])
    assert mix_ups.of_class(teacher, group, EVERYTHING) == mix_ups.MixUps(1, ())


def test_practice_and_what_is_not_handed_in_yet_is_left_out(teacher: User, ann: User, group: int):
    classes.share_practice(ann, group, True)
    practise(ann, "toad")
    given = assignments.give(teacher, group, terms())
    answer(ann, assignments.begin(ann, given), "toad")

    assert found(teacher, group) == []


def test_who_is_erased_still_counts_and_who_left_does_not(app: App, teacher: User, group: int):
    ann, ben, cleo = students(app, teacher, group, 3)
    lesson(teacher, group, [(one, ("toad", "frog")) for one in (ann, ben, cleo)])
    privacy.erase(ann, "Ann Frog")
    classes.leave(ben, group)

    assert found(teacher, group) == [("A toad taken for a frog", 2, {"frog": 2})]


def test_a_filter_leaves_what_was_wanted(app: App, teacher: User, group: int, clock: Clock):
    ann, ben = students(app, teacher, group, 2)
    first = lesson(teacher, group, [(ann, ("toad", "frog")), (ben, RIGHT)])
    clock.move(days=1)
    second = lesson(teacher, group, [(ann, ("frog", "toad")), (ben, ("frog", "toad"))])

    assert found(teacher, group, AnswerFilter(assignment_id=first)) == [("A toad taken for a frog", 1, {"frog": 1})]
    assert found(teacher, group, AnswerFilter(assignment_id=second))[0][1:] == (2, {"heron": 2})
    assert found(teacher, group, AnswerFilter(user_id=ben.id))[0][1:] == (1, {"heron": 1})
    assert found(teacher, group, AnswerFilter(until=clock.now))[0][1:] == (1, {"frog": 1})
    assert found(teacher, group, AnswerFilter(since=clock.now))[0][1:] == (2, {"heron": 2})
    assert found(teacher, group, AnswerFilter(topic="meadow")) == []


def test_an_answer_that_a_corrected_key_calls_right_is_no_mix_up(app: App, teacher: User, ann: User, group: int):
    lesson(teacher, group, [(ann, ("toad", "frog"))])
    version = correct(app, "toad")
    rescoring.rescore(teacher, "frog", version, WHY)

    assert found(teacher, group) == []


def test_another_class_shows_nothing_of_itself(app: App, teacher: User, group: int):
    brook = add(app, "Mr Brook", instructs=True)
    theirs = classes.make(brook, "Toads 101")
    (other,) = students(app, brook, theirs, 1)
    elsewhere = lesson(brook, theirs, [(other, TOADS)])
    here = lesson(teacher, group, [])
    assignments.withdraw(teacher, here)

    assert found(teacher, group) == []
    for which in (
        AnswerFilter(user_id=other.id),
        AnswerFilter(assignment_id=elsewhere),
        AnswerFilter(assignment_id=here),
    ):
        with pytest.raises(NotFound):
            mix_ups.of_class(teacher, group, which)


def test_a_student_in_two_classes_shows_in_each_what_was_done_there(app: App, teacher: User, ann: User, group: int):
    brook = add(app, "Mr Brook", instructs=True)
    theirs = classes.make(brook, "Toads 101")
    classes.join(ann, code_of(brook, theirs))
    lesson(brook, theirs, [(ann, TOADS)])

    assert found(teacher, group) == []
    assert found(brook, theirs)[0][1:] == (1, {"frog": 1, "heron": 1})
