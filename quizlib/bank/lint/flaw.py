"""What a rule finds."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from quizlib.model.question import Question

Path = tuple[str | int, ...]


class Flaw(NamedTuple):
    """Something in a question that could be better: the field it is in, what it is, how to mend it."""

    path: Path
    what: str
    fix: str


Rule = Callable[[Question], Iterator[Flaw]]
