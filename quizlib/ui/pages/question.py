"""One question as instructors see it: try it out, how it goes, who said what about it, and what it was before."""

import streamlit as st

from quizlib.errors import NotFound
from quizlib.kinds import KINDS
from quizlib.model.authoring import Status
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.authoring import drafts, versions
from quizlib.services.authoring.versions import Opened
from quizlib.ui import address, identity, prose, routes, words
from quizlib.ui.editor.conflict import conflict
from quizlib.ui.editor.going import going
from quizlib.ui.editor.history import history
from quizlib.ui.editor.marking import marking
from quizlib.ui.editor.preview import preview
from quizlib.ui.editor.review import review, status_buttons

STATUS = {
    Status.DRAFT: "Draft: students are not asked it yet",
    Status.LIVE: "Students are asked it",
    Status.RETIRED: "Withdrawn: students are not asked it any more",
}
CHANGED = {
    "live": "Published. Students are asked this version from now on.",
    "draft": "Saved. Students are not asked it yet.",
    "retired": "Withdrawn.",
    "waits": "Saved. Another instructor has to approve this version before students see it.",
    "restored": "The old version is the newest again.",
    "approved": "Approved.",
    "judged": "The author finds your comment here.",
    "marked": "Done. What became of past answers stands below.",
    "dropped": "It waits no more, and stays in the history.",
    "settled": "Settled. Both versions are in the history.",
}


def page() -> None:
    """Show the question that the address names."""
    actor = identity.actor()
    question_id = address.word("question")
    if not question_id:
        raise NotFound("This address names no question.")
    opened = versions.opened(actor, question_id)
    said = address.word("changed")
    st.page_link(routes.to("questions"), label="‹ All questions")
    _head(actor, opened)
    if said in CHANGED:
        with st.container(key="done"):
            st.markdown(CHANGED[said])
    conflict(actor, opened.row.id)
    marking(actor, opened, asked=said == "key")
    left, right = st.columns(2, gap="large")
    with left:
        waits = opened.row.proposed_id is not None
        st.markdown(
            f"## As a student will see it, version {opened.newest.number}" if waits else "## As a student sees it"
        )
        preview(actor, opened.newest.question, current().catalogue, f"try-{opened.newest.id}")
        _sources(opened)
    with right:
        going(actor, opened.row.id)
        review(actor, opened)
    history(actor, opened)


def _head(actor: User, opened: Opened) -> None:
    question, row = opened.newest.question, opened.row
    st.markdown(f"# {prose.plain(prose.short(question.stem))}")
    topics = current().catalogue.topics
    topic = topics[row.topic].title if row.topic in topics else row.topic
    st.markdown(f"{_status(opened)}. {prose.plain(topic)}, {KINDS[row.kind].title}.")
    st.caption(prose.plain(f"{row.id}, version {opened.newest.number}" + (f", {opened.file}" if opened.file else "")))
    if opened.family is not None:
        file = prose.plain(f"{row.topic}/{opened.family}.family.yaml")
        st.markdown(f"One of a generated set: it is changed in the file {file}.")
    for one in opened.others:
        st.markdown(f"{prose.plain(one.name or 'Somebody')} is working on it.")
    with st.container(horizontal=True, key="act"):
        if opened.family is None and st.button("Change it", type="primary", key="change"):
            routes.go("write", draft=drafts.edit(actor, row.id))
        if st.button("Make a copy", key="copy"):
            routes.go("write", draft=drafts.duplicate(actor, row.id))
        status_buttons(actor, opened)


def _status(opened: Opened) -> str:
    if opened.row.proposed_id is None:
        return STATUS[opened.row.status]
    asked, waits = opened.asked.number, opened.newest.number
    return f"Students are asked version {asked}; version {waits} waits until another instructor approves it"


def _sources(opened: Opened) -> None:
    question = opened.newest.question
    with st.container(key="sources-of-question"):
        st.markdown("## Sources")
        cited = current().catalogue.citations(question.sources) or ["None that is in the list."]
        st.markdown("\n".join(f"- {prose.plain(one)}" for one in cited))
        st.caption(words.review_state(question))
