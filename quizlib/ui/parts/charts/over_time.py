"""Scores over time: a ring for each quiz, a smoothed line, and a band for how far it may be off."""

from functools import cache
from zoneinfo import ZoneInfo

import pandas as pd

from quizlib.model.attempt import Json
from quizlib.ui.parts.charts.drawing import BLUE, GREY, SHARES, draw, specified

HEIGHT = 320
DAY = 86_400_000  # milliseconds
TITLE = "Score of each quiz, and a smoothed line"


def show(trend: pd.DataFrame, zone: ZoneInfo, said: str) -> None:
    """Draw scores, as `mine.History.trend` has them, by the clocks of a zone."""
    # without a zone: the browser takes a moment without one as it stands
    local = trend["at"].dt.tz_convert(zone).dt.strftime("%Y-%m-%dT%H:%M:%S")
    draw(_specification(), trend[["share", "smooth", "low", "high", "quizzes"]].assign(at=local), said, HEIGHT)


def show_example(said: str) -> None:
    """Draw an example, which says that it is one."""
    draw(_specification("An example, not your scores"), _example(), said, HEIGHT)


@cache
def _specification(title: str = TITLE) -> Json:
    import altair as alt

    share = alt.Y(
        "share:Q",
        title="Share of the points",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=list(SHARES)),
    )
    base = alt.Chart().encode(x=alt.X("at:T", title=None, axis=alt.Axis(format="%-d %b", tickMinStep=DAY)))
    band = base.mark_area(color=BLUE, opacity=0.22).encode(y=alt.Y("low:Q"), y2="high:Q")
    rings = base.mark_point(color=GREY, size=50, strokeWidth=1.5, filled=False, opacity=1).encode(
        y=share,
        tooltip=[
            alt.Tooltip("at:T", title="Date", format="%-d %B %Y"),
            alt.Tooltip("share:Q", title="Score", format=".0%"),
            alt.Tooltip("quizzes:Q", title="Quizzes"),
        ],
    )
    line = base.mark_line(color=BLUE, strokeWidth=3).encode(y="smooth:Q")
    return specified(alt.layer(band, rings, line), title)


def _example() -> pd.DataFrame:
    shares = (0.4, 0.5, 0.4, 0.6, 0.5, 0.7, 0.6, 0.7, 0.8, 0.7, 0.8, 0.9)
    line = (0.4, 0.44, 0.43, 0.48, 0.48, 0.53, 0.55, 0.59, 0.64, 0.66, 0.7, 0.75)
    at = pd.date_range("2026-01-05", periods=len(shares), freq="W").strftime("%Y-%m-%dT%H:%M:%S")
    return pd.DataFrame(
        {
            "at": at,
            "share": shares,
            "smooth": line,
            "low": [max(0.0, one - 0.6 / (number + 3)) for number, one in enumerate(line)],
            "high": [min(1.0, one + 0.6 / (number + 3)) for number, one in enumerate(line)],
            "quizzes": 1,
        }
    )
