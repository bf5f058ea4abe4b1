"""How scores are spread: how many fall into each tenth, and the figures of each assignment."""

import numpy as np
import pandas as pd

PARTS = 10


def distribution(shares: pd.Series) -> pd.DataFrame:
    """Give how many shares (0 to 1) fall into each tenth: `low`, `high` and `n`; missing ones count nowhere.

    A tenth holds its lower end and not its upper one, but for the last, which holds 1.
    """
    # a share of 7 in 10 is 0.7 and stands from 0.7 on, also where the division left it a little below
    places = (shares.dropna().to_numpy(np.float64) * PARTS + 1e-9).astype(np.intp)
    edges = np.arange(PARTS + 1) / PARTS
    counts = np.bincount(np.clip(places, 0, PARTS - 1), minlength=PARTS)
    return pd.DataFrame({"low": edges[:-1], "high": edges[1:], "n": counts})


def figures(scores: pd.DataFrame) -> pd.DataFrame:
    """Give the figures of each assignment from what `scores` gives, with a row for each that somebody has finished.

    Columns: assignment_id, n, and of the shares mean, sd (by n - 1, NaN for one), lowest, quarter, median,
    three_quarters and highest; quartiles are interpolated linearly (Hyndman and Fan 1996, Am Stat 50:361, type 7).
    """
    shares = scores.dropna(subset=["share"]).groupby("assignment_id")["share"]
    return pd.DataFrame(
        {
            "n": shares.size(),
            "mean": shares.mean(),
            "sd": shares.std(),
            "lowest": shares.min(),
            "quarter": shares.quantile(0.25),
            "median": shares.median(),
            "three_quarters": shares.quantile(0.75),
            "highest": shares.max(),
        }
    ).reset_index()
