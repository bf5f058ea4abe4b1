"""The foot of the form: why something changed, what that does to past answers, and saving."""

from collections.abc import Callable
from contextlib import suppress

import streamlit as st

from quizlib.errors import QuizError
from quizlib.model.authoring import Status
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.authoring import drafts, saving
from quizlib.services.authoring.drafts import Open
from quizlib.services.authoring.saving import Checked
from quizlib.services.corrections import rescoring
from quizlib.ui import prose, routes, times, words
from quizlib.ui.editor.form import Form
from quizlib.ui.editor.marking import told_effect, with_progress
from quizlib.ui.editor.names import named


def finish(actor: User, opened: Open, checked: Checked, form: Form, kept: bool) -> None:
    """Let the instructor say why something changed, choose what becomes of past answers, and save."""
    draft, row = opened.draft, opened.row
    for one in form.untold():
        where = named(one.path)
        st.markdown(f"{'Must fix' if one.must else 'Suggestion'}: {prose.plain(f'{where}: {one.text}')}")
    note = ""
    if row is not None:
        note = st.text_input(
            "What changed, and why",
            key=f"note-{draft.id}",
            max_chars=500,
            placeholder="The key was L4; Standring says L5",
        )
    again = _past_answers(actor, opened, checked)
    with st.container(horizontal=True, vertical_alignment="center", key="finish"):
        live = row is not None and row.status is Status.LIVE
        sound = kept and checked.question is not None and not opened.overtaken and again != "open"
        if st.button("Save as a new version" if live else "Publish", type="primary", key="publish", disabled=not sound):
            _save(
                actor,
                lambda: saving.save(actor, draft.id, draft.seq, note, publish=True),
                note if again == "again" else "",
            )
        if not live and st.button("Save for later", key="save", disabled=not sound):
            _save(actor, lambda: saving.save(actor, draft.id, draft.seq, note, publish=False))
        with st.popover("Throw away", key="throw"):
            st.markdown("This draft goes away. Versions that were saved stay.")
            if st.button("Throw this draft away", key="throw-now"):
                drafts.discard(actor, draft.id)
                routes.go("questions")
        left = len(checked.problems)
        to_do = f" · {words.count(left, 'thing')} left to do" if left else ""
        with st.container(key="kept", horizontal=True, vertical_alignment="center", width="content"):
            st.caption(f"Kept at {times.in_zone(draft.changed_at, actor):%H:%M}{to_do}")
            st.html('<a href="#as-a-student-sees-it">See it as a student</a>')


def _past_answers(actor: User, opened: Open, checked: Checked) -> str:
    """Say what the change does to past answers; give `again` or `leave` as chosen, `open` until then, else nothing."""
    if opened.row is None or opened.row.status is Status.DRAFT or opened.base is None or checked.question is None:
        return ""
    if not saving.gives_other_marks(opened.base.question, checked.question):
        return ""
    effect = rescoring.foresee(actor, checked.question)
    if not effect.changed and not effect.reworded:
        return ""
    with st.container(key="marking", border=True):
        st.markdown(f"**The right answer changes.** {told_effect(effect)}")
        if effect.reworded:
            st.caption(
                f"{words.count(effect.reworded, 'answer')} to other words with the same options can be marked again "
                "on the page of the question."
            )
        if not effect.changed:
            return ""
        if current().settings.must_be_approved:
            st.caption("Once it is approved and published, the page of the question offers to mark them again.")
            return ""
        chosen = st.radio(
            "Past answers",
            ["again", "leave"],
            format_func=lambda one: {
                "again": "Mark them again; the students are told why",
                "leave": "Leave their marks",
            }[one],
            index=None,
            horizontal=True,
            key=f"past-{opened.draft.id}",
        )
    return chosen or "open"


def _save(actor: User, save: Callable[[], saving.Saved], mark_again: str = "") -> None:
    try:
        saved = save()
    except QuizError as refusal:
        st.text(str(refusal))
        return
    if mark_again and not saved.waits:
        with suppress(QuizError):  # the page of the question offers it again
            with_progress(
                lambda bar: rescoring.rescore(actor, saved.question_id, saved.version_id, mark_again, progress=bar)
            )
            routes.go("question", question=saved.question_id, changed="marked")
    if saved.rescorable:
        routes.go("question", question=saved.question_id, changed="key")
    routes.go("question", question=saved.question_id, changed="waits" if saved.waits else saved.status.value)
