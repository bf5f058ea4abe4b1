"""Questions ↔ plain content: flat mappings as in question files and in the database."""

from collections.abc import Mapping
from random import Random
from typing import Any

from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from quizlib.errors import MalformedResponse
from quizlib.kinds.base import Kind
from quizlib.kinds.table import KINDS
from quizlib.model.attempt import Json
from quizlib.model.hashing import sha256
from quizlib.model.question import Question

_COMMON = set(Question.model_fields) - {"body"}


def kind_of(question: Question) -> Kind[Any]:
    """Give the kind that knows this question's body."""
    return KINDS[question.kind]


def question_from(id: str, topic: str, content: Mapping[str, Any]) -> Question:
    """Build a question from flat content; raise pydantic's ValidationError, all errors at once, with flat paths."""
    kind = KINDS.get(str(content.get("kind", "")))
    if kind is None:
        raise _unknown_kind(content)
    common = {name: value for name, value in content.items() if name in _COMMON}
    rest = {name: value for name, value in content.items() if name not in _COMMON}
    errors: list[InitErrorDetails] = []
    body = None
    try:
        body = kind.body.model_validate(rest)
    except ValidationError as problem:
        errors += _details(problem)
        body = kind.body.model_construct()
    try:
        question = Question(**{**common, "id": id, "topic": topic, "body": body})
    except ValidationError as problem:
        errors += _details(problem)
    if errors:
        raise ValidationError.from_exception_data("question", errors)
    return question


def content_of(question: Question) -> Json:
    """Give the flat content without defaults: what is saved, written to files and hashed."""
    content = question.model_dump(mode="json", exclude_defaults=True, exclude={"id", "topic", "body"})
    return {**content, **question.body.model_dump(mode="json", exclude_defaults=True)}


def content_hash(question: Question) -> str:
    """Hash all that was written, the topic included."""
    return sha256({**content_of(question), "topic": question.topic})


def asked_hash(question: Question) -> str:
    """Hash what is seen before answering: vignette, picture, stem, options in order, but neither key nor reasons."""
    asked = {
        "kind": question.kind,
        "vignette": question.vignette,
        "stem": question.stem,
        "body": kind_of(question).asked(question.body),
    }
    if question.picture is not None:
        asked["picture"] = question.picture.model_dump(mode="json")
    if question.discloses:
        asked["discloses"] = question.discloses
    return sha256(asked)


def asked_alike(one: Question, other: Question) -> bool:
    """Tell whether an answer to one of them is an answer to the other: the same to choose from or to fill in."""
    return one.kind == other.kind and kind_of(one).asked(one.body) == kind_of(other).asked(other.body)


def read_by(key: Question, asked: Question, response: Json) -> Json:
    """Give what a version that asked alike makes of a response: a unit may be worth more in it, or a gap renamed.

    Where it would not have taken such a response, that is given as it is; it can be graded all the same.
    """
    if key.body == asked.body:
        return response
    kind = kind_of(asked)
    order = kind.arrange(asked.body, Random(0))
    try:
        return kind.read(key.body, order, kind.sent(asked.body, order, response))
    except MalformedResponse:
        return response


def _details(problem: ValidationError) -> list[InitErrorDetails]:
    return [
        InitErrorDetails(
            type=PydanticCustomError(error["type"], "{message}", {"message": error["msg"]}),
            loc=error["loc"],
            input=error["input"],
        )
        for error in problem.errors()
    ]


def _unknown_kind(content: Mapping[str, Any]) -> ValidationError:
    given = content.get("kind")
    known = ", ".join(KINDS)
    what = f"{given!r} is not a type of question." if given else "the type of question is missing."
    error = PydanticCustomError("kind", "{message}", {"message": f"{what} Known are: {known}."})
    return ValidationError.from_exception_data(
        "question", [InitErrorDetails(type=error, loc=("kind",), input=str(given))]
    )
