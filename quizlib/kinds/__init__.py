"""The types of question. A new one is a file here, a line in KINDS, a widget and a test."""

from quizlib.kinds.base import Example, Kind
from quizlib.kinds.content import (
    asked_alike,
    asked_hash,
    content_hash,
    content_of,
    kind_of,
    question_from,
    read_by,
)
from quizlib.kinds.table import KINDS

__all__ = [
    "KINDS",
    "Example",
    "Kind",
    "asked_alike",
    "asked_hash",
    "content_hash",
    "content_of",
    "kind_of",
    "question_from",
    "read_by",
]
