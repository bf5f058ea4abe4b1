"""Figures of two data sets that can be checked elsewhere, to the digits that are printed."""

import pandas as pd
import pytest
from analytics.made import EIGHT, LSAT6_ROWS, answers, column

from quizlib.analytics.answers import Design
from quizlib.analytics.items import item_analysis
from quizlib.analytics.reliability import score_statistics


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("facility", [0.75, 0.625, 0.5, 0.375, 0.25]),
        ("discrimination_index", [0.4472, 0.1532, 0.2500, 0.1532, -0.1204]),
        ("discriminative_efficiency", [0.6000, 0.1724, 0.3333, 0.2381, -0.2000]),
        ("intended_weight", [0.2] * 5),
        # roots of the covariances with the score, 4.5, 3.75, 4.5, 3.75 and 1.5 of 7, by their sum
        ("effective_weight", [0.227113, 0.207325, 0.227113, 0.207325, 0.131124]),
    ],
)
def test_eight_students_and_five_questions(figure: str, expected: list[float]):
    assert column(item_analysis(answers(EIGHT)), figure) == pytest.approx(expected, abs=5e-5)


def test_the_scores_of_eight_students():
    found = score_statistics(answers(EIGHT))

    assert (found.design, found.n, found.out_of, found.mean) == (Design.COMPLETE, 8, 5.0, 2.5)
    assert found.alpha == pytest.approx(0.338542, abs=5e-7)
    assert found.sem == pytest.approx(1.064861, abs=5e-7)
    assert found.skewness == pytest.approx(-0.763763, abs=5e-7)
    assert found.kurtosis == pytest.approx(0.875, abs=5e-7)


@pytest.fixture(scope="module")
def lsat6() -> pd.DataFrame:
    return answers(LSAT6_ROWS)


def test_lsat6(lsat6: pd.DataFrame):
    found = item_analysis(lsat6)

    assert column(found, "n") == [1000] * 5
    assert column(found, "facility") == pytest.approx([0.924, 0.709, 0.553, 0.763, 0.870], abs=1e-12)
    corrected = pytest.approx([0.112833, 0.153178, 0.172779, 0.144428, 0.121596], abs=5e-7)
    assert column(found, "point_biserial_corrected") == corrected
    assert column(found, "discrimination_index") == corrected


def test_alpha_of_lsat6(lsat6: pd.DataFrame):
    assert score_statistics(lsat6).alpha == pytest.approx(0.294997, abs=5e-7)


def test_alpha_without_a_question_is_alpha_of_the_others(lsat6: pd.DataFrame):
    expected = [score_statistics(lsat6[lsat6["question"] != question]).alpha for question in lsat6["question"].unique()]

    assert column(item_analysis(lsat6), "alpha_without") == pytest.approx(expected)
