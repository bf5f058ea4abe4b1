"""Taking in a class list: choose a file, look at what it would do, take it in."""

import streamlit as st

from quizlib.errors import Refused
from quizlib.model.person import User
from quizlib.services.classes import roster
from quizlib.services.classes.roster import Preview
from quizlib.ui import identity, prose, words

MOST_SHOWN = 100


def import_list(actor: User, class_id: int) -> None:
    """Show the way from a file to students in a class."""
    if identity.sign_in_mode() != "accounts":
        return
    with st.expander("Take in a list of students", key="roster"):
        given_out = st.session_state.get(_links_key(class_id))
        if given_out:
            _hand_out(given_out[0], given_out[1], class_id)
        st.markdown(
            "A CSV or XLSX file with the columns *name* (or *first name* and *last name*), *username* or *email*, and, "
            "if you like, *extra time* (1.25 or 25 %). Who has no account gets one, and a link to choose a password."
        )
        # a new key after each list: the file that was taken in is not offered again
        round_ = st.session_state.get(_round_key(class_id), 0)
        file = st.file_uploader("File", type=["csv", "xlsx", "txt"], key=f"roster-file-{class_id}-{round_}")
        if file is None:
            return
        try:
            found = roster.preview(actor, class_id, file.getvalue(), file.name)
        except Refused as refusal:
            st.text(str(refusal))
            return
        _show(found)
        if not found.problems and st.button(_what(found), type="primary", key="take-in"):
            try:
                taken = roster.take_in(actor, class_id, found)
            except Refused as refusal:
                st.text(str(refusal))
                return
            links = roster.links_as_csv([one for one in taken if one.token], identity.address())
            st.session_state[_round_key(class_id)] = round_ + 1
            st.session_state[_links_key(class_id)] = (links, sum(one.token is not None for one in taken))
            st.rerun()


def _show(found: Preview) -> None:
    if found.problems:
        st.markdown(f"**{words.count(len(found.problems), 'line')} to fix first.** Nothing was taken in.")
        for problem in found.problems[:MOST_SHOWN]:
            st.text(str(problem))
        if len(found.problems) > MOST_SHOWN:
            st.caption(f"And {len(found.problems) - MOST_SHOWN} more.")
        return
    st.table(
        [
            {
                "Line": one.line,
                "Name": prose.plain(one.name),
                "Signs in as": prose.plain(one.sign_in_name),
                "Extra time": f"{one.extra_time:g} ×" if one.extra_time != 1 else "",
                "": "is in the class" if one.member else "has an account" if one.user_id else "new",
            }
            for one in found.entries[:MOST_SHOWN]
        ],
        hide_index=True,
        alt="What the file lists",
    )
    if len(found.entries) > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN} of {len(found.entries)}.")


def _what(found: Preview) -> str:
    return f"Take in {words.count(found.joining, 'student')} ({words.count(found.new, 'new account')})"


def _hand_out(links: str, number: int, class_id: int) -> None:
    with st.container(key="links", border=True):
        st.markdown("**The list was taken in.**")
        if not number:
            return
        st.markdown(
            f"{words.count(number, 'link')} to choose a password, one for each new account. Download them now and hand "
            "them out: they are shown only once. A lost one is replaced under *For one student*."
        )
        st.download_button(
            "Download the links", links, f"links-class-{class_id}.csv", "text/csv", key="download-links", type="primary"
        )
        if st.button("Done: I have them", key="links-done"):
            del st.session_state[_links_key(class_id)]
            st.rerun()


def _round_key(class_id: int) -> str:
    return f"roster-round-{class_id}"


def _links_key(class_id: int) -> str:
    return f"links-{class_id}"
