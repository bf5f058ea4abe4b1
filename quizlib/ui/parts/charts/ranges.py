"""A figure in each row with the range it lies in: a line from end to end, and a mark for the figure."""

from functools import cache

import pandas as pd

from quizlib.model.attempt import Json
from quizlib.ui.parts.charts.drawing import BLUE, GREY, SHARES, draw, specified

ROOM, ROW = 130, 36


def show_seconds(figures: pd.DataFrame, said: str) -> None:
    """Draw seconds by name: columns name, lower, middle, upper."""
    draw(_seconds(), figures, said, ROOM + ROW * len(figures))


def show_shares(figures: pd.DataFrame, said: str) -> None:
    """Draw shares by name: columns name, lower, middle, upper, from 0 to 1."""
    draw(_shares(), figures, said, ROOM + ROW * len(figures))


@cache
def _seconds() -> Json:
    return _ranges("Seconds for a question, by topic", "Seconds", ".0f")


@cache
def _shares() -> Json:
    return _ranges("How often you were right", "Share right, and how far it may be off", ".0%", shares=True)


def _ranges(title: str, axis: str, number: str, *, shares: bool = False) -> Json:
    import altair as alt

    scale = alt.Scale(domain=[0, 1]) if shares else alt.Scale(domainMin=0)
    ticks = alt.Axis(format="%", values=list(SHARES)) if shares else alt.Axis(tickCount=5)
    base = alt.Chart().encode(
        y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=150)),
        tooltip=[
            alt.Tooltip("name:N", title="Of"),
            *(alt.Tooltip(f"{one}:Q", format=number) for one in ("lower", "middle", "upper")),
        ],
    )
    ends = base.mark_rule(color=GREY, strokeWidth=4).encode(
        x=alt.X("lower:Q", title=axis, scale=scale, axis=ticks), x2="upper:Q"
    )
    middle = base.mark_point(color=BLUE, shape="diamond", size=110, filled=True, opacity=1).encode(x="middle:Q")
    return specified(alt.layer(ends, middle), title)
