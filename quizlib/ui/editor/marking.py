"""Past answers and a corrected key: what marking again would change, and what was marked again already."""

from collections.abc import Callable

import streamlit as st

from quizlib.errors import QuizError
from quizlib.model.person import User
from quizlib.services.authoring.versions import Opened
from quizlib.services.corrections import rescoring
from quizlib.services.corrections.rescoring import Effect, Past, Report
from quizlib.ui import prose, routes, times, words

Progress = Callable[[int, int], None]


def marking(actor: User, opened: Opened, *, asked: bool) -> None:
    """Offer to mark past answers by the version that is asked, where that changes any; list what was done.

    `asked` says that the key has just been changed, so that the choice is to be made now.
    """
    question_id, version = opened.row.id, opened.row.version_id
    effect = rescoring.preview(actor, question_id, version)
    reworded = None
    if effect.reworded:
        reworded = rescoring.preview(actor, question_id, version, earlier_wordings=True)
    done = rescoring.history(actor, question_id)
    found = max(effect.changed, reworded.changed if reworded else 0)
    if found and asked:
        with st.container(key="marking", border=True):
            st.markdown("## Past answers were marked by another key")
            _offer(actor, opened, effect, reworded)
    elif found:  # somebody has chosen to leave them: it can still be done
        with st.expander("Past answers were marked by another key", key="marking-folded"):
            _offer(actor, opened, effect, reworded)
    elif asked:
        with st.container(key="done"):
            st.markdown("Saved. No past answer has another mark by the new key.")
    if done:
        st.markdown("## Marked again")
        for one in done:
            _past(actor, opened, one)


def told_effect(effect: Effect) -> str:
    """Say what marking again would change."""
    if not effect.changed:
        return "No past answer has another mark by this key."
    learners = words.count(effect.learners, "learner")
    ways = [f"{effect.up} up" if effect.up else "", f"{effect.down} down" if effect.down else ""]
    both = ", ".join(way for way in ways if way)
    return f"This changes the marks of {words.count(effect.changed, 'past answer')} of {learners} ({both})."


def with_progress(act: Callable[[Progress], Report]) -> Report:
    """Do what takes a while, with a bar."""
    bar = st.progress(0.0, "Marking again …")

    def tell(done: int, total: int) -> None:
        bar.progress(min(1.0, done / max(total, 1)), f"Marking again … {done} of {total}")

    return act(tell)


def _offer(actor: User, opened: Opened, effect: Effect, reworded: Effect | None) -> None:
    chosen, wider = effect, False
    if reworded is not None:
        number = words.count(effect.reworded, "answer")
        wider = st.checkbox(
            f"Also {number} to other words with the same options", key="wider", value=not effect.changed
        )
        chosen = reworded if wider else effect
    st.markdown(told_effect(chosen))
    if effect.others:
        others = words.count(effect.others, "answer")
        st.caption(f"{others} to a version with other options cannot be marked by this key, and keep their marks.")
    reason = st.text_input(
        "Why; students read it", key="marking-reason", max_chars=500, placeholder="The key was L4. It is L5."
    )
    with st.container(horizontal=True, key="marking-act"):
        if st.button("Mark them again", type="primary", key=f"mark-again-{opened.row.version_id}"):
            version = opened.row.version_id
            _do(
                lambda: with_progress(
                    lambda bar: rescoring.rescore(
                        actor, opened.row.id, version, reason, earlier_wordings=wider, progress=bar
                    )
                ),
                opened,
            )
        if st.button("Leave them as they are", key="leave"):
            routes.go("question", question=opened.row.id)


def _past(actor: User, opened: Opened, one: Past) -> None:
    what = "Taken back" if one.undoes_id is not None else f"Marked by version {one.version}"
    who = prose.plain(one.name or "somebody")
    st.markdown(
        f"{what} on {times.day(one.at, actor)} by {who}: {words.count(one.changed, 'answer')} of "
        f"{words.count(one.learners, 'learner')} changed. Why: {prose.plain(one.reason)}"
    )
    if one.can_be_undone:
        with st.popover("Take it back", key=f"undo-{one.id}"):
            reason = st.text_input("Why; students read it", key=f"undo-reason-{one.id}", max_chars=500)
            if st.button("Take it back now", key=f"undo-now-{one.id}"):
                _do(lambda: with_progress(lambda bar: rescoring.undo(actor, one.id, reason, progress=bar)), opened)


def _do(act: Callable[[], Report], opened: Opened) -> None:
    try:
        act()
    except QuizError as refusal:
        st.text(str(refusal))
    else:
        routes.go("question", question=opened.row.id, changed="marked")
