"""Answers as a data frame: what it must hold, who was given what, and what each student scored on the rest.

A frame of *answers* has one row for each question that one student was given: `student`, `question`, `score`,
`max_score` (above 0) and, if known, `seconds` (NaN where not). A question that was given and not answered scores 0.
Where a student and a question have several rows, the first one counts: sort by time for first attempts.

Whoever knows more of a student's answers than the frame holds may add `rest`: the mean of the fractions scored on the
student's other questions, NaN where there are fewer than `LEAST_OTHERS` of them.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from quizlib.analytics.groups import Groups

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]

LEAST_OTHERS = 5  # questions over which a rest is a mean, where students were given different ones
RIGHT = 1 - 1e-9  # a fraction that sums of parts may miss by rounding
NEEDED = ("student", "question", "score", "max_score")


class Design(StrEnum):
    """Who was given what."""

    COMPLETE = "complete"  # every student every question: a test, whose scores add up
    FREE = "free"  # students different questions, as in free practice


@dataclass(frozen=True)
class Sheet:
    """Answers as arrays with a place for each; students and questions are numbered as they first appear.

    `fraction` is score by maximum; `points` what the answer adds to the score, in shares of the whole test where
    everybody was given it, else the fraction; `rest` what the student scored on the rest in the same unit, NaN where
    there is none. `weights` are the maximum scores of the questions (their mean, should one have several).
    `seconds` is NaN where nobody knows.
    """

    design: Design
    students: tuple[Hashable, ...]
    questions: tuple[Hashable, ...]
    student: Codes
    question: Codes
    fraction: Floats
    points: Floats
    rest: Floats
    weights: Floats
    seconds: Floats

    @property
    def not_given(self) -> int:
        """Count the questions that students were not given: none where everybody was given every one."""
        return len(self.students) * len(self.questions) - len(self.student)

    def numbers(self, questions: pd.Series) -> Codes:
        """Give the numbers of questions, -1 for one that nobody was given."""
        return _numbers(questions, self.questions)

    def places(self, rows: pd.DataFrame) -> Codes:
        """Give the place of the answer that each row belongs to by its student and question, -1 where there is none."""
        student, question = _numbers(rows["student"], self.students), self.numbers(rows["question"])
        wanted = np.where((student < 0) | (question < 0), -1, student * len(self.questions) + question)
        found: Codes = pd.Index(self.student * len(self.questions) + self.question).get_indexer(pd.Index(wanted))
        return found


def first_answers(answers: pd.DataFrame) -> pd.DataFrame:
    """Give the rows that count: of a student's answers to a question the first."""
    return answers[~answers.duplicated(["student", "question"])]


def with_zeros(answers: pd.DataFrame) -> pd.DataFrame:
    """Give answers in which every student has every question: what is missing was given and scored 0."""
    answers = first_answers(answers)
    most = answers.groupby("question", sort=False)["max_score"].first()
    students = answers["student"].unique()
    pairs = {"student": np.repeat(students, len(most)), "question": np.tile(most.index, len(students))}
    everything = pd.DataFrame(pairs)
    filled = everything.merge(answers, how="left", on=["student", "question"])
    filled["score"] = filled["score"].fillna(0.0)
    filled["max_score"] = filled["max_score"].fillna(filled["question"].map(most))
    return filled


def read_sheet(answers: pd.DataFrame, design: Design | None = None) -> Sheet:
    """Check answers and number them; the design is found out unless it is given.

    Raises ValueError where a column or a value is missing, where a score is outside 0 to its maximum, and where the
    design is said to be complete and is not.
    """
    missing = [name for name in NEEDED if name not in answers]
    if missing:
        raise ValueError(f"answers without {', '.join(missing)}")
    answers = first_answers(answers)
    score, most = answers["score"].to_numpy(np.float64), answers["max_score"].to_numpy(np.float64)
    if not (np.isfinite(score).all() and np.isfinite(most).all() and (most > 0).all()):
        raise ValueError("a score is no number, or a maximum is not above 0")
    fraction = score / most
    if ((fraction < 0) | (fraction > 1 + 1e-9)).any():
        raise ValueError("a score is below 0 or above its maximum")
    fraction = np.minimum(fraction, 1)
    student, students = _codes(answers["student"])
    question, questions = _codes(answers["question"])
    weights = Groups(question, len(questions)).mean(most)
    complete = len(answers) == len(students) * len(questions) and "rest" not in answers
    if design is Design.COMPLETE and not complete:
        raise ValueError("not every student was given every question")
    if design is None:
        design = Design.COMPLETE if complete else Design.FREE
    points, rest = _shares(design, student, question, fraction, weights)
    if "rest" in answers:
        rest = answers["rest"].to_numpy(np.float64, na_value=np.nan)
    seconds = answers["seconds"].to_numpy(np.float64, na_value=np.nan) if "seconds" in answers else rest * np.nan
    seconds = np.where(np.isfinite(seconds) & (seconds >= 0), seconds, np.nan)
    return Sheet(design, tuple(students), tuple(questions), student, question, fraction, points, rest, weights, seconds)


def _shares(
    design: Design, student: Codes, question: Codes, fraction: Floats, weights: Floats
) -> tuple[Floats, Floats]:
    """Give what each answer adds to its student's score, and what the student scored on the rest."""
    by_student = Groups(student)
    if design is Design.COMPLETE:
        # in shares of the whole, so that what counts as no variance at all does not depend on the unit
        points = fraction * weights[question] / weights.sum() if len(weights) else fraction
        rest = by_student.total(points)[student] - points
        return points, rest if len(weights) > 1 else np.full_like(rest, np.nan)
    others = by_student.sizes[student] - 1
    known = others >= LEAST_OTHERS
    rest = np.full_like(fraction, np.nan)
    np.divide(by_student.total(fraction)[student] - fraction, others, out=rest, where=known)
    return fraction, rest


def _codes(values: pd.Series) -> tuple[Codes, list[Hashable]]:
    # as an array where names may be tuples, of which pandas would make an index of several levels
    codes, names = pd.factorize(values.to_numpy() if values.dtype == object else values)
    if (codes < 0).any():
        raise ValueError(f"an answer without a {values.name}")
    return codes, names.tolist()


def _numbers(values: pd.Series, names: tuple[Hashable, ...]) -> Codes:
    wanted = pd.Index(values.to_numpy(dtype=object), tupleize_cols=False)
    return pd.Index(names, dtype=object, tupleize_cols=False).get_indexer(wanted)
