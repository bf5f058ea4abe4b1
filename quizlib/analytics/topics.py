"""How the latest answers in each topic went, against those before."""

from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from quizlib.analytics.groups import Codes, Floats, Groups, quotient
from quizlib.analytics.intervals import wilson
from quizlib.analytics.minimums import LEAST_FOR_SHARES

LATEST = 30
SECURE, SECURE_LOW, SHAKY = 0.8, 0.6, 0.6


class Standing(StrEnum):
    """How well somebody knows a topic, as far as their answers tell."""

    SECURE = "secure"
    GROWING = "growing"
    SHAKY = "shaky"
    FEW = "few"


def latest_by_topic(counts: pd.DataFrame, latest: int = LATEST) -> pd.DataFrame:
    """Give, by topic, how the latest answers went: whole quizzes, newest first, until there are `latest` answers.

    Columns in: at, topic, answered, right. Columns out: topic, n, right, share, low, high (95 %, Wilson), standing, and
    n_before and right_before of all earlier answers; topics without an answer are left out. Share, low and high are NaN
    with fewer than five answers.
    """
    newest = counts[counts["answered"] > 0].sort_values("at", ascending=False, kind="stable")
    codes, names = pd.factorize(newest["topic"])
    answered, right = newest["answered"].to_numpy(np.float64), newest["right"].to_numpy(np.float64)
    late = _late(codes, answered, latest)
    topics = Groups(codes, len(names))
    found = pd.DataFrame(
        {"topic": list(names), "n": topics.total(answered * late), "right": topics.total(right * late)}
    )
    found = found.assign(n_before=topics.total(answered * ~late), right_before=topics.total(right * ~late))
    enough = (found["n"] >= LEAST_FOR_SHARES).to_numpy(bool)
    share = quotient(found["right"], found["n"], enough)
    low, high = wilson(share, found["n"])
    standing = [_standing(*one) for one in zip(share, low, strict=True)]
    return found.assign(share=share, low=low, high=high, standing=standing)


def best_gain(topics: pd.DataFrame) -> str | None:
    """Name the topic that gained most against before; None where none did, or fewer than five answers tell."""
    share_before = quotient(topics["right_before"], topics["n_before"], topics["n_before"] >= LEAST_FOR_SHARES)
    gain = (topics["share"] - share_before).set_axis(topics["topic"])
    gained = gain[gain > 0]
    return None if gained.empty else str(gained.idxmax())


def _late(codes: Codes, answered: Floats, latest: int) -> npt.NDArray[np.bool_]:
    """Tell, of counts with the newest first, which are among the latest answers of their topic."""
    late = np.zeros(len(codes), bool)
    for code in range(codes.max(initial=-1) + 1):
        of_topic = codes == code
        late[of_topic] = answered[of_topic].cumsum() - answered[of_topic] < latest
    return late


def _standing(share: float, low: float) -> Standing:
    if np.isnan(share):
        return Standing.FEW
    if share < SHAKY:
        return Standing.SHAKY
    return Standing.SECURE if share >= SECURE and low >= SECURE_LOW else Standing.GROWING
