"""What is said above the form: which question it is, who else is at it, what of a pasted text was not understood."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from quizlib.kinds import KINDS
from quizlib.model.person import User
from quizlib.services.authoring import drafts, meeting
from quizlib.services.authoring.drafts import Open
from quizlib.services.authoring.meeting import Way
from quizlib.ui import prose, routes
from quizlib.ui.editor.difference import show_difference
from quizlib.ui.editor.session import Session

Json = dict[str, Any]


def head(actor: User, mine: Session, opened: Open) -> None:
    """Say which question it is, and who else works on it."""
    kind = KINDS[opened.draft.content["kind"]].title
    st.page_link(routes.to("questions"), label="‹ All questions")
    if opened.row is None:
        st.markdown(f"# New question: {kind}")
        _another_type(actor, mine, opened)
    else:
        st.markdown(f"# Change the question: {kind}")
        st.caption(prose.plain(opened.row.id))
    for one in opened.others:
        st.markdown(f"{prose.plain(one.name or 'Somebody')} is working on this question too.")


def _another_type(actor: User, mine: Session, opened: Open) -> None:
    with st.popover("Another type", key="another-type"):
        st.markdown("What is written for this type comes back with it.")
        for name, kind in KINDS.items():
            if name != opened.draft.content["kind"] and st.button(kind.title, key=f"retype-{name}"):
                with mine.turn:
                    mine.kept[opened.draft.id] = drafts.retype(actor, opened.draft.id, opened.draft.seq, name)
                    mine.generation += 1
                st.rerun()


def pasted(actor: User, content: Json, topic: str, restructure: Callable[[], None]) -> None:
    """Say what was not understood of a pasted text, and go on with the questions that followed in it."""
    remarks, rest = content.get(drafts.REMARKS), content.get(drafts.REST)
    if not remarks and not rest:
        return
    with st.container(key="pasted-remarks", border=True):
        for one in remarks or ():
            st.markdown(prose.plain(one))
        with st.container(horizontal=True):
            if rest and st.button("Begin the next question of the text", key="next-of-text"):
                routes.go("write", draft=drafts.from_text(actor, rest, topic))
            if st.button("Hide this", key="hide-remarks"):
                content.pop(drafts.REMARKS, None)
                content.pop(drafts.REST, None)
                restructure()


def overtaken(actor: User, mine: Session, opened: Open) -> None:
    """Show what somebody else has saved meanwhile, and let the instructor choose how to go on."""
    met = meeting.meeting(actor, opened.draft.id)
    if met is None:
        return
    with st.container(key="overtaken", border=True):
        who = prose.plain(met.newest.name or "A changed file")
        st.markdown(f"## {who} saved another version meanwhile")
        if met.newest.note:
            st.markdown(f"Why: {prose.plain(met.newest.note)}")
        show_difference(met.theirs, meeting.words, "When you began", f"Theirs, version {met.newest.number}")
        st.markdown("What you changed:")
        show_difference(met.mine, meeting.words, "When you began", "Yours")
        with st.container(horizontal=True):
            ways: dict[Way, str] = {Way.BOTH: "Put both together"} if met.both else {}
            ways |= {Way.MINE: "Go on with mine alone", Way.THEIRS: "Take theirs, drop mine"}
            for way, label in ways.items():
                # of a version that came while this one was looked at, the buttons are others
                key = f"way-{way}-{met.newest.id}"
                if st.button(label, key=key, type="primary" if way is Way.BOTH else "secondary"):
                    with mine.turn:
                        mine.kept[opened.draft.id] = meeting.go_on(actor, opened.draft.id, opened.draft.seq, way)
                        mine.generation += 1
                    st.rerun()


def told_joined(mine: Session, draft_id: int) -> None:
    """Say that another tab changed the draft as well, and where it had something else, until that was read."""
    joined = mine.joined.get(draft_id)
    if joined is None:
        return
    with st.container(key="joined", border=True):
        st.text(joined.words)
        show_difference(meeting.compared(joined.there, joined.here), meeting.words, "The other tab", "Now")
        if st.button("I have read it", key="joined-read"):
            mine.joined.pop(draft_id, None)
            st.rerun()
