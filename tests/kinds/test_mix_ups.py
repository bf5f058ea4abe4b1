"""A mix-up is known by what a learner gave, whatever the type of the question."""

from typing import Any

import pytest
from makers import option, question

from quizlib.kinds import kind_of
from quizlib.model.question import Question

TOAD, NEWT = "toad-for-frog", "newt-for-frog"
ONE = [option("frog", True), option("toad", misconception=TOAD), option("newt", misconception=NEWT), option("cat")]
SEVERAL = [
    option("frog", True),
    option("tree frog", True),
    option("toad", misconception=TOAD),
    option("natterjack", misconception=TOAD),
]


def shown(asked: Question, response: dict[str, Any]) -> tuple[str, ...]:
    return kind_of(asked).mixed_up(asked.body, response)


@pytest.mark.parametrize(("chosen", "mixed_up"), [(0, ()), (1, (TOAD,)), (2, (NEWT,)), (3, ())])
def test_a_wrong_option_shows_the_mix_up_it_rests_on(chosen: int, mixed_up: tuple[str, ...]):
    assert shown(question(options=ONE), {"chosen": [chosen]}) == mixed_up


def test_two_options_of_the_same_mix_up_show_it_once():
    asked = question(choose="several", options=SEVERAL)

    assert shown(asked, {"chosen": [0, 2, 3]}) == (TOAD,)


def test_a_right_option_shows_no_mix_up_whatever_it_names():
    asked = question(options=[option("frog", True, misconception=TOAD), option("toad")])

    assert shown(asked, {"chosen": [0]}) == ()


def test_each_gap_shows_its_own():
    gaps = {
        "who": {"options": [option("frog", True), option("toad", misconception=TOAD)]},
        "where": {"options": [option("pond", True), option("tree", misconception=NEWT)]},
        "what": {"answers": ["spawn"], "why": "It is called so."},
    }
    asked = question(kind="cloze", text="The {who} lays {what} in a {where}.", gaps=gaps)

    assert shown(asked, {"gaps": {"who": "toad", "what": "milk", "where": "tree"}}) == (TOAD, NEWT)
    assert shown(asked, {"gaps": {"who": "frog", "what": None, "where": "tree"}}) == (NEWT,)
    assert shown(asked, {"gaps": {"who": None, "what": "spawn", "where": "pond"}}) == ()


def test_a_number_that_was_to_be_expected_shows_its_mix_up():
    wrong = [{"low": 4, "high": 4, "why": "A toad has four.", "misconception": TOAD}]
    asked = question(kind="numeric", answer=2, why="It has two.", wrong=wrong)

    assert shown(asked, {"value": 4, "said": "4"}) == (TOAD,)
    assert shown(asked, {"value": 2, "said": "2"}) == ()
    assert shown(asked, {"value": 7, "said": "7"}) == ()


def test_a_word_that_was_to_be_expected_shows_its_mix_up():
    wrong = [{"text": "toad", "why": "A toad walks.", "misconception": TOAD}]
    asked = question(kind="short_text", answers=["frog"], why="It jumps.", wrong=wrong)

    assert shown(asked, {"text": "Toad."}) == (TOAD,)
    assert shown(asked, {"text": "frog"}) == ()
    assert shown(asked, {"text": "heron"}) == ()


def test_a_type_that_names_no_mix_ups_shows_none():
    asked = question(kind="ordering", items=[{"text": one} for one in ("egg", "tadpole", "frog")], why="So it grows.")
    kind = kind_of(asked)

    assert kind.mixed_up(asked.body, kind.right_answer(asked.body)) == ()
