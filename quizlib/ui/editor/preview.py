"""A question as a student sees it, to be tried out; nothing of it is stored."""

from random import Random
from typing import Any

import streamlit as st

from quizlib.errors import MalformedResponse
from quizlib.kinds import asked_hash, kind_of
from quizlib.model.attempt import Item, Json, State
from quizlib.model.catalogue import Catalogue
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.ui import prose
from quizlib.ui.card import message_before_mount, mount_preview
from quizlib.ui.parts.feedback import feedback


def preview(actor: User, question: Question, catalogue: Catalogue, key: str) -> None:
    """Show the question at the width of a phone; Check grades what is chosen, Try again begins anew."""
    tried, notice = _tried(question, key)
    with st.container(key="preview"):
        mount_preview(_data(actor, question, catalogue, tried, notice, key), key=key)
        if tried is not None and st.button("Try again", key=f"{key}-again"):
            st.session_state.pop(f"{key}-tried", None)
            st.rerun()


def _tried(question: Question, key: str) -> tuple[Any, str | None]:
    """Give the response of the try-out, as long as what is asked is what was tried; by the key as it is now."""
    held, mark = f"{key}-tried", asked_hash(question)
    message = message_before_mount(key)
    if isinstance(message, dict) and message.get("act") == "check":
        st.session_state[held] = {"mark": mark, "given": message.get("given"), "nonce": message.get("nonce")}
    tried = st.session_state.get(held)
    if tried is None or tried["mark"] != mark:
        return None, None
    try:
        return kind_of(question).read(question.body, _arrangement(question), tried["given"]), None
    except MalformedResponse as refusal:
        return None, str(refusal)


def _data(actor: User, question: Question, catalogue: Catalogue, tried: Any, notice: str | None, key: str) -> Json:
    kind = kind_of(question)
    state = State.OPEN if tried is None else State.ANSWERED
    item = Item(
        id=1,
        attempt_id=1,
        position=1,
        question_id=question.id,
        version_id=0,
        topic=question.topic,
        arrangement=_arrangement(question),
        state=state,
        response=tried,
    )
    nonce = (st.session_state.get(f"{key}-tried") or {}).get("nonce")
    return {
        "preview": True,
        "quiz": 0,
        # another question on the card, whenever what is seen of it changes
        "item": int(asked_hash(question)[:12], 16),
        "seen": 0,
        "position": 1,
        "total": 1,
        "answered": int(tried is not None),
        "ended": False,
        "last": True,
        "flagged": False,
        "asks": False,
        "kind": question.kind,
        "given": None,
        "closed": False,
        "endless": False,
        "exam": None,
        "part": 0,
        "parts": 0,
        "discloses": "",
        "earlier": [],
        "size": actor.text_size,
        "keys": False,
        "vignette": prose.html("\n\n".join(part for part in (question.vignette, question.discloses) if part)),
        "stem": prose.inline(question.stem),
        "view": kind.view(question.body, item.arrangement),
        "feedback": feedback(question, item, catalogue) if tried is not None else None,
        "notice": notice,
        "echo": nonce,
    }


def _arrangement(question: Question) -> tuple[int, ...]:
    # drawn from what is seen, so that it stays while the reasons are being written
    return kind_of(question).arrange(question.body, Random(asked_hash(question)))
