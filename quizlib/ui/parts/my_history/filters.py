"""Which quizzes a learner looks at: dates, topics, kinds of quiz."""

from datetime import date
from typing import Any

import streamlit as st

from quizlib.services.history.mine import History
from quizlib.services.history.taken import Wanted
from quizlib.ui import prose
from quizlib.ui.parts.my_history import said

_ROUND = "history-filter"


def wanted() -> Wanted:
    """Give what the filter holds, before it is drawn."""
    since, until = _held("since"), _held("until")
    return Wanted(
        since=since if isinstance(since, date) else None,
        until=until if isinstance(until, date) else None,
        topics=tuple(_held("topics") or ()),
        kinds=tuple(_held("kinds") or ()),
    )


def show(found: History, chosen: Wanted) -> None:
    """Show the filter, folded, and say what it leaves."""
    with st.expander("Filter by date, topic or kind of quiz", key="history-filters"):
        with st.container(horizontal=True):
            for name, label in (("since", "From"), ("until", "To")):
                st.date_input(label, value=None, format="DD/MM/YYYY", key=_key(name), width=180)
        st.pills(
            "Topics",
            found.topics_met,
            selection_mode="multi",
            format_func=lambda one: prose.plain(said.topic(one)),
            key=_key("topics"),
        )
        st.pills(
            "Kinds of quiz",
            found.kinds_met,
            selection_mode="multi",
            format_func=lambda one: said.KINDS.get(one, one),
            key=_key("kinds"),
        )
    if chosen != Wanted():
        with st.container(key="filtered", horizontal=True, vertical_alignment="center"):
            st.markdown(f"Shown: {_words(chosen)}.")
            if st.button("Show all", key="show-all"):
                st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
                st.rerun()


def _words(chosen: Wanted) -> str:
    parts = [f"from {_day(chosen.since)}"] if chosen.since else []
    parts += [f"to {_day(chosen.until)}"] if chosen.until else []
    parts += [prose.plain(", ".join(map(said.topic, chosen.topics)))] if chosen.topics else []
    parts += [", ".join(said.KINDS.get(one, one) for one in chosen.kinds)] if chosen.kinds else []
    return "; ".join(parts)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _key(name: str) -> str:
    # another key is another widget: that is how all of them are emptied
    return f"history-{name}-{st.session_state.get(_ROUND, 0)}"


def _held(name: str) -> Any:
    return st.session_state.get(_key(name))
