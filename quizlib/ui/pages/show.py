"""Show in class: one question of an assignment, large and without names, and how it was answered after Reveal."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from quizlib.errors import NotFound
from quizlib.kinds import kind_of
from quizlib.model.attempt import Item, Json, State
from quizlib.services.bank import catalogue
from quizlib.services.history import showing
from quizlib.services.history.showing import FEWEST, Bar, Revealed, Shown
from quizlib.ui import address, identity, prose, routes, words
from quizlib.ui.parts.feedback import feedback
from quizlib.ui.parts.pictured import picture_data
from quizlib.ui.show import message_before_mount, mount

LETTERS = "ABCDEFGHI"
_REVEALED = "revealed"


def page() -> None:
    """Show the question that the address names, or the first of the assignment."""
    actor = identity.actor()
    assignment_id = address.number("assignment")
    if assignment_id is None:
        raise NotFound("This address names no assignment.")
    shown = showing.shown(actor, assignment_id, address.number("question") or address.word("question") or 1)
    said = message_before_mount()
    if _act(shown, said):
        shown = showing.shown(actor, assignment_id, address.number("question") or 1)
    # an id may say what is right, and the address is on the wall as well
    address.show("question", shown.number)
    revealed = None
    if st.session_state.get(_REVEALED) == _name(shown):
        revealed = showing.reveal(actor, assignment_id, shown.question.id)
    late = mount(shown_data(shown, revealed, said))
    # in a session's first run, after a reconnect, the message comes with the component
    if said is None and late is not None:
        _act(shown, late)
        st.rerun()


def _act(shown: Shown, said: Any) -> bool:
    """Do what the page was told about this question; say whether it goes to another."""
    if not isinstance(said, dict) or said.get("question") != shown.mark:
        return False
    match said.get("act"):
        case "reveal":
            st.session_state[_REVEALED] = _name(shown)
        case "on" | "back" as way:
            st.session_state.pop(_REVEALED, None)
            address.show("question", max(1, shown.number + (1 if way == "on" else -1)))
            return True
        case "leave":
            st.session_state.pop(_REVEALED, None)
            routes.go("assignment", assignment=shown.assignment.id)
    return False


def _name(shown: Shown) -> str:
    return f"{shown.assignment.id} {shown.mark}"


def shown_data(shown: Shown, revealed: Revealed | None, said: Any) -> Json:
    """Give what the browser draws: before Reveal nothing that depends on what is right."""
    question = shown.question
    told = prose.html("\n\n".join(part for part in (question.vignette, question.discloses) if part))
    return {
        "question": shown.mark,
        "title": shown.assignment.title,
        "number": shown.number,
        "total": len(shown.places),
        "answered": f"{words.count(shown.answers, 'answer')}.",
        "waiting": _waiting(shown),
        "kind": question.kind,
        "vignette": told,
        "picture": picture_data(question),
        "stem": prose.inline(question.stem),
        "view": kind_of(question).view(question.body, shown.arrangement),
        "told": None if revealed is None else _told(revealed),
        "echo": said.get("nonce") if isinstance(said, dict) else None,
    }


def _waiting(shown: Shown) -> str:
    if not shown.others:
        return ""
    who = words.count(shown.others, "student has", "students have")
    return f"{who} not finished: Reveal tells them the answer."


def _told(revealed: Revealed) -> Json:
    shown, by = revealed.shown, revealed.told_by
    kind = kind_of(by)
    item = Item(
        id=1,
        attempt_id=1,
        position=1,
        question_id=by.id,
        version_id=revealed.version_id,
        topic=by.topic,
        arrangement=shown.arrangement,
        state=State.ANSWERED,
    )
    answer = kind.summary(by.body, kind.right_answer(by.body))
    bars = revealed.bars
    few = (
        f"Fewer than {FEWEST} have answered it, so no bars are shown: they would tell about single students."
        if shown.answers
        else "Nobody has answered it yet."
    )
    return {
        **feedback(by, item, catalogue()),
        # no names on the wall, so not of whoever approved a version
        "checked": words.review_state(by),
        "answer": f"The answer is: {answer}",
        "bars": None if bars is None else _bars(bars, shown.answers),
        "of_options": bars is not None and all(one.place is not None for one in bars),
        "few": "" if bars is not None else few,
        "rest": f"{words.count(revealed.rest, 'student')} gave another answer." if revealed.rest else "",
    }


def _bars(bars: Sequence[Bar], answers: int) -> list[Json]:
    return [
        {
            "letter": LETTERS[number] if one.place is not None else "",
            "text": one.text,
            "right": one.right,
            "share": one.learners / answers,
            "said": f"{one.learners} · {one.learners / answers:.0%}",
        }
        for number, one in enumerate(bars)
    ]
