"""Too few, all alike, or not what it should be: a figure that is not defined has a reason."""

import json

import numpy as np
import pandas as pd
import pytest
from analytics.made import EIGHT, answers, choices, column, keys

from quizlib.analytics.answers import Design, with_zeros
from quizlib.analytics.items import item_analysis
from quizlib.analytics.minimums import ITEM_FIGURES, Reason
from quizlib.analytics.options import option_analysis
from quizlib.analytics.reliability import score_statistics
from quizlib.analytics.report import report

OF_REST = ("discrimination_index", "discriminative_efficiency", "point_biserial_corrected")
OF_TEST = ("alpha", "error_ratio", "sem")


def told(frame: pd.DataFrame) -> dict[str, object]:
    found = report(frame)
    json.dumps(found, allow_nan=False)
    return found


def reasons(frame: pd.DataFrame, place: int = 0) -> dict[str, Reason]:
    return told(frame)["questions"][place]["reasons"]


def test_no_answers_at_all():
    found = told(answers([]))

    assert found["questions"] == []
    assert (found["test"]["n"], found["test"]["mean"]) == (0, None)
    assert len(option_analysis(answers([]), choices([]))) == 0


def test_one_student():
    found = reasons(answers(["1010"]))

    assert [found[name] for name in OF_REST] == [Reason.ONE_STUDENT] * 3
    assert found["effective_weight"] == found["alpha_without"] == found["sd"] == Reason.ONE_STUDENT
    test = told(answers(["1010"]))["test"]
    assert (test["n"], test["mean"], test["sd"], test["alpha"]) == (1, 2.0, None, None)
    assert test["reasons"]["alpha"] == test["reasons"]["sd"] == Reason.ONE_STUDENT
    assert test["reasons"]["skewness"] == Reason.FEW_STUDENTS


def test_one_question():
    found = reasons(answers("1011010"))

    assert [found[name] for name in OF_REST] == [Reason.ONE_QUESTION] * 3
    assert column(item_analysis(answers("1011010")), "n_rest") == [0]
    assert found["alpha_without"] == Reason.FEW_QUESTIONS
    assert told(answers("1011010"))["test"]["reasons"]["alpha"] == Reason.ONE_QUESTION


def test_two_questions_have_alpha_but_none_without_one():
    frame = answers(["11", "10", "00", "11"])

    assert reasons(frame)["alpha_without"] == Reason.FEW_QUESTIONS
    assert score_statistics(frame).alpha == pytest.approx(8 / 11)


@pytest.mark.parametrize("digit", "01")
def test_all_right_or_all_wrong(digit: str):
    frame = answers([digit * 5] * 40)
    found = reasons(frame)

    assert [found[name] for name in OF_REST] == [Reason.NO_VARIANCE] * 3
    assert found["effective_weight"] == Reason.NO_VARIANCE
    assert found["alpha_without"] == Reason.NO_VARIANCE_OF_REST
    assert {"facility", "sd", "intended_weight"}.isdisjoint(found)
    assert told(frame)["test"]["reasons"] == dict.fromkeys(
        ("skewness", "kurtosis", "alpha", "error_ratio", "sem"), Reason.SAME_SCORES
    )


def test_a_question_without_variance_has_no_correlation_and_no_weight_in_the_spread():
    frame = answers([f"1{row}" for row in EIGHT * 5])
    found = item_analysis(frame)

    assert [reasons(frame)[name] for name in OF_REST] == [Reason.NO_VARIANCE] * 3
    assert column(found, "effective_weight")[0] == 0
    assert column(found, "effective_weight")[1:] == pytest.approx(
        column(item_analysis(answers(EIGHT)), "effective_weight")
    )


def test_thirds_add_up_to_no_variance():
    """1/3 + 1/3 + 1/3 in other orders is not always the same number, and still all have the same score."""
    frame = pd.DataFrame(
        [
            (s, q, part, 1.0)
            for s, row in enumerate([(0.1, 0.2, 0.3), (0.3, 0.1, 0.2), (0.2, 0.3, 0.1)])
            for q, part in enumerate(row)
        ],
        columns=["student", "question", "score", "max_score"],
    )
    found = score_statistics(frame)

    assert (found.sd, found.skewness, found.alpha) == (0, None, None)
    assert found.no_alpha == Reason.SAME_SCORES
    another = pd.DataFrame([(s, 3, float(s > 0), 1.0) for s in range(3)], columns=frame.columns)
    assert reasons(pd.concat([frame, another]), place=3)["discrimination_index"] == Reason.NO_VARIANCE_OF_REST
    same = pd.DataFrame([(s, 3, 0.1, 1.0) for s in range(3)], columns=frame.columns)
    assert reasons(pd.concat([frame, same]), place=3)["discrimination_index"] == Reason.NO_VARIANCE


def test_a_question_whose_rest_does_not_vary():
    assert [reasons(answers(["10", "00", "10"]))[name] for name in OF_REST] == [Reason.NO_VARIANCE_OF_REST] * 3


def test_parts_for_all_and_nobody_fully_right():
    frame = answers(["001", "101", "210", "011"] * 10, max_score=3.0)

    assert reasons(frame) == {
        "point_biserial_corrected": Reason.NOBODY_RIGHT,
        "random_guess": Reason.NO_KEY,
        "mean_seconds": Reason.NO_TIMES,
        "median_seconds": Reason.NO_TIMES,
    }


def test_a_question_that_goes_against_the_test_has_no_weight_in_its_spread():
    frame = answers(["0111", "0111", "1000", "1000"] * 10)
    found = item_analysis(frame)

    assert reasons(frame)["effective_weight"] == Reason.NEGATIVE
    assert column(found, "effective_weight")[1:] == pytest.approx([1 / 3] * 3)


def test_one_answer_less_makes_practice_of_a_test_unless_it_counts_as_zero():
    frame = answers([*EIGHT[:-1], "000-0"])

    found = told(frame)
    assert (found["design"], found["not_given"]) == (Design.FREE, 1)
    assert [found["test"]["reasons"][name] for name in OF_TEST] == [Reason.DIFFERENT_QUESTIONS] * 3
    first = found["questions"][0]["reasons"]
    assert {first[name] for name in OF_REST} == {Reason.FEW_OTHERS}
    assert first["alpha_without"] == first["effective_weight"] == Reason.DIFFERENT_QUESTIONS
    assert score_statistics(with_zeros(frame)) == score_statistics(answers(EIGHT))


def test_what_is_missing_counts_as_zero_of_what_the_question_can_bring():
    found = with_zeros(pd.concat([answers(["2-"], max_score=4.0), answers(["-1"])]))

    assert found[["score", "max_score"]].to_numpy().tolist() == [[2.0, 4.0], [1.0, 1.0]]
    frame = pd.DataFrame(
        [("a", "p", 1.0, 2.0), ("b", "q", 3.0, 4.0)], columns=["student", "question", "score", "max_score"]
    )
    filled = with_zeros(frame).sort_values(["student", "question"])[["score", "max_score"]]
    assert filled.to_numpy().tolist() == [[1.0, 2.0], [0.0, 4.0], [0.0, 2.0], [3.0, 4.0]]


def test_a_test_can_be_taken_for_practice_but_not_the_other_way():
    assert set(item_analysis(answers(EIGHT), design=Design.FREE)["design"]) == {Design.FREE}
    with pytest.raises(ValueError, match="not every student"):
        item_analysis(answers(["11", "1-"]), design=Design.COMPLETE)


def test_fifty_options():
    letters = [chr(ord("A") + n) for n in range(50)]
    rows = [letters[n % 50] for n in range(200)]
    frame = answers([f"{int(letter == 'A')}{n % 2}{n % 3 // 2}" for n, letter in enumerate(rows)])
    found = option_analysis(frame, choices(rows), keys("A", "".join(letters)))

    assert len(found) == 50
    assert set(found["count"]) == {4}
    assert item_analysis(frame, keys("A", "".join(letters)))["random_guess"].tolist()[0] == pytest.approx(1 / 50)


def test_names_may_be_anything():
    frame = answers(EIGHT)
    names = {
        "question 1": ("frog", 1),
        "question 2": 2,
        "question 3": "=SUM(A1)",
        "question 4": "🐸",
        "question 5": 2.5,
    }
    found = item_analysis(frame.assign(question=frame["question"].map(names)))

    assert column(found, "question") == list(names.values())
    assert column(found, "facility") == column(item_analysis(frame), "facility")


def test_unknown_times_are_left_out():
    frame = answers(["11"] * 6).assign(seconds=[5.0, np.nan, 7.0, np.nan, np.inf, np.nan, -3.0, np.nan] + [np.nan] * 4)
    found = item_analysis(frame)

    assert column(found, "n_seconds") == [2, 0]
    assert column(found, "mean_seconds") == [6.0, pd.NA]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"score": 2.0}, "above its maximum"),
        ({"score": -0.5}, "below 0"),
        ({"score": np.nan}, "no number"),
        ({"max_score": 0.0}, "not above 0"),
        ({"max_score": np.inf}, "no number"),
        ({"student": None}, "without a student"),
        ({"question": None}, "without a question"),
    ],
)
def test_a_frame_that_cannot_be_is_told(change: dict[str, object], told: str):
    with pytest.raises(ValueError, match=told):
        item_analysis(answers(EIGHT).assign(**change))


def test_a_missing_column_is_told():
    with pytest.raises(ValueError, match="without max_score"):
        item_analysis(answers(EIGHT).drop(columns="max_score"))


def test_what_is_not_defined_is_not_a_number_to_anybody():
    found = item_analysis(answers(["10"]))

    assert all(value is pd.NA or np.isfinite(value) for name in ITEM_FIGURES for value in found[name])
