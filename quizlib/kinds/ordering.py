"""Ordering: things that are to be put in their right order."""

from itertools import combinations
from random import Random
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from quizlib.errors import MalformedResponse
from quizlib.kinds.base import Example, Kind
from quizlib.model.attempt import Grade, Json
from quizlib.model.base import Value
from quizlib.model.question import Body, Text


class OrderedItem(Value):
    """One thing in its place, with the reason if it has one of its own."""

    text: Annotated[Text, Field(max_length=300, title="What stands here")]
    why: Annotated[str, Field(max_length=8000, title="Why here")] = ""


class OrderingBody(Body):
    """Things in their right order, the reason for it, and what its ends are called."""

    items: Annotated[tuple[OrderedItem, ...], Field(min_length=3, max_length=8, title="In their right order")]
    why: Annotated[Text, Field(title="Why this order")]
    first: Annotated[str, Field(max_length=60, title="What the top is called")] = ""
    last: Annotated[str, Field(max_length=60, title="What the foot is called")] = ""

    @model_validator(mode="after")
    def _every_item_is_told_from_the_others(self) -> Self:
        seen: dict[str, int] = {}
        for number, item in enumerate(self.items, start=1):
            earlier = seen.setdefault(" ".join(item.text.casefold().split()), number)
            if earlier != number:
                raise ValueError(f"items: item {number} has the same text as item {earlier}. Change one of them.")
        return self

    @property
    def texts(self) -> list[str]:
        """The texts in the right order."""
        return [item.text for item in self.items]


class Ordering(Kind[OrderingBody]):
    """Put things in order.

    The fraction is max(0, tau): the share of all pairs that are in the right order less the share of those that are
    not, so that a random order is worth nothing on average (Kendall, Biometrika 1938;30:81-93).
    """

    name = "ordering"
    title = "Ordering"
    body = OrderingBody

    def arrange(self, body: OrderingBody, rng: Random) -> tuple[int, ...]:
        """Shuffle the items as sorted by their text, so that the right order has no part in the draw."""
        places = list(range(len(body.items)))
        rng.shuffle(places)
        return tuple(places)

    def asked(self, body: OrderingBody) -> Any:
        """Give the items in an order that tells nothing, and what the ends are called."""
        return {"items": sorted(body.texts), "first": body.first, "last": body.last}

    def view(self, body: OrderingBody, arrangement: tuple[int, ...]) -> Json:
        """Give the items in the order of the screen, and what the ends are called."""
        return {"items": _screen(body, arrangement), "first": body.first, "last": body.last}

    def read(self, body: OrderingBody, arrangement: tuple[int, ...], given: Any) -> Json:
        """Read the places on the screen, each from 0, in the learner's order."""
        if not isinstance(given, list) or not given:
            raise MalformedResponse("Put the items in order first.")
        if not all(type(place) is int for place in given) or sorted(given) != list(range(len(arrangement))):
            raise MalformedResponse("Put every item that is shown in the order, each of them once.")
        texts = _screen(body, arrangement)
        return {"order": [texts[place] for place in given]}

    def sent(self, body: OrderingBody, arrangement: tuple[int, ...], response: Json) -> Any:
        """Give the places on the screen."""
        texts = _screen(body, arrangement)
        return [texts.index(text) for text in response["order"]]

    def grade(self, body: OrderingBody, response: Json) -> Grade:
        """Grade by the rule above."""
        yours = {text: place for place, text in enumerate(response["order"])}
        pairs = list(combinations(body.texts, 2))
        right = sum(yours[earlier] < yours[later] for earlier, later in pairs)
        # whole numbers first, so that the right order is 1.0 and a reversed one 0.0
        fraction = max(0, 2 * right - len(pairs)) / len(pairs)
        return Grade(fraction=fraction, remark=f"{right} of {len(pairs)} pairs in the right order")

    def right_answer(self, body: OrderingBody) -> Json:
        """Give the items in the author's order."""
        return {"order": body.texts}

    def summary(self, body: OrderingBody, response: Json) -> str:
        """Name the items in their order."""
        return ", then ".join(response["order"])

    def review(self, body: OrderingBody, arrangement: tuple[int, ...], response: Json | None) -> Json:
        """Give each item in the right order with the place the learner gave it, and why the order is so."""
        yours = {text: place for place, text in enumerate(response["order"], start=1)} if response else {}
        return {
            "items": [
                {
                    "text": item.text,
                    "place": place,
                    "yours": yours.get(item.text),
                    "correct": yours.get(item.text) == place,
                    "why": item.why,
                }
                for place, item in enumerate(body.items, start=1)
            ],
            "why": body.why,
        }

    def examples(self) -> list[Example]:
        """Spawn comes before the tadpole, the tadpole before the froglet, the froglet before the frog."""
        body = OrderingBody(
            items=tuple(OrderedItem(text=text) for text in ("spawn", "tadpole", "froglet", "frog")),
            why="Legs grow before the tail goes.",
            first="youngest",
            last="oldest",
        )
        return [
            Example(body, {"order": ["spawn", "tadpole", "froglet", "frog"]}, 1),
            Example(body, {"order": ["spawn", "froglet", "tadpole", "frog"]}, 2 / 3),
            Example(body, {"order": ["frog", "spawn", "tadpole", "froglet"]}, 0),
            Example(body, {"order": ["frog", "froglet", "tadpole", "spawn"]}, 0),
        ]


def _screen(body: OrderingBody, arrangement: tuple[int, ...]) -> list[str]:
    texts = sorted(body.texts)
    return [texts[place] for place in arrangement]
