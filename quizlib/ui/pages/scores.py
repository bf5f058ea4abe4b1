"""The scores of a class: every student at every assignment, how they are spread, topics, mix-ups, and files of it."""

from html import escape

import streamlit as st

from quizlib.errors import NotFound
from quizlib.model.person import User
from quizlib.services.exporting import answers, grade_books
from quizlib.services.exporting.answers import AnswerFilter
from quizlib.services.history import mix_ups, scores, shown
from quizlib.services.history.mix_ups import MixUp, MixUps
from quizlib.services.history.scores import EVERYTHING, Scores
from quizlib.ui import address, identity, prose, routes, words
from quizlib.ui.parts import downloads
from quizlib.ui.parts.in_class import filters, matrix, said, tables

MOST_MIX_UPS, MOST_QUESTIONS = 20, 3


def page() -> None:
    """Show the scores of the class that the address names."""
    actor = identity.actor()
    class_id = address.number("class")
    if class_id is None:
        raise NotFound("This address names no class.")
    which, gone = filters.wanted(actor), ""
    try:
        found = scores.of_class(actor, class_id, which)
    except NotFound as refusal:
        # whoever was looked at has left meanwhile; where it is the class that is not here, this raises as well
        found, which, gone = scores.of_class(actor, class_id), EVERYTHING, str(refusal)
        filters.drop()
    st.page_link(routes.to("class"), label="‹ Back to the class", query_params={"class": str(class_id)})
    st.markdown(f"# Scores: {prose.plain(found.group.name)}")
    if gone:
        st.text(gone)
    filters.show(found, which)
    filters.keep()
    if not found.assignments:
        st.markdown(
            "No assignment to show. " + ("" if found.every else "Give the class one, and its scores stand here.")
        )
        return
    given = matrix.columns(found)
    st.markdown("## Students")
    if found.rows:
        matrix.show(found, given)
    else:
        st.markdown("Nobody has joined yet.")
    st.markdown("## How scores are spread")
    matrix.figures(found, given)
    st.markdown("## Topics")
    _topics(found)
    st.markdown("## Looking closer")
    _mix_ups(actor, class_id, which)
    _downloads(class_id, which)


def _topics(found: Scores) -> None:
    if not found.topics:
        st.markdown("No answers in finished attempts yet.")
        return
    head = ("Topic", "Share right", "As far as so many tell", "Answers", "Students")
    rows = [
        (escape(said.topic(one.topic)), *said.topic_share(one), f"{one.n:,}", str(one.learners)) for one in found.topics
    ]
    st.html(tables.table("How often answers were right, by topic", head, rows))
    st.caption("Every answer in finished attempts counts here, also of attempts that do not count for the score.")


def _mix_ups(actor: User, class_id: int, which: AnswerFilter) -> None:
    with st.expander("Misconceptions", key="fold-mix-ups", on_change="rerun") as fold:
        if not fold.open:
            return
        found = mix_ups.of_class(actor, class_id, which)
        if not found.shown:
            st.markdown("None shown, as far as wrong options name one.")
            return
        head = ("Misconception", "Shown by", "In these questions")
        st.html(
            tables.table(
                "Misconceptions that answers showed", head, [_mix_up(one, found) for one in found.shown[:MOST_MIX_UPS]]
            )
        )
        if len(found.shown) > MOST_MIX_UPS:
            st.caption(f"The {MOST_MIX_UPS} most frequent of {len(found.shown)}; the file below has all.")


def _mix_up(one: MixUp, found: MixUps) -> tuple[str, ...]:
    named = [
        tables.link("question", prose.short(each.title, 80), question=each.question_id)
        + tables.small(f"({each.learners})")
        for each in one.questions[:MOST_QUESTIONS]
    ]
    more = len(one.questions) - MOST_QUESTIONS
    if more > 0:
        named.append(f"and {words.count(more, 'other question')}")
    return escape(one.words), f"{one.learners} of {words.count(found.learners, 'student')}", "<br>".join(named)


def _downloads(class_id: int, which: AnswerFilter) -> None:
    downloads.offer(
        f"shown-{class_id}",
        lambda actor, part, progress: shown.as_file(actor, class_id, which, part, progress),
        "Download what is shown here",
        shown.PARTS,
        about=which,
    )
    downloads.offer(
        f"grade-book-{class_id}",
        lambda actor, system, progress: grade_books.grade_book(actor, class_id, system, progress),
        "Download for the grade book",
        grade_books.SYSTEMS,
    )
    downloads.offer(
        f"answers-{class_id}",
        lambda actor, kind, progress: answers.class_answers(actor, class_id, which, kind, progress),
        "Download all answers",
        answers.OF_CLASS,
        about=which,
    )
    if which.since is not None or which.until is not None:
        st.caption("In the file of all answers, dates are those of each answer.")
