"""The versions of a question: who saved what and why, what differs, and going back."""

import streamlit as st

from quizlib.errors import QuizError
from quizlib.model.authoring import Judgement
from quizlib.model.person import User
from quizlib.services.authoring import meeting, versions
from quizlib.services.authoring.versions import Opened
from quizlib.ui import prose, routes, times
from quizlib.ui.editor.difference import show_difference

NEWEST = 10


def history(actor: User, opened: Opened) -> None:
    """Show every version, the newest first; each opens to what differs from another."""
    st.markdown("## Versions")
    every = opened.versions
    shown = len(every)
    if shown > NEWEST and not st.checkbox(f"Show all {shown} versions", key=f"all-versions-{opened.row.id}"):
        shown = NEWEST
    for place, one in enumerate(every[:shown]):
        asked = one.id == opened.row.version_id and opened.row.status == "live"
        state = "asked now" if asked else "waits for approval" if one.id == opened.row.proposed_id else ""
        who = one.name or ("a file" if one.saved_by is None else "somebody who left")
        title = f"Version {one.number}, {times.day(one.saved_at, actor)}, {who}" + (f" ({state})" if state else "")
        with st.expander(prose.plain(title), key=f"version-{one.id}"):
            if one.note:
                st.markdown(f"Why: {prose.plain(one.note)}")
            for said in opened.verdicts:
                if said.version_id == one.id:
                    _verdict(actor, said.name, said.judgement, said.comment, times.day(said.at, actor))
            if place + 1 < len(every):
                before = every[place + 1]
                changes = meeting.compared(before.content, one.content)
                show_difference(changes, meeting.words, f"Version {before.number}", f"Version {one.number}")
            else:
                st.caption("The first version.")
            if one.id != opened.row.newest_id and opened.family is None:
                _back(actor, opened, one.id, one.number)


def _verdict(actor: User, name: str, judgement: Judgement, comment: str, day: str) -> None:
    said = "approved it" if judgement is Judgement.APPROVE else "asked for changes"
    st.markdown(
        f"{prose.plain(name or 'Somebody')} {said} on {day}." + (f" “{prose.plain(comment)}”" if comment else "")
    )


def _back(actor: User, opened: Opened, version_id: int, number: int) -> None:
    # of a version that came while this page was looked at, the button is another
    if st.button(f"Make version {number} the newest again", key=f"back-to-{version_id}-{opened.row.newest_id}"):
        try:
            saved = versions.restore(actor, opened.row.id, version_id, opened.row.newest_id)
        except QuizError as refusal:
            st.text(str(refusal))
        else:
            changed = "key" if saved.rescorable else "waits" if saved.waits else "restored"
            routes.go("question", question=opened.row.id, changed=changed)
