"""How scores are spread."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.analytics.distribution import distribution, figures

shares = st.lists(st.floats(0, 1) | st.just(math.nan) | st.integers(0, 10).map(lambda one: one / 10), max_size=50)


def counts(*values: float) -> list[int]:
    return list(distribution(pd.Series(values, dtype=float))["n"])


@pytest.mark.parametrize(
    ("share", "tenth"), [(0, 0), (0.09, 0), (0.1, 1), (0.3, 3), (0.7, 7), (7 / 10, 7), (0.99, 9), (1, 9)]
)
def test_a_score_stands_in_the_tenth_that_begins_at_or_below_it(share: float, tenth: int):
    assert counts(share).index(1) == tenth


def test_nobody_gives_ten_empty_tenths():
    assert counts() == [0] * 10


@given(shares)
def test_everybody_with_a_score_stands_in_one_tenth_whatever_the_order(values: list[float]):
    found = distribution(pd.Series(values, dtype=float))
    scored = [one for one in values if not math.isnan(one)]

    assert found["n"].sum() == len(scored)
    assert counts(*reversed(values)) == list(found["n"])
    for row in found.itertuples():
        inside = [one for one in scored if row.low <= one < row.high or (one == row.high == 1)]
        # a share that rounding put just below the edge stands above it
        near = [one for one in scored for edge in (row.low, row.high) if math.isclose(one, edge)]
        assert abs(len(inside) - row.n) <= len(near)


def assignment(*values: float) -> pd.DataFrame:
    return figures(pd.DataFrame({"assignment_id": 1, "share": list(values)}))


def test_the_figures_of_an_assignment_are_those_of_its_scores():
    (row,) = assignment(0, 0.5, 0.5, 1, math.nan).itertuples()

    assert (row.n, row.mean, row.lowest, row.quarter, row.median, row.three_quarters, row.highest) == (
        4,
        0.5,
        0,
        0.375,
        0.5,
        0.625,
        1,
    )
    assert row.sd == pytest.approx(math.sqrt(1 / 6))


def test_one_student_has_a_mean_and_no_spread():
    (row,) = assignment(0.7).itertuples()

    assert (row.n, row.mean, row.median) == (1, 0.7, 0.7)
    assert math.isnan(row.sd)


def test_an_assignment_nobody_has_finished_has_no_figures():
    assert assignment(math.nan).empty
    assert assignment().empty


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_figures_are_in_order(values: list[float]):
    (row,) = assignment(*values).itertuples()

    assert row.lowest <= row.quarter <= row.median <= row.three_quarters <= row.highest
    assert row.lowest - 1e-12 <= row.mean <= row.highest + 1e-12
