"""History: what one has done so far, what to do about it, and every quiz again."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from quizlib.model.person import User
from quizlib.services.history import mine
from quizlib.services.history.mine import History
from quizlib.services.quizzes import study
from quizlib.ui import identity, prose, routes, words
from quizlib.ui.parts.charts import drawing, over_time
from quizlib.ui.parts.my_history import filters, folds, next_steps, quizzes, said, topics

LENGTH = 10
LEAST_POINTS = 2
_SHOWN = "history-shown"


def page() -> None:
    """Show the person's own history."""
    actor = identity.actor()
    wanted = filters.wanted()
    found = mine.history(actor, wanted, st.session_state.get(_SHOWN, mine.SHOWN))
    st.markdown("# History")
    if not found.ever:
        _empty(actor)
        return
    st.markdown(" ".join(filter(None, (said.week(found.week), prose.plain(said.gain(found.gain))))))
    next_steps.show(actor, found.mistakes)
    quizzes.going(actor, found.going)
    filters.show(found, wanted)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown("## Over time")
        _trend(found, actor)
    with right:
        st.markdown("## Topics")
        topics.show(found.topics)
    st.markdown("## Quizzes")
    quizzes.done(actor, found.quizzes)
    if quizzes.more(len(found.quizzes), found.matching):
        st.session_state[_SHOWN] = len(found.quizzes) + mine.SHOWN
        st.rerun()
    st.markdown("## Looking closer")
    folds.show(actor, wanted)


def _empty(actor: User) -> None:
    """Say what will stand here, with an example."""
    st.markdown(
        "Here you will see whether you are getting better, and at what: your score over time, your topics, the "
        "mistakes that are still open, and every quiz again. It begins with your first one."
    )
    with st.container(key="start", horizontal=True):
        if st.button("Start", type="primary", key="start-new"):
            routes.go("practice", quiz=study.start(actor, number=LENGTH))
    with st.container(key="example"):
        over_time.show_example("An example, not your scores: over twelve quizzes the score goes up from 40% to 90%.")


def _trend(found: History, actor: User) -> None:
    trend = found.trend
    if len(trend) < LEAST_POINTS:
        st.markdown("A line begins with the second quiz that has a score." if found.matching else "No quizzes to show.")
        return
    together = int(trend["quizzes"].max())
    last = trend.iloc[-1]
    number = words.count(int(trend["quizzes"].sum()), "quiz", "quizzes")
    spoken = (
        f"Score over time, {number}. The smoothed line ends at {last['smooth']:.0%}, "
        f"and may be off from {last['low']:.0%} to {last['high']:.0%}."
    )
    over_time.show(trend, ZoneInfo(actor.time_zone), spoken)
    ring = "a quiz" if together == 1 else f"up to {together} quizzes"
    st.caption(
        f"Each ring is {ring}. The line is a mean in which an answer counts half as much once 50 more were given; the "
        f"band is how far it may be off. It ends at {last['smooth']:.0%} ({last['low']:.0%} to {last['high']:.0%})."
    )
    drawing.offer_table("trend-table", "Scores over time, newest first", *_figures(trend, actor))


def _figures(trend: pd.DataFrame, actor: User) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    rows = [
        (
            said.day(row["at"].to_pydatetime(), actor),
            f"{said.points(row['points'])} of {row['of']:.0f}",
            f"{row['share']:.0%}",
            f"{row['smooth']:.0%}",
            f"{row['low']:.0%} to {row['high']:.0%}",
        )
        for row in trend[::-1].to_dict("records")
    ]
    return ("Day", "Points", "Score", "Line", "As far as so many tell"), rows
