"""What holds for the figures of any answers."""

import json
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizlib.analytics.answers import Design
from quizlib.analytics.items import item_analysis
from quizlib.analytics.minimums import ITEM_FIGURES, OPTION_FIGURES, masked
from quizlib.analytics.options import option_analysis
from quizlib.analytics.reliability import score_statistics
from quizlib.analytics.report import report

few = settings(max_examples=40)  # a frame takes long to make
FRACTIONS = st.sampled_from([0.0, 0.0, 0.25, 1 / 3, 2 / 3, 1.0, 1.0])
UNITLESS = [
    "n",
    "facility",
    "sd",
    "intended_weight",
    "effective_weight",
    "n_rest",
    "discrimination_index",
    "discriminative_efficiency",
    "point_biserial_corrected",
    "alpha_without",
]


@st.composite
def sheets(draw: st.DrawFn, *, complete: bool = False) -> pd.DataFrame:
    """Draw answers with a choice each: of up to 9 students to up to 8 questions of any weight, all given or not."""
    weights = draw(st.lists(st.sampled_from([0.5, 1.0, 1.0, 3.0]), min_size=1, max_size=8))
    rows = [
        (student, question, draw(FRACTIONS) * weight, weight, draw(st.sampled_from("ABC")), draw(st.floats(0, 300)))
        for student in range(draw(st.integers(1, 9)))
        for question, weight in enumerate(weights)
        if complete or draw(st.booleans()) or question == 0
    ]
    return pd.DataFrame(rows, columns=["student", "question", "score", "max_score", "option", "seconds"])


def numbers(found: pd.DataFrame, figures: list[str]) -> np.ndarray:
    return found.set_index("question").sort_index()[figures].to_numpy(np.float64, na_value=np.nan)


def figures(answers: pd.DataFrame) -> np.ndarray:
    """Give what does not depend on the unit of the scores, question by question."""
    return numbers(item_analysis(answers), UNITLESS)


@few
@given(sheets())
def test_every_figure_is_in_its_range(answers: pd.DataFrame):
    found = item_analysis(answers)

    for name, least, most in (
        ("facility", 0, 1),
        ("facility_low", 0, 1),
        ("facility_high", 0, 1),
        ("sd", 0, 1),
        ("intended_weight", 0, 1),
        ("effective_weight", 0, 1),
        ("discrimination_index", -1, 1),
        ("discriminative_efficiency", -math.inf, 1),
        ("point_biserial_corrected", -1, 1),
        ("alpha_without", -math.inf, 1 + 1e-9),
    ):
        values = found[name].dropna()
        assert ((values >= least) & (values <= most)).all(), name
    assert (found["facility_low"] <= found["facility"]).all()
    assert (found["facility"] <= found["facility_high"]).all()


@few
@given(sheets(complete=True))
def test_the_weights_of_a_test_make_a_whole(answers: pd.DataFrame):
    found = item_analysis(answers)

    assert found["intended_weight"].sum() == pytest.approx(1)
    if found["effective_weight"].notna().any():
        assert found["effective_weight"].sum() == pytest.approx(1)


@few
@given(sheets(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(answers: pd.DataFrame, chance: Any):
    order = list(range(len(answers)))
    chance.shuffle(order)
    shuffled = answers.iloc[order]

    assert figures(shuffled) == pytest.approx(figures(answers), nan_ok=True)
    one, other = (score_statistics(frame) for frame in (answers, shuffled))
    assert (other.mean, other.sd, other.alpha) == pytest.approx((one.mean, one.sd, one.alpha))
    by_option = [
        option_analysis(frame, frame[["student", "question", "option"]])
        .set_index(["question", "option"])
        .sort_index()[["count", *OPTION_FIGURES]]
        .to_numpy(np.float64, na_value=np.nan)
        for frame in (answers, shuffled)
    ]
    assert by_option[1] == pytest.approx(by_option[0], nan_ok=True)


@few
@given(sheets(), st.randoms(use_true_random=False))
def test_who_is_who_does_not_matter(answers: pd.DataFrame, chance: Any):
    students = answers["student"].unique().tolist()
    others = [f"frog {student}" for student in students]
    chance.shuffle(others)
    renamed = answers.assign(student=answers["student"].map(dict(zip(students, others, strict=True))))

    assert figures(renamed) == pytest.approx(figures(answers), nan_ok=True)


@few
@given(sheets(), st.sampled_from([1e-3, 0.1, 3, 1000.0]))
def test_the_unit_of_the_scores_does_not_matter(answers: pd.DataFrame, factor: float):
    scaled = answers.assign(score=answers["score"] * factor, max_score=answers["max_score"] * factor)

    assert figures(scaled) == pytest.approx(figures(answers), nan_ok=True, rel=1e-6)
    one, other = score_statistics(answers), score_statistics(scaled)
    assert (other.alpha, other.error_ratio, other.skewness) == pytest.approx((one.alpha, one.error_ratio, one.skewness))
    unit = factor if one.design is Design.COMPLETE else 1
    for before, after in ((one.mean, other.mean), (one.sd, other.sd), (one.sem, other.sem)):
        assert after == (None if before is None else pytest.approx(before * unit))


@few
@given(sheets())
def test_later_rows_of_a_student_and_a_question_do_not_count(answers: pd.DataFrame):
    again = answers.assign(score=answers["max_score"] - answers["score"])

    assert figures(pd.concat([answers, again])) == pytest.approx(figures(answers), nan_ok=True)


@few
@given(sheets())
def test_the_shares_of_the_options_of_a_question_make_a_whole(answers: pd.DataFrame):
    found = option_analysis(answers, answers[["student", "question", "option"]])
    whole = found.groupby("question")[["share", "top", "bottom"]].sum(min_count=1)

    for name in whole:
        shares = whole[name].dropna().to_numpy(float)
        assert shares == pytest.approx(np.ones(len(shares)))


@few
@given(sheets())
def test_no_figure_is_a_number_that_is_none(answers: pd.DataFrame):
    told = report(answers, answers[["student", "question", "option"]])

    json.dumps(told, allow_nan=False)


@few
@given(sheets())
def test_every_figure_has_a_value_or_a_reason(answers: pd.DataFrame):
    told = report(answers, answers[["student", "question", "option"]])

    for row in [*told["questions"], told["test"], *(one for each in told["questions"] for one in each["options"])]:
        assert all(row[name] is not None or name in row["reasons"] for name in row if name in ITEM_FIGURES)
        assert all(row[name] is not None or name in row["reasons"] for name in row if name in OPTION_FIGURES)


@few
@given(sheets())
def test_what_is_masked_is_what_has_a_reason(answers: pd.DataFrame):
    shown = masked(item_analysis(answers), ITEM_FIGURES)
    told = {one["question"]: one["reasons"] for one in report(answers)["questions"]}

    for row in shown.itertuples():
        assert {name for name in ITEM_FIGURES if pd.isna(getattr(row, name))} == told[row.question].keys()
