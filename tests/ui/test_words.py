"""Words that a learner reads in more than one place."""

import pytest
from makers import question

from quizlib.model.attempt import Confidence
from quizlib.model.question import Urgency
from quizlib.ui import words


@pytest.mark.parametrize(
    ("number", "one", "many", "said"),
    [
        (0, "question", "", "0 questions"),
        (1, "question", "", "1 question"),
        (2, "question", "", "2 questions"),
        (1, "quiz", "quizzes", "1 quiz"),
        (3, "quiz", "quizzes", "3 quizzes"),
    ],
)
def test_a_count_agrees_with_its_word(number: int, one: str, many: str, said: str):
    assert words.count(number, one, many) == said


def test_a_question_that_no_clinician_has_checked_says_so():
    assert words.review_state(question()) == (
        "Last checked against its sources in November 2026. Not yet checked by a clinician."
    )


def test_a_question_that_a_clinician_has_checked_says_who_and_when():
    said = words.review_state(question(clinician="Dr Newt, 2026-11-20"))

    assert said.startswith("Checked by a clinician: Dr Newt, 2026-11-20.")
    assert "Not yet" not in said


@pytest.mark.parametrize("urgency", Urgency)
def test_every_urgency_says_what_to_do_in_practice(urgency: Urgency):
    assert words.IN_PRACTICE[urgency].startswith("In practice: ")


def test_every_degree_of_confidence_has_a_name():
    assert set(words.CONFIDENCE) == set(Confidence)
    assert len(set(words.CONFIDENCE.values())) == len(Confidence)


def test_an_emergency_names_the_number_to_call():
    assert "call your local emergency number now" in words.EMERGENCY
    assert words.NOT_ADVICE == "Study material, not medical advice."
