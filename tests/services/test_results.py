"""What came out of a quiz, and what to look at first."""

from datetime import timedelta

import pytest
from makers import Clock, items_of, place_of, question, write_bank

from quizlib.errors import NotFound, NothingMatches
from quizlib.model.attempt import Confidence, Plan
from quizlib.model.person import User
from quizlib.services import bank
from quizlib.services.app import App
from quizlib.services.quizzes import results, study

SURE, GUESS = Confidence.SURE, Confidence.GUESS


@pytest.fixture
def quiz(app: App, learner: User) -> int:
    """A quiz that also asks about the adder and the viper, which bite."""
    bites = [question("adder", action="emergency"), question("viper", action="urgent"), question("slug", action="soon")]
    write_bank(app.settings.questions, bites)
    bank.sync(app)
    return study.start(learner)


def give(app: App, learner: User, quiz: int, **answers: tuple[str, Confidence]) -> None:
    """Answer questions by name, in this order."""
    items = {one.question_id: one for one in items_of(app, quiz)}
    for name, (text, confidence) in answers.items():
        shown = study.sheet(learner, quiz, items[name].position)
        study.answer(learner, quiz, shown.item.id, place_of(shown, text), seen=0, confidence=confidence)


def first_to_last(learner: User, quiz: int) -> list[str]:
    return [line.question.id for line in results.result(learner, quiz).look_first]


def test_missed_dangers_come_first_then_what_one_was_sure_of_then_the_rest(app: App, learner: User, quiz: int):
    wrong, sure_wrong = ("toad", GUESS), ("toad", SURE)
    give(
        app, learner, quiz, frog=wrong, heron=sure_wrong, newt=("frog", SURE), adder=wrong, viper=sure_wrong, slug=wrong
    )
    lines = {line.question.id: line for line in results.result(learner, quiz).lines}
    order = first_to_last(learner, quiz)

    assert order[:3] == ["viper", "adder", "heron"]
    assert order[3:] == sorted(["frog", "slug"], key=lambda name: lines[name].item.position)


def test_what_was_right_or_not_answered_is_no_mistake(app: App, learner: User, quiz: int):
    give(app, learner, quiz, adder=("frog", SURE))

    assert first_to_last(learner, quiz) == []


def test_mistakes_of_one_sort_stay_in_the_order_of_the_quiz(app: App, learner: User, quiz: int):
    items = items_of(app, quiz)
    plain = [one.question_id for one in items if one.question_id in ("frog", "heron", "newt", "mole", "slug")]
    give(app, learner, quiz, **dict.fromkeys(reversed(plain), ("toad", GUESS)))

    assert first_to_last(learner, quiz) == plain


def test_a_result_counts_answers_and_right_ones(app: App, learner: User, quiz: int):
    give(app, learner, quiz, frog=("frog", GUESS), heron=("toad", GUESS), newt=("frog", GUESS))
    came = results.result(learner, quiz)

    assert (len(came.lines), came.answered, came.right) == (7, 3, 2)
    assert [line.item.position for line in came.lines] == [1, 2, 3, 4, 5, 6, 7]


def test_a_quiz_took_from_its_start_to_its_end(learner: User, quiz: int, clock: Clock):
    assert results.result(learner, quiz).took is None
    clock.move(minutes=7)
    study.finish(learner, quiz)
    clock.move(minutes=7)

    assert results.result(learner, quiz).took == timedelta(minutes=7)


def test_a_quiz_never_took_less_than_no_time(learner: User, quiz: int, clock: Clock):
    clock.move(hours=-1)
    study.finish(learner, quiz)
    took = results.result(learner, quiz).took

    assert took is not None
    assert took >= timedelta(0)


def test_repeating_mistakes_asks_what_was_missed_and_nothing_else(app: App, learner: User, quiz: int):
    give(app, learner, quiz, frog=("frog", GUESS), heron=("toad", GUESS), newt=("newt", GUESS))
    again = results.repeat_mistakes(learner, quiz)

    assert {one.question_id for one in items_of(app, again)} == {"heron", "newt"}
    assert study.sheet(learner, again).attempt.plan is Plan.MISTAKES


def test_without_mistakes_there_is_nothing_to_repeat(app: App, learner: User, quiz: int):
    give(app, learner, quiz, frog=("frog", GUESS))

    with pytest.raises(NothingMatches):
        results.repeat_mistakes(learner, quiz)


def test_a_result_is_for_the_one_who_took_the_quiz(learner: User, stranger: User, quiz: int):
    for ask in (results.result, results.repeat_mistakes):
        with pytest.raises(NotFound):
            ask(stranger, quiz)
