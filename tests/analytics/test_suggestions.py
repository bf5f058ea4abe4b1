"""Each sign is given where its rule says so, and not one answer earlier."""

from collections.abc import Callable, Sequence

import pandas as pd
import pytest
from analytics.made import answers, choices, keys

from quizlib.analytics.items import item_analysis
from quizlib.analytics.options import option_analysis
from quizlib.analytics.suggestions import RULES, Sign, Suggestion, suggestions


def signs(
    frame: pd.DataFrame, chosen: Sequence[str] = (), right: str = "A", options: str = "ABCD", of: str = "question 1"
) -> list[Suggestion]:
    """Give the signs of one question."""
    key = keys(right, options)
    found = option_analysis(frame, choices(chosen), key) if chosen else None
    return [one for one in suggestions(item_analysis(frame, key), found) if one.question == of]


def named(found: Sequence[Suggestion]) -> list[tuple[Sign, object]]:
    return [(one.sign, one.option) for one in found]


def against_the_test(students: int) -> pd.DataFrame:
    """Whoever is right on the first question is wrong on two others."""
    return answers([("100", "011")[n % 2] for n in range(students)])


def test_a_question_that_the_better_get_wrong_has_its_key_checked():
    found = signs(against_the_test(30))

    assert found == [Suggestion("question 1", Sign.NEGATIVE_DISCRIMINATION, None, -1.0, 30)]


def test_29_answers_are_too_few_for_that():
    assert signs(against_the_test(29)) == []


def test_a_question_that_goes_with_the_test_has_no_sign():
    assert signs(answers(["111", "000", "110", "001"] * 10)) == []


def rivals(key_of_the_best: int, rival_of_the_best: int, others: int = 14) -> list[Suggestion]:
    """Give the signs where so many of the best chose A, the key, and B; the others chose either in turn."""
    best = "A" * key_of_the_best + "B" * rival_of_the_best
    rest = "AB" * (others // 2)
    rows = [f"{int(one == 'A')}11" for one in best] + [f"{int(one == 'A')}00" for one in rest]
    return [one for one in signs(answers(rows), best + rest) if one.sign is Sign.PREFERRED_BY_THE_BEST]


def test_an_option_that_the_best_third_prefers_to_the_key():
    found = rivals(3, 4)

    assert named(found) == [(Sign.PREFERRED_BY_THE_BEST, "B")]
    assert (found[0].value, found[0].n) == (pytest.approx(4 / 7), 21)


def test_as_many_are_not_more_and_19_answers_are_too_few():
    assert rivals(3, 3, others=12) == rivals(4, 4, others=16) == []
    assert rivals(2, 4, others=12) == []


def test_where_several_options_are_right_the_best_liked_of_them_is_the_measure():
    best, rest = ["ABC"] * 4 + ["AC"] * 4, ["AB"] * 16
    frame = answers(["011"] * 8 + ["100"] * 16)

    assert (Sign.PREFERRED_BY_THE_BEST, "C") not in named(signs(frame, [*best, *rest], right="AB"))
    assert (Sign.PREFERRED_BY_THE_BEST, "C") in named(signs(frame, ["C"] * 8 + rest, right="AB"))


def wrong(b: int, c: int, d: int, right: int = 30) -> list[tuple[Sign, object]]:
    """Give the options that hardly anybody takes, where so many chose B, C and D, and others A, the key."""
    chosen = "A" * right + "B" * b + "C" * c + "D" * d
    rows = [f"{int(one == 'A')}{n % 2}{n % 3 % 2}" for n, one in enumerate(chosen)]
    return [one for one in named(signs(answers(rows), chosen)) if one[0] is Sign.UNUSED_OPTION]


def test_an_option_with_less_than_half_of_its_part_of_the_wrong_answers():
    """Three wrong options: a sixth of the wrong answers is half of what each would have."""
    assert wrong(14, 12, 4) == [(Sign.UNUSED_OPTION, "D")]
    assert wrong(13, 12, 5) == []
    assert wrong(30, 0, 0) == [(Sign.UNUSED_OPTION, "C"), (Sign.UNUSED_OPTION, "D")]


def test_it_is_measured_among_the_wrong_answers_however_many_are_right():
    assert wrong(7, 7, 6, right=500) == []
    assert wrong(10, 9, 1, right=0) == [(Sign.UNUSED_OPTION, "D")]


def test_19_wrong_answers_are_too_few_for_that():
    assert wrong(10, 9, 0) == []


def test_a_single_wrong_option_cannot_be_unused():
    rows = [f"{int(n % 2)}{n % 3 % 2}0" for n in range(50)]

    assert Sign.UNUSED_OPTION not in [one.sign for one in signs(answers(rows), "BA" * 25, options="AB")]


@pytest.mark.parametrize(
    ("right", "n", "expected"),
    [
        (19, 20, [Sign.TOO_EASY]),
        (20, 20, [Sign.TOO_EASY]),
        (18, 20, []),
        (19, 19, []),
        (8, 40, [Sign.TOO_HARD]),
        (10, 40, [Sign.TOO_HARD]),  # of four options one is right: that is what guessing brings
        (11, 40, []),
        (0, 19, []),
    ],
)
def test_too_easy_and_too_hard(right: int, n: int, expected: list[Sign]):
    assert [one.sign for one in signs(answers(["1"] * right + ["0"] * (n - right)))] == expected


def test_too_hard_is_a_fifth_where_nobody_knows_what_guessing_brings():
    assert [one.sign for one in suggestions(item_analysis(answers(["1"] * 8 + ["0"] * 32)))] == [Sign.TOO_HARD]
    assert suggestions(item_analysis(answers(["1"] * 9 + ["0"] * 31))) == []


def test_what_guessing_brings_may_be_said():
    frame = answers(["1"] * 20 + ["0"] * 20)

    assert [one.sign for one in suggestions(item_analysis(frame, guesses={"question 1": 0.5}))] == [Sign.TOO_HARD]


@pytest.mark.parametrize(("seconds", "expected"), [(121.0, [Sign.SLOW]), (120.0, [])])
def test_slow(seconds: float, expected: list[Sign]):
    frame = answers("10" * 20).assign(seconds=[seconds] * 21 + [1.0] * 19)

    assert [one.sign for one in signs(frame)] == expected


def test_one_who_walked_away_makes_no_question_slow():
    assert signs(answers("10" * 20).assign(seconds=[30.0] * 39 + [36_000.0])) == []


def test_one_complaint_is_enough():
    items = item_analysis(answers("101"))

    assert suggestions(items, complaints={"question 1": 2}) == [
        Suggestion("question 1", Sign.COMPLAINED_ABOUT, None, 2.0, 3)
    ]
    assert suggestions(items, complaints={"question 1": 0, "question 7": 3}) == []


def test_the_most_urgent_comes_first():
    frame = against_the_test(40).assign(seconds=300.0)
    found = suggestions(item_analysis(frame), complaints={"question 1": 1})

    assert [one.sign for one in found if one.question == "question 1"] == [
        Sign.NEGATIVE_DISCRIMINATION,
        Sign.COMPLAINED_ABOUT,
        Sign.SLOW,
    ]


def test_every_sign_has_a_rule_with_its_reason():
    assert RULES.keys() == set(Sign)
    assert all(rule.because for rule in RULES.values())


@pytest.mark.parametrize("made", [lambda: answers([]), lambda: answers(["1"]), lambda: answers(["0"] * 3)])
def test_few_answers_give_no_sign(made: Callable[[], pd.DataFrame]):
    assert suggestions(item_analysis(made())) == []
