"""Practice: one question on the screen, its answer at once."""

from contextlib import suppress
from typing import Any, Literal

import streamlit as st
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from quizlib.errors import ChangedElsewhere, DatabaseProblem, MalformedResponse, NotFound, Refused
from quizlib.kinds import kind_of
from quizlib.model.attempt import Behaviour, Confidence, Json, State
from quizlib.model.authoring import About
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.bank import catalogue
from quizlib.services.corrections import complaints
from quizlib.services.quizzes import exam, study
from quizlib.services.quizzes.sheets import Sheet, as_told
from quizlib.ui import address, identity, prose, routes, words
from quizlib.ui.card import message_before_mount, mount_card
from quizlib.ui.parts.feedback import feedback, marked_again
from quizlib.ui.parts.pictured import picture_data
from quizlib.ui.parts.reporting import LARGEST, AboutWord


class Message(BaseModel):
    """What the card sends. Anything else is refused in a sentence."""

    model_config = ConfigDict(extra="forbid", strict=True)

    act: Literal["check", "save", "go", "time", "next", "skip", "flag", "end", "leave", "complain"]
    item: int
    seen: int = Field(ge=0)
    position: int
    nonce: int
    given: JsonValue = None
    confidence: Literal["guess", "think_so", "sure"] | None = None
    elapsed: int | None = None
    wanted: bool = False
    wanted_position: int = 0
    about: AboutWord | None = None
    text: str = ""


def page() -> None:
    """Show the question that the address names, after doing what the card asks for."""
    quiz = address.number("quiz")
    if quiz is None:
        raise NotFound("This address names no quiz. Start one from the home page.")
    asked = message_before_mount()
    try:
        _show(identity.actor(), quiz, asked)
    except DatabaseProblem as trouble:
        # the card keeps what it shows and sends again; only its words change
        mount_card({"trouble": str(trouble)})


def _show(actor: User, quiz: int, asked: Any) -> None:
    shown, notice = turn(actor, quiz, asked)
    if shown.attempt.behaviour is Behaviour.EXAM and shown.attempt.finished_at is not None:
        routes.go("result", quiz=quiz)
    data = card_data(actor, shown, notice, nonce_of(asked))
    if notice is None and complains(asked):
        data["thanks"] = words.thanks(actor)
    late = mount_card(data)
    if asked is None and late is not None:
        # the first run of a session, after a reconnect: the message is known only now
        with suppress(DatabaseProblem):  # the card is there, and sends again until it hears
            turn(actor, quiz, late)
            st.rerun()
    address.show("q", shown.item.position)


def turn(actor: User, quiz: int, raw: Any) -> tuple[Sheet, str | None]:
    """Do what a message asks for; give the sheet to show, and a sentence where something could not be done."""
    try:
        if raw is not None:
            message = read_message(raw)
            if message.act != "complain":
                return act(actor, quiz, message), None
            report(actor, quiz, message)
    except (ChangedElsewhere, MalformedResponse, NotFound, Refused) as refusal:
        return study.sheet(actor, quiz, address.number("q")), str(refusal)
    return study.sheet(actor, quiz, address.number("q")), None


def report(actor: User, quiz: int, message: Message) -> None:
    """Take in what a message says is wrong with a question."""
    if message.about is None:
        raise MalformedResponse("Choose what is wrong with the question.")
    complaints.complain(actor, quiz, message.item, About(message.about), message.text)


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
        case "save":
            return _or_result(exam.save(actor, quiz, message.item, message.given, seen=message.seen))
        case "go":
            return _or_result(exam.go_to(actor, quiz, message.item, message.wanted_position))
        case "time":
            return _or_result(study.sheet(actor, quiz, address.number("q")))
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


def _or_result(shown: Sheet) -> Sheet:
    """Leave for the result when an exam has ended, else give the sheet."""
    if shown.attempt.finished_at is not None:
        routes.go("result", quiz=shown.attempt.id)
    return shown


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


def complains(raw: Any) -> bool:
    """Tell whether a message of the card reports a question."""
    return isinstance(raw, dict) and raw.get("act") == "complain"


def exam_data(shown: Sheet) -> Json | None:
    """Give overview and time of an exam; None in practice and after the end."""
    if shown.attempt.behaviour is not Behaviour.EXAM or shown.attempt.finished_at is not None:
        return None
    places = [
        {
            "position": one.position,
            "given": one.given,
            "flagged": one.flagged,
            "closed": one.state is State.CLOSED,
        }
        for one in shown.places
    ]
    return {"places": places, "seconds": shown.seconds_left, "closes": shown.closes}


def earlier_data(part: Question, answered: bool, shown: Sheet) -> Json:
    """Give an earlier part of a case; its answer only where practice has told it, or would."""
    kind = kind_of(part)
    tells = answered and (shown.attempt.behaviour is Behaviour.PRACTICE or shown.feedback)
    answer = kind.summary(part.body, kind.right_answer(part.body)) if tells else ""
    return {"stem": part.stem, "answer": answer}


def feedback_data(actor: User, shown: Sheet) -> Json:
    """Give what is told of an answer: by the key that counts, which may have been corrected since it was asked."""
    question = shown.told_by or shown.question
    item = as_told(shown.item, shown.question, shown.told_by)
    return feedback(question, item, catalogue(), marked_again(shown.again, actor))


def card_data(actor: User, shown: Sheet, notice: str | None, echo: int | None) -> Json:
    """Give what the card shows. Before the answer it holds nothing that depends on the key."""
    question, item = shown.question, shown.item
    given = None
    if item.response is not None and not shown.feedback:
        given = kind_of(question).sent(question.body, item.arrangement, item.response)
    return {
        "quiz": shown.attempt.id,
        "item": item.id,
        "seen": item.seq,
        "position": item.position,
        "total": shown.total,
        "answered": shown.answered,
        "ended": shown.attempt.finished_at is not None,
        "last": shown.last,
        "flagged": shown.flagged,
        "asks": shown.attempt.asks_confidence,
        "kind": question.kind,
        "given": given,
        "closed": item.state is State.CLOSED,
        "endless": shown.attempt.endless,
        "exam": exam_data(shown),
        "part": question.part,
        "parts": question.parts,
        "discloses": prose.html(question.discloses),
        "earlier": [earlier_data(part, answered, shown) for part, answered in shown.earlier],
        "size": actor.text_size,
        "keys": actor.shows_keys,
        "vignette": prose.html(question.vignette),
        "picture": picture_data(question),
        "stem": prose.inline(question.stem),
        "view": kind_of(question).view(question.body, item.arrangement),
        "feedback": feedback_data(actor, shown) if shown.feedback else None,
        "notice": notice,
        "echo": echo,
    }
