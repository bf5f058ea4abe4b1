"""Short text: an answer of a few words that the learner writes."""

import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from random import Random
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from quizlib.errors import MalformedResponse
from quizlib.kinds.base import Example, Kind
from quizlib.model.attempt import Grade, Json
from quizlib.model.base import UPFRONT, Value
from quizlib.model.question import Body, Text

LONGEST = 200
WRITE_FIRST = "Write an answer first."
# hyphen, non-breaking hyphen, figure dash, en dash, em dash, bar, minus, full width: phones write any of them
_ALIKE = str.maketrans({**dict.fromkeys("-‐‑‒–—―−－", " "), "’": "'", "‘": "'", "´": "'", "`": "'"})


def cleaned(text: str) -> str:
    """Give the text on one line, without what cannot be seen or stored."""
    # NUL and lone surrogates are refused by databases; soft hyphens and direction marks come with copied text
    seen = (" " if unicodedata.category(one) == "Cc" else one for one in text)
    return " ".join("".join(one for one in seen if unicodedata.category(one) not in ("Cf", "Cs")).split())


def written(given: Any, longest: int = LONGEST) -> str:
    """Give what a learner wrote, cleaned; raise MalformedResponse for what is no text or too long."""
    if not isinstance(given, str):
        raise MalformedResponse(WRITE_FIRST if given is None else "Write the answer as text in the field.")
    text = cleaned(given)
    if len(text) > longest:
        raise MalformedResponse(f"The answer has {len(text)} characters. Write it in {longest} or fewer.")
    return text


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """Give the text without what does not count: case, hyphens, extra spaces, forms of a letter, final full stops."""
    alike = cleaned(text).translate(_ALIKE)  # first, since NFKC takes an accent by itself for a space
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", alike).casefold())
    return " ".join(folded.translate(_ALIKE).split()).rstrip(". ")


def one_slip(text: str, answer: str) -> bool:
    """Whether the text is the answer with one slip of the keyboard: never so for short words, digits or the initial."""
    text, answer = normal(text), normal(answer)
    return (
        text[:1] == answer[:1]
        and abs(len(text) - len(answer)) <= 1
        and sum(one.isalpha() for one in answer) >= 7
        and not any(one.isdigit() for one in text + answer)
        and _one_apart(text, answer)
    )


def accepted(text: str, answers: Collection[str]) -> bool:
    """Whether the text is one of the answers, but for what does not count."""
    return normal(text) in {normal(answer) for answer in answers}


def _one_apart(a: str, b: str) -> bool:
    """Whether one letter more, less or other, or two neighbours swapped, makes one text the other.

    This is distance 1 in optimal string alignment (Damerau, Commun ACM 1964;7:171-176).
    """
    if len(a) > len(b):
        a, b = b, a
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return len(b) - len(a) == 1 and a[start:] == b[start + 1 :]
    swapped = a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
    return a != b and (a[start + 1 :] == b[start + 1 :] or swapped)


def has_letters(text: str) -> str:
    """Give the text; raise ValueError where nothing of it counts."""
    if not normal(text):
        raise ValueError("It has neither letters nor digits. Write the words that are to be typed.")
    return text


def not_twice(answers: Collection[str], field: str = "") -> None:
    """Raise ValueError, which may name the field, where two answers count as the same."""
    seen: dict[str, str] = {}
    for answer in answers:
        if earlier := seen.get(normal(answer)):
            what = f"“{answer}” counts as “{earlier}”, since case, spaces and hyphens do not matter."
            raise ValueError(f"{field}{what} Keep one of them.")
        seen[normal(answer)] = answer


Answer = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST), AfterValidator(cleaned), AfterValidator(has_letters)
]


class WrongAnswer(Value):
    """A wrong answer that learners give, with the reason why it is wrong."""

    text: Annotated[Answer, Field(title="Wrong answer")]
    why: Annotated[Text, Field(title="Why it is wrong")]
    misconception: Annotated[str, Field(title="Misconception")] = ""


class ShortTextBody(Body):
    """The answers that count, the first of which is shown, and the wrong ones to be expected."""

    filled: ClassVar[frozenset[str]] = frozenset({"confusable"})

    answers: Annotated[tuple[Answer, ...], Field(min_length=1, max_length=20, title="Answers that count")]
    why: Annotated[Text, Field(title="Why")]
    slips: Annotated[bool, Field(title="One slip of the keyboard in a long word still counts"), UPFRONT] = False
    wrong: Annotated[tuple[WrongAnswer, ...], Field(max_length=20, title="Wrong answers to be expected")] = ()
    confusable: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _no_answer_stands_twice(self) -> Self:
        not_twice([*self.answers, *(one.text for one in self.wrong)], "answers: ")
        return self

    def slip_of(self, text: str) -> str | None:
        """Give the answer of which the text is a slip that counts, if there is one."""
        if not self.slips or accepted(text, self.answers):
            return None
        if normal(text) in self.confusable or accepted(text, [one.text for one in self.wrong]):
            return None
        return next((answer for answer in self.answers if one_slip(text, answer)), None)


class ShortText(Kind[ShortTextBody]):
    """Write a word or a few.

    The fraction is 1 for an answer of the author's, whatever its case, spaces and hyphens, and 0 for any other. Where
    the author allows slips, one slip in a long word counts as right, unless it makes another term: about four in five
    misspelt words are one slip away from what was meant (Damerau, Commun ACM 1964;7:171-176).
    """

    name = "short_text"
    title = "Short answer"
    body = ShortTextBody

    def arrange(self, body: ShortTextBody, rng: Random) -> tuple[int, ...]:
        """Give nothing: there is nothing to shuffle."""
        return ()

    def asked(self, body: ShortTextBody) -> Any:
        """Give nothing: all that is asked stands in the stem."""
        return {}

    def view(self, body: ShortTextBody, arrangement: tuple[int, ...]) -> Json:
        """Give how much may be written."""
        return {"longest": LONGEST}

    def read(self, body: ShortTextBody, arrangement: tuple[int, ...], given: Any) -> Json:
        """Read a text of 200 characters at most."""
        text = written(given)
        if not normal(text):
            raise MalformedResponse(WRITE_FIRST)
        return {"text": text}

    def sent(self, body: ShortTextBody, arrangement: tuple[int, ...], response: Json) -> Any:
        """Give the text."""
        return response["text"]

    def grade(self, body: ShortTextBody, response: Json) -> Grade:
        """Grade by the rule above; a slip is right, with the spelling in the remark."""
        if accepted(response["text"], body.answers):
            return Grade(fraction=1)
        meant = body.slip_of(response["text"])
        return Grade(fraction=1, remark=f"it is spelt {meant}") if meant else Grade(fraction=0)

    def right_answer(self, body: ShortTextBody) -> Json:
        """Write the first answer."""
        return {"text": body.answers[0]}

    def summary(self, body: ShortTextBody, response: Json) -> str:
        """Give the text."""
        return str(response["text"])

    def review(self, body: ShortTextBody, arrangement: tuple[int, ...], response: Json | None) -> Json:
        """Give the answer with its reason, other ways to write it, and why the learner's own is wrong if foreseen."""
        yours = response["text"] if response else None
        foreseen = _foreseen(body, response)
        return {
            "yours": yours,
            "accepted": response is not None and self.grade(body, response).right,
            "spelt": body.slip_of(yours) if yours is not None else None,
            "right": body.answers[0],
            "others": list(body.answers[1:]),
            "why": body.why,
            "yours_why": {"why": foreseen[0].why} if foreseen else None,
        }

    def misconceptions(self, body: ShortTextBody) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Give the mix-ups of the wrong answers."""
        for place, one in enumerate(body.wrong):
            if one.misconception:
                yield ("wrong", place, "misconception"), one.misconception

    def mixed_up(self, body: ShortTextBody, response: Json) -> tuple[str, ...]:
        """Give the mix-up of the wrong answer that was to be expected."""
        return tuple(one.misconception for one in _foreseen(body, response)[:1] if one.misconception)

    def typed(self, body: ShortTextBody) -> Iterator[str]:
        """Give the answers."""
        yield from body.answers

    def told_apart(self, body: ShortTextBody, words: Collection[str]) -> ShortTextBody:
        """Keep every word, and every answer with one of its words exchanged, that would pass for a slip."""
        near: set[str] = set()
        if body.slips:
            for answer in map(normal, body.answers):
                found = {normal(word) for word in words} | _exchanged(answer, words)
                near |= {one for one in found if one_slip(one, answer)}
        confusable = tuple(sorted(near - {normal(answer) for answer in body.answers}))
        return body if confusable == body.confusable else body.model_copy(update={"confusable": confusable})

    def examples(self) -> list[Example]:
        """A salamander is right, however it is written; a newt is wrong, and so is another word."""
        exact = ShortTextBody(
            answers=("salamander", "fire-salamander"),
            why="It is black and yellow.",
            wrong=(WrongAnswer(text="newt", why="A newt has a crest."),),
        )
        lenient = exact.model_copy(update={"slips": True, "confusable": ("salamanders",)})
        return [
            Example(exact, {"text": "salamander"}, 1),
            Example(exact, {"text": "Fire salamander."}, 1),
            Example(exact, {"text": "newt"}, 0),
            Example(exact, {"text": "salamandre"}, 0),
            Example(lenient, {"text": "salamandre"}, 1),
            Example(lenient, {"text": "salamanders"}, 0),
        ]


def _foreseen(body: ShortTextBody, response: Json | None) -> list[WrongAnswer]:
    return [one for one in body.wrong if response is not None and accepted(response["text"], [one.text])]


def _exchanged(answer: str, words: Collection[str]) -> set[str]:
    """Give the answer with a word of it, or its prefix, exchanged for a term one letter away."""
    # "deep perineal nerve" stands in no list of terms, and is still not how "deep peroneal nerve" is misspelt
    parts = answer.split()
    prefixes = [normal(word) for word in words if word.endswith("-")]
    found = set()
    for place, part in enumerate(parts):
        others = {normal(word) for word in words if _one_apart(normal(word), part)}
        for mine in prefixes:
            if part.startswith(mine):
                others |= {other + part[len(mine) :] for other in prefixes if _one_apart(mine, other)}
        found |= {" ".join([*parts[:place], other, *parts[place + 1 :]]) for other in others}
    return found
