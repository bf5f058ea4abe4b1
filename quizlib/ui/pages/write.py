"""Write a question: form on the left, what a student sees on the right, what must be fixed beside its field."""

from typing import Any

import streamlit as st

from quizlib.errors import ChangedElsewhere, NotFound, QuizError, Refused
from quizlib.model.authoring import Draft
from quizlib.model.catalogue import Catalogue
from quizlib.model.person import User
from quizlib.services import permissions
from quizlib.services.app import current
from quizlib.services.authoring import drafts, meeting, saving
from quizlib.services.authoring.drafts import Open
from quizlib.ui import address, identity, routes
from quizlib.ui.editor import common
from quizlib.ui.editor.above import head, overtaken, pasted, told_joined
from quizlib.ui.editor.finishing import finish
from quizlib.ui.editor.form import Form
from quizlib.ui.editor.keeping import keep_while_typing
from quizlib.ui.editor.preview import preview
from quizlib.ui.editor.remarks import remarks, to_do
from quizlib.ui.editor.session import Joined, Session, session
from quizlib.ui.editor.starting import start

Json = dict[str, Any]
_BOTH = "Another tab changed this draft as well, and both are put together."
_SAME = "Where both changed the same, what you typed here stands; below is what the other tab had."


def page() -> None:
    """Show the draft that the address names, or how to begin."""
    actor = identity.actor()
    wanted = address.word("question")
    if wanted:
        routes.go("write", draft=drafts.edit(actor, wanted))
    draft_id = address.number("draft")
    if draft_id is None:
        permissions.require_instructor(actor)
        start(actor)
        return
    try:
        _write(actor, draft_id)
    except NotFound as gone:
        st.text(str(gone))
        st.page_link(routes.to("questions"), label="‹ All questions")


def _write(actor: User, draft_id: int) -> None:
    mine, catalogue, trouble = session(), current().catalogue, ""

    def restructure() -> None:
        try:
            with mine.turn:
                _keep(actor, mine, opened, content, topic)
                mine.generation += 1
        except QuizError as refusal:
            st.text(str(refusal))
        else:
            st.rerun()

    def set_aside(rule: str, reason: str) -> None:
        content["waive"] = {**(content.get("waive") or {}), rule: reason}
        restructure()

    with mine.turn:
        opened = drafts.read(actor, draft_id)
        draft = opened.draft
        last = mine.kept.setdefault(draft.id, draft)
        form = Form(f"w{draft.id}-{mine.generation}", catalogue, restructure, set_aside)
        content, topic = _held(form, last)
        if last.seq != draft.seq:
            # another tab has kept this draft since: what it kept is drawn anew, with what was changed here
            content, topic = _joined(mine, last, content, topic, draft)
            mine.kept[draft.id] = draft
            mine.generation += 1
            form = Form(f"w{draft.id}-{mine.generation}", catalogue, restructure, set_aside)
        kept = True
        if content != draft.content or topic != draft.topic:
            try:
                opened = _keep(actor, mine, opened, content, topic)
            except (ChangedElsewhere, Refused) as refusal:
                trouble, kept = str(refusal), False
    checked = saving.check(actor, opened.draft)
    form.remarks = remarks(checked, content)
    with st.container():  # so that the form stays in its place, whatever is said above it
        head(actor, mine, opened)
        if trouble:
            st.container(key="trouble").text(trouble)
        told_joined(mine, draft.id)
        if opened.overtaken:
            overtaken(actor, mine, opened)
        pasted(actor, content, topic, restructure)
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="form"):
        _topic(form, topic, catalogue, opened)
        common.first_fields(actor, form, content)
        common.folded_fields(actor, form, content)
    with right, st.container(key="beside"):
        _beside(actor, checked, content, f"try-{draft.id}")
    with st.container(key="foot-of-form"):
        finish(actor, opened, checked, form, kept)
    keep_while_typing()


def _beside(actor: User, checked: saving.Checked, content: Json, key: str) -> None:
    st.markdown("## As a student sees it")
    if checked.question is None:
        to_do(checked, content)
    else:
        preview(actor, checked.question, current().catalogue, key)


def _held(form: Form, draft: Draft) -> tuple[Json, str]:
    """Give what the form holds, and its topic; what was never drawn is as in the draft."""
    content: Json = {**draft.content, **common.collect(form, draft.content)}
    return content, st.session_state.get(form.at(("topic",)), draft.topic) or ""


def _joined(mine: Session, last: Draft, content: Json, topic: str, draft: Draft) -> tuple[Json, str]:
    """Put together what was typed here since `last` and what another tab has kept as `draft`; note what to tell."""
    if content == last.content and topic == last.topic:
        return dict(draft.content), draft.topic
    joined, same = meeting.joined(last.content, content, draft.content)
    words = f"{_BOTH} {_SAME}" if same else _BOTH
    mine.joined[draft.id] = Joined(words, draft.content, joined)
    return joined, topic if topic != last.topic else draft.topic


def _keep(actor: User, mine: Session, opened: Open, content: Json, topic: str) -> Open:
    kept = drafts.keep(actor, opened.draft.id, opened.draft.seq, topic=topic, content=content)
    mine.kept[kept.id] = kept
    return Open(kept, opened.row, opened.base, opened.newest, opened.others)


def _topic(form: Form, topic: str, catalogue: Catalogue, opened: Open) -> None:
    if opened.row is not None and opened.row.case_id:
        return
    known = catalogue.topics
    keys = [*known, *([topic] if topic and topic not in known else [])]
    st.selectbox(
        "Topic",
        keys,
        index=keys.index(topic) if topic in keys else None,
        format_func=lambda one: known[one].title if one in known else one,
        key=form.at(("topic",)),
        placeholder="Choose",
    )
    form.tell(("topic",))
