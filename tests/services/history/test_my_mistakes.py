"""Mistakes: open until they were right on two days, red flags by themselves, and named once they are put right."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import Clock, question
from services.classes.people import add
from services.classes.sitting import answer
from services.corrections.keys import WHY, correct, publish

from quizlib.engine.selection import open_mistakes
from quizlib.kinds import kind_of
from quizlib.model.attempt import Plan
from quizlib.model.authoring import Status
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.corrections import rescoring
from quizlib.services.history import mine
from quizlib.services.history.mistakes import Mistakes, put_right
from quizlib.services.quizzes import choosing, study
from quizlib.services.quizzes.choosing import Choice
from quizlib.store.answers.history import Missed
from quizlib.store.content.questions import set_status

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def give(actor: User, text: str, id: str = "frog") -> int:
    quiz = study.start_fixed(actor, [id])
    answer(actor, quiz, text)
    return quiz


def mistakes(actor: User) -> Mistakes:
    return mine.history(actor).mistakes


def test_a_mistake_is_open_until_it_was_right_on_two_days(learner: User, clock: Clock):
    give(learner, "toad")
    opened = [len(mistakes(learner).open)]
    for hours in (1, 1, 23):
        clock.move(hours=hours)
        give(learner, "frog")
        opened.append(len(mistakes(learner).open))

    assert opened == [1, 1, 1, 0]


def test_the_number_is_that_of_the_choice_of_my_mistakes(learner: User, clock: Clock):
    for text, name in (("toad", "frog"), ("toad", "heron"), ("frog", "heron"), ("newt", "mole")):
        clock.move(hours=20)
        give(learner, text, name)
        matching = choosing.match(learner, Choice(plan=Plan.MISTAKES)).questions
        assert len(mistakes(learner).open) == matching


def test_a_question_that_is_asked_no_more_is_no_open_mistake(app: App, learner: User):
    give(learner, "toad")
    with app.database.write() as connection:
        set_status(connection, ["frog"], Status.RETIRED)

    assert mistakes(learner) == ((), (), ())


def test_a_red_flag_stands_by_itself_until_it_is_put_right(app: App, learner: User, clock: Clock):
    publish(app, question("frog", action="emergency"))
    publish(app, question("heron", action="routine"))
    give(learner, "toad", "frog")
    give(learner, "toad", "heron")
    for _ in range(30):
        give(learner, "frog", "mole")
    found = mistakes(learner)

    assert (sorted(found.open), found.red_flags) == (["frog", "heron"], ("frog",))

    for _ in range(2):
        clock.move(days=1)
        give(learner, "frog", "frog")
    assert mistakes(learner).red_flags == ()


def test_an_old_mistake_put_right_is_named_with_what_was_said(learner: User, clock: Clock):
    give(learner, "newt")
    clock.move(days=1)
    give(learner, "toad")
    missed_at = clock()
    for _ in range(2):
        clock.move(days=1)
        give(learner, "frog")
    (one,) = mistakes(learner).put_right
    said = kind_of(one.question).summary(one.question.body, one.item.response or {})

    assert (one.question.id, said, one.missed_at, one.times_right) == ("frog", "toad", missed_at, 2)


def test_it_is_named_for_a_fortnight(learner: User, clock: Clock):
    give(learner, "toad")
    for _ in range(2):
        clock.move(days=20)
        give(learner, "frog")
    named = [len(mistakes(learner).put_right)]
    for days in (13, 2):
        clock.move(days=days)
        named.append(len(mistakes(learner).put_right))

    # right again later makes it no news
    give(learner, "frog")
    assert [*named, len(mistakes(learner).put_right)] == [1, 1, 0, 0]


def test_the_latest_three_are_named(learner: User, clock: Clock):
    for name in ("frog", "heron", "newt", "mole"):
        give(learner, "toad", name)
    for _ in range(2):
        clock.move(days=1)
        for name in ("frog", "heron", "newt", "mole"):
            clock.move(seconds=1)
            give(learner, "frog", name)

    assert [one.question.id for one in mistakes(learner).put_right] == ["mole", "newt", "heron"]


def test_an_answer_that_was_marked_again_as_right_is_no_mistake(app: App, learner: User):
    give(learner, "toad")
    assert mistakes(learner).open == ("frog",)

    rescoring.rescore(learner, "frog", correct(app), WHY)
    assert mistakes(learner).open == ()


def test_somebody_elses_mistakes_are_theirs(app: App, learner: User):
    give(learner, "toad")

    assert mistakes(add(app, "Ann Frog")) == ((), (), ())


@pytest.mark.parametrize(("zone", "is_put_right"), [("Europe/Berlin", True), ("UTC", False)])
def test_two_days_are_two_days_where_one_is(zone: str, is_put_right: bool):
    evening = datetime(2026, 11, 1, 22, 30, tzinfo=UTC)  # half past eleven in Berlin
    one = Missed("frog", NOON, evening, evening + timedelta(hours=1))

    assert put_right(one, ZoneInfo(zone)) is is_put_right


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), max_size=12))
def test_first_and_last_right_answer_tell_what_all_answers_tell(gaps: list[tuple[int, bool]]):
    at, answers = NOON, [(NOON, 0.0)]
    for hours, right in gaps:
        at += timedelta(hours=hours)
        answers.append((at, float(right)))
    missed_at = max(at for at, fraction in answers if fraction < 1)
    since = [at for at, _ in answers if at > missed_at]
    one = Missed("frog", missed_at, min(since, default=None), max(since, default=None))

    assert put_right(one, BERLIN) == (open_mistakes({"frog": answers}, BERLIN) == set())
