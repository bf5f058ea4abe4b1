"""Scores over time: a line that stays among them, and points that add up."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.analytics.scores import HALF_LIFE, score_over_time, thinned

START = datetime(2026, 11, 1, tzinfo=UTC)
quizzes = st.lists(
    st.integers(1, 40).flatmap(lambda of: st.tuples(st.floats(0, of, allow_nan=False), st.just(of))), max_size=60
)


def frame(taken: list[tuple[float, int]]) -> pd.DataFrame:
    """Give one quiz a day."""
    at = [START + timedelta(days=number) for number in range(len(taken))]
    points, of = [one for one, _ in taken], [one for _, one in taken]
    return pd.DataFrame({"at": pd.Series(at, dtype="datetime64[us, UTC]"), "points": points, "of": of}).astype(
        {"points": float, "of": float}
    )


def test_nothing_gives_nothing():
    found = thinned(score_over_time(frame([])))

    assert found.empty
    assert {"at", "share", "smooth", "low", "high", "points", "of", "quizzes"} <= set(found.columns)


def test_the_first_quiz_begins_the_line_with_the_interval_of_so_many_answers():
    (row,) = score_over_time(frame([(7, 10)])).to_dict("records")

    assert (row["share"], row["smooth"]) == (0.7, pytest.approx(0.7))
    # Wilson's interval of 7 of 10
    assert (row["low"], row["high"]) == (pytest.approx(0.3968, abs=1e-4), pytest.approx(0.8922, abs=1e-4))


def test_an_answer_counts_half_as_much_once_fifty_more_were_given():
    found = score_over_time(frame([(50, 50), (0, HALF_LIFE)]))

    # 50 right ones at half their weight against 50 wrong ones
    assert found["smooth"].iloc[-1] == pytest.approx(25 / 75)


def test_quizzes_are_put_in_the_order_of_time():
    found = score_over_time(frame([(1, 10), (5, 10), (9, 10)])[::-1])

    assert list(found["share"]) == [0.1, 0.5, 0.9]
    assert found["smooth"].is_monotonic_increasing


@pytest.mark.parametrize("share", [0, 1])
def test_all_wrong_or_all_right_is_a_flat_line_at_the_edge(share: int):
    found = score_over_time(frame([(10 * share, 10)] * 30))

    assert set(found["smooth"]) == {float(share)}
    assert found["low"].between(0, 1).all()
    assert found["high"].between(0, 1).all()


@given(quizzes)
def test_the_line_stays_among_the_scores_and_within_its_interval(taken: list[tuple[float, int]]):
    found = score_over_time(frame(taken))

    assert not found.isna().any(axis=None)
    so_far = found["share"]
    assert (found["smooth"] <= so_far.cummax() + 1e-9).all()
    assert (found["smooth"] >= so_far.cummin() - 1e-9).all()
    assert (found["low"] <= found["smooth"]).all()
    assert (found["smooth"] <= found["high"]).all()


@given(quizzes)
def test_with_no_forgetting_the_line_is_the_mean_of_all_answers(taken: list[tuple[float, int]]):
    found = score_over_time(frame(taken), half_life=1e12)

    assert np.allclose(found["smooth"], found["points"].cumsum() / found["of"].cumsum())


@given(quizzes, st.integers(1, 20))
def test_joined_points_lose_no_answer_and_end_where_the_line_ends(taken: list[tuple[float, int]], most: int):
    whole = score_over_time(frame(taken))
    found = thinned(whole, most)

    assert len(found) <= most
    for name in ("points", "of", "quizzes"):
        assert found[name].sum() == pytest.approx(whole[name].sum())
    if taken:
        assert found["smooth"].iloc[-1] == whole["smooth"].iloc[-1]
        assert found["at"].iloc[-1] == whole["at"].iloc[-1]
        # the newest point has as many quizzes as any
        assert found["quizzes"].iloc[-1] == found["quizzes"].max()
    assert found["share"].between(-1e-9, 1 + 1e-9).all()
