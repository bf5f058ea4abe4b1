"""What is sent to the wall of a class: nothing of the key before Reveal, and no name ever."""

import json
from random import Random
from typing import Any

import pytest
from makers import NOON, frog_options, option, question

from quizlib.kinds import asked_hash, kind_of
from quizlib.model.classes import Assignment
from quizlib.model.question import Question
from quizlib.services.app import App
from quizlib.services.history.showing import Bar, Revealed, Shown
from quizlib.ui.pages.show import shown_data

GIVEN = Assignment(id=1, class_id=1, seed=1, title="Leaps <b>& bounds</b>", due_at=NOON)
GAPS = {"who": {"options": [option("frog", True), option("toad")]}, "what": {"answers": ["spawn"], "why": "So."}}
CHOICES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "one": ({"options": frog_options("frog")}, {"options": frog_options("newt")}),
    "several": (
        {"choose": "several", "options": [option("frog", True), option("toad", True), option("cat")]},
        {"choose": "several", "options": [option("frog"), option("toad", True), option("cat", True)]},
    ),
    "written": (
        {"kind": "short_text", "answers": ["frog"], "why": "It jumps."},
        {"kind": "short_text", "answers": ["toad"], "why": "It walks."},
    ),
    "number": (
        {"kind": "numeric", "answer": 2, "unit": "m", "why": "So far."},
        {"kind": "numeric", "answer": 3, "unit": "m", "why": "So far."},
    ),
    "gaps": (
        {"kind": "cloze", "text": "The {who} lays {what}.", "gaps": GAPS},
        {
            "kind": "cloze",
            "text": "The {who} lays {what}.",
            "gaps": {**GAPS, "who": {"options": [option("frog"), option("toad", True)]}},
        },
    ),
}


def shown(asked: Question, answers: int = 6, others: int = 0) -> Shown:
    order = kind_of(asked).arrange(asked.body, Random(asked_hash(asked)))
    return Shown(GIVEN, asked, order, ("heron", asked.id), answers, others)


@pytest.mark.parametrize("name", CHOICES)
def test_another_key_changes_no_byte_before_reveal(app: App, name: str):
    one, other = (question(**content) for content in CHOICES[name])

    assert one != other
    assert json.dumps(shown_data(shown(one), None, None)) == json.dumps(shown_data(shown(other), None, None))


def test_neither_explanation_nor_id_is_there_before_reveal(app: App):
    sent = json.dumps(shown_data(shown(question("frog-is-right", stem="Who jumps?")), None, None))

    assert [
        word for word in ("frog-is-right", "Frogs jump", "hind legs", "decides it", "correct") if word in sent
    ] == []


def test_revealed_it_says_what_is_right_how_many_answered_what_and_why(app: App):
    asked = question()
    bars = (Bar("frog", 3, True, 0), Bar("newt", 2, False, 2), Bar("toad", 1, False, 1))
    told = shown_data(shown(asked), Revealed(shown(asked), asked, 1, bars, 0), None)["told"]

    assert told["answer"] == "The answer is: frog"
    assert [(one["letter"], one["text"], one["right"], one["said"]) for one in told["bars"]] == [
        ("A", "frog", True, "3 · 50%"),
        ("B", "newt", False, "2 · 33%"),
        ("C", "toad", False, "1 · 17%"),
    ]
    assert told["of_options"]
    assert "hind legs" in told["explanation"]
    assert (told["few"], told["rest"]) == ("", "")


@pytest.mark.parametrize(("answers", "said"), [(4, "Fewer than 5 have answered it"), (0, "Nobody has answered it yet")])
def test_few_answers_have_a_sentence_in_the_place_of_bars(app: App, answers: int, said: str):
    asked = question()
    told = shown_data(shown(asked, answers), Revealed(shown(asked, answers), asked, 1, None, 0), None)["told"]

    assert told["bars"] is None
    assert told["few"].startswith(said)
    assert not told["of_options"]


def test_written_answers_that_stand_alone_are_counted_without_their_words(app: App):
    asked = question(kind="short_text", answers=["frog"], why="It jumps.")
    revealed = Revealed(shown(asked), asked, 1, (Bar("toad", 3, False), Bar("frog", 0, True)), 3)
    told = shown_data(shown(asked), revealed, None)["told"]

    assert told["rest"] == "3 students gave another answer."
    assert [one["letter"] for one in told["bars"]] == ["", ""]


def test_students_who_can_still_answer_are_counted_before_reveal(app: App):
    assert shown_data(shown(question(), others=2), None, None)["waiting"].startswith("2 students have not finished")
    assert shown_data(shown(question()), None, None)["waiting"] == ""
