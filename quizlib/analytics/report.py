"""The whole analysis of some answers as plain values: what the command prints and pages draw."""

from collections.abc import Hashable, Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from quizlib.analytics.answers import Design, read_sheet
from quizlib.analytics.items import items_of
from quizlib.analytics.minimums import ITEM_FIGURES, OPTION_FIGURES, SCORE_FIGURES, Figure, reasons
from quizlib.analytics.options import options_of
from quizlib.analytics.plain import rows_of
from quizlib.analytics.reliability import ScoreStatistics, scores_of
from quizlib.analytics.suggestions import suggestions

ELSEWHERE = {"design", "students"}


def report(
    answers: pd.DataFrame,
    choices: pd.DataFrame | None = None,
    keys: pd.DataFrame | None = None,
    *,
    guesses: Mapping[Hashable, float] | None = None,
    complaints: Mapping[Hashable, int] | None = None,
    design: Design | None = None,
) -> dict[str, Any]:
    """Give `questions`, each with its figures, `options` and `suggestions`; the `test`; and the `design` they rest on.

    Every figure is there however few the answers, None where it is not defined. What stands in `reasons`, by figure,
    is not to be shown to people, for that reason. `not_given` counts the questions that students were not given.
    """
    sheet = read_sheet(answers, design)
    items = items_of(sheet, keys, guesses)
    options = options_of(sheet, choices, keys) if choices is not None else None
    of_question = _grouped(rows_of(options) if options is not None else [])
    signs = _grouped([asdict(one) for one in suggestions(items, options, complaints)])
    scores = scores_of(sheet)
    return {
        "design": sheet.design,
        "students": len(sheet.students),
        "not_given": sheet.not_given,
        "questions": [
            _told(row, ITEM_FIGURES)
            | {
                "options": [_told(one, OPTION_FIGURES) for one in of_question.get(row["question"], [])],
                "suggestions": signs.get(row["question"], []),
            }
            for row in rows_of(items)
        ],
        "test": told_scores(scores),
    }


def told_scores(scores: ScoreStatistics) -> dict[str, Any]:
    """Give the statistics of scores as plain values, with the reasons why some are not to be shown."""
    return _told(asdict(scores), SCORE_FIGURES)


def _told(row: Mapping[str, Any], figures: Mapping[str, Figure]) -> dict[str, Any]:
    """Give a row without what is said elsewhere, and with the reasons why some of its figures are not to be shown."""
    told = {name: value for name, value in row.items() if name not in ELSEWHERE and not name.startswith("no_")}
    return told | {"reasons": reasons(row, figures)}


def _grouped(rows: list[dict[str, Any]]) -> dict[Hashable, list[dict[str, Any]]]:
    found: dict[Hashable, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.pop("question"), []).append(row)
    return found
