"""Pictures of questions, as data for the browser."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from quizlib.model.attempt import Json
from quizlib.model.question import Question
from quizlib.services.authoring import pictures

Sizes = Mapping[str, tuple[int, int]]
_UNKNOWN = (800, 600)


def sizes_of(questions: Iterable[Question]) -> Sizes:
    """Give width and height of every picture that these questions show, by name."""
    return pictures.sizes({one.picture.file for one in questions if one.picture is not None})


def picture_data(question: Question, sizes: Sizes | None = None) -> Json | None:
    """Give what the browser shows of a question's picture; None where it has none."""
    if question.picture is None:
        return None
    name = question.picture.file
    width, height = (sizes_of([question]) if sizes is None else sizes).get(name, _UNKNOWN)
    return {
        "address": f"/picture/{quote(name)}",
        "description": question.picture.description,
        "width": width,
        "height": height,
    }
