"""Choice: what makes a sound body, and how answers are graded and read."""

from random import Random

import pytest
from makers import frog_options, option
from pydantic import ValidationError

from quizlib.errors import MalformedResponse
from quizlib.kinds import KINDS
from quizlib.kinds.choice import ChoiceBody

CHOICE = KINDS["choice"]
ONE = ChoiceBody(options=frog_options())
SEVERAL = ChoiceBody(
    choose="several",
    options=[option("frog", True), option("toad", True), option("cat"), option("dog"), option("newt", True)],
)


def refusal(**body: object) -> str:
    with pytest.raises(ValidationError) as refused:
        ChoiceBody(**body)
    return str(refused.value)


def test_a_question_without_a_right_option_is_refused():
    assert "no option is marked correct" in refusal(options=frog_options(right="nobody"))


def test_two_right_options_need_choose_several():
    two = [option("frog", True), option("tree frog", True), option("toad")]

    assert "say `choose: several`" in refusal(options=two)
    assert ChoiceBody(options=two, choose="several")


def test_a_question_whose_every_option_is_right_is_refused():
    assert "every option is marked correct" in refusal(
        options=[option("frog", True), option("toad", True)], choose="several"
    )


@pytest.mark.parametrize("twin", ["toad", "TOAD", "  toad "])
def test_options_that_read_the_same_are_refused(twin: str):
    assert "option 3 has the same text as option 2" in refusal(options=[*frog_options()[:2], option(twin)])


def test_spaces_within_an_option_do_not_make_it_another():
    assert "same text" in refusal(options=[option("tree frog", True), option("tree \n frog")])


@pytest.mark.parametrize("number", [1, 10])
def test_a_question_has_two_to_nine_options(number: int):
    assert "options" in refusal(options=[option(f"frog {n}", n == 0) for n in range(number)])


@pytest.mark.parametrize(
    ("chosen", "fraction"),
    [
        ([0, 1, 4], 1),
        ([0, 1], 2 / 3),
        ([0], 1 / 3),
        ([0, 1, 4, 2], 1 / 2),
        ([0, 1, 2], 1 / 6),
        ([0, 2], 0),
        ([2, 3], 0),
        ([0, 1, 2, 3, 4], 0),
    ],
)
def test_several_earn_their_share_of_the_right_less_the_share_of_the_wrong(chosen: list[int], fraction: float):
    assert fraction == pytest.approx(CHOICE.grade(SEVERAL, {"chosen": chosen}).fraction, abs=1e-12)


@pytest.mark.parametrize("right", range(1, 9))
def test_picking_exactly_the_right_ones_is_one_and_not_nearly_one(right: int):
    body = ChoiceBody(choose="several", options=[option(f"frog {n}", n < right) for n in range(9)])

    assert CHOICE.grade(body, {"chosen": list(range(right))}).fraction == 1.0


def test_a_partly_right_answer_says_how_many_were_right_and_wrong():
    assert CHOICE.grade(SEVERAL, {"chosen": [0, 1, 2]}).remark == "2 of 3 right, one wrong picked"
    assert CHOICE.grade(SEVERAL, {"chosen": [0, 1]}).remark == "2 of 3 right"


def test_a_place_on_the_screen_is_read_as_the_option_that_stood_there():
    assert CHOICE.read(ONE, (2, 0, 1), [0]) == {"chosen": [2]}
    assert CHOICE.read(SEVERAL, (4, 3, 2, 1, 0), [0, 3]) == {"chosen": [1, 4]}


@pytest.mark.parametrize("given", [[99], [3], [-1], [True], [0.0], ["0"], [None], [[0]]], ids=str)
def test_a_place_that_is_not_on_the_screen_is_malformed(given: object):
    with pytest.raises(MalformedResponse, match="not part of this question"):
        CHOICE.read(ONE, (0, 1, 2), given)


@pytest.mark.parametrize("given", [None, [], {}, "frog", 0, {"chosen": [0]}], ids=str)
def test_no_choice_is_malformed(given: object):
    with pytest.raises(MalformedResponse, match="Choose an option first"):
        CHOICE.read(ONE, (0, 1, 2), given)


def test_two_choices_where_one_is_asked_are_malformed():
    with pytest.raises(MalformedResponse, match="one option only"):
        CHOICE.read(ONE, (0, 1, 2), [0, 1])


def test_the_same_choice_twice_is_malformed():
    with pytest.raises(MalformedResponse, match="one option only"):
        CHOICE.read(SEVERAL, (0, 1, 2, 3, 4), [0, 0])


def test_an_option_kept_last_stays_last_whatever_the_draw():
    body = ChoiceBody(options=[option("none of them", keep="last"), *frog_options()])
    drawn = [CHOICE.arrange(body, Random(seed)) for seed in range(50)]

    assert {places[-1] for places in drawn} == {0}
    assert len(set(drawn)) > 1


def test_several_options_kept_last_keep_the_order_of_the_author():
    body = ChoiceBody(options=[option("both", keep="last"), option("frog", True), option("neither", keep="last")])

    assert {CHOICE.arrange(body, Random(seed)) for seed in range(50)} == {(1, 0, 2)}


def test_a_fixed_order_is_the_order_of_the_author():
    body = ChoiceBody(options=frog_options(), order="fixed")

    assert {CHOICE.arrange(body, Random(seed)) for seed in range(50)} == {(0, 1, 2)}


def test_the_review_tells_of_every_option_in_the_order_of_the_screen():
    told = CHOICE.review(ONE, (2, 0, 1), {"chosen": [1]})["options"]

    seen = [(one["text"], one["right"], one["chosen"]) for one in told]
    assert seen == [("newt", False, False), ("frog", True, False), ("toad", False, True)]
    assert all(one["why"] for one in told)


def test_the_review_of_an_unanswered_question_marks_nothing_as_chosen():
    assert not any(one["chosen"] for one in CHOICE.review(ONE, (0, 1, 2), None)["options"])


def test_a_mix_up_is_told_with_its_place_in_the_file():
    body = ChoiceBody(options=[option("frog", True), option("toad", misconception="toad-for-frog")])

    assert list(CHOICE.misconceptions(body)) == [(("options", 1, "misconception"), "toad-for-frog")]
