"""Matching: what makes sound pairs, and how matches are read and graded."""

import re
from random import Random

import pytest
from pydantic import ValidationError

from quizlib.errors import MalformedResponse
from quizlib.kinds import KINDS
from quizlib.kinds.matching import MatchingBody

MATCHING = KINDS["matching"]


def pair(left: str, right: str) -> dict[str, str]:
    return {"left": left, "right": right, "why": f"A {left} is built for it."}


MOVES = MatchingBody(
    pairs=[pair("frog", "jumps"), pair("toad", "walks"), pair("newt", "swims")],
    extra=[{"right": "flies", "why": "None has wings."}],
)
TAILS = MatchingBody(pairs=[pair("frog", "no tail"), pair("toad", "no tail"), pair("newt", "a tail")])
# on the screen: newt, frog, toad; walks, flies, swims, jumps (sorted: flies, jumps, swims, walks)
SCREEN = (2, 0, 1, 3, 0, 2, 1)


def refusal(given: object, body: MatchingBody = MOVES, places: tuple[int, ...] = SCREEN) -> str:
    with pytest.raises(MalformedResponse) as refused:
        MATCHING.read(body, places, given)
    return str(refused.value)


def test_the_screen_shows_both_sides_in_its_own_order():
    assert MATCHING.view(MOVES, SCREEN) == {
        "lefts": ["newt", "frog", "toad"],
        "rights": ["walks", "flies", "swims", "jumps"],
    }


def test_places_on_the_screen_are_read_as_what_stood_there():
    assert MATCHING.read(MOVES, SCREEN, [2, 3, None]) == {"pairs": ["jumps", None, "swims"]}


def test_both_sides_are_shuffled_each_by_itself():
    drawn = [MATCHING.arrange(MOVES, Random(seed)) for seed in range(200)]

    assert all(sorted(places[:3]) == [0, 1, 2] and sorted(places[3:]) == [0, 1, 2, 3] for places in drawn)
    assert len({places[:3] for places in drawn}) == 6
    assert len({places[3:] for places in drawn}) == 24


def test_a_fixed_order_holds_for_the_left_only():
    body = MOVES.model_copy(update={"order": "fixed"})
    drawn = [MATCHING.arrange(body, Random(seed)) for seed in range(50)]

    assert {places[:3] for places in drawn} == {(0, 1, 2)}
    assert len({places[3:] for places in drawn}) > 1


def test_what_goes_with_several_is_offered_once():
    assert sorted(MATCHING.view(TAILS, (0, 1, 2, 0, 1))["rights"]) == ["a tail", "no tail"]


@pytest.mark.parametrize("given", [None, [], [None, None, None], {}, "frog", {"pairs": ["jumps"]}], ids=repr)
def test_nothing_chosen_is_told(given: object):
    assert refusal(given) == "Match at least one."


def test_all_on_one_target_is_told_where_each_goes_with_one_only():
    assert refusal([3, 3, 3]) == "Each answer goes with one only; jumps is used 3 times."
    assert refusal([3, None, 3]) == "Each answer goes with one only; jumps is used twice."


def test_all_on_one_target_is_graded_where_several_may_go_with_it():
    response = MATCHING.read(TAILS, (0, 1, 2, 0, 1), [1, 1, 1])

    assert MATCHING.grade(TAILS, response).fraction == pytest.approx(2 / 3)


@pytest.mark.parametrize("given", [[0], [0, 1], [0, 1, 2, 3]])
def test_too_few_and_too_many_are_told(given: list[int]):
    assert "do not fit this question" in refusal(given)


@pytest.mark.parametrize("bad", [4, -1, True, 0.0, "walks", [0]], ids=repr)
def test_a_place_that_is_not_on_the_screen_is_told(bad: object):
    assert "not part of this question" in refusal([bad, None, None])


def test_each_pair_is_worth_the_same_and_the_remark_counts_them():
    grade = MATCHING.grade(MOVES, {"pairs": ["jumps", None, "swims"]})

    assert grade.fraction == pytest.approx(2 / 3)
    assert grade.remark == "2 of 3 right"


def test_what_was_left_open_is_not_said():
    assert MATCHING.summary(MOVES, {"pairs": ["jumps", None, "walks"]}) == "frog: jumps; newt: walks"


def test_the_review_tells_of_every_pair_in_the_order_of_the_screen():
    told = MATCHING.review(MOVES, SCREEN, {"pairs": ["jumps", None, "flies"]})

    assert [(one["left"], one["yours"], one["right"], one["correct"]) for one in told["pairs"]] == [
        ("newt", "flies", "swims", False),
        ("frog", "jumps", "jumps", True),
        ("toad", None, "walks", False),
    ]
    assert told["extra"] == [{"text": "flies", "why": "None has wings."}]
    assert all(one["why"] for one in told["pairs"])


def test_the_review_of_an_unanswered_question_marks_nothing_as_chosen():
    told = MATCHING.review(MOVES, SCREEN, None)["pairs"]

    assert [(one["yours"], one["correct"]) for one in told] == [(None, False)] * 3


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"pairs": [pair("frog", "jumps")]}, "at least 2"),
        ({"pairs": [pair(f"frog {n}", f"{n}") for n in range(9)]}, "at most 8"),
        ({"pairs": [pair("frog", "jumps"), pair(" Frog", "walks")]}, "pair 2 has the same `left:` as pair 1"),
        ({"pairs": [pair("frog", "jumps"), pair("toad", "Jumps")]}, "Write them alike"),
        ({"pairs": [pair("frog", "jumps"), pair("toad", "jumps")]}, "everything goes with the same"),
        (
            {"pairs": [pair("frog", "jumps"), pair("toad", "walks")], "extra": [{"right": "WALKS", "why": "?"}]},
            "stands here already",
        ),
        ({"pairs": [pair("frog", "jumps"), {"left": "toad", "right": "walks"}]}, "Field required"),
    ],
)
def test_pairs_that_make_no_question_are_refused(fields: dict[str, object], what: str):
    with pytest.raises(ValidationError, match=re.escape(what)):
        MatchingBody(**fields)
