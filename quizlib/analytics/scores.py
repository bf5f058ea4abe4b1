"""Scores over time, with a line through them and how far it may be off."""

import numpy as np
import pandas as pd

from quizlib.analytics.groups import Floats, quotient
from quizlib.analytics.intervals import wilson

HALF_LIFE = 50
MOST_POINTS = 200


def score_over_time(quizzes: pd.DataFrame, half_life: float = HALF_LIFE) -> pd.DataFrame:
    """Give quizzes in the order of time with their share and a smoothed line.

    Columns in: at, points, of (more than 0: what the points are out of). Added: share, quizzes (1 each), smooth, and
    low and high, the ends of a 95 % interval of the line.

    The line is an exponentially weighted mean (Roberts SW. Control chart tests based on geometric moving averages.
    Technometrics 1959;1:239-250), here of answers instead of quizzes, so that two questions weigh less than twenty: an
    answer weighs half as much once `half_life` more were given. The interval is Wilson's, for as many answers as would
    have a plain mean of the same variance (Kish L. Survey sampling. Wiley 1965: the square of the sum of the weights
    by the sum of their squares).
    """
    found = quizzes.sort_values("at", kind="stable", ignore_index=True)
    points, of = found["points"].to_numpy(np.float64), found["of"].to_numpy(np.float64)
    smooth, worth = _smoothed(points, of, half_life)
    low, high = wilson(smooth, worth)
    return found.assign(share=quotient(points, of), quizzes=1, smooth=smooth, low=low, high=high)


def thinned(scores: pd.DataFrame, most: int = MOST_POINTS) -> pd.DataFrame:
    """Join neighbours in time until there are at most so many points: what they got adds up, the line is the last.

    Columns: at, points, of, share, quizzes, smooth, low, high.
    """
    together = max(1, -(-len(scores) // most))
    # from the end, so that the newest point has as many quizzes as the others
    lasts = np.arange(len(scores) - 1, -1, -together)[::-1]
    sums = {name: np.diff(scores[name].to_numpy().cumsum()[lasts], prepend=0) for name in ("points", "of", "quizzes")}
    joined = scores[["at", "smooth", "low", "high"]].iloc[lasts].reset_index(drop=True).assign(**sums)
    return joined.assign(share=joined["points"] / joined["of"])


def _smoothed(points: Floats, of: Floats, half_life: float) -> tuple[Floats, Floats]:
    """Give the line after each quiz, and how many answers of equal weight it is worth."""
    total = weight = squares = 0.0
    line, worth = np.empty(len(points)), np.empty(len(points))
    for place, (got, out_of) in enumerate(zip(points, of, strict=True)):
        kept = 0.5 ** (out_of / half_life)
        total, weight, squares = total * kept + got, weight * kept + out_of, squares * kept * kept + out_of
        line[place], worth[place] = total / weight, weight * weight / squares
    return np.clip(line, 0, 1), worth
