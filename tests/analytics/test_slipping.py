"""Who is slipping: three assignments against the three before, and against the class."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizlib.analytics.slipping import slipping

FIRST_DAY = pd.Timestamp("2026-09-01T12:00:00Z")
ANN = 1


def scores(*students: list[float], questions: int = 20) -> pd.DataFrame:
    """Give what students 1, 2 … scored at assignments 1, 2 …, which each finished a week apart; NaN is not finished."""
    rows = [
        (user, number, FIRST_DAY + pd.Timedelta(weeks=number), share, questions)
        for user, own in enumerate(students, start=1)
        for number, share in enumerate(own, start=1)
    ]
    return pd.DataFrame(rows, columns=["user_id", "assignment_id", "finished_at", "share", "questions"])


def named(*students: list[float], questions: int = 20) -> list[int]:
    return list(slipping(scores(*students, questions=questions))["user_id"])


STEADY = [0.8] * 6
FALLS = [0.8] * 3 + [0.5] * 3


def test_who_falls_by_thirty_points_slips_and_who_stays_does_not():
    found = slipping(scores(FALLS, *[STEADY] * 6))

    assert list(found["user_id"]) == [ANN]
    row = found.iloc[0]
    assert (row["before"], row["after"], row["class_before"], row["class_after"]) == pytest.approx((0.8, 0.5, 0.8, 0.8))
    assert row["fall"] == pytest.approx(0.3)


@pytest.mark.parametrize(("after", "slips"), [(0.66, []), (0.65, [ANN]), (0.64, [ANN])])
def test_fifteen_points_are_enough_and_fourteen_are_not(after: float, slips: list[int]):
    assert named([0.8] * 3 + [after] * 3, *[STEADY] * 6, questions=200) == slips


def test_fewer_than_three_before_are_too_few():
    assert named(FALLS[1:], *[STEADY] * 6) == []
    assert named([math.nan, *FALLS[1:]], *[STEADY] * 6) == []


def test_only_the_last_six_are_looked_at():
    assert named([0.1, 0.1, *FALLS], *[[0.8, *STEADY, 0.8]] * 6) == [ANN]
    assert named([*FALLS, 0.8, 0.8, 0.8], *[[*STEADY, 0.8, 0.8, 0.8]] * 6) == []


def test_hard_assignments_make_nobody_slip():
    assert named(*[FALLS] * 7) == []


def test_who_falls_further_than_the_class_slips():
    # the class lost 20 points, Ann 40
    assert named([0.8] * 3 + [0.4] * 3, *[[0.8] * 3 + [0.6] * 3] * 6) == [ANN]


def test_easy_assignments_are_not_held_against_who_stays_as_they_were():
    assert named(STEADY, *[[0.5] * 3 + [0.9] * 3] * 6) == []


def test_a_few_others_say_nothing_about_the_class():
    found = slipping(scores(*[FALLS] * 5))

    assert list(found["user_id"]) == [1, 2, 3, 4, 5]
    assert found["class_before"].isna().all()


def test_a_fall_that_chance_brings_does_not_count():
    # six assignments of four questions each: 9 of 12 and then 6 of 12
    assert named([0.75] * 3 + [0.5] * 3, *[[0.75] * 6] * 6, questions=4) == []


def test_the_deepest_fall_comes_first():
    assert named(FALLS, [0.9] * 3 + [0.2] * 3, *[STEADY] * 6) == [2, 1]


def test_nobody_and_one_student_give_no_trouble():
    assert named() == []
    assert named([1.0] * 6) == []
    assert named([0.0] * 6) == []


shares = st.integers(0, 20).map(lambda one: one / 20)
histories = st.lists(st.lists(shares | st.just(math.nan), max_size=9), max_size=9)


@settings(max_examples=40)
@given(histories, st.integers(1, 50), st.randoms(use_true_random=False))
def test_whoever_slips_fell_by_fifteen_points_in_six_whatever_the_order_of_rows(students, questions, random):
    given_scores = scores(*students, questions=questions)
    found = slipping(given_scores)

    assert (found["before"] - found["after"] >= 0.15 - 1e-9).all()
    assert (found["fall"] <= found["before"] - found["after"] + 1e-9).all()
    for user in found["user_id"]:
        assert sum(not math.isnan(one) for one in students[user - 1]) >= 6
    order = list(range(len(given_scores)))
    random.shuffle(order)
    shuffled = slipping(given_scores.iloc[order])
    assert set(shuffled["user_id"]) == set(found["user_id"])


@settings(max_examples=20)
@given(st.lists(shares, min_size=6, max_size=6), st.integers(6, 12), st.integers(1, 50))
def test_a_class_that_falls_as_one_has_nobody_who_slips(history, students, questions):
    assert named(*[history] * students, questions=questions) == []
