"""Item analysis of answers from elsewhere, for whoever has a shell here."""

from pathlib import Path
from typing import Any

import pandas as pd

from quizlib.analytics.answers import with_zeros
from quizlib.analytics.minimums import ITEM_FIGURES
from quizlib.analytics.report import report
from quizlib.errors import ContentProblems, Refused
from quizlib.interop.responses import LIMITS, read_responses
from quizlib.interop.table import write_csv

Json = dict[str, Any]

MOST_FILLED = 10_000_000  # answers after what is missing was put in


def analyse(file: Path, *, missing_is_zero: bool = False) -> Json:
    """Give the report of `analytics.report` on a file of answers; see `interop.responses` for what it must hold.

    A student without a row for a question was not given it, unless `missing_is_zero`. Raises Refused, and
    ContentProblems with everything in the file that must be fixed.
    """
    rows, problems = read_responses(_content(file), file.name)
    if problems:
        raise ContentProblems(problems)
    frame = pd.DataFrame(rows).drop(columns="line")
    choices = frame.loc[frame["option"] != "", ["student", "question", "option"]].sort_values("option", kind="stable")
    answers = frame.drop(columns="option")
    if missing_is_zero:
        students, questions = answers["student"].nunique(), answers["question"].nunique()
        if students * questions > MOST_FILLED:
            grid = f"{students:,} students by {questions:,} questions"
            raise Refused(f"{grid} are more than {MOST_FILLED:,} answers. Analyse a part of the file at a time.")
        answers = with_zeros(answers)
    return report(answers, choices if len(choices) else None)


def as_csv(told: Json) -> str:
    """Write the figures of the questions of a report as CSV, one row each: all of them, however few the answers."""
    counts = ("n", "n_rest", "n_seconds")
    intervals = [end for figure in ITEM_FIGURES.values() for end in figure.interval]
    columns = ["question", *counts, *ITEM_FIGURES, *intervals, "suggestions"]
    rows = []
    for one in told["questions"]:
        signs = "; ".join(": ".join(filter(None, (sign["sign"], sign["option"]))) for sign in one["suggestions"])
        rows.append([one[name] for name in columns[:-1]] + [signs])
    return write_csv(columns, rows)


def _content(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size > LIMITS.size:
            raise Refused(f"{file.name} is larger than {LIMITS.size // 1_000_000} MB. Leave out what is not needed.")
        return file.read_bytes()
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from None
