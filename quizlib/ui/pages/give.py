"""Give a class an assignment, or change one: topics, number and due date, the rest folded."""

from datetime import datetime, time, timedelta

import streamlit as st

from quizlib.errors import NotFound, QuizError
from quizlib.model.attempt import Behaviour, Filter
from quizlib.model.classes import Assignment, Counts, Tells, Terms
from quizlib.model.person import User
from quizlib.model.question import Level
from quizlib.services.app import current
from quizlib.services.bank import catalogue
from quizlib.services.classes import assignments, classes
from quizlib.ui import address, identity, prose, routes, times, words

MOST_IDS = 200
EVENING = time(18, 0)


def page() -> None:
    """Show the form for the class, and the assignment, that the address names."""
    actor = identity.actor()
    class_id, assignment_id = address.number("class"), address.number("assignment")
    if class_id is None:
        raise NotFound("This address names no class.")
    group = classes.taught(actor, class_id)
    stored = assignments.given(actor, assignment_id) if assignment_id else None
    if stored is not None and stored.class_id != class_id:
        raise NotFound("This assignment is one of another class.")
    st.page_link(routes.to("class"), label="‹ Back to the class", query_params={"class": str(class_id)})
    st.markdown("# Change the assignment" if stored else "# New assignment")
    st.caption(f"For {prose.plain(group.name)}. Times are those of {actor.time_zone}.")
    terms = _form(actor, stored, f"-{assignment_id or 'new'}")
    if st.button("Save" if stored else "Give it to the class", type="primary", key="give") and terms is not None:
        try:
            if stored:
                assignments.change(actor, stored.id, terms)
                made = stored.id
            else:
                made = assignments.give(actor, class_id, terms)
        except QuizError as refusal:
            st.text(str(refusal))
        else:
            routes.go("assignment", assignment=made)


def _form(actor: User, stored: Assignment | None, of: str) -> Terms | None:
    known = catalogue().topics
    title = st.text_input(
        "Title",
        value=stored.title if stored else "",
        key=f"title{of}",
        max_chars=200,
        placeholder="Dermatomes of the arm",
    )
    topics = st.pills(
        "Topics (none means all)",
        list(known),
        selection_mode="multi",
        default=[one for one in stored.filter.topics if one in known] if stored else [],
        format_func=lambda one: prose.plain(known[one].title),
        key=f"topics{of}",
    )
    number = st.number_input(
        "Number of questions", min_value=1, max_value=200, value=stored.number if stored else 10, key=f"number{of}"
    )
    due_at = _moment(actor, "Due", f"due{of}", stored.due_at if stored else _next_week(actor))
    first = [Behaviour.PRACTICE, Behaviour.EXAM]
    behaviour = st.segmented_control(
        "Answers are told",
        first,
        default=stored.behaviour if stored else Behaviour.PRACTICE,
        format_func=lambda one: words.BEHAVIOURS[Behaviour(one)],
        key=f"behaviour{of}",
        required=True,
    )
    exam = Behaviour(behaviour) is Behaviour.EXAM
    with st.expander("Opening, time limit, attempts, when answers are shown", key=f"more{of}"):
        more = _more(actor, stored, exam, of)
    if not title.strip():
        st.caption("Write a title: it is what students see.")
        return None
    try:
        return Terms(
            title=" ".join(title.split()),
            filter=Filter(topics=tuple(topics), levels=more.pop("levels")),
            number=int(number),
            due_at=due_at,
            behaviour=Behaviour(behaviour),
            **more,
        )
    except ValueError as refusal:
        st.text(str(refusal))
        return None


def _more(actor: User, stored: Assignment | None, exam: bool, of: str) -> dict[str, object]:
    opens_at = _moment(actor, "Opens", f"opens{of}", stored.opens_at if stored else None)
    levels = st.pills(
        "Levels (none means all)",
        list(Level),
        selection_mode="multi",
        default=list(stored.filter.levels) if stored else [],
        format_func=lambda one: words.LEVELS[Level(one)],
        key=f"levels{of}",
    )
    ids_text = st.text_area(
        "Just these questions",
        value="\n".join(stored.question_ids or ()) if stored else "",
        key=f"just-these{of}",
        help="Ids, one a line. They are asked in place of questions drawn from the topics.",
        max_chars=20_000,
    )
    ids = tuple(dict.fromkeys(ids_text.split()))[:MOST_IDS]
    same = st.toggle(
        "The same questions for everybody",
        value=stored.same_for_all if stored else True,
        key=f"same{of}",
        help="Off: each attempt draws its own. The order of the options differs in any case.",
    )
    limited = st.toggle(
        "Limit the number of attempts", value=bool(stored and stored.attempts_allowed), key=f"limit{of}"
    )
    allowed = None
    if limited:
        before = stored.attempts_allowed if stored and stored.attempts_allowed else 1
        allowed = int(st.number_input("Attempts", min_value=1, max_value=100, value=before, key=f"attempts{of}"))
    counts = Counts(stored.counts if stored else Counts.BEST)
    if allowed != 1:
        counts = Counts(
            st.segmented_control(
                "Which attempt counts",
                list(Counts),
                default=counts,
                format_func=lambda one: words.COUNTS[Counts(one)],
                key=f"counts{of}",
                required=True,
            )
        )
    minutes, tells = None, Tells.AT_ONCE
    if exam:
        if st.toggle("Time limit", value=bool(stored and stored.minutes), key=f"limited{of}"):
            before_minutes = int(stored.minutes) if stored and stored.minutes else 15
            minutes = float(
                st.number_input("Minutes", min_value=1, max_value=300, value=before_minutes, key=f"minutes{of}")
            )
            st.caption("A student’s extra time multiplies it. It is set on the page of the class.")
        tells = Tells(
            st.segmented_control(
                "What was right is shown",
                list(Tells),
                default=stored.tells if stored else Tells.AT_ONCE,
                format_func=lambda one: words.TELLS[Tells(one)],
                key=f"tells{of}",
                required=True,
            )
        )
    return {
        "opens_at": opens_at,
        "levels": tuple(levels),
        "question_ids": ids or None,
        "same_for_all": same,
        "attempts_allowed": allowed,
        "counts": counts,
        "minutes": minutes,
        "tells": tells,
    }


def _moment(actor: User, label: str, key: str, before: datetime | None) -> datetime | None:
    if not st.toggle(f"{label} on a date", value=before is not None, key=f"{key}-set"):
        return None
    local = times.in_zone(before or _next_week(actor), actor)
    with st.container(horizontal=True, key=f"{key}-when"):
        day = st.date_input(f"{label} on", value=local.date(), key=f"{key}-day")
        clock = st.time_input(f"{label} at", value=local.time().replace(second=0, microsecond=0), key=f"{key}-time")
    if before is not None and (day, clock) == (local.date(), local.time().replace(second=0, microsecond=0)):
        return before  # an hour that comes twice in autumn is the one that it was
    return times.at(day, clock, actor)


def _next_week(actor: User) -> datetime:
    local = times.in_zone(current().clock(), actor) + timedelta(days=7)
    return times.at(local.date(), EVENING, actor)
