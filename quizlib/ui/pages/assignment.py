"""One assignment, as its instructor sees it: who is how far, and what can be done about it."""

from collections import Counter

import streamlit as st

from quizlib.errors import NotFound, Refused
from quizlib.model.classes import Tells
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.classes import assignments
from quizlib.services.classes.assignments import Report, Standing
from quizlib.ui import address, identity, prose, routes, times, words
from quizlib.ui.parts.in_class import said, tables


def page() -> None:
    """Show the assignment that the address names."""
    actor = identity.actor()
    assignment_id = address.number("assignment")
    if assignment_id is None:
        raise NotFound("This address names no assignment.")
    shown = assignments.report(actor, assignment_id)
    given = shown.assignment
    st.page_link(routes.to("class"), label="‹ Back to the class", query_params={"class": str(given.class_id)})
    st.markdown(f"# {prose.plain(given.title)}")
    total = len(shown.standings)
    sentence = f"{shown.done} done, {shown.begun} begun, {total - shown.done - shown.begun} not begun."
    if shown.median_share is not None:
        sentence += f" Half of those who are done have {shown.median_share:.0%} or more of the points."
    st.markdown(sentence)
    _when(actor, shown)
    _look(shown)
    try:
        _act(actor, shown)
    except Refused as refusal:
        st.text(str(refusal))
    if shown.standings:
        ordered = sorted(shown.standings, key=lambda one: (one.name == "", one.name.casefold()))
        names = Counter(one.name for one in ordered)
        head = ("Name", "Points", "State", "Attempts")
        rows = [_row(one, actor, names, given.class_id) for one in ordered]
        st.html(tables.table("Every student, with points and state", head, rows))


def _look(shown: Report) -> None:
    """Offer the ways to look closer, once anybody has begun."""
    given = shown.assignment
    if not any(one.tries for one in shown.standings):
        return
    with st.container(key="look-closer", horizontal=True):
        st.page_link(
            routes.to("scores"),
            label="Scores",
            query_params={"class": str(given.class_id), "assignment": str(given.id)},
        )
        st.page_link(routes.to("analysis"), label="How the questions went", query_params={"assignment": str(given.id)})
        st.page_link(routes.to("show"), label="Show in class", query_params={"assignment": str(given.id)})


def _when(actor: User, shown: Report) -> None:
    given = shown.assignment
    facts = []
    if given.opens_at:
        facts.append(f"Opens {times.moment(given.opens_at, actor)}.")
    if given.due_at:
        facts.append(f"Due {times.moment(given.due_at, actor)}.")
    if given.minutes:
        facts.append(f"{given.minutes:g} minutes.")
    if given.attempts_allowed:
        counts = f" {words.COUNTS[given.counts]} counts." if given.attempts_allowed > 1 else ""
        facts.append(f"{words.count(given.attempts_allowed, 'attempt')}.{counts}")
    else:
        facts.append(f"As many attempts as wanted. {words.COUNTS[given.counts]} counts.")
    if given.tells is not Tells.AT_ONCE:
        facts.append("Answers are told." if shown.told else f"Answers are told {words.TOLD[given.tells]}.")
    st.markdown(" ".join(facts))


def _act(actor: User, shown: Report) -> None:
    given = shown.assignment
    now = current().clock()
    with st.container(horizontal=True, key="start"):
        if not shown.told and st.button(
            "Tell the answers now", type="primary", key="tell", disabled=not _may_tell(shown)
        ):
            assignments.tell(actor, given.id)
            st.rerun()
        if st.button("Change", key="change"):
            routes.go("give", **{"class": given.class_id, "assignment": given.id})
        if given.open(now) and st.button("End it now", key="end-now"):
            assignments.end_now(actor, given.id)
            st.rerun()
    sure = st.checkbox(
        "Withdraw this assignment: students do not see it any more, and those who have finished see what was right",
        key="sure-withdraw",
    )
    if sure and st.button("Withdraw", key="withdraw"):
        assignments.withdraw(actor, given.id)
        routes.go("class", **{"class": given.class_id})


def _may_tell(shown: Report) -> bool:
    """Ask once more while some could still hear what is right before they have finished."""
    left = len(shown.standings) - shown.done
    if not left or not (shown.begun or shown.assignment.open(current().clock())):
        return True
    who = words.count(left, "student has", "students have")
    return st.checkbox(f"{who} not finished. Tell the others all the same; it cannot be taken back", key="sure-tell")


def _row(one: Standing, actor: User, names: Counter[str], class_id: int) -> tuple[str, ...]:
    counted = one.counted
    state = "not begun"
    if counted is not None and counted.finished_at is not None:
        state = f"done {times.moment(counted.finished_at, actor)}"
    elif one.running:
        state = "under way"
    points = said.DASH
    if counted is not None and counted.points is not None:
        points = f"{said.points(counted.points)} of {counted.questions}"
    name = f"{one.name} ({one.sign_in_name})" if names[one.name] > 1 and one.sign_in_name else one.name
    shown = tables.link("student", name, **{"class": class_id, "student": one.user_id}) if one.user_id else said.ERASED
    return shown, points, state, str(one.tries)
