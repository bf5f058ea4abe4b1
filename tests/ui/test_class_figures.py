"""Figures of a class in words and tables: a dash and a reason where there is none, and no name can be markup."""

import pytest
from makers import NOON

from quizlib.model.classes import Assignment, Member
from quizlib.model.person import Role
from quizlib.services.app import App
from quizlib.services.history.attention import Doubtful, Missed, Slip
from quizlib.services.history.in_class import Score, State
from quizlib.services.history.scores import TopicShare
from quizlib.ui.parts.charts import spread
from quizlib.ui.parts.in_class import said, tables

ANN = Member(user_id=1, name="Ann Frog", role=Role.STUDENT, joined_at=NOON)
GIVEN = Assignment(id=1, class_id=1, seed=1, title="Leaps")


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (Score(State.DONE, 7.0, 10), "7 of 10"),
        (Score(State.DONE, 20 / 3, 10), "6.67 of 10"),
        (Score(State.DONE, 0.0, 10), "0 of 10"),
        (Score(State.DONE), "–"),
        (Score(State.RUNNING), "under way"),
        (Score(State.NOT_BEGUN), "not begun"),
        (Score(State.NOT_OPEN), "not open yet"),
        (Score(State.JOINED_LATER), "joined later"),
        (Score(State.LEFT_OUT), "–"),
    ],
)
def test_a_score_is_said_as_people_do(score: Score, words: str):
    assert said.score(score) == words


def test_a_share_of_an_attempt_without_questions_is_none():
    assert Score(State.DONE, 0.0, 0).share is None
    assert said.share(None) == "–"


def test_a_topic_with_few_answers_has_a_dash_and_the_reason(app: App):
    assert said.topic_share(TopicShare("pond", 2, 4, 4, None, None, None)) == (
        "–",
        "too few answers: shown from 5 on, 4 so far",
    )
    assert said.topic_share(TopicShare("pond", 2, 10, 7, 0.7, 0.397, 0.892)) == ("70%", "40% to 89%")
    assert (said.topic("pond"), said.topic("gone")) == ("The pond", "gone")


def test_who_slips_is_said_beside_the_others_where_there_are_enough():
    alone = said.slip(Slip(ANN, 0.8, 0.5, None, None))

    assert alone == "50% on average in the last 3 assignments, 80% in the 3 before."
    assert said.slip(Slip(ANN, 0.8, 0.5, 0.7, 0.72)) == f"{alone} The others went from 70% to 72%."


def test_what_was_missed_names_the_answer_that_several_gave():
    assert said.missed(Missed(GIVEN, "frog", "Who jumps?", 20, 8, "toad", 5)) == "8 of 20 missed it; 5 answered “toad”."
    assert said.missed(Missed(GIVEN, "frog", "Who jumps?", 20, 8, "toad", 1)) == "8 of 20 missed it."
    assert said.missed(Missed(GIVEN, "frog", "Who jumps?", 20, 8, "", 0)) == "8 of 20 missed it."


def test_a_doubtful_key_says_what_to_do_first():
    words = said.doubtful(Doubtful("frog", "Who jumps?", -0.213, -0.488, 0.1, 41))

    assert "−0.21 (−0.49 to 0.10) over 41 students" in words
    assert words.endswith("Check the right answer first.")


def test_a_name_in_a_table_is_text():
    cell = tables.link("student", '<script>"Ann" & Ben</script>', **{"class": 1, "student": 2})
    table = tables.table("A & B", ("<i>", "Points"), [(cell, "7 of 10")])

    assert cell == (
        '<a href="student?class=1&amp;student=2" target="_self">'
        "&lt;script&gt;&quot;Ann&quot; &amp; Ben&lt;/script&gt;</a>"
    )
    assert "<caption>A &amp; B</caption>" in table
    assert '<td data-label="Points">7 of 10</td>' in table
    assert "<i>" not in table


def test_tenths_are_named_without_gaps():
    assert spread.names(10)[:2] + spread.names(10)[-2:] == ["0–9", "10–19", "80–89", "90–100"]
