"""The item analysis of an assignment is that of the answers its students gave."""

import pytest
from makers import Clock, question
from services.analysis.conftest import NAMES, Give
from services.classes.people import joined
from services.classes.sitting import exam_terms, sit, terms
from services.corrections.keys import correct, publish

from quizlib.model.person import Role, User
from quizlib.services.analysis import assigned
from quizlib.services.analysis.assigned import Tries
from quizlib.services.analysis.figures import Design, Reason, Sign, WholeTest
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.corrections import rescoring
from quizlib.services.people import accounts, privacy

EIGHT = ("11110", "11101", "11010", "10110", "11000", "01100", "10001", "00000")


def analysed(teacher: User, given: int, tries: Tries = Tries.FIRST) -> WholeTest:
    found = assigned.of(teacher, given, tries).test
    assert found is not None
    return found


def test_eight_students_and_five_questions_give_the_published_figures(teacher: User, give: Give):
    test = analysed(teacher, give(*EIGHT))

    assert [one.question for one in test.questions] == list(NAMES[:5])
    assert [one.facility for one in test.questions] == pytest.approx([0.75, 0.625, 0.5, 0.375, 0.25])
    discrimination = [one.discrimination_index for one in test.questions]
    assert discrimination == pytest.approx([0.4472, 0.1532, 0.25, 0.1532, -0.1204], abs=5e-5)
    efficiency = [one.discriminative_efficiency for one in test.questions]
    assert efficiency == pytest.approx([0.6, 0.1724, 0.3333, 0.2381, -0.2], abs=5e-5)
    assert test.scores.alpha == pytest.approx(0.338542, abs=5e-7)
    assert test.scores.sem == pytest.approx(1.064861, abs=5e-7)
    assert (test.design, test.students, test.not_given) == (Design.COMPLETE, 8, 0)


def test_with_so_few_the_share_right_is_shown_and_correlations_are_not(teacher: User, give: Give):
    first, *_ = analysed(teacher, give(*EIGHT)).questions

    assert first.shown("facility") == 0.75
    assert first.shown("discrimination_index") is None
    assert first.reasons["discrimination_index"] is Reason.FEW_ANSWERS
    assert {one.reasons["share"] for one in first.options} == {Reason.FEW_ANSWERS}
    assert [(one.text, one.right, one.count) for one in first.options] == [
        ("frog", True, 6),
        ("toad", False, 2),
        ("newt", False, 0),
    ]


def test_nobody_has_finished(app: App, teacher: User, group: int):
    given = assignments.give(teacher, group, terms(question_ids=NAMES[:2]))
    (ann,) = joined(app, teacher, group, "Ann Frog")
    assignments.begin(ann, given)

    found = assigned.of(teacher, given)

    assert (found.attempts, found.test) == (0, None)


def test_what_was_not_answered_is_worth_nothing(app: App, teacher: User, group: int):
    given = assignments.give(teacher, group, exam_terms(question_ids=NAMES[:2]))
    ann, ben = joined(app, teacher, group, "Ann Frog", "Ben Toad")
    sit(ann, given, "frog", "frog")
    sit(ben, given)

    test = analysed(teacher, given)

    assert [one.facility for one in test.questions] == [0.5, 0.5]
    assert [one.n for one in test.questions] == [2, 2]
    assert test.questions[0].reasons["mean_seconds"] is Reason.NO_TIMES
    assert test.scores.mean == 1.0


def test_first_attempts_count_unless_every_one_is_wanted(app: App, teacher: User, group: int):
    given = assignments.give(teacher, group, terms(question_ids=NAMES[:2]))
    (ann,) = joined(app, teacher, group, "Ann Frog")
    sit(ann, given, "toad", "toad")
    sit(ann, given, "frog", "frog")

    assert [one.facility for one in analysed(teacher, given).questions] == [0.0, 0.0]
    assert [one.facility for one in analysed(teacher, given, Tries.EVERY).questions] == [0.5, 0.5]
    assert assigned.of(teacher, given, Tries.EVERY).attempts == 2


def test_a_question_that_was_worded_anew_is_two(app: App, teacher: User, group: int):
    given = assignments.give(teacher, group, terms(question_ids=NAMES[:2]))
    ann, ben = joined(app, teacher, group, "Ann Frog", "Ben Toad")
    sit(ann, given, "frog", "frog")
    publish(app, question(NAMES[0], stem="Which of these leaps?"))
    sit(ben, given, "toad", "frog")

    test = analysed(teacher, given)

    assert sorted((one.question, one.title, one.facility) for one in test.questions) == [
        (NAMES[0], f"Which of them jumps, in the question {NAMES[0]}?", 1.0),
        (NAMES[0], "Which of these leaps?", 0.0),
        (NAMES[1], f"Which of them jumps, in the question {NAMES[1]}?", 1.0),
    ]
    assert test.design is Design.FREE
    assert test.scores.alpha is None


def test_answers_that_were_marked_again_count_as_they_are_marked_now(app: App, teacher: User, give: Give, clock: Clock):
    given = give("10", "01", "00")
    clock.move(hours=1)
    corrected = correct(app, "toad", NAMES[0])
    rescoring.rescore(teacher, NAMES[0], corrected, "It is the toad.")

    first, second = analysed(teacher, given).questions

    assert (first.facility, second.facility) == (pytest.approx(2 / 3), pytest.approx(1 / 3))
    assert [(one.text, one.right) for one in first.options] == [("frog", False), ("toad", True), ("newt", False)]


def test_whoever_instructs_the_class_now_is_left_out_and_erased_people_are_not(app: App, teacher: User, group: int):
    given = assignments.give(teacher, group, terms(question_ids=NAMES[:1]))
    ann, ben, eve = joined(app, teacher, group, "Ann Frog", "Ben Toad", "Eve Newt")
    for one, text in ((ann, "frog"), (ben, "toad"), (eve, "toad")):
        sit(one, given, text)
    accounts.set_roles(ben, [Role.INSTRUCTOR])
    classes.make_instructor(teacher, group, ben.id)
    privacy.erase(eve, "Eve Newt")

    (only,) = analysed(teacher, given).questions

    assert (only.n, only.facility) == (2, 0.5)


def test_one_question_all_right_or_all_wrong_has_dashes_and_reasons(teacher: User, give: Give):
    right = analysed(teacher, give("1", "1", "1", "1", "1"))

    (only,) = right.questions
    assert (only.facility, only.sd, only.discrimination_index) == (1.0, 0.0, None)
    assert only.reasons["discrimination_index"] is Reason.ONE_QUESTION
    assert right.scores.alpha is None
    assert right.scores.reasons["alpha"] is Reason.ONE_QUESTION


def test_a_key_that_the_best_do_not_choose_is_to_be_checked(teacher: User, give: Give):
    knows, does_not = "0111111", "1000000"
    test = analysed(teacher, give(*[knows] * 16, *[does_not] * 16))

    signs = [one.sign for one in test.questions[0].remarks]
    assert signs[:2] == [Sign.NEGATIVE_DISCRIMINATION, Sign.PREFERRED_BY_THE_BEST]
    assert test.questions[0].remarks[1].option == "toad"


def test_who_instructs_elsewhere_and_learns_here_counts(app: App, teacher: User, group: int):
    given = assignments.give(teacher, group, terms(question_ids=NAMES[:1]))
    (ann,) = joined(app, teacher, group, "Ann Frog")
    accounts.set_roles(ann, [Role.INSTRUCTOR, Role.STUDENT])
    sit(ann, given, "frog")

    assert [one.n for one in analysed(teacher, given).questions] == [1]


def test_a_key_corrected_with_the_wording_counts_for_what_was_asked_before(
    app: App, teacher: User, group: int, clock: Clock
):
    given = assignments.give(teacher, group, terms(question_ids=NAMES[:1]))
    (ann,) = joined(app, teacher, group, "Ann Frog")
    sit(ann, given, "toad")
    clock.move(hours=1)
    corrected = correct(app, "toad", NAMES[0], stem="Which of these leaps?")
    rescoring.rescore(teacher, NAMES[0], corrected, "It is the toad.", earlier_wordings=True)

    (only,) = analysed(teacher, given).questions

    assert (only.title, only.facility) == (f"Which of them jumps, in the question {NAMES[0]}?", 1.0)
    assert [(one.text, one.right) for one in only.options][:2] == [("frog", False), ("toad", True)]
