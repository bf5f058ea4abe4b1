"""Cloze: what makes sound gaps, and how fillings are read and graded."""

import re
from random import Random

import pytest
from makers import frog_options, option
from pydantic import ValidationError

from quizlib.errors import MalformedResponse
from quizlib.kinds import KINDS
from quizlib.kinds.cloze import ClozeBody

CLOZE = KINDS["cloze"]
SPAWN = {"answers": ["spawn", "frog-spawn"], "why": "So its eggs are called."}
BODY = ClozeBody(
    text="In {where}, the {who} lays {what}.",
    gaps={
        "who": {"options": [option("frog", True), option("toad", misconception="toad-for-frog"), option("newt")]},
        "what": SPAWN,
        "where": {"options": [option("water", True), option("grass")], "order": "fixed"},
    },
)
# gaps in the order of the text: where, who, what; on the screen: water, grass; toad, frog, newt (sorted f, n, t)
SCREEN = (1, 0, 2, 0, 1)


def refusal(given: object) -> str:
    with pytest.raises(MalformedResponse) as refused:
        CLOZE.read(BODY, SCREEN, given)
    return str(refused.value)


def test_the_screen_shows_the_text_with_numbered_gaps_in_its_order():
    assert CLOZE.view(BODY, SCREEN) == {
        "parts": ["In ", 0, ", the ", 1, " lays ", 2, "."],
        "gaps": [{"options": ["water", "grass"]}, {"options": ["toad", "frog", "newt"]}, {"longest": 80}],
    }


def test_a_text_may_start_and_end_with_a_gap():
    body = ClozeBody(text="{a}{b}", gaps={"b": SPAWN, "a": SPAWN})

    assert body.parts == [0, 1]


def test_places_and_texts_are_read_into_the_named_gaps():
    assert CLOZE.read(BODY, SCREEN, [0, 1, " Frog  spawn "]) == {
        "gaps": {"where": "water", "who": "frog", "what": "Frog spawn"}
    }


def test_a_fixed_order_is_the_order_of_the_author_and_the_others_are_shuffled():
    views = [CLOZE.view(BODY, CLOZE.arrange(BODY, Random(seed)))["gaps"] for seed in range(50)]

    assert {tuple(gaps[0]["options"]) for gaps in views} == {("water", "grass")}
    assert len({tuple(gaps[1]["options"]) for gaps in views}) == 6


@pytest.mark.parametrize("given", [None, [], [None] * 3, [None, None, "  "], {}, "spawn", 0], ids=repr)
def test_nothing_filled_is_told(given: object):
    assert refusal(given) == "Fill at least one gap."


@pytest.mark.parametrize("given", [[0], [0, 1], [0, 1, "spawn", 0]], ids=repr)
def test_too_few_and_too_many_are_told(given: object):
    assert refusal(given) == "The answers do not fit the gaps. Fill them again."


@pytest.mark.parametrize("bad", [2, -1, True, 0.0, "water", [0]], ids=repr)
def test_a_place_that_is_not_on_the_screen_is_told(bad: object):
    assert "not part of this gap" in refusal([bad, None, None])


def test_a_number_or_ten_thousand_characters_where_a_text_belongs_are_told():
    assert refusal([None, None, 1]) == "Write the answer as text in the field."
    assert "Write it in 80 or fewer" in refusal([None, None, "x" * 10_000])


def test_each_gap_is_worth_the_same_and_the_remark_counts_them():
    grade = CLOZE.grade(BODY, {"gaps": {"where": "water", "who": "toad", "what": "SPAWN."}})

    assert grade.fraction == pytest.approx(2 / 3)
    assert grade.remark == "2 of 3 right"


def test_slips_do_not_count_in_gaps():
    assert CLOZE.grade(BODY, {"gaps": {"where": None, "who": None, "what": "frog spwan"}}).fraction == 0


def test_an_answer_is_said_in_the_order_of_the_text():
    assert CLOZE.summary(BODY, {"gaps": {"what": "eggs", "who": None, "where": "water"}}) == "water; …; eggs"


def test_the_review_tells_of_every_gap_in_the_order_of_the_text():
    told = CLOZE.review(BODY, SCREEN, {"gaps": {"where": "water", "who": "toad", "what": "milk"}})

    assert [(gap["yours"], gap["right"], gap["correct"]) for gap in told["gaps"]] == [
        ("water", "water", True),
        ("toad", "frog", False),
        ("milk", "spawn", False),
    ]
    assert [gap["yours_why"] for gap in told["gaps"]] == [None, {"why": "What a toad does decides it."}, None]
    assert [gap["why"] for gap in told["gaps"]][1:] == ["What a frog does decides it.", "So its eggs are called."]


def test_the_review_of_an_unanswered_question_marks_nothing_as_filled():
    told = CLOZE.review(BODY, SCREEN, None)["gaps"]

    assert [(gap["yours"], gap["correct"], gap["yours_why"]) for gap in told] == [(None, False, None)] * 3


def test_a_mix_up_is_told_with_its_place_in_the_file():
    assert list(CLOZE.misconceptions(BODY)) == [(("gaps", "who", "options", 1, "misconception"), "toad-for-frog")]


def test_what_may_be_written_is_known_to_the_bank():
    assert list(CLOZE.typed(BODY)) == ["spawn", "frog-spawn"]


@pytest.mark.parametrize(
    ("text", "gap", "what"),
    [
        ("No gap.", SPAWN, "must hold the gap {a} exactly once; 0 found"),
        ("{a} and {a}", SPAWN, "must hold the gap {a} exactly once; 2 found"),
        ("{a} and {b}", SPAWN, "the gap {b} is not among the gaps"),
        ("{a} and {B}", SPAWN, "a brace belongs to no gap"),
        ("{a}", {}, "either `options:`"),
        ("{a}", {**SPAWN, "options": frog_options()}, "either `options:`"),
        ("{a}", {"answers": ["spawn"]}, "The reason is missing"),
        ("{a}", {"answers": ["spawn", "Spawn."], "why": "?"}, "counts as"),
        ("{a}", {"options": frog_options()[:1]}, "one option only"),
        ("{a}", {"options": frog_options("nobody")}, "Exactly one option"),
        ("{a}", {"options": [option("frog", True), option("toad", True)]}, "Exactly one option"),
        ("{a}", {"options": [option("frog", True), option("FROG")]}, "the same text"),
        ("{a}", {"options": frog_options(), "why": "?"}, "belongs to each option"),
    ],
)
def test_gaps_that_make_no_question_are_refused(text: str, gap: dict[str, object], what: str):
    if gap.get("options"):  # a gap's options are in no order of their own, so none is kept last
        gap = {**gap, "options": [{k: v for k, v in one.items() if k != "keep"} for one in gap["options"]]}
    with pytest.raises(ValidationError, match=re.escape(what)):
        ClozeBody(text=text, gaps={"a": gap})
