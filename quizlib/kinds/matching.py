"""Matching: each of several things goes with one of several others."""

from random import Random
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from quizlib.errors import MalformedResponse
from quizlib.kinds.base import Example, Kind
from quizlib.model.attempt import Grade, Json
from quizlib.model.base import Value
from quizlib.model.question import Body, Text

Label = Annotated[Text, Field(max_length=200)]


class Pair(Value):
    """Two things that go together, with the reason."""

    left: Annotated[Label, Field(title="This")]
    right: Annotated[Label, Field(title="goes with")]
    why: Annotated[Text, Field(title="Why")]


class Extra(Value):
    """Something that nothing goes with, with the reason."""

    right: Annotated[Label, Field(title="To choose from, and wrong")]
    why: Annotated[Text, Field(title="Why nothing goes with it")]


class MatchingBody(Body):
    """What goes with what, and what goes with nothing."""

    pairs: Annotated[tuple[Pair, ...], Field(min_length=2, max_length=8, title="Pairs")]
    extra: Annotated[tuple[Extra, ...], Field(max_length=6, title="What goes with nothing")] = ()
    order: Annotated[Literal["shuffle", "fixed"], Field(title="Order of the pairs")] = "shuffle"

    @model_validator(mode="after")
    def _every_text_is_told_from_the_others(self) -> Self:
        lefts: dict[str, int] = {}
        for number, pair in enumerate(self.pairs, start=1):
            earlier = lefts.setdefault(_folded(pair.left), number)
            if earlier != number:
                raise ValueError(f"pairs: pair {number} has the same `left:` as pair {earlier}. Change one of them.")
        rights: dict[str, str] = {}
        for pair in self.pairs:
            same = rights.setdefault(_folded(pair.right), pair.right)
            if same != pair.right:
                raise ValueError(f"pairs: “{same}” and “{pair.right}” read the same. Write them alike.")
        for one in self.extra:
            if _folded(one.right) in rights:
                raise ValueError(f"extra: “{one.right}” stands here already. Take it out.")
            rights[_folded(one.right)] = one.right
        if len(rights) < 2:
            raise ValueError("pairs: everything goes with the same. Add a pair with another `right:`.")
        return self

    @property
    def rights(self) -> list[str]:
        """Everything that can be chosen, each once, sorted so that its order tells nothing."""
        return sorted({pair.right for pair in self.pairs} | {one.right for one in self.extra})

    @property
    def one_to_one(self) -> bool:
        """Whether no two things go with the same."""
        return len({pair.right for pair in self.pairs}) == len(self.pairs)


class Matching(Kind[MatchingBody]):
    """Choose for each thing what goes with it.

    The fraction is the share of the pairs that are right, each pair being worth the same (as in Moodle's matching
    questions); what is left open is not right.
    """

    name = "matching"
    title = "Matching"
    body = MatchingBody

    def arrange(self, body: MatchingBody, rng: Random) -> tuple[int, ...]:
        """Shuffle what stands on the left, unless its order is fixed, and then what can be chosen."""
        lefts, rights = list(range(len(body.pairs))), list(range(len(body.rights)))
        if body.order == "shuffle":
            rng.shuffle(lefts)
        rng.shuffle(rights)
        return (*lefts, *rights)

    def asked(self, body: MatchingBody) -> Any:
        """Give what stands on the left, and what can be chosen in an order that tells nothing."""
        return {"order": body.order, "lefts": [pair.left for pair in body.pairs], "rights": body.rights}

    def view(self, body: MatchingBody, arrangement: tuple[int, ...]) -> Json:
        """Give both sides in the order of the screen."""
        lefts, rights = _screen(body, arrangement)
        return {"lefts": [body.pairs[place].left for place in lefts], "rights": rights}

    def read(self, body: MatchingBody, arrangement: tuple[int, ...], given: Any) -> Json:
        """Read a list that has, for each thing on the left, the place of the chosen one from 0, or nothing."""
        lefts, rights = _screen(body, arrangement)
        if not isinstance(given, list) or not given or all(place is None for place in given):
            raise MalformedResponse("Match at least one.")
        if len(given) != len(lefts):
            raise MalformedResponse("The matches do not fit this question. Choose them again.")
        if not all(place is None or (type(place) is int and 0 <= place < len(rights)) for place in given):
            raise MalformedResponse("That answer is not part of this question. Choose one that is shown.")
        if body.one_to_one:
            for place in given:
                if place is not None and given.count(place) > 1:
                    times = {2: "twice"}.get(given.count(place), f"{given.count(place)} times")
                    raise MalformedResponse(f"Each answer goes with one only; {rights[place]} is used {times}.")
        chosen = {left: None if place is None else rights[place] for left, place in zip(lefts, given, strict=True)}
        return {"pairs": [chosen[left] for left in range(len(lefts))]}

    def sent(self, body: MatchingBody, arrangement: tuple[int, ...], response: Json) -> Any:
        """Give the places on the screen."""
        lefts, rights = _screen(body, arrangement)
        texts = [response["pairs"][left] for left in lefts]
        return [None if text is None else rights.index(text) for text in texts]

    def grade(self, body: MatchingBody, response: Json) -> Grade:
        """Grade by the rule above."""
        right = sum(pair.right == yours for pair, yours in zip(body.pairs, response["pairs"], strict=False))
        return Grade(fraction=right / len(body.pairs), remark=f"{right} of {len(body.pairs)} right")

    def guess(self, body: MatchingBody) -> float | None:
        """Give the chance to hit what goes with a thing: the same for each, also where nothing is used twice."""
        return 1 / len(body.rights)

    def right_answer(self, body: MatchingBody) -> Json:
        """Match every pair."""
        return {"pairs": [pair.right for pair in body.pairs]}

    def summary(self, body: MatchingBody, response: Json) -> str:
        """Name each pair that was matched."""
        matched = zip(body.pairs, response["pairs"], strict=False)
        return "; ".join(f"{pair.left}: {yours}" for pair, yours in matched if yours is not None)

    def review(self, body: MatchingBody, arrangement: tuple[int, ...], response: Json | None) -> Json:
        """Give each pair in the order of the screen with its reason, and why the others go with nothing."""
        lefts, rights = _screen(body, arrangement)
        chosen = response["pairs"] if response else [None] * len(body.pairs)
        extra = {one.right: one.why for one in body.extra}
        return {
            "pairs": [
                {
                    "left": body.pairs[place].left,
                    "yours": chosen[place],
                    "right": body.pairs[place].right,
                    "correct": chosen[place] == body.pairs[place].right,
                    "why": body.pairs[place].why,
                }
                for place in lefts
            ],
            "extra": [{"text": text, "why": extra[text]} for text in rights if text in extra],
        }

    def examples(self) -> list[Example]:
        """A frog jumps, a toad walks and a newt swims; in the other, two of three have no tail."""

        def pair(left: str, right: str) -> Pair:
            return Pair(left=left, right=right, why=f"A {left} is built for it.")

        moves = MatchingBody(
            pairs=(pair("frog", "jumps"), pair("toad", "walks"), pair("newt", "swims")),
            extra=(Extra(right="flies", why="None of them has wings."),),
        )
        tails = MatchingBody(
            pairs=(pair("frog", "no tail"), pair("toad", "no tail"), pair("newt", "a tail")), order="fixed"
        )
        return [
            Example(moves, {"pairs": ["jumps", "walks", "swims"]}, 1),
            Example(moves, {"pairs": ["jumps", "swims", "walks"]}, 1 / 3),
            Example(moves, {"pairs": ["jumps", None, "swims"]}, 2 / 3),
            Example(moves, {"pairs": [None, "flies", None]}, 0),
            Example(tails, {"pairs": ["no tail", "no tail", "a tail"]}, 1),
            Example(tails, {"pairs": ["no tail", "no tail", "no tail"]}, 2 / 3),
            Example(tails, {"pairs": ["a tail", "a tail", "no tail"]}, 0),
        ]


def _screen(body: MatchingBody, arrangement: tuple[int, ...]) -> tuple[tuple[int, ...], list[str]]:
    """Give the pairs' places in the file, and the texts that can be chosen, both in the order of the screen."""
    count, rights = len(body.pairs), body.rights
    return arrangement[:count], [rights[place] for place in arrangement[count:]]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
