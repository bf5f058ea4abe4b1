"""Topics as rows: name, bar with its interval, how many answers, and a word."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from quizlib.services.history.mine import TopicRow
from quizlib.ui.parts.my_history import said

MEANING = (
    "Your latest answers in each topic: whole quizzes, until there are 30. The bar is the share right, and the line "
    "over it how far that may be off. Secure: 80% or more right, of so many that it is hardly less than 60%. Shaky: "
    "fewer than 60% right. Growing: between. Below 5 answers there is no word."
)


def show(rows: Sequence[TopicRow]) -> None:
    """Show how the latest answers in each topic went."""
    if not rows:
        st.markdown("Topics stand here once you have answered.")
        return
    st.html(f'<ul class="topics">{"".join(map(row, rows))}</ul>')
    st.caption(MEANING)


def row(one: TopicRow) -> str:
    """Give a topic as a line of a list."""
    name = f'<span class="name">{escape(said.topic(one.topic))}</span>'
    word = f'<span class="word {one.standing}">{said.STANDINGS[one.standing]}</span>'
    counted = f'<span class="counted">{one.right} of {one.n}</span>'
    if one.share is None or one.low is None or one.high is None:
        return f'<li class="few">{name}{word}{counted}</li>'
    bar = (
        f'<span class="bar" aria-hidden="true"><i style="width:{one.share:.1%}"></i>'
        f'<b style="left:{one.low:.1%};width:{one.high - one.low:.1%}"></b></span>'
    )
    spoken = f'<span class="interval">{one.low:.0%} to {one.high:.0%}</span>'
    return f"<li>{name}{word}{bar}{counted}{spoken}</li>"
