"""Practice: one question on the screen, its answer at once."""

from typing import Any, Literal

import streamlit as st
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from quizlib.errors import MalformedResponse, NotFound
from quizlib.kinds import kind_of
from quizlib.model.attempt import Confidence, Json
from quizlib.model.person import User
from quizlib.services import study
from quizlib.services.bank import catalogue
from quizlib.services.study import Sheet
from quizlib.ui import address, identity, prose, routes
from quizlib.ui.card import message_before_mount, mount_card
from quizlib.ui.parts.feedback import feedback

LARGEST = 20_000


class Message(BaseModel):
    """What the card sends. Anything else is refused in a sentence."""

    model_config = ConfigDict(extra="forbid", strict=True)

    act: Literal["check", "next", "skip", "flag", "end", "leave"]
    item: int
    seen: int = Field(ge=0)
    position: int
    nonce: int
    given: JsonValue = None
    confidence: Literal["guess", "think_so", "sure"] | None = None
    elapsed: int | None = None
    wanted: bool = False


def page() -> None:
    """Show the question that the address names, after doing what the card asks for."""
    actor = identity.actor()
    quiz = address.number("quiz")
    if quiz is None:
        raise NotFound("This address names no quiz. Start one from the home page.")
    asked = message_before_mount()
    shown, notice = turn(actor, quiz, asked)
    late = mount_card(card_data(shown, notice, nonce_of(asked)))
    if asked is None and late is not None:
        # the first run of a session, after a reconnect: the message is known only now
        turn(actor, quiz, late)
        st.rerun()
    address.show("q", shown.item.position)


def turn(actor: User, quiz: int, raw: Any) -> tuple[Sheet, str | None]:
    """Do what a message asks for; give the sheet to show, and a sentence where something could not be done."""
    try:
        if raw is not None:
            return act(actor, quiz, read_message(raw)), None
    except (MalformedResponse, NotFound) as refusal:
        return study.sheet(actor, quiz, address.number("q")), str(refusal)
    return study.sheet(actor, quiz, address.number("q")), None


def act(actor: User, quiz: int, message: Message) -> Sheet:
    """Do what a message asks for; give the sheet to show, or leave for another page."""
    match message.act:
        case "check":
            confidence = Confidence(message.confidence) if message.confidence else None
            return study.answer(
                actor,
                quiz,
                message.item,
                message.given,
                seen=message.seen,
                confidence=confidence,
                elapsed_ms=message.elapsed,
            )
        case "flag":
            return study.flag(actor, quiz, message.item, message.wanted)
        case "end":
            study.finish(actor, quiz)
            routes.go("result", quiz=quiz)
        case "leave":
            routes.go("home")
        case "skip":
            study.skip(actor, quiz, message.item)
    following = study.go_on(actor, quiz, message.item)
    if following is None:
        routes.go("result", quiz=quiz)
    return following


def read_message(raw: Any) -> Message:
    """Read a message of the card; raise MalformedResponse when it is not one."""
    try:
        message = None if len(str(raw)) > LARGEST else Message.model_validate(raw)
    except (ValueError, RecursionError):  # pydantic's errors are ValueErrors
        raise MalformedResponse("That message is not an answer. Reload the page and try again.") from None
    if message is None:
        raise MalformedResponse("That message is too large to be an answer. Reload the page and try again.")
    return message


def nonce_of(raw: Any) -> int | None:
    """Give the number that the card knows its message by."""
    nonce = raw.get("nonce") if isinstance(raw, dict) else None
    return nonce if isinstance(nonce, int) else None


def card_data(shown: Sheet, notice: str | None, echo: int | None) -> Json:
    """Give what the card shows. Before the answer it holds nothing that depends on the key."""
    question, item = shown.question, shown.item
    return {
        "quiz": shown.attempt.id,
        "item": item.id,
        "seen": item.seq,
        "position": item.position,
        "total": shown.total,
        "answered": shown.answered,
        "ended": shown.attempt.finished_at is not None,
        "last": shown.last,
        "flagged": item.flagged,
        "asks": shown.attempt.asks_confidence,
        "kind": question.kind,
        "vignette": prose.html(question.vignette),
        "stem": prose.inline(question.stem),
        "view": kind_of(question).view(question.body, item.arrangement),
        "feedback": feedback(question, item, catalogue()) if shown.feedback else None,
        "notice": notice,
        "echo": echo,
    }
