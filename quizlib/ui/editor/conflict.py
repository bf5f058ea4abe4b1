"""A question whose file and whose version in the database both changed: side by side, and a choice."""

import streamlit as st

from quizlib.errors import QuizError
from quizlib.model.person import User
from quizlib.services.authoring import conflicts, meeting
from quizlib.services.authoring.conflicts import Side
from quizlib.ui import prose, routes
from quizlib.ui.editor.difference import show_difference


def conflict(actor: User, question_id: str) -> None:
    """Show both sides, where they are apart, and let the instructor take one."""
    found = conflicts.of_question(actor, question_id)
    if found is None:
        return
    with st.container(key="conflict", border=True):
        st.markdown("## The file and the question here both changed")
        st.markdown(
            f"Students are asked what stands on the left; {prose.plain(found.file)} says what stands on the right. "
            "Whichever you take, the other stays in the history."
        )
        changes = meeting.compared(found.in_database, found.in_file)
        show_difference(changes, meeting.words, "Asked now", "In the file")
        # of sides that changed while these were looked at, the buttons are others: nothing is settled unseen
        with st.container(horizontal=True):
            if st.button("Keep what is asked now", key=f"settle-database-{found.sign}"):
                _settle(actor, question_id, "database", found.sign)
            if st.button("Take the file’s", key=f"settle-file-{found.sign}"):
                _settle(actor, question_id, "file", found.sign)


def _settle(actor: User, question_id: str, side: Side, sign: str) -> None:
    try:
        conflicts.settle(actor, question_id, side, sign)
    except QuizError as refusal:
        st.text(str(refusal))
    else:
        routes.go("question", question=question_id, changed="settled")
