"""Variances by group: what rounding leaves is no variance, and what is tiny but real is one."""

import numpy as np
import pytest

from quizlib.analytics.groups import Groups


def test_what_only_rounding_tells_apart_does_not_vary():
    values = np.array([0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1, 0.2 + 0.3 + 0.1])
    assert len(set(values)) > 1

    assert Groups(np.zeros(3, np.intp)).variance(values).tolist() == [0]


def test_one_of_a_hundred_thousand_makes_a_variance():
    values = np.full(100_000, 0.3)
    values[0] += 1e-6

    assert Groups(np.zeros(100_000, np.intp)).variance(values) == pytest.approx([1e-17], rel=1e-3)


def test_a_mean_that_is_not_exact_makes_none():
    assert Groups(np.zeros(1_000_000, np.intp)).variance(np.full(1_000_000, 0.1)).tolist() == [0]


def test_groups_that_hold_nothing_or_one_value():
    groups = Groups(np.array([0, 2, 2], np.intp), 4)
    found = groups.variance(np.array([1.0, 2.0, 4.0]))

    assert np.isnan(found).tolist() == [True, True, False, True]
    assert found[2] == pytest.approx(2)
