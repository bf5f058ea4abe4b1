"""Item analysis of one assignment: what its scores are worth, and which of its questions to look at."""

from collections import Counter
from typing import Any

import streamlit as st

from quizlib.errors import NotFound
from quizlib.services.analysis import assigned
from quizlib.services.analysis.assigned import AssignmentAnalysis, Tries
from quizlib.services.analysis.figures import Design, Figures, Sign, WholeTest, as_told
from quizlib.services.responses import as_csv
from quizlib.ui import address, identity, prose, routes, words
from quizlib.ui.parts.figures import drawn
from quizlib.ui.parts.figures.said import striking

MOST_SHOWN = 6
TRIES = {Tries.FIRST: "First attempts", Tries.EVERY: "Every attempt"}


def page() -> None:
    """Show the analysis of the assignment that the address names."""
    actor = identity.actor()
    assignment_id = address.number("assignment")
    if assignment_id is None:
        raise NotFound("This address names no assignment.")
    tries = Tries(st.session_state.get("tries") or Tries.FIRST)
    found = assigned.of(actor, assignment_id, tries)
    given = found.assignment
    st.page_link(routes.to("assignment"), label="‹ Back to the assignment", query_params={"assignment": str(given.id)})
    st.markdown(f"# How the questions went: {prose.plain(given.title)}")
    if given.attempts_allowed != 1:
        st.segmented_control(
            "What is counted",
            list(Tries),
            default=Tries.FIRST,
            format_func=TRIES.__getitem__,
            key="tries",
            required=True,
        )
    if found.test is None:
        st.markdown("Nobody has finished it yet. What the answers say about each question stands here then.")
        return
    questions = found.test.questions
    st.markdown(_sentence(found, found.test))
    _first(questions)
    st.markdown("## The scores")
    with st.container(key="scores-of-test"):
        st.html(drawn.scores(found.test.scores))
        st.caption(_design(found.test))
    st.markdown("## Every question")
    with st.container(key="questions-of-test"):
        st.html(drawn.overview(questions))
    _one(questions)
    st.download_button(
        "Download every figure (CSV)",
        lambda: as_csv({"questions": _named_apart(questions)}),
        f"questions-of-assignment-{given.id}.csv",
        "text/csv",
        key="download-figures",
        on_click="ignore",
    )


def _named_apart(questions: tuple[Figures, ...]) -> list[dict[str, Any]]:
    """Give rows in which two wordings of one question do not have the same name."""
    often = Counter(one.question for one in questions)
    return [
        as_told(one) | ({"question": f"{one.question}: {prose.short(one.title)}"} if often[one.question] > 1 else {})
        for one in questions
    ]


def _sentence(found: AssignmentAnalysis, test: WholeTest) -> str:
    number = words.count(found.attempts, "finished attempt")
    mean = test.scores.shown("mean")
    said = f"{number}, {words.count(len(test.questions), 'question')}."
    if mean is not None:
        said += f" Mean score {mean:.1f} of {test.scores.out_of:g}."
    return said


def _first(questions: tuple[Figures, ...]) -> None:
    """Show what is striking, question by question."""
    st.markdown("## Look at these first")
    marked = [one for one in questions if one.remarks]
    if not marked:
        st.markdown("Nothing is striking, as far as so many answers can tell.")
        return
    marked.sort(key=lambda one: min(list(Sign).index(remark.sign) for remark in one.remarks))
    st.caption("As answered in this assignment. The page of a question counts every first answer, in all of them.")
    with st.container(key="striking"):
        for place, one in enumerate(marked[:MOST_SHOWN]):
            _striking(place, one)
        if len(marked) > MOST_SHOWN:
            with st.expander(f"{len(marked) - MOST_SHOWN} more", key="more-striking"):
                for place, one in enumerate(marked[MOST_SHOWN:], start=MOST_SHOWN):
                    _striking(place, one)


def _striking(place: int, one: Figures) -> None:
    with st.container(key=f"striking-{place}", border=True):
        label = prose.plain(prose.short(one.title))
        st.page_link(routes.to("question"), label=label, query_params={"question": one.question})
        for what, first in striking(one.remarks):
            st.markdown(f"**{prose.plain(what)}** {prose.plain(first)}")


def _design(test: WholeTest) -> str:
    if test.design is Design.COMPLETE:
        return (
            "Everybody was asked every question. A question is compared with the rest of the test; what was not "
            "answered is worth nothing. Instructors’ own answers are left out."
        )
    return (
        "Students were asked different questions, so their scores do not add up to one test: a question is compared "
        "with the mean of at least five others of the same student, and alpha and the standard error are left out."
    )


def _one(questions: tuple[Figures, ...]) -> None:
    titles = {place: f"{place + 1}. {prose.short(one.title, 80)}" for place, one in enumerate(questions)}
    chosen = st.selectbox(
        "Every figure of one question",
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        key="one-question",
        placeholder="Choose a question",
    )
    if chosen is None or chosen >= len(questions):
        return
    one = questions[chosen]
    with st.container(key="figures-of-one"):
        lines = "".join(f"<p>{said}</p>" for said in (drawn.share_right(one, "times asked"), drawn.discrimination(one)))
        st.html(drawn.remarks(one) + lines + drawn.options(one) + drawn.details(one))
