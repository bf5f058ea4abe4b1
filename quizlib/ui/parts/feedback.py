"""What is told after an answer, as data for the browser."""

from typing import Any

from quizlib.kinds import kind_of
from quizlib.model.attempt import Grade, Item, Json
from quizlib.model.authoring import MarkedAgain
from quizlib.model.catalogue import Catalogue
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.authoring.reviewing import approval_shown
from quizlib.ui import prose, times, words


def feedback(question: Question, item: Item, catalogue: Catalogue, again: str = "") -> Json:
    """Give verdict, reasons, take-away, explanation and sources of an item that may be shown.

    `question` is the version by whose key it counts, as which the item has its response; `again` says why it was marked
    again.
    """
    kind = kind_of(question)
    grade = kind.grade(question.body, item.response) if item.response is not None else None
    review = kind.review(question.body, item.arrangement, item.response)
    _render_reasons(review)
    told: Json = {
        "verdict": verdict(grade),
        "headline": headline(question, grade),
        "review": review,
        "takeaway": prose.inline(question.takeaway),
        "explanation": prose.html(question.explanation),
        "sources": catalogue.citations(question.sources),
        "checked": words.review_state(question, approval_shown(item.graded_by or item.version_id)),
    }
    if again:
        told["again"] = again
    if question.corrects:
        told["often_said"] = prose.html(question.often_said)
        told["studies_show"] = prose.html(question.studies_show)
    if question.action is not None:
        told["practice"] = words.IN_PRACTICE[question.action]
        told["alarming"] = question.action.alarming
        if question.action.alarming:
            told["safety"] = f"{words.NOT_ADVICE} {words.EMERGENCY}"
    return told


def marked_again(again: MarkedAgain | None, person: User) -> str:
    """Say when and why an answer was marked again; nothing where it was not."""
    return f"On {times.day(again.at, person)}: {again.reason}" if again else ""


def _render_reasons(part: Any) -> None:
    """Turn every `why` of a review into HTML, at any depth; all else in it is plain text."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "why" and isinstance(value, str):
                part[name] = prose.html(value)
            else:
                _render_reasons(value)
    elif isinstance(part, list):
        for one in part:
            _render_reasons(one)


def verdict(grade: Grade | None) -> str:
    """Name the look of a grade."""
    if grade is None:
        return "none"
    return "right" if grade.right else "part" if grade.partly else "wrong"


def headline(question: Question, grade: Grade | None) -> str:
    """Say in words how an answer went."""
    kind = kind_of(question)
    right = kind.summary(question.body, kind.right_answer(question.body))
    if grade is None:
        return f"Not answered. The answer is: {_ended(right)}"
    if grade.right:
        return "Right."
    if grade.partly:
        return f"Partly right: {grade.remark}."
    return f"Not yet. The answer is: {_ended(right)}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
