"""Cloze: a text with gaps, each to be filled by choosing or by writing."""

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from quizlib.errors import MalformedResponse
from quizlib.kinds.base import Example, Kind, Options
from quizlib.kinds.short_text import accepted, cleaned, has_letters, normal, not_twice, written
from quizlib.model.attempt import Grade, Json
from quizlib.model.base import UPFRONT, Value
from quizlib.model.question import Body, Text

LONGEST = 80
_GAP = re.compile(r"\{([a-z][a-z0-9_-]*)\}")


class GapOption(Value):
    """One option of a gap, with the reason why it is right or wrong."""

    text: Annotated[Text, Field(max_length=120, title="Option")]
    correct: Annotated[bool, Field(title="Right"), UPFRONT] = False
    why: Annotated[Text, Field(title="Why it is right or wrong")]
    misconception: Annotated[str, Field(title="Misconception")] = ""


GapAnswer = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST), AfterValidator(cleaned), AfterValidator(has_letters)
]


class Gap(Value):
    """A gap with options, exactly one of which is right, or with the answers that count when written."""

    answers: Annotated[tuple[GapAnswer, ...], Field(max_length=20, title="To be written: what counts"), UPFRONT] = ()
    why: Annotated[str, Field(max_length=8000, title="Why, where it is written"), UPFRONT] = ""
    options: Annotated[tuple[GapOption, ...], Field(max_length=9, title="Or options to choose from"), UPFRONT] = ()
    order: Annotated[Literal["shuffle", "fixed"], Field(title="Order of the options")] = "shuffle"

    @model_validator(mode="after")
    def _it_can_be_filled_in_one_way(self) -> Self:
        if bool(self.options) == bool(self.answers):
            raise ValueError("A gap has either `options:` to choose from or `answers:` to write. Keep one of them.")
        if self.answers:
            not_twice(self.answers)
            if not self.why:
                raise ValueError("The reason is missing. Add `why:` beside `answers:`.")
            return self
        if self.why:
            raise ValueError("`why:` belongs to each option here. Move it there.")
        if len(self.options) < 2:
            raise ValueError("There is one option only. Add another.")
        if sum(option.correct for option in self.options) != 1:
            raise ValueError("Exactly one option of a gap is right. Mark one with `correct: true`.")
        if len({" ".join(option.text.casefold().split()) for option in self.options}) < len(self.options):
            raise ValueError("Two options have the same text. Change one of them.")
        return self

    @property
    def texts(self) -> list[str]:
        """The options, sorted so that their order tells nothing."""
        return sorted(option.text for option in self.options)

    @property
    def right(self) -> str:
        """What is shown as the right filling."""
        return self.answers[0] if self.answers else next(one.text for one in self.options if one.correct)

    def takes(self, text: str | None) -> bool:
        """Whether the text fills the gap rightly."""
        if text is None:
            return False
        return accepted(text, self.answers) if self.answers else text == self.right


class ClozeBody(Body):
    """A text that names its gaps in braces, and the gaps by name."""

    text: Annotated[Text, Field(title="Text with gaps")]
    gaps: Annotated[dict[str, Gap], Field(min_length=1, max_length=10, title="Gaps")]

    @model_validator(mode="after")
    def _the_text_has_every_gap_once(self) -> Self:
        named = _GAP.findall(self.text)
        for name in named:
            if name not in self.gaps:
                raise ValueError(f"text: the gap {{{name}}} is not among the gaps. Add `{name}:` under `gaps:`.")
        for name in self.gaps:
            if named.count(name) != 1:
                raise ValueError(f"text: it must hold the gap {{{name}}} exactly once; {named.count(name)} found.")
        if re.search(r"[{}]", _GAP.sub("", self.text)):
            raise ValueError("text: a brace belongs to no gap. Write gaps as {a}, in lower-case letters.")
        return self

    @property
    def ordered(self) -> dict[str, Gap]:
        """The gaps by name, in the order of the text."""
        return {name: self.gaps[name] for name in _GAP.findall(self.text)}

    @property
    def parts(self) -> list[str | int]:
        """The text with each gap as its number from 0."""
        pieces = _GAP.split(self.text)  # text, name, text, name, …, text
        parts = [piece if i % 2 == 0 else i // 2 for i, piece in enumerate(pieces)]
        return [part for part in parts if part != ""]


class Cloze(Kind[ClozeBody]):
    """Fill the gaps of a text.

    The fraction is the share of the gaps that are filled rightly, each gap being worth the same (as in Moodle's
    embedded answers with equal weights). What is written counts as in a short answer without slips.
    """

    name = "cloze"
    title = "Fill the gaps"
    body = ClozeBody

    def arrange(self, body: ClozeBody, rng: Random) -> tuple[int, ...]:
        """Shuffle the options of each gap as sorted by their text, unless their order is fixed."""
        places: list[int] = []
        for gap in body.ordered.values():
            own = [gap.texts.index(option.text) for option in gap.options]
            if gap.order == "shuffle":
                own = sorted(own)
                rng.shuffle(own)
            places += own
        return tuple(places)

    def options(self, body: ClozeBody) -> Sequence[Options]:
        """Give the options of every gap that has some."""
        return [
            Options(
                ("gaps", name, "options"),
                tuple((option.text, option.correct) for option in gap.options),
                gap.order == "shuffle",
            )
            for name, gap in body.gaps.items()
            if gap.options
        ]

    def picked(self, body: ClozeBody, response: Json) -> Sequence[tuple[int, int]]:
        """Give what was chosen in each gap that has options."""
        groups = [(name, [one.text for one in gap.options]) for name, gap in body.gaps.items() if gap.options]
        filled = [(group, texts, response["gaps"].get(name)) for group, (name, texts) in enumerate(groups)]
        return [(group, texts.index(text)) for group, texts, text in filled if text in texts]

    def guess(self, body: ClozeBody) -> float | None:
        """Give the chance to hit the right option, gap by gap; what is to be written is not guessed."""
        return sum(1 / len(gap.options) if gap.options else 0.0 for gap in body.gaps.values()) / len(body.gaps)

    def asked(self, body: ClozeBody) -> Any:
        """Give the text, and the options of each gap in the author's order."""
        return {
            "parts": body.parts,
            "gaps": [
                {"options": [option.text for option in gap.options], "order": gap.order} if gap.options else None
                for gap in body.ordered.values()
            ],
        }

    def view(self, body: ClozeBody, arrangement: tuple[int, ...]) -> Json:
        """Give the text, and the options of each gap in the order of the screen."""
        return {
            "parts": body.parts,
            "gaps": [{"options": texts} if texts else {"longest": LONGEST} for texts in _screen(body, arrangement)],
        }

    def read(self, body: ClozeBody, arrangement: tuple[int, ...], given: Any) -> Json:
        """Read a list that has, for each gap, the place of the chosen option from 0, a text, or nothing."""
        if not isinstance(given, list) or not given or all(one is None for one in given):
            raise MalformedResponse("Fill at least one gap.")
        screen = _screen(body, arrangement)
        if len(given) != len(screen):
            raise MalformedResponse("The answers do not fit the gaps. Fill them again.")
        filled = [_filled(one, texts) for one, texts in zip(given, screen, strict=True)]
        if all(one is None for one in filled):
            raise MalformedResponse("Fill at least one gap.")
        return {"gaps": dict(zip(body.ordered, filled, strict=True))}

    def sent(self, body: ClozeBody, arrangement: tuple[int, ...], response: Json) -> Any:
        """Give the places on the screen, and what was written."""
        filled = [response["gaps"][name] for name in body.ordered]
        return [
            texts.index(one) if texts and one is not None else one
            for one, texts in zip(filled, _screen(body, arrangement), strict=True)
        ]

    def grade(self, body: ClozeBody, response: Json) -> Grade:
        """Grade by the rule above."""
        right = sum(gap.takes(response["gaps"].get(name)) for name, gap in body.gaps.items())
        return Grade(fraction=right / len(body.gaps), remark=f"{right} of {len(body.gaps)} right")

    def right_answer(self, body: ClozeBody) -> Json:
        """Fill every gap."""
        return {"gaps": {name: gap.right for name, gap in body.ordered.items()}}

    def summary(self, body: ClozeBody, response: Json) -> str:
        """Give what fills the gaps, in the order of the text."""
        return "; ".join(response["gaps"][name] or "…" for name in body.ordered)

    def review(self, body: ClozeBody, arrangement: tuple[int, ...], response: Json | None) -> Json:
        """Give the text, and what belongs into each gap, what the learner put there, and why."""
        filled = response["gaps"] if response else {}
        told = []
        for name, gap in body.ordered.items():
            yours = filled.get(name)
            reasons = {option.text: option.why for option in gap.options}
            wrong = yours is not None and not gap.takes(yours)
            told.append(
                {
                    "yours": yours,
                    "right": gap.right,
                    "correct": gap.takes(yours),
                    "why": reasons.get(gap.right, gap.why),
                    "yours_why": {"why": reasons[yours]} if wrong and yours in reasons else None,
                }
            )
        return {"parts": body.parts, "gaps": told}

    def misconceptions(self, body: ClozeBody) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Give the mix-ups of the options."""
        for name, gap in body.gaps.items():
            for place, option in enumerate(gap.options):
                if option.misconception:
                    yield ("gaps", name, "options", place, "misconception"), option.misconception

    def typed(self, body: ClozeBody) -> Iterator[str]:
        """Give the answers that are to be written."""
        for gap in body.gaps.values():
            yield from gap.answers

    def examples(self) -> list[Example]:
        """The frog jumps and lays spawn; the toad, which walks, would be wrong."""
        body = ClozeBody(
            text="The {who} jumps; it lays {what} in {where}.",
            gaps={
                "what": Gap(answers=("spawn", "frog-spawn"), why="Its eggs are called spawn."),
                "who": Gap(
                    options=(
                        GapOption(text="toad", why="A toad walks."),
                        GapOption(text="frog", correct=True, why="A frog has long hind legs."),
                        GapOption(text="newt", why="A newt swims."),
                    )
                ),
                "where": Gap(
                    order="fixed",
                    options=(
                        GapOption(text="still water", correct=True, why="Spawn must not be washed away."),
                        GapOption(text="running water", why="A salamander does so."),
                    ),
                ),
            },
        )
        return [
            Example(body, {"gaps": {"who": "frog", "what": "Frog spawn", "where": "still water"}}, 1),
            Example(body, {"gaps": {"who": "frog", "what": "milk", "where": None}}, 1 / 3),
            Example(body, {"gaps": {"who": "toad", "what": "spawn", "where": "still water"}}, 2 / 3),
            Example(body, {"gaps": {"who": "newt", "what": None, "where": "running water"}}, 0),
        ]


def _screen(body: ClozeBody, arrangement: tuple[int, ...]) -> list[list[str]]:
    """Give the options of each gap in the order of the screen; a gap that is to be written has none."""
    places = iter(arrangement)
    return [[gap.texts[next(places)] for _ in gap.options] for gap in body.ordered.values()]


def _filled(one: Any, texts: list[str]) -> str | None:
    """Read what one gap was filled with."""
    if one is None:
        return None
    if not texts:
        text = written(one, LONGEST)
        return text if normal(text) else None
    if type(one) is not int or not 0 <= one < len(texts):
        raise MalformedResponse("That option is not part of this gap. Choose one that is shown.")
    return texts[one]
