"""How sure against how right."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.analytics.calibration import right_by_confidence

DEGREES = ("guess", "think_so", "sure")


def answers(*given_: tuple[str | None, float]) -> pd.DataFrame:
    return pd.DataFrame(given_, columns=["confidence", "fraction"])


def test_degrees_stand_in_their_order_with_what_was_right():
    found = right_by_confidence(
        answers(*[("sure", 1.0)] * 9, ("sure", 0.5), *[("guess", 0.0)] * 4, ("guess", 1.0), (None, 1.0)), DEGREES
    )

    assert list(found["confidence"]) == list(DEGREES)
    assert list(found["n"]) == [5, 0, 10]
    assert list(found["right"]) == [1, 0, 9]  # a part is not right
    assert list(found["share"].dropna()) == pytest.approx([0.2, 0.9])
    assert found["share"].isna().tolist() == [False, True, False]


def test_fewer_than_five_have_a_count_and_no_share():
    found = right_by_confidence(answers(*[("sure", 1.0)] * 4), DEGREES)

    assert list(found["n"]) == [0, 0, 4]
    assert found[["share", "low", "high"]].isna().all(axis=None)


def test_nothing_has_three_empty_rows():
    assert list(right_by_confidence(answers(), DEGREES)["n"]) == [0, 0, 0]


@given(st.lists(st.tuples(st.sampled_from((*DEGREES, None)), st.sampled_from((0.0, 0.5, 1.0))), max_size=60))
def test_every_answer_with_a_degree_counts_once(given_: list[tuple[str | None, float]]):
    found = right_by_confidence(answers(*given_), DEGREES)

    assert found["n"].sum() == sum(degree is not None for degree, _ in given_)
    known = found.dropna(subset=["share"])
    assert (known["low"] <= known["share"]).all()
    assert (known["share"] <= known["high"]).all()
    assert (found["right"] <= found["n"]).all()
