"""What a learner reads about their quizzes: scores as people say them, and nothing of authors or topics as markup."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from makers import NOON, on_sqlite, question
from makers import item as made_item

from quizlib.model.attempt import Behaviour
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.history.listing import Quiz, Stage
from quizlib.services.history.mine import Gain, Standing, TopicRow, Week
from quizlib.services.history.mistakes import PutRight
from quizlib.ui.parts.charts import by_day, drawing, over_time, ranges
from quizlib.ui.parts.my_history import next_steps, quizzes, said, topics

YOU = User(id=1, name="You", time_zone="Europe/Berlin")


def quiz(**changes: object) -> Quiz:
    values = {
        "id": 1,
        "at": NOON,
        "stage": Stage.SCORED,
        "kind": "mixed",
        "title": "",
        "behaviour": Behaviour.PRACTICE,
        "topics": ("pond",),
        "answered": 10,
        "questions": 10,
        "points": 7.0,
        "of": 10,
        "missed": 3,
        "minutes": 8.2,
    }
    return Quiz(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "7 of 10"),
        ({"points": 6.5}, "6.5 of 10"),
        ({"points": 9.99}, "9.99 of 10"),  # not all of it
        ({"points": 0.1 + 0.2 + 0.7}, "1 of 10"),
        ({"stage": Stage.NO_ANSWERS}, "No answers"),
        ({"stage": Stage.LATER}, "Answers later"),
        ({"stage": Stage.GOING, "answered": 4}, "4 of 10 answered"),
    ],
)
def test_a_score_is_said_as_people_do(changes: dict[str, object], words: str):
    assert said.score(quiz(**changes)) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(None, "time not known"), (0.4, "under a minute"), (1.2, "1 minute"), (8.2, "8 minutes")],
)
def test_a_time_that_is_not_known_is_said_to_be(minutes: float | None, words: str):
    assert said.took(quiz(minutes=minutes)) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Today’s mix"),
        ({"kind": "fixed"}, "Same questions"),
        ({"kind": "assigned", "title": "Who jumps"}, "Who jumps"),
        ({"kind": "assigned"}, "Assignment"),
        ({"kind": "of a later program"}, "Quiz"),
    ],
)
def test_a_quiz_is_called_by_how_it_was_chosen_or_by_its_title(changes: dict[str, object], words: str):
    assert said.title(quiz(**changes)) == words


@on_sqlite
def test_many_topics_are_named_in_part(app: App):
    assert said.topics(("pond", "meadow")) == "The pond, The meadow"
    assert said.topics(("pond", "meadow", "marsh", "gone", "lost")) == "The pond, The meadow, marsh and 2 more"


@on_sqlite
def test_the_week_and_the_gain_in_a_sentence(app: App):
    assert said.week(Week(0, 0)) == "No answers yet this week."
    assert said.week(Week(1, 1)) == "This week 1 answer on 1 day."
    assert said.week(Week(46, 4)) == "This week 46 answers on 4 days."
    assert said.gain(None) == ""
    assert said.gain(Gain("pond", 24, 30, 15, 30)) == (
        "Best gain: The pond, 24 of the latest 30 right, 15 of 30 before."
    )


@on_sqlite
def test_days_are_said_in_the_zone_of_the_reader_and_with_the_year_if_it_is_another(app: App):
    assert said.day(datetime(2026, 11, 20, 23, 30, tzinfo=UTC), YOU) == "Sat 21 Nov"
    assert said.day(datetime(2025, 11, 20, 12, tzinfo=UTC), YOU) == "Thu 20 Nov 2025"
    assert said.recent_day(NOON - timedelta(days=4), YOU) == "Tuesday"
    assert said.recent_day(NOON - timedelta(days=7), YOU) == "Sat 14 Nov"


@on_sqlite
def test_a_mistake_put_right_is_named(app: App):
    asked = question()
    one = PutRight(made_item(response={"chosen": [1]}), asked, NOON - timedelta(days=4), 2)

    assert next_steps.put_right(one, YOU) == (
        "✓ “Which of them jumps, in the question frog?” You had *toad* for *frog* until Tuesday. Now twice right."
    )
    assert next_steps.put_right(one._replace(times_right=3), YOU).endswith("Now 3 times right.")


@on_sqlite
def test_what_is_told_later_shows_no_score_and_no_time(app: App):
    shown = quizzes.facts(quiz(stage=Stage.LATER, points=0.0, of=0, missed=0, minutes=12.0, behaviour=Behaviour.EXAM))

    assert shown == '<p class="facts"><b>Answers later</b><span class="about">answers at the end · The pond</span></p>'


@on_sqlite
def test_a_topic_without_a_share_has_no_bar_and_its_name_is_no_markup(app: App):
    few = topics.row(TopicRow("<b>pond", 4, 4, None, None, None, Standing.FEW))
    enough = topics.row(TopicRow("pond", 30, 24, 0.8, 0.627, 0.905, Standing.SECURE))

    assert "&lt;b&gt;pond" in few
    assert "too few answers" in few
    assert "4 of 4" in few
    assert "bar" not in few
    for words in ("The pond", "secure", "24 of 30", "63% to 90%", "width:80.0%", "left:62.7%;width:27.8%"):
        assert words in enough


def test_figures_as_a_table_are_no_markup():
    shown = drawing.table("Scores", ("Day", "Score"), [("<1>", "7 of 10")])

    assert '<th scope="row">&lt;1&gt;</th><td data-label="Score">7 of 10</td>' in shown
    assert "<caption>Scores</caption>" in shown


@pytest.mark.parametrize(
    "specified", [over_time._specification, by_day._specification, ranges._seconds, ranges._shares]
)
def test_a_chart_has_a_title_a_name_for_each_axis_and_no_figures_of_its_own(specified):
    made = specified()
    axes = [one for layer in made["layer"] for one in layer["encoding"].values() if isinstance(one, dict)]

    assert made["title"]["text"]
    assert made["title"]["anchor"] == "start"
    assert any(one.get("title") for one in axes)
    assert not {"data", "datasets", "config"} & made.keys()
    assert all("data" not in layer for layer in made["layer"])
    assert all(layer["mark"]["aria"] is False for layer in made["layer"])


def test_moments_on_the_time_axis_are_those_of_the_readers_clocks(monkeypatch: pytest.MonkeyPatch):
    drawn: list[pd.DataFrame] = []
    monkeypatch.setattr(over_time, "draw", lambda _, figures, *__: drawn.append(figures))
    at = pd.Series([datetime(2026, 11, 20, 23, 30, tzinfo=UTC)], dtype="datetime64[us, UTC]")
    over_time.show(
        pd.DataFrame({"at": at, "share": 0.7, "smooth": 0.7, "low": 0.4, "high": 0.9, "quizzes": 1}),
        ZoneInfo("Europe/Berlin"),
        "",
    )

    assert list(drawn[0]["at"]) == ["2026-11-21T00:30:00"]
