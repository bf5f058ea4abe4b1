"""Numeric: a number that the learner writes, with or without a unit."""

import math
import re
import unicodedata
from collections.abc import Iterator
from random import Random
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from quizlib.errors import MalformedResponse
from quizlib.kinds.base import Example, Kind
from quizlib.kinds.short_text import written
from quizlib.model.attempt import Grade, Json
from quizlib.model.base import UPFRONT, Value
from quizlib.model.question import Body, Text

Number = Annotated[float, Field(allow_inf_nan=False)]
Factor = Annotated[float, Field(gt=0, allow_inf_nan=False)]
UnitName = Annotated[str, Field(min_length=1, max_length=20)]
A_NUMBER = "Write one number, such as 2.5."
_NUMBER = re.compile(
    r"([+-]?)\s?"
    r"([0-9]{1,3}(?:\s[0-9]{3})+(?![0-9])[.,0-9]*|[.,0-9]*[0-9][.,]?)"  # digits, in threes after spaces or not
    r"(e[+-]?[0-9]+)?\s?(.*)",  # power of ten, and whatever follows
    re.IGNORECASE,
)
_BETWEEN_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


class WrongRange(Value):
    """Wrong numbers that learners give, with the reason; without `low` or `high` it is open on that side."""

    low: Annotated[Number | None, Field(title="From"), UPFRONT] = None
    high: Annotated[Number | None, Field(title="to"), UPFRONT] = None
    why: Annotated[Text, Field(title="Why it is wrong")]
    misconception: Annotated[str, Field(title="Misconception")] = ""

    @model_validator(mode="after")
    def _the_ends_make_a_range(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("It has neither `low:` nor `high:`. Write one of them, or both.")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("`low:` is more than `high:`. Exchange them.")
        return self

    def holds(self, value: float) -> bool:
        """Whether the number is in the range."""
        return _inside(value, -math.inf if self.low is None else self.low, math.inf if self.high is None else self.high)


class NumericBody(Body):
    """The number, or the range that counts, and its unit."""

    answer: Annotated[Number | None, Field(title="Answer"), UPFRONT] = None
    tolerance: Annotated[float, Field(ge=0, allow_inf_nan=False, title="give or take"), UPFRONT] = 0
    low: Annotated[Number | None, Field(title="Or: right from")] = None
    high: Annotated[Number | None, Field(title="Or: right up to")] = None
    unit: Annotated[str, Field(max_length=20, title="Unit"), UPFRONT] = ""
    units: Annotated[dict[UnitName, Factor], Field(max_length=10, title="Other units, and what one is worth")] = Field(
        default_factory=dict
    )
    unit_required: Annotated[bool, Field(title="The unit must be written")] = False
    why: Annotated[Text, Field(title="Why")]
    wrong: Annotated[tuple[WrongRange, ...], Field(max_length=20, title="Wrong numbers to be expected")] = ()

    @model_validator(mode="after")
    def _there_is_one_answer(self) -> Self:
        ends = (self.low is not None) + (self.high is not None)
        if self.answer is None and ends < 2:
            raise ValueError("answer: there is none. Write `answer:` with a number, or both `low:` and `high:`.")
        if self.answer is not None and ends:
            raise ValueError("answer: it stands beside a range. Write `answer:`, or `low:` and `high:`, but not both.")
        if ends and self.tolerance:
            raise ValueError("tolerance: a range needs none. Take it out, or move `low:` and `high:`.")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError("low: it is not less than `high:`. Exchange them, or write `answer:`.")
        return self

    @model_validator(mode="after")
    def _the_units_can_be_told_apart(self) -> Self:
        if not self.unit and (self.units or self.unit_required):
            raise ValueError("unit: it is missing. Write the unit of the answer.")
        seen: set[str] = set()
        for name in self.names:
            if re.match(r"[-+.,0-9]|e[-+]?[0-9]", _plain(name), re.I):
                raise ValueError(f"units: “{name}” starts like a number. Write the unit alone.")
            if _squeezed(name) in seen:
                raise ValueError(f"units: “{name}” stands here twice. Keep one of them.")
            seen.add(_squeezed(name))
        return self

    @property
    def names(self) -> list[str]:
        """The units that can be written, that of the answer first."""
        return [self.unit, *self.units] if self.unit else []

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest number that counts."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        middle = self.answer or 0.0
        return middle - self.tolerance, middle + self.tolerance

    def factor(self, name: str) -> float | None:
        """Give what a number in this unit is worth in that of the answer; its case counts only where it must."""
        worth = {self.unit: 1.0, **self.units}
        names = [one for one in self.names if _squeezed(one) == _squeezed(name)] or [
            one for one in self.names if _squeezed(one).casefold() == _squeezed(name).casefold()
        ]
        return worth[names[0]] if len(names) == 1 else None


class Numeric(Kind[NumericBody]):
    """Write a number.

    The fraction is 1 within the tolerance or the range, ends included, and 0 outside (as for textEntryInteraction with
    an absolute tolerance in 1EdTech QTI 2.1). A number in another accepted unit is converted first.
    """

    name = "numeric"
    title = "Number"
    body = NumericBody

    def arrange(self, body: NumericBody, rng: Random) -> tuple[int, ...]:
        """Give nothing: there is nothing to shuffle."""
        return ()

    def asked(self, body: NumericBody) -> Any:
        """Give the units, and whether one must be written."""
        return self.view(body, ())

    def view(self, body: NumericBody, arrangement: tuple[int, ...]) -> Json:
        """Give the units, and whether one must be written."""
        return {"unit": body.unit, "units": list(body.units), "unit_required": body.unit_required}

    def read(self, body: NumericBody, arrangement: tuple[int, ...], given: Any) -> Json:
        """Read a number, with a decimal point or comma, and its unit."""
        said = written(given)
        if not said:
            raise MalformedResponse("Write a number first.")
        found = _NUMBER.fullmatch(_plain(said))
        if not found:
            raise MalformedResponse(_no_letters(body, said) if any(map(str.isalpha, said)) else A_NUMBER)
        sign, digits, power, unit = found.groups(default="")
        factor = body.factor(unit) if unit else 1.0
        if factor is None:
            raise MalformedResponse(A_NUMBER if unit[0].isdecimal() else _no_letters(body, unit))
        if body.unit_required and not unit:
            raise MalformedResponse(f"Add the unit: {_either(body.names)}.")
        value = float(sign + _decimal(digits) + power) * factor
        if not math.isfinite(value):
            raise MalformedResponse("That number is too large. Check the digits after the e.")
        return {"value": value, "said": said}

    def sent(self, body: NumericBody, arrangement: tuple[int, ...], response: Json) -> Any:
        """Give the text that was written."""
        return response["said"]

    def grade(self, body: NumericBody, response: Json) -> Grade:
        """Grade by the rule above."""
        return Grade(fraction=float(_inside(response["value"], *body.ends)))

    def right_answer(self, body: NumericBody) -> Json:
        """Write the answer, or the middle of the range."""
        low, high = body.ends
        value = body.answer if body.answer is not None else low / 2 + high / 2
        return {"value": value, "said": _with_unit(_digits(value), body.unit)}

    def summary(self, body: NumericBody, response: Json) -> str:
        """Give the text that was written."""
        return str(response["said"])

    def review(self, body: NumericBody, arrangement: tuple[int, ...], response: Json | None) -> Json:
        """Give the answer with its reason, and why the learner's own is wrong if foreseen."""
        right = response is not None and self.grade(body, response).right
        foreseen = self._foreseen(body, response)
        number = _digits(body.answer) if body.answer is not None else " to ".join(map(_digits, body.ends))
        return {
            "yours": response["said"] if response else None,
            "accepted": right,
            "right": _with_unit(number, body.unit),
            "why": body.why,
            "yours_why": {"why": foreseen[0].why} if foreseen else None,
        }

    def misconceptions(self, body: NumericBody) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Give the mix-ups of the wrong numbers."""
        for place, one in enumerate(body.wrong):
            if one.misconception:
                yield ("wrong", place, "misconception"), one.misconception

    def mixed_up(self, body: NumericBody, response: Json) -> tuple[str, ...]:
        """Give the mix-up of the wrong number that was to be expected."""
        return tuple(one.misconception for one in self._foreseen(body, response)[:1] if one.misconception)

    def _foreseen(self, body: NumericBody, response: Json | None) -> list[WrongRange]:
        if response is None or self.grade(body, response).right:
            return []
        return [one for one in body.wrong if one.holds(response["value"])]

    def examples(self) -> list[Example]:
        """A frog leaps 2.5 m, give or take; a toad walks, and a frog in centimetres leaps as far."""
        leap = NumericBody(answer=2.5, tolerance=0.5, unit="m", units={"cm": 0.01}, why="Its hind legs are long.")
        strict = leap.model_copy(update={"unit_required": True})
        eggs = NumericBody(
            low=1000, high=4000, why="A clump is that large.", wrong=(WrongRange(high=100, why="So few are a newt's."),)
        )
        return [
            Example(leap, {"value": 2.5, "said": "2,5"}, 1),
            Example(leap, {"value": 3.0, "said": "3 m"}, 1),
            Example(leap, {"value": 3.1, "said": "3.1"}, 0),
            Example(strict, {"value": 2.5, "said": "250 cm"}, 1),
            Example(strict, {"value": -2.5, "said": "-2.5 m"}, 0),
            Example(eggs, {"value": 4000.0, "said": "4e3"}, 1),
            Example(eggs, {"value": 12.0, "said": "12"}, 0),
        ]


def _inside(value: float, low: float, high: float) -> bool:
    # 3 mm are 0.30000000000000004 cm: what floats lose in converting is not the learner's mistake
    slack = 1e-9 * max([abs(end) for end in (low, high) if math.isfinite(end)])
    return low - slack <= value <= high + slack


def _plain(text: str) -> str:
    # letter by letter, and not what is raised or a fraction: 10² is not 102
    raised = ("<super>", "<sub>", "<fraction>")
    kept = (
        one if unicodedata.decomposition(one).startswith(raised) else unicodedata.normalize("NFKC", one) for one in text
    )
    return " ".join("".join(kept).translate(_DASHES).split())


def _squeezed(unit: str) -> str:
    return unicodedata.normalize("NFKC", _plain(unit)).replace(" ", "")


def _decimal(digits: str) -> str:
    """Give digits with a point at most; raise MalformedResponse where a comma could be either sign."""
    digits = digits.replace(" ", "")
    if digits.count(",") + digits.count(".") > 1:
        raise MalformedResponse("Write the number with one point or comma at most, and none between thousands.")
    pointed = digits.replace(",", ".")
    if _BETWEEN_THOUSANDS.fullmatch(digits):
        whole = digits.replace(",", "")
        raise MalformedResponse(f"Write {whole} or {float(pointed)}, without a comma between thousands.")
    return pointed


def _no_letters(body: NumericBody, said: str) -> str:
    if not body.unit:
        return "Write the number alone, in digits and without a unit."
    unknown = f" “{said}” is not a unit here." if len(said) <= 20 else ""
    return f"Write a number in {_either(body.names)}.{unknown}"


def _either(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def _digits(value: float) -> str:
    return repr(value).removesuffix(".0")


def _with_unit(number: str, unit: str) -> str:
    return f"{number}{unit}" if unit in ("%", "°") else f"{number} {unit}".strip()
