"""What a student's classes have to do, on the home page."""

import streamlit as st

from quizlib.errors import NotAllowed, NothingMatches
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.classes import assignments
from quizlib.services.classes.assignments import Due
from quizlib.ui import identity, prose, routes, times, words


def show(actor: User) -> bool:
    """List the assignments with one button each, none without sign-in; say whether one waits to be done."""
    if identity.sign_in_mode() == "none":
        return False
    given = assignments.for_student(actor)
    now = current().clock()
    waiting = [one for one in given if one.running is not None or (one.can_begin and one.last is None)]
    others = [one for one in given if one not in waiting]
    if waiting:
        st.markdown("## To do")
    for one in waiting:
        _card(actor, one)
    if others:
        with st.expander(f"Other assignments ({len(others)})", key="other-assignments"):
            for one in sorted(others, key=lambda one: one.assignment.due_at or now, reverse=True):
                _card(actor, one)
    return bool(waiting)


def _card(actor: User, one: Due) -> None:
    given = one.assignment
    facts = [one.class_name]
    if given.due_at:
        facts.append(f"due {times.moment(given.due_at, actor)}")
    if one.minutes:
        facts.append(f"{one.minutes:g} minutes")
    if one.left is not None and one.last is not None:
        facts.append(f"{words.count(one.left, 'attempt')} left")
    with st.container(key=f"due-{given.id}", border=True):
        st.text(given.title)
        st.caption(prose.plain(" · ".join(facts)))
        with st.container(horizontal=True):
            if one.running is not None:
                if st.button("Go on", type="primary", key=f"assigned-{given.id}"):
                    routes.go("practice", quiz=one.running)
            elif one.can_begin:
                first = one.last is None
                pressed = st.button(
                    "Begin" if first else "Once more",
                    type="primary" if first else "secondary",
                    key=f"assigned-{given.id}",
                )
                if pressed:
                    _begin(actor, given.id)
            if one.last is not None and st.button("Result" if one.told else "Handed in", key=f"came-{given.id}"):
                routes.go("result", quiz=one.last)
            if one.last is None and one.running is None and not one.can_begin:
                st.markdown("Over. You did not begin it.")


def _begin(actor: User, assignment_id: int) -> None:
    try:
        quiz = assignments.begin(actor, assignment_id)
    except (NotAllowed, NothingMatches) as refusal:
        st.text(str(refusal))
        return
    routes.go("practice", quiz=quiz)
