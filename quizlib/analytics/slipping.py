"""Who is slipping: students whose latest scores are clearly below those before."""

from statistics import NormalDist

import numpy as np
import pandas as pd

from quizlib.analytics.groups import quotient

LATEST = 3
LEAST_FALL = 0.15
LEAST_OTHERS = 5
CHANCE = 0.05
_Z = NormalDist().inv_cdf(1 - CHANCE)


def slipping(scores: pd.DataFrame) -> pd.DataFrame:
    """Give the students who are slipping, the deepest fall first.

    `scores` has a row for each student and assignment: `user_id`, `assignment_id`, `finished_at`, `share` (0 to 1, NaN
    while nothing counts) and `questions`. Of each student the last three are compared with the three before; whoever
    has finished fewer than six is not judged. A student slips when the fall

    - is at least 15 points of 100: three assignments of ten questions at 70 % move by as much one time in ten without
      any reason, and a smaller threshold would name half of a class in a year;
    - still is when what the others lost in the same assignments is taken off, since hard ones make nobody slip; where
      fewer than five others have finished one, it says nothing about the class;
    - is then more than chance brings one time in twenty: a one-sided test of two proportions over all the questions in
      the six (Fleiss, Levin and Paik. Statistical Methods for Rates and Proportions. 3rd ed. Wiley; 2003. Chapter 3).
      A mean of fractions varies at most as much as a proportion, so for parts it names rather too few.

    Columns: user_id, `before` and `after` (mean shares of a student), `class_before` and `class_after` (of the others,
    NaN where too few), `fall` (less what the others lost).
    """
    done = _with_others(scores.dropna(subset=["share"])).sort_values(["user_id", "finished_at", "assignment_id"])
    back = done.groupby("user_id").cumcount(ascending=False)
    seen = done["user_id"].map(done["user_id"].value_counts()) >= 2 * LATEST
    last, first = done[seen & (back < LATEST)], done[seen & (back >= LATEST) & (back < 2 * LATEST)]
    after, before = _means(last), _means(first)
    fall = before["share"] - after["share"]
    lost = (before["others"] - after["others"]).clip(lower=0).fillna(0)
    found = pd.DataFrame(
        {
            "before": before["share"],
            "after": after["share"],
            "class_before": before["others"],
            "class_after": after["others"],
            "fall": fall - lost,
        }
    )
    n_before, n_after = before["questions"], after["questions"]
    pooled = quotient(before["points"] + after["points"], n_before + n_after)
    error = np.sqrt(pooled * (1 - pooled) * (quotient(1, n_before) + quotient(1, n_after)))
    slips = (found["fall"] >= LEAST_FALL - 1e-9) & (found["fall"] > _Z * error)
    return found[slips].sort_values("fall", ascending=False, kind="stable").reset_index()


def _with_others(done: pd.DataFrame) -> pd.DataFrame:
    """Add `points`, and `others`: the mean share of the others at the same assignment, NaN where they are few."""
    shares = done.groupby("assignment_id")["share"]
    n = shares.transform("size") - 1
    others = (shares.transform("sum") - done["share"]) / n.where(n >= LEAST_OTHERS)
    return done.assign(others=others, points=done["share"] * done["questions"])


def _means(some: pd.DataFrame) -> pd.DataFrame:
    """Give by student the mean share, that of the others (NaN where one is missing), and the sums of all questions."""
    groups = some.groupby("user_id")
    return pd.DataFrame(
        {
            "share": groups["share"].mean(),
            "others": groups["others"].sum(min_count=LATEST) / LATEST,
            "points": groups["points"].sum(),
            "questions": groups["questions"].sum(),
        }
    )
