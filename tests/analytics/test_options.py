"""Who chose which option."""

import pandas as pd
import pytest
from analytics.made import answers, choices, column, keys

from quizlib.analytics.items import item_analysis
from quizlib.analytics.minimums import Reason
from quizlib.analytics.options import option_analysis

# nine students, the best first: what they chose of question 1, and what they scored on two others
CHOSEN = "AABAABBCC"
REST = ("11", "11", "11", "10", "10", "10", "00", "00", "00")
NINE = answers([f"{int(letter == 'A')}{rest}" for letter, rest in zip(CHOSEN, REST, strict=True)])


def of(found: pd.DataFrame, option: str) -> pd.Series:
    return found[found["question"] == "question 1"].set_index("option").loc[option]


def test_options_are_counted_and_those_that_nobody_chose_are_too():
    found = option_analysis(NINE, choices(CHOSEN), keys("A", "ABCD"))

    assert column(found, "option") == list("ABCD")
    assert column(found, "count") == [4, 3, 2, 0]
    assert column(found, "share") == pytest.approx([4 / 9, 3 / 9, 2 / 9, 0])
    assert column(found, "right") == [True, False, False, False]
    assert all(found["share_low"] <= found["share"])


def test_the_best_third_and_the_last_third():
    found = option_analysis(NINE, choices(CHOSEN), keys("A", "ABCD"))

    assert column(found, "top") == pytest.approx([2 / 3, 1 / 3, 0, 0])
    assert column(found, "bottom") == pytest.approx([0, 1 / 3, 2 / 3, 0])


def test_students_who_tie_at_the_border_count_in_part():
    frame = answers(["011", "010", "010", "000", "000", "000"])
    found = option_analysis(frame, choices("ABCCCC"), keys("A", "ABC"))

    # a third are two: the first student, and one half of each of the two who come second
    assert column(found, "top") == pytest.approx([1 / 2, 1 / 4, 1 / 4])
    assert column(found, "bottom") == pytest.approx([0, 0, 1])


def test_an_option_goes_with_the_rest_as_pearson_says():
    found = option_analysis(NINE, choices(CHOSEN), keys("A", "ABC"))
    rest = pd.Series([sum(map(int, row)) for row in REST])

    for option in "ABC":
        chose = pd.Series([float(letter == option) for letter in CHOSEN])
        assert of(found, option)["correlation"] == pytest.approx(chose.corr(rest))


def test_an_option_that_nobody_or_everybody_chose_goes_with_nothing():
    found = option_analysis(NINE, choices(CHOSEN), keys("A", "AD"))

    assert of(found, "D")["correlation"] is pd.NA
    assert of(found, "D")["no_rest"] == Reason.NO_VARIANCE
    assert of(found, "A")["no_rest"] is None


def test_without_a_rest_there_are_no_groups():
    found = option_analysis(answers("1101"), choices("AABA"))

    assert found[["top", "bottom", "correlation"]].isna().all(axis=None)
    assert set(found["no_rest"]) == {Reason.ONE_QUESTION}


def test_where_all_are_as_good_there_is_no_best_third():
    found = option_analysis(answers(["11", "01", "11"]), choices("ABA"))

    assert found[["top", "bottom"]].isna().all(axis=None)
    assert set(found["no_rest"]) == {Reason.NO_VARIANCE_OF_REST}


def test_whoever_chose_nothing_is_counted_among_all():
    found = option_analysis(answers(["11", "00", "01"]), choices("A-B"))

    assert column(found, "n") == [3, 3]
    assert column(found, "share") == pytest.approx([1 / 3, 1 / 3])


def test_without_a_key_an_option_is_worth_what_it_brought():
    found = option_analysis(answers(["1", "1", "0", "0"]), choices("BBAC"))

    assert dict(zip(found["option"], found["right"], strict=True)) == {"B": True, "A": False, "C": False}


def test_without_a_key_an_option_that_was_marked_in_two_ways_is_neither_right_nor_wrong():
    found = option_analysis(answers(["1", "0", "0"]), choices("AAB"))

    assert column(found, "right") == [pd.NA, False]


def test_several_options_of_one_answer():
    found = option_analysis(answers(["11", "00", "10"]), choices(["AB", "AC", "AB"]), keys("AB", "ABC"))

    assert column(found, "count") == [3, 2, 1]
    assert column(found, "right") == [True, True, False]
    without = option_analysis(answers(["11", "00", "10"]), choices(["AB", "AC", "AB"]))
    assert without["right"].isna().all()


def test_the_same_choice_twice_counts_once_and_one_without_an_answer_not_at_all():
    chosen = pd.concat([choices("AB"), choices("AB"), choices("AB-C"), choices("A", question="question 9")])

    assert column(option_analysis(answers(["1", "0"]), chosen), "count") == [1, 1]


def test_guessing_brings_the_mean_of_the_options_where_one_is_to_be_chosen():
    guesses = {}
    for name, fractions in {"one": [1, 0, 0, 0], "in parts": [1, 0.5, 0, 0], "two of four": [0.5, 0.5, 0, 0]}.items():
        key = keys("A", "ABCD").assign(fraction=fractions)
        guesses[name] = column(item_analysis(answers("01"), key), "random_guess")[0]

    assert guesses == {"one": 0.25, "in parts": 0.375, "two of four": pd.NA}


def test_options_may_be_numbers():
    frame = choices("AB").assign(option=[1, 2])
    key = keys("A", "AB").assign(option=[2, 1], fraction=[1.0, 0.0])

    assert column(option_analysis(answers(["0", "1"]), frame, key), "option") == [2, 1]
    assert column(option_analysis(answers(["0", "1"]), frame, key), "right") == [True, False]
