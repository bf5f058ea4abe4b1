"""What of a class needs a look, each with one thing to do about it."""

import streamlit as st

from quizlib.model.classes import Member
from quizlib.model.person import User
from quizlib.services.history import attention
from quizlib.services.history.attention import Attention, Missed, Waiting
from quizlib.ui import prose, routes, times, words
from quizlib.ui.parts.in_class import said

MOST_NAMED = 5
MOST_WAITING, MOST_SLIPPING = 3, 5


def show(actor: User, class_id: int) -> None:
    """Show what needs a look, or that nothing does."""
    found = attention.needed(actor, class_id)
    st.markdown("## Needs a look")
    if not found:
        st.markdown("Nothing now: nobody is slipping or late, and no question stands out.")
        return
    for waiting in found.waiting[:MOST_WAITING]:
        _waiting(actor, waiting)
    _slipping(found, class_id)
    for danger in found.dangers:
        _missed(danger, "Red flag missed by many", "danger")
    if found.missed is not None:
        _missed(found.missed, "Missed most", "missed")
    _doubtful(found)


def _waiting(actor: User, one: Waiting) -> None:
    given = one.assignment
    when = times.moment(given.due_at, actor) if given.due_at else ""
    number = len(one.students)
    verb = "was" if one.over else "is"
    has = ("never began it" if number > 1 else "has never begun it") if one.over else "have" if number > 1 else "has"
    end = has if one.over else f"{has} not begun"
    with st.container(key=f"look-waiting-{given.id}", border=True):
        st.markdown(f"**{prose.plain(given.title)}** {verb} due {when}. {words.count(number, 'student')} {end}:")
        st.text(_names(one.students))
        st.page_link(routes.to("assignment"), label="Open the assignment", query_params={"assignment": str(given.id)})


def _slipping(found: Attention, class_id: int) -> None:
    if not found.slipping:
        return
    with st.container(key="look-slipping", border=True):
        number = len(found.slipping)
        st.markdown(f"**{words.count(number, 'student is', 'students are')} slipping**")
        for one in found.slipping[:MOST_SLIPPING]:
            st.page_link(
                routes.to("student"),
                label=prose.plain(one.student.name),
                query_params={"class": str(class_id), "student": str(one.student.user_id)},
            )
            st.markdown(said.slip(one))
        if number > MOST_SLIPPING:
            st.markdown(f"And {number - MOST_SLIPPING} more, who fell less.")
        st.caption(said.SLIPPING)


def _missed(one: Missed, why: str, name: str) -> None:
    with st.container(key=f"look-{name}-{one.question_id.replace('.', '-')}", border=True):
        st.markdown(f"**{why}**, in {prose.plain(one.assignment.title)}: {prose.plain(one.title)}")
        st.markdown(prose.plain(said.missed(one)))
        st.page_link(
            routes.to("show"),
            label="Show in class",
            query_params={"assignment": str(one.assignment.id), "question": one.question_id},
        )


def _doubtful(found: Attention) -> None:
    for one in found.doubtful:
        with st.container(key=f"look-key-{one.question_id.replace('.', '-')}", border=True):
            st.markdown(f"**Right answer in doubt**: {prose.plain(one.title)}")
            st.markdown(said.doubtful(one))
            st.page_link(
                routes.to("question"), label="Look at the question", query_params={"question": one.question_id}
            )


def _names(students: tuple[Member, ...]) -> str:
    named = ", ".join(one.name for one in students[:MOST_NAMED])
    more = len(students) - MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named
