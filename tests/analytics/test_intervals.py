"""In simulations, 95 % intervals hold what they are about in 93 to 97 of 100 cases."""

import numpy as np
import pandas as pd
import pytest

from quizlib.analytics.intervals import fisher, wilson
from quizlib.analytics.items import item_analysis

SHARES = np.arange(0.05, 0.951, 0.05)
TIMES = 5_000


@pytest.mark.parametrize("n", [5, 10, 20, 50, 200, 1000])
def test_a_share_is_in_its_interval(n: int):
    """Averaged over true shares of .05, .10 … .95, each drawn 5,000 times.

    At a single share the coverage of any such interval swings with n, for only n + 1 shares can be observed.
    """
    drawn = np.random.default_rng(1927).binomial(n, SHARES[:, None], (len(SHARES), TIMES)) / n
    low, high = wilson(drawn, n)

    assert 0.93 <= np.mean((low <= SHARES[:, None]) & (SHARES[:, None] <= high)) <= 0.97


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 0.75, 0.9])
def test_any_share_is_in_its_interval_from_20_answers_on(share: float):
    """Averaged over n of 20, 21 … 100, each drawn 500 times."""
    n = np.arange(20, 101)[:, None]
    drawn = np.random.default_rng(1927).binomial(n, share, (len(n), 500)) / n
    low, high = wilson(drawn, n)

    assert 0.93 <= np.mean((low <= share) & (share <= high)) <= 0.97


def test_a_mean_of_parts_is_in_its_interval_at_least_as_often():
    fractions = np.random.default_rng(1927).choice([0, 0.5, 1], (TIMES, 40), p=[0.2, 0.4, 0.4])
    low, high = wilson(fractions.mean(axis=1), 40)

    assert np.mean((low <= 0.6) & (high >= 0.6)) >= 0.95


def rasch(students: int, chance: np.random.Generator, questions: int = 20) -> np.ndarray:
    """Draw who is right of students and questions of all difficulties."""
    able, hard = chance.normal(size=(students, 1)), np.linspace(-2, 2, questions)
    return (chance.random((students, questions)) < 1 / (1 + np.exp(hard - able))).astype(float)


def discriminations(right: np.ndarray) -> pd.DataFrame:
    students, questions = right.shape
    numbers = {
        "student": np.repeat(np.arange(students), questions),
        "question": np.tile(np.arange(questions), students),
    }
    return item_analysis(pd.DataFrame({**numbers, "score": right.ravel(), "max_score": 1.0}))


@pytest.fixture(scope="module")
def truth() -> np.ndarray:
    """Give the discriminations of 20 questions among 50,000 students."""
    found = discriminations(rasch(50_000, np.random.default_rng(1921)))
    return found["discrimination_index"].to_numpy(float)


@pytest.mark.parametrize("students", [30, 100])
def test_a_discrimination_is_in_its_interval(students: int, truth: np.ndarray):
    """Averaged over 20 questions that .15 to .85 answer rightly, in 100 classes."""
    chance = np.random.default_rng(1939)
    held = []
    for _ in range(100):
        found = discriminations(rasch(students, chance)).dropna(subset="discrimination_low")
        low, high = (found[name].to_numpy(float) for name in ("discrimination_low", "discrimination_high"))
        true = truth[found.index]
        held += list((low <= true) & (true <= high))

    assert 0.93 <= np.mean(held) <= 0.97


def test_an_interval_is_inside_what_is_possible_and_holds_what_was_found():
    for n in (1, 2, 7, 1000):
        shares = np.arange(n + 1) / n
        low, high = wilson(shares, n)

        assert ((low >= 0) & (low <= shares) & (shares <= high) & (high <= 1)).all()
        assert (low < high).all()
    low, high = fisher(np.array([-0.99, 0, 0.99]), 30)
    assert ((low > -1) & (low < high) & (high < 1)).all()


def test_more_answers_make_it_narrower():
    low, high = wilson(0.5, np.array([5, 20, 100, 1000]))

    assert (np.diff(high - low) < 0).all()


def test_there_is_none_of_nothing():
    assert np.isnan(wilson(0.0, 0)).all()
    assert np.isnan(fisher(0.5, 3)).all()
    assert np.isnan(fisher(1.0, 30)).all()


def test_a_known_interval_of_a_share():
    """Wilson's interval of 7 of 10, as Newcombe (1998, Stat Med 17:857-872, method 3) reckons it."""
    centre, half = (14 + 3.841459) / (2 * 13.841459), 1.959964 * (3.841459 + 4 * 7 * 0.3) ** 0.5 / (2 * 13.841459)

    assert wilson(0.7, 10) == pytest.approx((centre - half, centre + half), abs=1e-6)


def test_a_known_interval_of_a_correlation():
    """The z of .50 is .5493; over 28 pairs its standard error is one fifth."""
    low, high = np.tanh(0.549306 - 0.391993), np.tanh(0.549306 + 0.391993)

    assert fisher(0.5, 28) == pytest.approx((low, high), abs=1e-6)
