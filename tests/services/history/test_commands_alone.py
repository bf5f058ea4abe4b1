"""Score history from the console of a computer without sign-in."""

from datetime import timedelta

import pytest
from makers import Clock
from services.classes.people import add
from services.classes.sitting import answer
from services.history.practising import practise, short

from quizlib.errors import Refused
from quizlib.model.attempt import Behaviour
from quizlib.services.app import App
from quizlib.services.history import commands
from quizlib.services.people.people import local_person, set_time_zone
from quizlib.services.quizzes import choosing, study
from quizlib.services.quizzes.choosing import Choice


def test_one_sees_all_of_ones_own(app: App):
    me = local_person()
    practise(me, "frog", "toad", topics=("pond",))
    quiz = choosing.start(me, Choice(number=2, behaviour=Behaviour.EXAM, minutes=20))
    study.finish(me, quiz)
    study.start(me)
    found = commands.scores(app)

    assert short(found) == [
        ("You", "Surprise me", 1.0, 2),
        ("You", "Today’s mix (mock exam)", 0.0, 2),
        ("You", "Surprise me", None, None),
    ]
    assert [one.finished for one in found.scores] == [True, True, False]


def test_practice_counts_as_far_as_it_was_answered(app: App):
    me = local_person()
    quiz = study.start(me, number=3, topics=("pond",))
    answer(me, quiz, "frog")
    study.finish(me, quiz)
    nothing = study.start(me, number=3)
    study.finish(me, nothing)

    assert short(commands.scores(app)) == [("You", "Surprise me", 1.0, 1), ("You", "Surprise me", None, 0)]


def test_a_topic_counts_as_far_as_it_was_asked(app: App):
    me = local_person()
    quiz = study.start_fixed(me, ["frog", "mole"])
    answer(me, quiz, "frog", "frog")
    practise(me, "toad", topics=("pond",))

    assert short(commands.scores(app, topic="meadow")) == [("You", "Chosen questions", 1.0, 1)]


def test_days_are_those_of_the_person(app: App, clock: Clock):
    me = local_person()
    set_time_zone(me, "Pacific/Auckland")  # where it is the next day already
    practise(me, "frog")
    today = (clock.now + timedelta(days=1)).date().isoformat()
    yesterday = clock.now.date().isoformat()

    assert len(commands.scores(app, since=today).scores) == 1
    assert len(commands.scores(app, since=today, until=today).scores) == 1
    assert commands.scores(app, until=yesterday).scores == ()


@pytest.mark.parametrize("day", ["2026-13-40", "yesterday", "", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_what_is_no_day_is_told(app: App, day: str):
    for name in ("since", "until"):
        with pytest.raises(Refused, match=r"is no day\. Write year, month and day, such as 2026-11-21\."):
            commands.scores(app, **{name: day})


def test_a_time_that_ends_before_it_begins_is_told(app: App):
    with pytest.raises(Refused, match="2026-11-22 is later than 2026-11-21"):
        commands.scores(app, since="2026-11-22", until="2026-11-21")


def test_others_keep_their_practice_to_themselves(app: App):
    local_person()
    ben = add(app, "Ben Toad")
    practise(ben, "toad")

    assert commands.scores(app, person="ben.toad").left_out == "Ben Toad"
