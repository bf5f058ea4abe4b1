"""A chart is specified once, with Altair, and filled with figures at every run."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from quizlib.model.attempt import Json

if TYPE_CHECKING:
    import altair as alt

# both stand out from the page by 3 to 1 and more, in the light and in the dark
BLUE = "#3B74BF"
GREY = "#7A7F88"
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


def specified(chart: "alt.LayerChart | alt.FacetChart", title: str) -> Json:
    """Give what the browser needs to draw a chart, without figures.

    Altair checks a chart for a tenth of a second, which is too long for every run: keep what this gives.
    """
    import altair as alt

    found: Json = chart.properties(title=alt.TitleParams(title, anchor="start")).to_dict()
    # Streamlit sets sizes, and puts figures in the place of none
    for name in ("config", "datasets"):
        found.pop(name)
    for layer in found["layer"]:
        layer.pop("data")
        layer["mark"]["aria"] = False  # each by itself would be read out, as numbers without a name
    return found


def draw(specification: Json, figures: pd.DataFrame, said: str, height: int) -> None:
    """Draw a chart with its figures; `said` is what a screen reader says of it."""
    st.vega_lite_chart(figures, {**specification, "height": height}, alt=said, width="stretch")


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give figures as a table, of which every cell says its column where columns are not beside each other."""
    top = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(
            f'<td data-label="{escape(label)}">{escape(cell)}</td>' for label, cell in zip(head[1:], cells, strict=True)
        )
        + "</tr>"
        for first, *cells in rows
    )
    return (
        f'<table class="figures"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    )


def offer_table(key: str, caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Offer the figures of a chart as a table."""
    if st.toggle("Show the figures as a table", key=key):
        # what scrolls takes the focus, so that keys can scroll it
        st.html(
            f'<div class="scrolled figures-box" tabindex="0" role="region" aria-label="{escape(caption)}">'
            f"{table(caption, head, rows)}</div>"
        )
