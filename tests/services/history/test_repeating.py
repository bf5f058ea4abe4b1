"""What was taken is taken again: the same questions, mistakes, red flags; never what is told later."""

import pytest
from makers import Clock, items_of, question
from services.classes.people import add, joined
from services.classes.sitting import answer, exam_terms, sit
from services.corrections.keys import publish

from quizlib.errors import NotFound, NothingMatches
from quizlib.model.attempt import Plan
from quizlib.model.authoring import Status
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.history import repeating
from quizlib.services.quizzes import study
from quizlib.services.quizzes.results import repeat_mistakes
from quizlib.store.content.questions import set_status


def asked(app: App, quiz: int) -> list[str]:
    return [one.question_id for one in items_of(app, quiz)]


def taken(actor: User, *texts: str, ids: tuple[str, ...] = ("frog", "heron", "newt", "mole")) -> int:
    quiz = study.start_fixed(actor, ids)
    answer(actor, quiz, *texts)
    study.finish(actor, quiz)
    return quiz


def test_a_quiz_is_repeated_with_the_same_questions_in_their_order(app: App, learner: User):
    quiz = taken(learner, "frog", "toad", "frog", "toad")
    again = repeating.repeat(learner, quiz)

    assert asked(app, again) == asked(app, quiz)
    assert study.sheet(learner, again).attempt.plan is Plan.FIXED
    # its mistakes alone, too
    assert sorted(asked(app, repeat_mistakes(learner, quiz))) == sorted(asked(app, quiz)[1::2])


def test_questions_that_are_asked_no_more_are_left_out(app: App, learner: User):
    quiz = taken(learner, "frog", "frog", "frog", "frog")
    with app.database.write() as connection:
        set_status(connection, ["frog"], Status.RETIRED)
    assert sorted(asked(app, repeating.repeat(learner, quiz))) == ["heron", "mole", "newt"]

    with app.database.write() as connection:
        set_status(connection, ["heron", "newt", "mole"], Status.RETIRED)
    with pytest.raises(NothingMatches, match="not asked any more"):
        repeating.repeat(learner, quiz)


def test_what_goes_on_is_not_repeated(learner: User):
    with pytest.raises(NothingMatches, match="once its answers are told"):
        repeating.repeat(learner, study.start(learner, number=4))


def test_nobody_repeats_what_another_took(learner: User, stranger: User):
    with pytest.raises(NotFound):
        repeating.repeat(stranger, taken(learner, "frog"))


def test_open_mistakes_come_again_and_no_others(app: App, learner: User):
    with pytest.raises(NothingMatches):
        repeating.repeat_open_mistakes(learner)
    quiz = taken(learner, "toad", "frog", "newt", "frog")
    missed = asked(app, quiz)[::2]

    assert sorted(asked(app, repeating.repeat_open_mistakes(learner))) == sorted(missed)
    assert len(asked(app, repeating.repeat_open_mistakes(learner, 1))) == 1


def test_red_flags_come_again_and_no_other_mistakes(app: App, learner: User):
    with pytest.raises(NothingMatches, match="red flag"):
        repeating.repeat_red_flags(learner)
    publish(app, question("frog", action="urgent"))
    taken(learner, "toad", "toad", "toad", "toad")

    assert asked(app, repeating.repeat_red_flags(learner)) == ["frog"]


def test_what_is_told_later_is_not_practised_before(app: App, clock: Clock):
    teacher = add(app, "Ms Pond", instructs=True)
    group = classes.make(teacher, "Frogs 101")
    (ann,) = joined(app, teacher, group, "Ann Frog")
    publish(app, question("frog", action="urgent"))
    before = taken(ann, "toad", "toad", ids=("frog", "mole"))
    alone = taken(ann, "toad", ids=("frog",))
    exam = assignments.give(teacher, group, exam_terms(tells="by_hand"))
    sat = sit(ann, exam, "toad", "toad")

    assert asked(app, repeating.repeat(ann, before)) == ["mole"]
    assert asked(app, repeat_mistakes(ann, before)) == ["mole"]
    assert asked(app, repeating.repeat_open_mistakes(ann)) == ["mole"]
    for refused in (lambda: repeating.repeat(ann, alone), lambda: repeating.repeat(ann, sat)):
        with pytest.raises(NothingMatches):
            refused()
    with pytest.raises(NothingMatches):
        repeating.repeat_red_flags(ann)

    assignments.tell(teacher, exam)
    assert sorted(asked(app, repeating.repeat(ann, sat))) == ["frog", "heron"]
    assert asked(app, repeating.repeat_red_flags(ann)) == ["frog"]
