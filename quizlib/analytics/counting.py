"""Scores of a class at its assignments: which attempt counts, what it is worth, and how topics went."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from quizlib.analytics.groups import quotient
from quizlib.analytics.intervals import wilson
from quizlib.analytics.minimums import LEAST_FOR_SHARES

FIRST, LAST, BEST = "first", "last", "best"
_OF_ATTEMPT = ["attempt_id", "finished_at", "questions", "points", "share"]


def counted_scores(attempts: pd.DataFrame, counts: Mapping[int, str]) -> pd.DataFrame:
    """Give a row for each student and assignment with an attempt, in the order of both.

    `attempts` has `attempt_id`, `user_id`, `assignment_id`, `finished_at` (missing while it goes on), `questions` and
    `points`. `counts` says by assignment which of several finished attempts counts: the `first`, the `last`, or the
    `best`, which is the first of equally good ones.

    Columns: user_id, assignment_id, tries, running, and of the attempt that counts attempt_id, finished_at, questions,
    points and share (points by questions, 0 to 1); they are missing where no attempt is finished.
    """
    frame = attempts.assign(running=attempts["finished_at"].isna())
    groups = frame.groupby(["user_id", "assignment_id"])
    found = groups.agg(tries=("attempt_id", "size"), running=("running", "any"))
    numbers = {name: np.float64 for name in _OF_ATTEMPT if name != "finished_at"}
    # a frame without rows does not know that it would hold numbers
    return found.join(_counted(frame[~frame["running"]], counts)).reset_index().astype(numbers)


def shares_by_topic(counts: pd.DataFrame) -> pd.DataFrame:
    """Give, by topic, the share of answers that is right and its 95 % interval (Wilson).

    Columns in: topic, learners, answered, right. Columns out: topic, learners, n, right, share, low, high; share, low
    and high are NaN with fewer than five answers, and topics without any are left out.
    """
    found = counts[counts["answered"] > 0].rename(columns={"answered": "n"})
    n, right = found["n"].to_numpy(np.float64), found["right"].to_numpy(np.float64)
    share = quotient(right, n, n >= LEAST_FOR_SHARES)
    low, high = wilson(share, n)
    return found.assign(share=share, low=low, high=high)


def _counted(finished: pd.DataFrame, counts: Mapping[int, str]) -> pd.DataFrame:
    # an attempt without questions is worth nothing that can be told
    share = finished["points"].div(finished["questions"].where(finished["questions"] > 0))
    which = finished["assignment_id"].map(counts)
    order = np.select([which == BEST, which == LAST], [-share.fillna(-1), -finished["attempt_id"]], 0.0)
    ordered = finished.assign(share=share, order=order).sort_values(["order", "attempt_id"])
    counted = ordered.drop_duplicates(["user_id", "assignment_id"])
    return counted.set_index(["user_id", "assignment_id"])[_OF_ATTEMPT]
