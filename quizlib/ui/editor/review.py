"""What other instructors say of a question, and whether learners are asked it."""

from collections.abc import Callable

import streamlit as st

from quizlib.errors import QuizError
from quizlib.model.authoring import Judgement, Status
from quizlib.model.person import User
from quizlib.services.authoring import reviewing
from quizlib.services.authoring.versions import Opened
from quizlib.ui import prose, routes, times


def review(actor: User, opened: Opened) -> None:
    """Show who approved the newest version, and let another instructor judge it."""
    st.markdown("## Review")
    newest = opened.newest
    if opened.approved is not None:
        due = " It is due again." if opened.due else ""
        name = prose.plain(opened.approved.name or "Somebody")
        st.markdown(f"Approved by {name} on {times.day(opened.approved.at, actor)}.{due}")
    said = [one for one in opened.verdicts if one.version_id == newest.id and one.judgement is Judgement.CHANGE]
    for one in said:
        name = prose.plain(one.name or "Somebody")
        st.markdown(f"{name} asked for changes on {times.day(one.at, actor)}: “{prose.plain(one.comment)}”")
    if newest.saved_by == actor.id:
        if opened.approved is None:
            st.caption("You wrote this version. Another instructor can approve it here.")
        return
    if opened.approved is None and not said:
        st.caption("No instructor has judged this version yet.")
    comment = st.text_area("Comment", key=f"comment-{newest.id}", height=68, max_chars=reviewing.LONGEST_COMMENT)
    # of a version that came while this one was looked at, the buttons are others: nothing is approved unseen
    with st.container(horizontal=True, key="judge"):
        if st.button("Approve", key=f"approve-{newest.id}"):
            _done(lambda: reviewing.judge(actor, newest.id, Judgement.APPROVE, comment), opened, "approved")
        if st.button("Ask for changes", key=f"ask-changes-{newest.id}"):
            _done(lambda: reviewing.judge(actor, newest.id, Judgement.CHANGE, comment), opened, "judged")


def status_buttons(actor: User, opened: Opened) -> None:
    """Offer to publish, withdraw or ask again, as the question stands."""
    row = opened.row
    if row.status is not Status.LIVE or row.proposed_id is not None:
        label = "Ask it again" if row.status is Status.RETIRED else "Publish"
        if st.button(label, key=f"publish-{row.newest_id}"):
            _done(lambda: reviewing.publish(actor, row.id), opened, "live")
    if row.proposed_id is not None and st.button("Drop the version that waits", key=f"drop-{row.proposed_id}"):
        waits = row.proposed_id
        _done(lambda: reviewing.drop_proposal(actor, row.id, waits), opened, "dropped")
    if row.status is Status.LIVE:
        with st.popover("Withdraw", key="withdraw"):
            st.markdown("Nobody is asked it any more. Quizzes that have begun go on with it, and its answers stay.")
            if row.case_id:
                st.markdown("It is a part of a case, which is asked whole or not at all: the other parts go with it.")
            if st.button("Withdraw it", key="withdraw-now"):
                _done(lambda: reviewing.retire(actor, row.id), opened, "retired")


def _done(act: Callable[[], None], opened: Opened, changed: str) -> None:
    try:
        act()
    except QuizError as refusal:
        st.text(str(refusal))
    else:
        routes.go("question", question=opened.row.id, changed=changed)
