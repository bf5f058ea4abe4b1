"""Scores of one student at assignments, beside the middle of the class."""

from collections.abc import Sequence
from functools import cache

import pandas as pd

from quizlib.model.attempt import Json
from quizlib.ui.parts.charts.drawing import BLUE, GREY, SHARES, draw, specified

HEIGHT = 300


def show(
    moments: Sequence[str], titles: Sequence[str], shares: Sequence[float], medians: Sequence[float], said: str
) -> None:
    """Draw scores by when each was finished, as local time without a zone."""
    figures = pd.DataFrame({"at": moments, "title": titles, "share": shares, "median": medians})
    draw(_specification(), figures, said, HEIGHT)


@cache
def _specification() -> Json:
    import altair as alt

    share = alt.Y(
        "share:Q",
        title="Share of the points",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=list(SHARES)),
    )
    base = alt.Chart().encode(
        x=alt.X("at:T", title=None, axis=alt.Axis(format="%-d %b", tickCount=8, labelOverlap=True)),
        tooltip=[
            alt.Tooltip("title:N", title="Assignment"),
            alt.Tooltip("at:T", title="Finished", format="%-d %B %Y"),
            alt.Tooltip("share:Q", title="Score", format=".0%"),
            alt.Tooltip("median:Q", title="Middle of the class", format=".0%"),
        ],
    )
    middle = base.mark_line(color=GREY, strokeDash=[5, 4], strokeWidth=2).encode(y="median:Q")
    line = base.mark_line(color=BLUE, strokeWidth=2.5, point={"size": 70, "filled": True, "color": BLUE}).encode(
        y=share
    )
    return specified(alt.layer(middle, line), "Score of each assignment")
