"""Item analysis: what the answers to each question say about it.

Definitions are those of Moodle: docs.moodle.org/dev/Quiz_statistics_calculations, section "Position statistics", and
what they mean: docs.moodle.org/dev/Quiz_report_statistics. All are fractions here; Moodle prints per cent.
"""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from quizlib.analytics.answers import RIGHT, Design, Sheet, read_sheet
from quizlib.analytics.groups import Groups, quotient
from quizlib.analytics.intervals import fisher, wilson
from quizlib.analytics.minimums import Reason, because, nullable


def item_analysis(
    answers: pd.DataFrame,
    keys: pd.DataFrame | None = None,
    *,
    guesses: Mapping[Hashable, float] | None = None,
    design: Design | None = None,
) -> pd.DataFrame:
    """Give a row for each question, in the order in which questions first appear; <NA> where a figure is not defined.

    - `n` answers; `facility`, the mean fraction, with its 95 % interval `facility_low`, `facility_high`; `sd` of it
    - `random_guess`: the fraction that guessing brings, from `guesses`, else from `keys` (`question`, `option`,
      `fraction`) where one option is asked for
    - `intended_weight`, `effective_weight`: the question's share in the maximum and in the spread of the test
    - `discrimination_index`: its correlation with the rest of the test over `n_rest` students, with the interval
      `discrimination_low`, `discrimination_high`
    - `discriminative_efficiency`: its covariance with the rest by the greatest that scores like these could have
    - `point_biserial_corrected`: as the discrimination index, but of being fully right or not; where a question gives
      no parts of its points the two are the same
    - `alpha_without`: the test's alpha without the question
    - `mean_seconds`, `median_seconds` of the `n_seconds` answers whose time is known
    - `design`: how the rest was taken, see `Design`
    - `no_guess`, `no_weight`, `no_rest`, `no_alpha`: the reason why the guess, the weights, the correlations and alpha
      are not defined, or None

    Everything is computed however few the answers; `minimums` tells what may be shown.
    """
    return items_of(read_sheet(answers, design), keys, guesses)


def items_of(
    sheet: Sheet, keys: pd.DataFrame | None = None, guesses: Mapping[Hashable, float] | None = None
) -> pd.DataFrame:
    """Give the item analysis of answers that are read already."""
    by_question = Groups(sheet.question, len(sheet.questions))
    facility = by_question.mean(sheet.fraction)
    low, high = wilson(facility, by_question.sizes)
    figures: dict[str, Any] = {
        "question": pd.Series(sheet.questions, dtype=object),
        "n": by_question.sizes,
        "facility": facility,
        "facility_low": low,
        "facility_high": high,
        "sd": np.sqrt(by_question.variance(sheet.fraction)),
        **_guesses(sheet, keys, guesses or {}),
        **_weights(sheet, by_question),
        **_correlations(sheet),
        **_alphas(sheet, by_question),
        **_times(sheet, by_question),
        "design": sheet.design,
    }
    return pd.DataFrame({name: nullable(values) for name, values in figures.items()})


def _guesses(sheet: Sheet, keys: pd.DataFrame | None, guesses: Mapping[Hashable, float]) -> dict[str, Any]:
    """Give what one option taken at random is worth, where nobody says what guessing brings."""
    known: dict[Hashable, float] = {}
    if keys is not None:
        worth = keys.groupby("question", sort=False)["fraction"]
        # where no option is worth everything, several are to be chosen, and nobody knows how many a guess takes
        known = worth.mean().where(worth.max() >= RIGHT).clip(0, 1).to_dict()
    known |= guesses
    guess = np.array([known.get(question, np.nan) for question in sheet.questions], np.float64)
    return {"random_guess": guess, "no_guess": because([(np.isnan(guess), Reason.NO_KEY)], len(guess))}


def _weights(sheet: Sheet, by_question: Groups) -> dict[str, Any]:
    """Give the share of each question in the maximum and in the spread of the test.

    Moodle, "Intended question weight" and "Effective question weight": the square root of the covariance of question
    and test, as a share of the sum of these roots over all questions; a negative covariance has none.
    """
    nothing = np.full(len(sheet.questions), np.nan)
    if sheet.design is Design.FREE:
        reasons = because([(np.isnan(nothing), Reason.DIFFERENT_QUESTIONS)], len(nothing))
        return {"intended_weight": nothing, "effective_weight": nothing, "no_weight": reasons}
    whole = np.nan_to_num(sheet.rest) + sheet.points
    common = by_question.covariance(sheet.points, whole)
    common = np.where(by_question.variance(sheet.points) == 0, 0.0, common)
    roots = np.sqrt(common, out=np.full_like(common, np.nan), where=common >= 0)
    effective = quotient(roots, np.nansum(roots))
    conditions = [
        (np.isnan(common), Reason.ONE_STUDENT),
        (common < 0, Reason.NEGATIVE),
        (np.isnan(effective), Reason.NO_VARIANCE),
    ]
    return {
        "intended_weight": quotient(sheet.weights, sheet.weights.sum()),
        "effective_weight": effective,
        "no_weight": because(conditions, len(nothing)),
    }


def _correlations(sheet: Sheet) -> dict[str, Any]:
    """Correlate each question with the rest.

    Moodle, "Discrimination index" and "Discriminative efficiency". The point-biserial correlation is corrected for the
    question's own part in the total by taking it out (Henrysson 1963, Psychometrika 28:211-218).
    """
    known = ~np.isnan(sheet.rest)
    points, rest = sheet.points[known], sheet.rest[known]
    right = (sheet.fraction[known] >= RIGHT).astype(np.float64)
    groups = Groups(sheet.question[known], len(sheet.questions))
    variance, rest_variance = groups.variance(points), groups.variance(rest)
    common = groups.covariance(points, rest)
    spread = np.sqrt(variance * rest_variance)
    # rounded: a correlation of 0 must not come out as less
    discrimination = np.round(np.clip(quotient(common, spread), -1, 1), 9) + 0.0
    most = groups.most_covariance(points, rest)
    efficiency = np.minimum(quotient(common, most, spread > 0), 1)
    low, high = fisher(discrimination, groups.sizes)
    right_spread = np.sqrt(groups.variance(right) * rest_variance)
    few = Reason.FEW_OTHERS if sheet.design is Design.FREE else Reason.ONE_STUDENT
    single = sheet.design is Design.COMPLETE and len(sheet.questions) == 1
    conditions = [
        (np.full(len(sheet.questions), single), Reason.ONE_QUESTION),
        (groups.sizes < 2, few),
        (variance == 0, Reason.NO_VARIANCE),
        (rest_variance == 0, Reason.NO_VARIANCE_OF_REST),
    ]
    return {
        "n_rest": groups.sizes,
        "discrimination_index": discrimination,
        "discrimination_low": low,
        "discrimination_high": high,
        "discriminative_efficiency": efficiency,
        "point_biserial_corrected": np.clip(quotient(groups.covariance(right, rest), right_spread), -1, 1),
        "no_rest": because(conditions, len(sheet.questions)),
    }


def _alphas(sheet: Sheet, by_question: Groups) -> dict[str, Any]:
    """Give alpha as it would be without each question: of the rest, by the formula in `reliability`."""
    count = len(sheet.questions)
    alpha = np.full(count, np.nan)
    everywhere = np.ones(count, bool)
    conditions = [(everywhere, Reason.DIFFERENT_QUESTIONS)]
    if sheet.design is Design.COMPLETE:
        variance = by_question.variance(sheet.points)
        rest_variance = by_question.variance(np.nan_to_num(sheet.rest))
        if count > 2:
            alpha = (count - 1) / (count - 2) * (1 - quotient(variance.sum() - variance, rest_variance))
        conditions = [
            (everywhere & (count < 3), Reason.FEW_QUESTIONS),
            (by_question.sizes < 2, Reason.ONE_STUDENT),
            (np.isnan(alpha), Reason.NO_VARIANCE_OF_REST),
        ]
    return {"alpha_without": alpha, "no_alpha": because(conditions, count)}


def _times(sheet: Sheet, by_question: Groups) -> dict[str, Any]:
    known = ~np.isnan(sheet.seconds)
    seconds = pd.Series(sheet.seconds[known]).groupby(sheet.question[known])
    numbers = pd.RangeIndex(len(sheet.questions))
    return {
        "n_seconds": seconds.size().reindex(numbers, fill_value=0).to_numpy(),
        "mean_seconds": seconds.mean().reindex(numbers).to_numpy(np.float64),
        "median_seconds": seconds.median().reindex(numbers).to_numpy(np.float64),
    }
