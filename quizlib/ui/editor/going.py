"""How a question goes: the share right, what learners answered, and what they reported."""

import streamlit as st

from quizlib.model.person import User
from quizlib.services.authoring import statistics
from quizlib.services.corrections import complaints
from quizlib.ui import prose, routes, times, words

FEWEST = 5


def going(actor: User, question_id: str) -> None:
    """Show figures of first answers, of learners only, and reports."""
    st.markdown("## How it goes")
    found = statistics.of(actor, question_id)
    if found.answers < FEWEST or found.share is None:
        few = words.count(found.answers, "first answer")
        st.caption(f"Too few answers to say how hard it is: {few} so far, {FEWEST} are needed.")
    else:
        st.markdown(f"Share right: **{found.share:.0%}** of {found.answers} first answers.")
    if found.given and found.asked >= FEWEST:
        lines = [f"- {one.answers} × {prose.plain(one.words)}{_worth(one.fraction)}" for one in found.given]
        st.markdown("\n".join(lines))
    _reports(actor, question_id)


def _worth(fraction: float) -> str:
    return " (right by the key of today)" if fraction >= 1 else " (partly right)" if fraction > 0 else ""


def _reports(actor: User, question_id: str) -> None:
    found = complaints.of_question(actor, question_id)
    if not found:
        return
    waiting = [one for one in found if one.complaint.closed_at is None]
    st.markdown("## Reported")
    for one in found[:5]:
        said = one.complaint
        text = f": “{prose.plain(said.text)}”" if said.text else ""
        answered = f" Answered: “{prose.plain(said.reply)}”" if said.reply else ""
        about = words.ABOUT[said.about]
        st.markdown(f"- {about}{text} ({times.day(said.at, actor)}, version {one.number}).{answered}")
    if waiting:
        st.page_link(routes.to("complaints"), label="Answer what was reported")
