"""What single answers say, once it is asked."""

from datetime import UTC, date, datetime

import pytest
from makers import Clock, place_of
from services.classes.people import add, joined
from services.classes.sitting import exam_terms, sit

from quizlib.model.attempt import Confidence
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.history import insights
from quizlib.services.history.taken import Wanted
from quizlib.services.quizzes import study

ALL = Wanted()


def give(actor: User, text: str, sure: Confidence | None = None, took_ms: int | None = None, id: str = "frog") -> None:
    quiz = study.start_fixed(actor, [id])
    shown = study.sheet(actor, quiz)
    study.answer(actor, quiz, shown.item.id, place_of(shown, text), seen=0, confidence=sure, elapsed_ms=took_ms)


def test_before_the_first_answer_there_is_nothing_to_see(learner: User):
    found = insights.active(learner, ALL)

    assert found.days.empty
    assert found.calendar["answers"].sum() == 0
    assert insights.pace(learner, ALL).times is None
    assert insights.pace(learner, ALL).topics.empty
    assert insights.judgement(learner, ALL)["n"].sum() == 0


def test_the_calendar_counts_by_the_days_of_where_one_is(learner: User, clock: Clock):
    clock.now = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    give(learner, "frog")
    clock.move(hours=12)
    give(learner, "toad")
    in_berlin = learner.model_copy(update={"time_zone": "Europe/Berlin"})

    assert list(insights.active(learner, ALL).days["answers"]) == [1, 1]
    assert list(insights.active(in_berlin, ALL).days["day"]) == [date(2026, 11, 21)]
    assert insights.active(learner, ALL).calendar["day"].iloc[-1] == date(2026, 11, 21)
    # it ends with the last day that is wanted
    assert insights.active(learner, Wanted(until=date(2026, 11, 20))).calendar["day"].iloc[-1] == date(2026, 11, 20)
    assert insights.active(learner, Wanted(until=date(2027, 1, 1))).calendar["day"].iloc[-1] == date(2026, 11, 21)


def test_times_are_told_from_five_answers_on(learner: User):
    for took_ms in (1_000, 2_000, 3_000, 4_000):
        give(learner, "frog", took_ms=took_ms)
    assert insights.pace(learner, ALL).times is None

    give(learner, "toad", took_ms=60_000, id="heron")
    found = insights.pace(learner, ALL)
    assert found.times == (5, 2.0, 3.0, 4.0)
    assert list(found.topics["topic"]) == ["pond"]
    assert insights.pace(learner, Wanted(topics=("meadow",))).times is None


def test_how_sure_is_set_against_how_often_right(learner: User):
    for _ in range(5):
        give(learner, "frog", Confidence.SURE)
    give(learner, "toad", Confidence.SURE)
    give(learner, "frog", Confidence.GUESS)
    give(learner, "frog")
    found = insights.judgement(learner, ALL)

    assert list(found["confidence"]) == ["guess", "think_so", "sure"]
    assert list(found["n"]) == [1, 0, 6]
    assert list(found["right"]) == [1, 0, 5]
    assert found["share"].dropna().to_list() == [pytest.approx(5 / 6)]


def test_another_persons_answers_say_nothing_about_me(app: App, learner: User):
    for _ in range(6):
        give(learner, "frog", Confidence.SURE, 1_000)
    ann = add(app, "Ann Frog")

    assert insights.active(ann, ALL).days.empty
    assert insights.pace(ann, ALL).times is None
    assert insights.judgement(ann, ALL)["n"].sum() == 0


def test_of_an_exam_that_is_told_later_the_day_is_known_and_nothing_else(app: App):
    teacher = add(app, "Ms Pond", instructs=True)
    group = classes.make(teacher, "Frogs 101")
    (ann,) = joined(app, teacher, group, "Ann Frog")
    for _ in range(3):
        sit(ann, assignments.give(teacher, group, exam_terms(tells="by_hand")), "frog", "toad")
    for _ in range(4):
        give(ann, "frog", Confidence.SURE, 2_000, id="mole")

    assert list(insights.active(ann, ALL).days["answers"]) == [10]
    assert insights.pace(ann, ALL).times is None
    assert insights.judgement(ann, ALL)["n"].sum() == 4
