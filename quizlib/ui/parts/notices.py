"""What has happened to a learner's answers and reports, on the home page until they put it away."""

import streamlit as st

from quizlib.model.authoring import Notice, Tidings
from quizlib.model.person import User
from quizlib.services.corrections import notices
from quizlib.ui import prose, routes, words

AT_ONCE = 2  # what is to be done next stays in sight


def show(actor: User) -> None:
    """Show what is new, each with a button that puts it away."""
    found = notices.mine(actor)
    for one in found[:AT_ONCE]:
        _one(actor, one)
    more = found[AT_ONCE:]
    if more:
        with st.expander(words.count(len(more), "more message"), key="more-notices"):
            if st.button(f"Put all {len(found)} away", key="put-all-away"):
                _put_away(actor, [one.id for one in found])
            for one in more:
                _one(actor, one)


def _one(actor: User, one: Notice) -> None:
    with st.container(key=f"notice-{one.id}", border=True, gap="xsmall"):
        st.text(heading(one))
        st.text(body(one))
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button("Put away", key=f"put-away-{one.id}"):
                _put_away(actor, [one.id])
            if one.attempt_id is not None:
                st.page_link(routes.to("result"), label="See the quiz", query_params={"quiz": str(one.attempt_id)})


def heading(one: Notice) -> str:
    """Say what a message is about."""
    title = f"“{prose.short(one.stem)}”"
    match one.about:
        case Tidings.REPLY:
            return f"You reported a question: {title}"
        case Tidings.MARKED_AGAIN:
            return f"Marked again: {title}"
        case Tidings.MARKED_BACK:
            return f"Marked as before: {title}"


def body(one: Notice) -> str:
    """Say what came of it, and why."""
    match one.about:
        case Tidings.REPLY:
            return f"Answer: {one.text}"
        case Tidings.MARKED_AGAIN:
            return f"The right answer was corrected, and your score follows it. {one.text}"
        case Tidings.MARKED_BACK:
            return f"The earlier marking stands again, and your score follows it. {one.text}"


def _put_away(actor: User, ids: list[int]) -> None:
    notices.put_away(actor, ids)
    st.rerun()
