"""Signs that something may be wrong with a question: rules over its figures, without the words for people."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import ge, gt, le, lt
from typing import Any, NamedTuple

import pandas as pd

from quizlib.analytics.minimums import LEAST_FOR_CORRELATIONS, LEAST_FOR_OPTIONS
from quizlib.analytics.plain import rows_of


class Sign(StrEnum):
    """What may be wrong with a question, most urgent first."""

    NEGATIVE_DISCRIMINATION = "negative_discrimination"
    PREFERRED_BY_THE_BEST = "preferred_by_the_best"
    COMPLAINED_ABOUT = "complained_about"
    UNUSED_OPTION = "unused_option"
    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    SLOW = "slow"


class Rule(NamedTuple):
    """When a sign is given: from `least` answers on, where the figure is `beyond` the limit; and why just there."""

    least: int
    beyond: Callable[[float, float], bool]
    limit: float
    because: str


RULES = {
    Sign.NEGATIVE_DISCRIMINATION: Rule(
        LEAST_FOR_CORRELATIONS,
        lt,
        0.0,
        "Whoever knows more answers it wrongly more often: most often a wrong key (Moodle, Quiz report statistics, "
        "Discrimination index: a negative one means that the question is probably invalid).",
    ),
    Sign.PREFERRED_BY_THE_BEST: Rule(
        LEAST_FOR_OPTIONS,
        gt,
        0.0,
        "By how much the share of a wrong option among the best third is above that of the key: any more is a sign of "
        "a wrong key or of a second right answer.",
    ),
    Sign.COMPLAINED_ABOUT: Rule(0, ge, 1.0, "One learner who reports a fault may have seen what figures do not tell."),
    Sign.UNUSED_OPTION: Rule(
        LEAST_FOR_OPTIONS,
        lt,
        0.5,
        "Of at least 20 choices of wrong options, an option has less than half of the share 1/m that each of the m "
        "wrong options would have if they were alike, so below 1/(2m). Measured among the wrong ones, or every wrong "
        "option of an easy question would count as one that nobody takes.",
    ),
    Sign.TOO_HARD: Rule(
        LEAST_FOR_OPTIONS,
        le,
        0.2,
        "At most a fifth is right, or no more than guessing brings where that is known (Open University, Moodle Quiz "
        "reports, 4.2 Facility index: up to 20 % difficult, up to 10 % very difficult).",
    ),
    Sign.TOO_EASY: Rule(
        LEAST_FOR_OPTIONS,
        ge,
        0.95,
        "From 95 % on it tells hardly anybody apart (Open University, Moodle Quiz reports, 4.2 Facility index: "
        "extremely easy).",
    ),
    Sign.SLOW: Rule(
        LEAST_FOR_OPTIONS,
        gt,
        120.0,
        "Half of the answers take more than two minutes, where a medical licensing examination gives a vignette 90 "
        "seconds (USMLE Step 1: 40 questions in 60 minutes). The median, for learners walk away from open pages.",
    ),
}


@dataclass(frozen=True)
class Suggestion:
    """A sign, the figure that gave it, and how many answers that rests on; `option` where it is about one."""

    question: Hashable
    sign: Sign
    option: Hashable | None
    value: float
    n: int


def suggestions(
    items: pd.DataFrame, options: pd.DataFrame | None = None, complaints: Mapping[Hashable, int] | None = None
) -> list[Suggestion]:
    """Give the signs in the figures of `item_analysis` and `option_analysis`, question by question, by urgency.

    `complaints` counts the open complaints about each question.
    """
    by_question: dict[Hashable, list[dict[str, Any]]] = {}
    for one in rows_of(options) if options is not None else ():
        by_question.setdefault(one["question"], []).append(one)
    found = []
    for item in rows_of(items):
        own = by_question.get(item["question"], [])
        signs = [*_of_question(item, (complaints or {}).get(item["question"], 0)), *_preferred(own), *_unused(own)]
        found += sorted(signs, key=lambda one: list(Sign).index(one.sign))
    return found


def _of_question(item: Mapping[str, Any], complaints: int) -> Iterator[Suggestion]:
    """Give the signs in the figures of the question as a whole."""
    figures = {
        Sign.NEGATIVE_DISCRIMINATION: (item["discrimination_index"], item["n_rest"]),
        Sign.COMPLAINED_ABOUT: (float(complaints), item["n"]),
        Sign.TOO_HARD: (item["facility"], item["n"]),
        Sign.TOO_EASY: (item["facility"], item["n"]),
        Sign.SLOW: (item["median_seconds"], item["n_seconds"]),
    }
    limits = {Sign.TOO_HARD: item["random_guess"] or 0.0}
    for sign, (value, n) in figures.items():
        rule = RULES[sign]
        if value is not None and n >= rule.least and rule.beyond(value, max(rule.limit, limits.get(sign, rule.limit))):
            yield Suggestion(item["question"], sign, None, value, n)


def _preferred(options: list[dict[str, Any]]) -> Iterator[Suggestion]:
    """Give the wrong options that more of the best third chose than the key, or the best liked part of it."""
    rule = RULES[Sign.PREFERRED_BY_THE_BEST]
    keys = [one for one in options if one["right"]]
    if not keys or any(one["top"] is None for one in options):
        return
    # rounding in the parts of students who tie is no preference
    key = max(round(one["top"], 9) for one in keys if one["fraction"] == max(each["fraction"] for each in keys))
    for one in options:
        above = round(one["top"], 9) - key
        if one["right"] is False and one["n_rest"] >= rule.least and rule.beyond(above, rule.limit):
            yield Suggestion(one["question"], Sign.PREFERRED_BY_THE_BEST, one["option"], one["top"], one["n_rest"])


def _unused(options: list[dict[str, Any]]) -> Iterator[Suggestion]:
    """Give the wrong options that hardly anybody takes who takes a wrong one; n counts the wrong choices."""
    rule = RULES[Sign.UNUSED_OPTION]
    wrong = [one for one in options if one["right"] is False]
    chosen = sum(one["count"] for one in wrong)
    if chosen < rule.least:
        return
    for one in wrong:
        if rule.beyond(one["count"] / chosen, rule.limit / len(wrong)):
            yield Suggestion(one["question"], Sign.UNUSED_OPTION, one["option"], one["count"] / chosen, chosen)
