"""Ordering: how orders are read and graded, and that the right one cannot be seen beforehand."""

import re
from itertools import permutations
from random import Random

import pytest
from pydantic import ValidationError

from quizlib.errors import MalformedResponse
from quizlib.kinds import KINDS
from quizlib.kinds.ordering import OrderingBody

ORDERING = KINDS["ordering"]
GROWTH = ["spawn", "tadpole", "froglet", "frog"]
BODY = OrderingBody(
    items=[{"text": "spawn", "why": "It is laid."}, *({"text": text} for text in GROWTH[1:])],
    why="Legs grow before the tail goes.",
    first="youngest",
    last="oldest",
)
# sorted: frog, froglet, spawn, tadpole; on the screen: tadpole, frog, spawn, froglet
SCREEN = (3, 0, 2, 1)


def refusal(given: object) -> str:
    with pytest.raises(MalformedResponse) as refused:
        ORDERING.read(BODY, SCREEN, given)
    return str(refused.value)


def test_the_screen_shows_the_items_and_the_names_of_the_ends():
    assert ORDERING.view(BODY, SCREEN) == {
        "items": ["tadpole", "frog", "spawn", "froglet"],
        "first": "youngest",
        "last": "oldest",
    }


def test_places_on_the_screen_are_read_as_what_stood_there():
    assert ORDERING.read(BODY, SCREEN, [2, 0, 3, 1]) == {"order": GROWTH}


def test_every_order_is_drawn_and_none_is_favoured_by_the_key():
    drawn = {ORDERING.arrange(BODY, Random(seed)) for seed in range(500)}

    assert drawn == set(permutations(range(4)))


@pytest.mark.parametrize("given", [None, [], {}, "frog", 0, {"order": GROWTH}], ids=repr)
def test_an_empty_ordering_is_told(given: object):
    assert refusal(given) == "Put the items in order first."


@pytest.mark.parametrize(
    "given", [[0], [0, 1, 2], [0, 1, 2, 2], [0, 1, 2, 4], [0, 1, 2, 3, 4], [True, 0, 2, 3], [None] * 4, ["0"]], ids=repr
)
def test_an_order_that_leaves_out_or_repeats_is_told(given: object):
    assert refusal(given) == "Put every item that is shown in the order, each of them once."


@pytest.mark.parametrize(
    ("order", "fraction", "remark"),
    [
        (GROWTH, 1, "6 of 6 pairs in the right order"),
        (["tadpole", "spawn", "froglet", "frog"], 4 / 6, "5 of 6 pairs in the right order"),
        (["tadpole", "spawn", "frog", "froglet"], 2 / 6, "4 of 6 pairs in the right order"),
        (["frog", "spawn", "tadpole", "froglet"], 0, "3 of 6 pairs in the right order"),
        (GROWTH[::-1], 0, "0 of 6 pairs in the right order"),
    ],
)
def test_the_share_of_right_pairs_less_that_of_wrong_ones_is_earned(order: list[str], fraction: float, remark: str):
    grade = ORDERING.grade(BODY, {"order": order})

    assert grade.fraction == pytest.approx(fraction)
    assert grade.remark == remark


def test_only_the_right_order_earns_everything():
    whole = [order for order in permutations(GROWTH) if ORDERING.grade(BODY, {"order": list(order)}).right]

    assert whole == [tuple(GROWTH)]


def test_the_review_tells_of_every_item_in_the_right_order():
    told = ORDERING.review(BODY, SCREEN, {"order": ["tadpole", "spawn", "froglet", "frog"]})

    assert [(one["text"], one["place"], one["yours"], one["correct"]) for one in told["items"]] == [
        ("spawn", 1, 2, False),
        ("tadpole", 2, 1, False),
        ("froglet", 3, 3, True),
        ("frog", 4, 4, True),
    ]
    assert (told["items"][0]["why"], told["why"]) == ("It is laid.", "Legs grow before the tail goes.")


def test_the_review_of_an_unanswered_question_gives_no_place():
    told = ORDERING.review(BODY, SCREEN, None)["items"]

    assert [(one["yours"], one["correct"]) for one in told] == [(None, False)] * 4


@pytest.mark.parametrize(
    ("texts", "what"),
    [
        (["spawn", "frog"], "at least 3"),
        ([f"frog {n}" for n in range(9)], "at most 8"),
        (["spawn", "frog", " SPAWN"], "item 3 has the same text as item 1"),
    ],
)
def test_items_that_make_no_question_are_refused(texts: list[str], what: str):
    with pytest.raises(ValidationError, match=re.escape(what)):
        OrderingBody(items=[{"text": text} for text in texts], why="So it grows.")
