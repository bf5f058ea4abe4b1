"""One student of a class: scores over time, topics, every attempt at its assignments, and practice if it is shared."""

from html import escape

import streamlit as st

from quizlib.errors import NotFound
from quizlib.model.person import User
from quizlib.services.history import students
from quizlib.services.history.in_class import State
from quizlib.services.history.students import Sitting, StudentHistory
from quizlib.ui import address, identity, prose, routes, times, words
from quizlib.ui.parts.charts import assigned
from quizlib.ui.parts.in_class import said, tables

LEAST_POINTS = 2


def page() -> None:
    """Show the student of the class that the address names."""
    actor = identity.actor()
    class_id, user_id = address.number("class"), address.number("student")
    if class_id is None or user_id is None:
        raise NotFound("This address names no student of a class.")
    found = students.history(actor, class_id, user_id)
    with st.container(horizontal=True):
        here = {"class": str(class_id)}
        st.page_link(routes.to("class"), label="‹ Back to the class", query_params=here)
        st.page_link(routes.to("scores"), label="Scores of all", query_params=here)
    st.markdown(f"# {prose.plain(found.member.name)}")
    st.markdown(_sentence(found))
    if found.slip is not None:
        with st.container(key="slips", border=True):
            st.markdown(f"**Slipping.** {said.slip(found.slip)}")
            st.caption(said.SLIPPING)
    st.markdown("## Assignments")
    _over_time(found, actor)
    _sittings(found, actor)
    _missing(found)
    if found.topics:
        st.markdown("## Topics")
        _topics(found)
    st.markdown("## Practice outside assignments")
    _practice(found, actor)


def _sentence(found: StudentHistory) -> str:
    joined = f"{found.done} of {words.count(found.assignments, 'assignment')} done"
    return f"{joined}." if found.mean is None else f"{joined}, {found.mean:.0%} of the points on average."


def _over_time(found: StudentHistory, actor: User) -> None:
    counted = [one for one in reversed(found.sittings) if one.counts and one.finished_at is not None]
    points = sorted(
        (times.in_zone(one.finished_at, actor), one.assignment.title, one.share, one.median)
        for one in counted
        if one.finished_at is not None and one.share is not None and one.median is not None
    )
    if len(points) < LEAST_POINTS:
        return
    moments, titles, shares, medians = zip(*points, strict=True)
    sentence = (
        f"Scores of {len(points)} assignments over time: the first {shares[0]:.0%}, the last {shares[-1]:.0%}. "
        "The dashed line is the middle of the class at the same assignments. The figures stand in the table below."
    )
    assigned.show([f"{one:%Y-%m-%dT%H:%M:%S}" for one in moments], titles, shares, medians, sentence)
    st.caption("The dashed line is the middle of the class at the same assignments: half have more, half have less.")


def _sittings(found: StudentHistory, actor: User) -> None:
    if not found.sittings:
        st.markdown("No attempt yet.")
        return
    head = ("Assignment", "Score", "Middle of the class", "Finished", "Attempt")
    st.html(tables.table("Every attempt, the newest first", head, [_sitting(one, actor) for one in found.sittings]))


def _sitting(one: Sitting, actor: User) -> tuple[str, ...]:
    name = tables.link("assignment", one.assignment.title, assignment=one.assignment.id)
    median = said.share(one.median)
    number = escape(_number(one))
    if one.finished_at is None:
        return name, "under way", median, f"begun {times.moment(one.started_at, actor)}", number
    score = f"{said.points(one.points or 0.0)} of {one.questions or 0}" + tables.small(said.share(one.share))
    return name, score, median, times.moment(one.finished_at, actor), number


def _number(one: Sitting) -> str:
    if one.tries == 1:
        return "the only one"
    counts = ", counts" if one.counts else ""
    return f"{one.number} of {one.tries}{counts}"


def _missing(found: StudentHistory) -> None:
    reasons = {
        State.NOT_BEGUN: "Not begun",
        State.NOT_OPEN: "Not open yet",
        State.JOINED_LATER: "Due before this student joined",
    }
    for state, words_ in reasons.items():
        titles = [one.title for one, why in found.missing if why is state]
        if titles:
            st.text(f"{words_}: {', '.join(titles)}.")


def _topics(found: StudentHistory) -> None:
    head = ("Topic", "Share right", "As far as so many tell", "Answers")
    rows = [(escape(said.topic(one.topic)), *said.topic_share(one), f"{one.n:,}") for one in found.topics]
    st.html(tables.table("How often answers in assignments were right, by topic", head, rows))


def _practice(found: StudentHistory, actor: User) -> None:
    name = prose.plain(found.member.name)
    if found.practice is None:
        st.markdown(
            f"{name} does not share practice with you, so it is not shown. What students practise by themselves is "
            "theirs; the page of the class has totals of everybody."
        )
    elif not found.practice:
        st.markdown(f"{name} shares practice with you, and has not practised yet.")
    else:
        head = ("Quiz", "Right", "When")
        rows = [
            (escape(words.PLANS.get(one.plan, "Quiz")), f"{one.right} of {one.answered}", times.moment(one.at, actor))
            for one in found.practice
        ]
        st.html(tables.table("Quizzes outside assignments, the newest first, shared with you", head, rows))
