"""The scores of a whole test: how they are spread, and how far they can be relied on.

Definitions are those of Moodle: docs.moodle.org/dev/Quiz_statistics_calculations, section "Test statistics".
"""

import math
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from quizlib.analytics.answers import LEAST_OTHERS, Design, Floats, Sheet, read_sheet
from quizlib.analytics.groups import NO_VARIANCE, Groups
from quizlib.analytics.minimums import Reason


@dataclass(frozen=True)
class ScoreStatistics:
    """What the scores of n students say of the test; None where a figure is not defined, with the reason in `no_…`.

    In a test that everybody was given, a score is a sum, and `out_of` the greatest one. Where students were given
    different questions, a score is the mean fraction of a student who has at least `LEAST_OTHERS` answers, out of 1.
    `alpha` is what Moodle calls coefficient of internal consistency, `sem` the standard error of measurement in the
    unit of the scores.
    """

    design: Design
    students: int
    n: int
    out_of: float
    mean: float | None = None
    sd: float | None = None
    skewness: float | None = None
    kurtosis: float | None = None
    alpha: float | None = None
    error_ratio: float | None = None
    sem: float | None = None
    no_spread: Reason | None = None
    no_shape: Reason | None = None
    no_alpha: Reason | None = None


def score_statistics(answers: pd.DataFrame, *, design: Design | None = None) -> ScoreStatistics:
    """Give the statistics of the scores, however few the students."""
    return scores_of(read_sheet(answers, design))


def scores_of(sheet: Sheet) -> ScoreStatistics:
    """Give the statistics of the scores of answers that are read already."""
    complete = sheet.design is Design.COMPLETE
    by_student = Groups(sheet.student, len(sheet.students))
    # in shares of the greatest score, so that what counts as no variance at all does not depend on the unit
    scores = by_student.total(sheet.points) if complete else by_student.mean(sheet.fraction)
    if not complete:
        scores = scores[by_student.sizes >= LEAST_OTHERS]
    out_of = float(sheet.weights.sum()) if complete else 1.0
    found = _spread(sheet.design, len(sheet.students), scores, out_of)
    if not complete:
        return found
    return replace(found, **{"no_alpha": None} | _consistency(sheet, _variance(scores), found.sd))


def scores_of_totals(totals: pd.DataFrame) -> ScoreStatistics:
    """Give the statistics of the scores of students of whom only totals are known: `answered` and `points` of each."""
    enough = totals[totals["answered"] >= LEAST_OTHERS]
    scores = (enough["points"] / enough["answered"]).to_numpy(float)
    return _spread(Design.FREE, len(totals), scores, 1.0)


def _spread(design: Design, students: int, scores: Floats, out_of: float) -> ScoreStatistics:
    """Give how scores are spread, which are shares of the greatest one."""
    n = len(scores)
    variance = _variance(scores)
    found = ScoreStatistics(
        design,
        students,
        n,
        out_of,
        mean=float(scores.mean()) * out_of if n else None,
        sd=None if variance is None else math.sqrt(variance) * out_of,
        no_spread=None if n > 1 else Reason.ONE_STUDENT if design is Design.COMPLETE else Reason.FEW_OTHERS,
        no_alpha=Reason.DIFFERENT_QUESTIONS,
    )
    return replace(found, **_shape(scores, variance or 0.0))


def _variance(scores: Floats) -> float | None:
    if len(scores) < 2:
        return None
    found = float(scores.var(ddof=1))
    return 0.0 if found < NO_VARIANCE else found


def _shape(scores: Floats, variance: float) -> dict[str, Any]:
    """Give skewness k3 / k2^1.5 and kurtosis k4 / k2^2 by Fisher's k-statistics.

    Fisher RA. Moments and product moments of sampling distributions. Proc Lond Math Soc 1930;30:199-238; they are G1
    and G2 of Joanes DN, Gill CA. Comparing measures of sample skewness and kurtosis. The Statistician 1998;47:183-189.
    """
    n = len(scores)
    if not variance:
        return {"no_shape": Reason.FEW_STUDENTS if n < 2 else Reason.SAME_SCORES}
    centred = scores - scores.mean()
    m2, m3, m4 = (float((centred**power).mean()) for power in (2, 3, 4))
    shape: dict[str, Any] = {"no_shape": Reason.FEW_STUDENTS if n < 4 else None}
    if n > 2:
        k3 = n * n * m3 / ((n - 1) * (n - 2))
        shape["skewness"] = k3 / variance**1.5
    if n > 3:
        k4 = n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2) / ((n - 1) * (n - 2) * (n - 3))
        shape["kurtosis"] = k4 / variance**2
    return shape


def _consistency(sheet: Sheet, variance: float | None, sd: float | None) -> dict[str, Any]:
    """Give alpha, k / (k - 1) times 1 less the questions' variances by that of the scores, and the error it leaves.

    Cronbach LJ. Coefficient alpha and the internal structure of tests. Psychometrika 1951;16:297-334, formula 2. The
    error ratio, sqrt(1 - alpha), is the part of the standard deviation that chance makes.
    """
    count = len(sheet.questions)
    if variance is None or sd is None:
        return {"no_alpha": Reason.ONE_STUDENT}
    if count < 2:
        return {"no_alpha": Reason.ONE_QUESTION}
    if not variance:
        return {"no_alpha": Reason.SAME_SCORES}
    within = float(Groups(sheet.question, count).variance(sheet.points).sum())
    alpha = min(count / (count - 1) * (1 - within / variance), 1.0)
    ratio = math.sqrt(1 - alpha)
    return {"alpha": alpha, "error_ratio": ratio, "sem": ratio * sd}
