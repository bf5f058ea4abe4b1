"""How many answers a figure needs before it may be shown, and why one is not shown."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Bools = npt.NDArray[np.bool_]

LEAST_FOR_SHARES, LEAST_FOR_OPTIONS, LEAST_FOR_CORRELATIONS = 5, 20, 30


class Reason(StrEnum):
    """Why there is no figure, or none that may be shown."""

    FEW_ANSWERS = "few_answers"  # too few to say anything
    FEW_OTHERS = "few_others"  # nobody, or one student only, answered enough other questions
    ONE_STUDENT = "one_student"
    ONE_QUESTION = "one_question"  # there is no rest of the test
    FEW_QUESTIONS = "few_questions"  # alpha needs two, and three to leave one out
    FEW_STUDENTS = "few_students"  # skewness takes three, kurtosis four
    SAME_SCORES = "same_scores"  # everybody has the same score
    NO_VARIANCE = "no_variance"  # everybody scored the same on it
    NO_VARIANCE_OF_REST = "no_variance_of_rest"  # everybody scored the same on all the rest
    NOBODY_RIGHT = "nobody_right"  # or everybody: right or not is the same for all
    NEGATIVE = "negative"  # whoever scores more on it scores less in all: there is no share of the spread
    DIFFERENT_QUESTIONS = "different_questions"  # students were given different ones, so that scores do not add up
    NO_KEY = "no_key"  # what guessing brings is not known
    NO_TIMES = "no_times"


def because(conditions: list[tuple[Bools, Reason]], count: int) -> pd.Series:
    """Give for each of so many rows the reason of the first condition that holds for it, or None."""
    found = pd.Series([None] * count, dtype=object)
    for holds, reason in reversed(conditions):
        found[holds] = reason
    return found


def nullable(values: Any) -> Any:
    """Mark what is not defined as such: NaN would pass as a number."""
    is_float = isinstance(values, np.ndarray) and values.dtype == np.float64
    return pd.array(values, dtype="Float64") if is_float else values


class Figure(NamedTuple):
    """What a figure needs: `least` of what the column `of` counts; `why` it is absent, or the column that says so."""

    of: str = "n"
    least: int = 0
    why: str | Reason = Reason.ONE_STUDENT
    interval: tuple[str, ...] = ()


_OF_REST = Figure("n_rest", LEAST_FOR_CORRELATIONS, "no_rest")
_TIME = Figure("n_seconds", LEAST_FOR_SHARES, Reason.NO_TIMES)
ITEM_FIGURES = {
    "facility": Figure("n", LEAST_FOR_SHARES, interval=("facility_low", "facility_high")),
    "sd": Figure("n", LEAST_FOR_SHARES),
    "random_guess": Figure(why="no_guess"),
    "intended_weight": Figure(why="no_weight"),
    "effective_weight": Figure("n", LEAST_FOR_CORRELATIONS, "no_weight"),
    "discrimination_index": _OF_REST._replace(interval=("discrimination_low", "discrimination_high")),
    "discriminative_efficiency": _OF_REST,
    "point_biserial_corrected": _OF_REST,
    "alpha_without": Figure("n", LEAST_FOR_CORRELATIONS, "no_alpha"),
    "mean_seconds": _TIME,
    "median_seconds": _TIME,
}
OPTION_FIGURES = {
    "share": Figure("n", LEAST_FOR_OPTIONS, interval=("share_low", "share_high")),
    "top": Figure("n_rest", LEAST_FOR_OPTIONS, "no_rest"),
    "bottom": Figure("n_rest", LEAST_FOR_OPTIONS, "no_rest"),
    "correlation": _OF_REST,
}
SCORE_FIGURES = {
    "mean": Figure("n", LEAST_FOR_SHARES, Reason.FEW_OTHERS),
    "sd": Figure("n", LEAST_FOR_SHARES, "no_spread"),
    "skewness": Figure("n", LEAST_FOR_CORRELATIONS, "no_shape"),
    "kurtosis": Figure("n", LEAST_FOR_CORRELATIONS, "no_shape"),
    "alpha": Figure("n", LEAST_FOR_CORRELATIONS, "no_alpha"),
    "error_ratio": Figure("n", LEAST_FOR_CORRELATIONS, "no_alpha"),
    "sem": Figure("n", LEAST_FOR_CORRELATIONS, "no_alpha"),
}


def reasons(row: Mapping[str, Any], figures: Mapping[str, Figure]) -> dict[str, Reason]:
    """Tell which figures of a row may not be shown, each with the reason: it is not defined, or rests on too few."""
    found = {}
    for name, figure in figures.items():
        if pd.isna(row[name]):
            said = figure.why if isinstance(figure.why, Reason) else row[figure.why]
            # what correlates, and the rest too, and still there is no figure: only right or wrong does not vary
            found[name] = said if isinstance(said, Reason) else Reason.NOBODY_RIGHT
        elif row[figure.of] < figure.least:
            found[name] = Reason.FEW_ANSWERS
    return found


def masked(rows: pd.DataFrame, figures: Mapping[str, Figure]) -> pd.DataFrame:
    """Give the rows with <NA> for every figure, and its interval, that may not be shown."""
    shown = rows.copy()
    for name, figure in figures.items():
        few = (rows[figure.of] < figure.least).to_numpy(bool)
        for column in (name, *figure.interval):
            shown[column] = rows[column].mask(few)
    return shown
