"""What learners reported about questions, and the answers to it."""

import streamlit as st

from quizlib.errors import NotFound, Refused
from quizlib.model.person import User
from quizlib.services.corrections import complaints
from quizlib.services.corrections.complaints import Reported
from quizlib.ui import identity, prose, routes, times, words

AT_ONCE = 20
_MORE = "more-reports"
_DONE = "report-answered"


def page() -> None:
    """Show what waits for an answer, and below it what was answered."""
    actor = identity.actor()
    waiting = complaints.open_count(actor)
    st.markdown("# Reported questions")
    done = st.session_state.pop(_DONE, "")
    if done:
        with st.container(key="done"):
            st.text(done)
    if waiting:
        st.markdown(f"{words.count(waiting, 'report waits', 'reports wait')} for an answer.")
    else:
        with st.container(key="empty"):
            st.text(
                "Nothing waits for an answer. What learners report from the feedback of a question stands here, with "
                "the question, what they had answered, and a place to answer them."
            )
    shown = complaints.queue(actor, limit=_wanted())
    for one in shown:
        _waiting(actor, one)
    if len(shown) < waiting and len(shown) < complaints.MOST and st.button("Show more", key="more"):
        st.session_state[_MORE] = _wanted() + AT_ONCE
        st.rerun()
    answered = complaints.queue(actor, closed=True, limit=AT_ONCE)
    if answered:
        with st.expander("Answered", key="answered"):
            for one in answered:
                with st.container(key=f"report-{one.complaint.id}", border=True):
                    tell(actor, one)


def tell(actor: User, one: Reported, *, with_question: bool = True) -> None:
    """Show what somebody reported, what they had answered, how others do, and the reply where there is one."""
    said = one.complaint
    if with_question:
        _title(one)
    facts = [words.ABOUT[said.about], times.moment(said.at, actor), f"version {one.number}"]
    st.caption(prose.plain(" · ".join(facts)) + (" · **a newer version is asked by now**" if one.newer else ""))
    if said.text:
        with st.container(key=f"said-{said.id}"):
            st.text(said.text)
    st.text(f"{_answer(one)} {_others(one)}")
    if said.reply is not None and one.replied_at is not None:
        st.caption(prose.plain(f"Answered on {times.day(one.replied_at, actor)}"))
        with st.container(key=f"replied-{said.id}"):
            st.text(said.reply)


def _wanted() -> int:
    return int(st.session_state.get(_MORE, AT_ONCE))


def _waiting(actor: User, one: Reported) -> None:
    number = one.complaint.id
    with st.container(key=f"report-{number}", border=True):
        tell(actor, one)
        with st.form(f"answer-{number}", border=False):
            text = st.text_area(
                "Your answer, which the learner finds on the home page",
                key=f"answer-text-{number}",
                max_chars=complaints.LONGEST,
                height=96,
            )
            with st.container(horizontal=True, vertical_alignment="center"):
                pressed = st.form_submit_button("Answer", key=f"send-answer-{number}")
                st.page_link(
                    routes.to("write"),
                    label="Correct the question",
                    query_params={"question": one.complaint.question_id},
                )
        if pressed:
            _reply(actor, one, text)


def _reply(actor: User, one: Reported, text: str) -> None:
    try:
        complaints.answer(actor, one.complaint.id, text)
    except (NotFound, Refused) as refusal:
        st.text(str(refusal))
        return
    st.session_state[_DONE] = f"Answered: “{prose.short(one.question.stem, 60)}” The learner finds it on the home page."
    st.rerun()


def _title(one: Reported) -> None:
    title = prose.plain(prose.short(one.question.stem))
    st.markdown(f"## {title}")
    st.page_link(
        routes.to("question"),
        label=f"Open {prose.plain(one.complaint.question_id)}",
        query_params={"question": one.complaint.question_id},
    )


def _answer(one: Reported) -> str:
    if one.answer is None:
        return "They had not answered it."
    how = "right" if one.right else "not right"
    return f"They had answered: {one.answer} ({how})."


def _others(one: Reported) -> str:
    reported = f"Reported by {words.count(one.reporters, 'learner')}."
    if one.share_right is None:
        return f"{reported} No first answers to it yet."
    return f"{reported} Share right: {one.share_right:.0%} ({words.count(one.answers, 'first answer')})."
