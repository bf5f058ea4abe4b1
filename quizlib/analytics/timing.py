"""How long questions take."""

from typing import NamedTuple

import pandas as pd

from quizlib.analytics.minimums import LEAST_FOR_SHARES


class Times(NamedTuple):
    """Of so many answers the middle one, and the ends of the middle half, in seconds."""

    n: int
    lower: float
    median: float
    upper: float


def seconds(answers: pd.DataFrame) -> Times | None:
    """Give how long answers took as far as it is known; None with fewer than five. Column in: elapsed_ms.

    Medians and quartiles: a page that was left open over lunch does not move them.
    """
    known = answers["elapsed_ms"].dropna().astype(float) / 1000
    if len(known) < LEAST_FOR_SHARES:
        return None
    lower, median, upper = known.quantile([0.25, 0.5, 0.75])
    return Times(len(known), lower, median, upper)


def seconds_by_topic(answers: pd.DataFrame) -> pd.DataFrame:
    """Give the same by topic, slowest first: topic, n, lower, median, upper; without topics of fewer than five."""
    rows = [(topic, times) for topic, rows in answers.groupby("topic") if (times := seconds(rows)) is not None]
    found = pd.DataFrame([(topic, *times) for topic, times in rows], columns=["topic", *Times._fields])
    return found.sort_values(["median", "topic"], ascending=[False, True], ignore_index=True)
