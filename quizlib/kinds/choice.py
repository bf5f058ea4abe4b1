"""Choice: one right option, or several."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from quizlib.errors import MalformedResponse
from quizlib.kinds.base import Example, Kind, Options
from quizlib.model.attempt import Grade, Json
from quizlib.model.base import UPFRONT, Value
from quizlib.model.question import Body, Text


class Option(Value):
    """One option, with the reason why it is right or wrong."""

    text: Annotated[Text, Field(max_length=400, title="Option")]
    correct: Annotated[bool, Field(title="Right"), UPFRONT] = False
    why: Annotated[Text, Field(title="Why it is right or wrong")]
    misconception: Annotated[str, Field(title="Misconception")] = ""
    keep: Annotated[Literal["", "last"], Field(title="Place")] = ""


class ChoiceBody(Body):
    """Options, and how many of them are to be chosen."""

    choose: Annotated[Literal["one", "several"], Field(title="Right answers"), UPFRONT] = "one"
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=9, title="Options")]
    order: Annotated[Literal["shuffle", "fixed"], Field(title="Order of the options")] = "shuffle"

    @model_validator(mode="after")
    def _the_options_make_a_question(self) -> Self:
        right = sum(option.correct for option in self.options)
        if right == 0:
            raise ValueError("options: no option is marked correct. Mark one with `correct: true`.")
        if right > 1 and self.choose == "one":
            raise ValueError(
                f"options: {right} options are marked correct. Mark one only, or say `choose: several` above them."
            )
        if right == len(self.options):
            raise ValueError("options: every option is marked correct. Add one that is not.")
        seen: dict[str, int] = {}
        for number, option in enumerate(self.options, start=1):
            earlier = seen.setdefault(" ".join(option.text.casefold().split()), number)
            if earlier != number:
                raise ValueError(f"options: option {number} has the same text as option {earlier}. Change one of them.")
        return self


class Choice(Kind[ChoiceBody]):
    """Choose one option or several.

    With one right option the fraction is 1 or 0. With several it is max(0, h / r - w / d): the share of the r right
    options that were picked less the share of the d wrong ones, so that guessing, and picking everything, are worth
    nothing on average (informedness; Youden, Cancer 1950;3:32-35).
    """

    name = "choice"
    title = "Choice"
    body = ChoiceBody

    def arrange(self, body: ChoiceBody, rng: Random) -> tuple[int, ...]:
        """Shuffle the options, unless their order is fixed; those kept last stay there in the author's order."""
        places = list(range(len(body.options)))
        if body.order == "fixed":
            return tuple(places)
        free = [place for place in places if not body.options[place].keep]
        last = [place for place in places if body.options[place].keep]
        rng.shuffle(free)
        return tuple(free + last)

    def options(self, body: ChoiceBody) -> Sequence[Options]:
        """Give the one group of options."""
        texts = tuple((option.text, option.correct) for option in body.options)
        return [Options(("options",), texts, body.order == "shuffle")]

    def picked(self, body: ChoiceBody, response: Json) -> Sequence[tuple[int, int]]:
        """Give the chosen options."""
        return [(0, place) for place in response["chosen"]]

    def guess(self, body: ChoiceBody) -> float | None:
        """Give the chance to hit the one right option; where several are, it depends on how many are chosen."""
        return 1 / len(body.options) if body.choose == "one" else None

    def asked(self, body: ChoiceBody) -> Any:
        """Give the texts of the options and the rule for choosing."""
        return {"choose": body.choose, "order": body.order, "options": [[o.text, o.keep] for o in body.options]}

    def view(self, body: ChoiceBody, arrangement: tuple[int, ...]) -> Json:
        """Give the texts in the order of the screen."""
        return {"choose": body.choose, "options": [body.options[place].text for place in arrangement]}

    def read(self, body: ChoiceBody, arrangement: tuple[int, ...], given: Any) -> Json:
        """Read a list of places on the screen, each from 0."""
        if not isinstance(given, list) or not given:
            raise MalformedResponse("Choose an option first.")
        if not all(type(place) is int and 0 <= place < len(arrangement) for place in given):
            raise MalformedResponse("That option is not part of this question. Choose one that is shown.")
        if len(set(given)) != len(given) or (body.choose == "one" and len(given) > 1):
            raise MalformedResponse("Choose one option only.")
        return {"chosen": sorted(arrangement[place] for place in given)}

    def sent(self, body: ChoiceBody, arrangement: tuple[int, ...], response: Json) -> Any:
        """Give the places on the screen."""
        return sorted(arrangement.index(place) for place in response["chosen"])

    def grade(self, body: ChoiceBody, response: Json) -> Grade:
        """Grade by the rule above."""
        chosen = set(response["chosen"])
        right = {place for place, option in enumerate(body.options) if option.correct}
        hits, wrong = len(chosen & right), len(chosen - right)
        if body.choose == "one":
            return Grade(fraction=float(chosen == right))
        distractors = len(body.options) - len(right)
        # Rational before float, so that picking exactly the right ones is 1.0 and not 0.999…
        fraction = max(0, hits * distractors - wrong * len(right)) / (len(right) * distractors)
        remark = f"{hits} of {len(right)} right" + (f", {_number(wrong)} wrong picked" if wrong else "")
        return Grade(fraction=fraction, remark=remark)

    def right_answer(self, body: ChoiceBody) -> Json:
        """Choose every right option."""
        return {"chosen": [place for place, option in enumerate(body.options) if option.correct]}

    def summary(self, body: ChoiceBody, response: Json) -> str:
        """Name the chosen options."""
        return "; ".join(body.options[place].text for place in response["chosen"])

    def review(self, body: ChoiceBody, arrangement: tuple[int, ...], response: Json | None) -> Json:
        """Give each option in the order of the screen with its reason."""
        chosen = set(response["chosen"]) if response else set()
        return {
            "choose": body.choose,
            "options": [
                {
                    "text": body.options[place].text,
                    "right": body.options[place].correct,
                    "chosen": place in chosen,
                    "why": body.options[place].why,
                }
                for place in arrangement
            ],
        }

    def misconceptions(self, body: ChoiceBody) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Give the mix-ups of the options."""
        for place, option in enumerate(body.options):
            if option.misconception:
                yield ("options", place, "misconception"), option.misconception

    def examples(self) -> list[Example]:
        """Frog is right and toad is wrong; of the amphibians, two are right."""

        def option(text: str, correct: bool = False) -> Option:
            return Option(text=text, correct=correct, why=f"What a {text} is decides it.")

        one = ChoiceBody(options=(option("frog", True), option("toad"), option("newt")))
        several = ChoiceBody(
            choose="several", options=(option("frog", True), option("toad", True), option("cat"), option("dog"))
        )
        return [
            Example(one, {"chosen": [0]}, 1),
            Example(one, {"chosen": [1]}, 0),
            Example(several, {"chosen": [0, 1]}, 1),
            Example(several, {"chosen": [0]}, 0.5),
            Example(several, {"chosen": [0, 1, 2]}, 0.5),
            Example(several, {"chosen": [0, 1, 2, 3]}, 0),
            Example(several, {"chosen": [2]}, 0),
        ]


def _number(count: int) -> str:
    return {1: "one", 2: "two", 3: "three"}.get(count, str(count))
