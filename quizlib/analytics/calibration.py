"""How sure somebody was, against how often they were right."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from quizlib.analytics.groups import quotient
from quizlib.analytics.intervals import wilson
from quizlib.analytics.minimums import LEAST_FOR_SHARES


def right_by_confidence(answers: pd.DataFrame, degrees: Sequence[str]) -> pd.DataFrame:
    """Give how many answers of each degree of confidence were right, in the order given.

    Columns in: confidence, fraction. Columns out: confidence, n, right, and share, low and high (95 %, Wilson), which
    are NaN with fewer than five answers.
    """
    given = answers[answers["confidence"].isin(degrees)]
    by = (given["fraction"] >= 1).groupby(given["confidence"]).agg(["size", "sum"]).reindex(list(degrees), fill_value=0)
    n, right = by["size"].to_numpy(np.float64), by["sum"].to_numpy(np.float64)
    share = quotient(right, n, n >= LEAST_FOR_SHARES)
    low, high = wilson(share, n)
    columns = {"confidence": list(degrees), "n": n.astype(int), "right": right.astype(int)}
    return pd.DataFrame({**columns, "share": share, "low": low, "high": high})
