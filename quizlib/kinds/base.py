"""What any kind of question can do."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from quizlib.model.attempt import Grade, Json
from quizlib.model.question import Body

B = TypeVar("B", bound=Body)


class Options(NamedTuple):
    """Options of which a learner chooses: where they stand in the file, each text and whether it is right."""

    path: tuple[str | int, ...]
    texts: tuple[tuple[str, bool], ...]
    shuffled: bool


@dataclass(frozen=True)
class Example:
    """A response that a kind's own example body must grade as stated."""

    body: Body
    response: Json
    fraction: float


class Kind(ABC, Generic[B]):
    """A type of question: its body, how it is shown, read, graded and told.

    A *response* is plain JSON in the author's terms. A *view* is plain JSON in the order of the screen, and holds
    nothing that depends on what is right.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    body: ClassVar[type[Body]]

    @abstractmethod
    def arrange(self, body: B, rng: Random) -> tuple[int, ...]:
        """Draw the order of what is shuffled: place on the screen → place in the file."""

    @abstractmethod
    def asked(self, body: B) -> Any:
        """Give what is seen before answering, in the author's order, as plain JSON."""

    @abstractmethod
    def view(self, body: B, arrangement: tuple[int, ...]) -> Json:
        """Give what the browser shows before the answer."""

    @abstractmethod
    def read(self, body: B, arrangement: tuple[int, ...], given: Any) -> Json:
        """Turn what the browser sent into a response; raise MalformedResponse when it cannot be graded."""

    @abstractmethod
    def sent(self, body: B, arrangement: tuple[int, ...], response: Json) -> Any:
        """Turn a response back into what the browser would have sent: the inverse of `read`."""

    @abstractmethod
    def grade(self, body: B, response: Json) -> Grade:
        """Grade a response."""

    @abstractmethod
    def right_answer(self, body: B) -> Json:
        """Give the response that scores 1."""

    @abstractmethod
    def summary(self, body: B, response: Json) -> str:
        """Say a response in words."""

    @abstractmethod
    def review(self, body: B, arrangement: tuple[int, ...], response: Json | None) -> Json:
        """Give what the browser shows after the answer: what was right, what was chosen, and why, part by part."""

    def misconceptions(self, body: B) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Give every mix-up that a part of the body names, with the part's path in the file."""
        return iter(())

    def mixed_up(self, body: B, response: Json) -> tuple[str, ...]:
        """Give the mix-ups that a response shows, each once: those of the wrong options that it chose."""
        named = {path[:-1]: name for path, name in self.misconceptions(body)}
        if not named:
            return ()
        groups, picked = self.options(body), self.picked(body, response)
        wrong = [(*groups[group].path, place) for group, place in picked if not groups[group].texts[place][1]]
        return tuple(dict.fromkeys(named[one] for one in wrong if one in named))

    def options(self, body: B) -> Sequence[Options]:
        """Give every group of options to choose from."""
        return ()

    def picked(self, body: B, response: Json) -> Sequence[tuple[int, int]]:
        """Give the options that a response chose: the number of each one's group in `options`, and its place there."""
        return ()

    def guess(self, body: B) -> float | None:
        """Give the fraction that guessing is worth on average; None where that depends on how one guesses."""
        return None

    def reasons(self, body: B) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Give every reason for or against a part of the body, with its path in the file."""
        return _named("why", body.model_dump(exclude_defaults=True), ())

    def typed(self, body: B) -> Iterator[str]:
        """Give every text that a learner may write and that counts as right."""
        return iter(())

    def told_apart(self, body: B, words: Collection[str]) -> B:
        """Give the body knowing which of these words must not be taken for its answers misspelt."""
        return body

    @abstractmethod
    def examples(self) -> list[Example]:
        """Give a right, a wrong and, where there is one, a partly right response."""


def _named(name: str, data: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Give every text of this name, at any depth."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if key == name and isinstance(value, str):
            yield (*path, key), value
        elif isinstance(value, dict | list | tuple):
            yield from _named(name, value, (*path, key))
