"""Which scores of a class are looked at: of one student, one assignment, one topic, between two days."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, time, timedelta
from typing import Any

import streamlit as st

from quizlib.model.person import User
from quizlib.services.exporting.answers import AnswerFilter
from quizlib.services.history.scores import EVERYTHING, Scores
from quizlib.ui import address, prose, times
from quizlib.ui.parts.in_class import said

_ROUND = "scores-filter"
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)
_FIELDS = ("student", "assignment", "topic", "from", "to")


def wanted(actor: User) -> AnswerFilter:
    """Give what the filter holds, before it is drawn, or what the address says."""
    first, last = _held("from"), _held("to")
    return AnswerFilter(
        assignment_id=_held("assignment"),
        user_id=_held("student"),
        topic=_held("topic"),
        since=times.at(first, time(), actor) if first else None,
        until=times.at(last + timedelta(days=1), time(), actor) if last else None,
    )


def show(found: Scores, which: AnswerFilter) -> None:
    """Show the filter, folded, and say what it leaves."""
    twice = Counter(one.name for one in found.students)
    students = {
        one.user_id: f"{one.name} ({one.sign_in_name})" if twice[one.name] > 1 and one.sign_in_name else one.name
        for one in found.students
    }
    assignments = {one.id: one.title for one in found.every}
    topics = {one: said.topic(one) for one in found.topics_met}
    with st.expander("Filter by student, assignment, topic or date", key="scores-filters"):
        _box("student", "Student", students)
        _box("assignment", "Assignment", assignments)
        _box("topic", "Topic", topics)
        with st.container(horizontal=True):
            for name, label in (("from", "Finished from"), ("to", "Finished to")):
                st.date_input(
                    label,
                    value=_held(name),
                    min_value=_EARLIEST,
                    max_value=_LATEST,
                    format="DD/MM/YYYY",
                    key=_key(name),
                    width=180,
                )
    if which == EVERYTHING:
        return
    names = [
        students.get(which.user_id or 0, ""),
        assignments.get(which.assignment_id or 0, ""),
        topics.get(which.topic or "", which.topic or ""),
        *_days(),
    ]
    with st.container(key="filtered", horizontal=True, vertical_alignment="center"):
        st.markdown(f"Shown: {prose.plain('; '.join(filter(None, names)))}.")
        if st.button("Show all", key="show-all"):
            drop()
            st.rerun()


def drop() -> None:
    """Empty the filter, here and in the address."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    for name in _FIELDS:
        address.tell(name, "")


def keep() -> None:
    """Put the filter into the address, so that a reload comes back to it; it holds numbers, no names."""
    for name in _FIELDS:
        value = _held(name)
        address.tell(name, value.isoformat() if isinstance(value, date) else str(value or ""))


def _box(name: str, label: str, names: Mapping[Any, str]) -> None:
    options: Sequence[Any] = list(names)
    held, key = _held(name), _key(name)
    if key not in st.session_state and held in options:
        st.session_state[key] = held  # not as the default: what has one cannot be emptied
    st.selectbox(
        label,
        options,
        index=None,
        format_func=names.__getitem__,
        key=key,
        placeholder="All",
    )


def _days() -> list[str]:
    days = [(word, _held(name)) for word, name in (("from", "from"), ("to", "to"))]
    return [f"{word} {one.day} {one:%B %Y}" for word, one in days if one]


def _key(name: str) -> str:
    # another key is another widget: that is how all of them are emptied
    return f"scores-{name}-{st.session_state.get(_ROUND, 0)}"


def _held(name: str) -> Any:
    key = _key(name)
    if key in st.session_state:
        return st.session_state[key]
    if name == "topic":
        return address.word(name) or None
    if name in ("from", "to"):
        with suppress(ValueError):
            day = date.fromisoformat(address.word(name))
            return day if _EARLIEST <= day <= _LATEST else None
        return None
    return address.number(name)
