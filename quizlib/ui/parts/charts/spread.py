"""How scores are spread: a column for each tenth, with the number above it."""

from collections.abc import Sequence
from functools import cache

import pandas as pd

from quizlib.model.attempt import Json
from quizlib.ui.parts.charts.drawing import BLUE, GREY, draw, specified

HEIGHT = 280


def names(parts: int) -> list[str]:
    """Name the parts in per cent: "0–9", …, "90–100"."""
    width = 100 // parts
    return [f"{low}–{low + width - (low + width < 100)}" for low in range(0, 100, width)]


def show(tenths: Sequence[int], said: str) -> None:
    """Draw how many students have a score in each tenth."""
    figures = pd.DataFrame({"score": names(len(tenths)), "students": list(tenths)})
    draw(_specification(), figures, said, HEIGHT)


@cache
def _specification() -> Json:
    import altair as alt

    base = alt.Chart().encode(
        x=alt.X("score:O", sort=None, title="Score in per cent of the points", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("students:Q", title="Students", axis=alt.Axis(tickMinStep=1, format="d")),
    )
    columns = base.mark_bar(color=BLUE)
    above = base.mark_text(dy=-7, fontSize=14, fontWeight="bold", color=GREY)
    numbers = above.encode(text="students:Q").transform_filter("datum.students > 0")
    return specified(alt.layer(columns, numbers), "How many students have which score")
