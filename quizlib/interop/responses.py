"""Answers from elsewhere as CSV: `student,question,option,score,max_score`, one row for each answer."""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from quizlib.errors import Problem, Refused
from quizlib.interop.table import Limits, read_table

LIMITS = Limits(size=200_000_000, rows=2_000_000, unpacked=500_000_000)
MOST_PROBLEMS = 200
MOST_SCORE = 1e6
LONGEST_SHOWN = 40
COLUMNS = ("student", "question", "option", "score", "max_score")
HEADER = f"Begin the file with the row {','.join(COLUMNS)}."
_NUMBER = re.compile(r"[+-]?(\d{1,20}([.,]\d{0,20})?|[.,]\d{1,20})([eE][+-]?\d{1,3})?", re.ASCII)


class Response(NamedTuple):
    """One answer; `option` is empty where nothing was chosen, or where nobody says what."""

    line: int
    student: str
    question: str
    option: str
    score: float
    max_score: float


class Responses(NamedTuple):
    """The answers of a file that can be taken, and what must be fixed: of very many problems the first."""

    rows: list[Response]
    problems: list[Problem]


def read_responses(content: bytes, name: str) -> Responses:
    """Read answers out of CSV or XLSX; there may be no `option`, and other columns are passed over. Raises Refused."""
    (line, header), *rest = read_table(content, name, LIMITS)
    columns = [cell.casefold().replace(" ", "_") for cell in header]
    where = f"{name}, line {line}"
    needed = [one for one in COLUMNS if one != "option"]
    problems = [Problem(where, f"There is no column {one}.", HEADER) for one in needed if one not in columns]
    several = [one for one in COLUMNS if columns.count(one) > 1]
    problems += [Problem(where, f"Several columns are called {one}.", "Keep one of them.") for one in several]
    if problems:
        return Responses([], problems)
    if not rest:
        raise Refused(f"{name} has column names and no answers under them.")
    # a column that is missing is the empty one behind the last
    places = [columns.index(one) if one in columns else len(columns) for one in COLUMNS]
    return _Reading(name, places, len(columns)).read(rest)


class _Reading:
    """What the rows so far held, which the next one may contradict."""

    def __init__(self, name: str, places: Sequence[int], width: int) -> None:
        self.name, self.places, self.width = name, places, width
        self.problems: list[Problem] = []
        self.count = 0
        self.numbers: dict[str, float | None] = {}
        self.answered: dict[tuple[str, str], int] = {}
        self.most: dict[str, tuple[float, int]] = {}

    def read(self, lines: Sequence[tuple[int, list[str]]]) -> Responses:
        """Read all rows, and tell every problem of each."""
        rows = [found for line, cells in lines if (found := self._row(line, cells))]
        if self.count > len(self.problems):
            more = f"There are {self.count - len(self.problems):,} more problems."
            self.problems.append(Problem(self.name, more, "Fix the ones above first."))
        return Responses(rows, self.problems)

    def _row(self, line: int, cells: list[str]) -> Response | None:
        before = self.count
        if len(cells) > self.width and any(cells[self.width :]):
            what = f"The row has {len(cells)} cells, and the first row {self.width}."
            self._problem(line, "", what, 'Put quotes round a cell that holds the divider, as in "0,5".')
            return None
        filled = cells + [""] * (self.width + 1 - len(cells))
        student, question, option, score_text, most_text = (filled[place] for place in self.places)
        if not student:
            self._problem(line, "student", "It is empty.", "Give each student a name or a number; any will do.")
        if not question:
            self._problem(line, "question", "It is empty.", "Give each question a name or a number; any will do.")
        most = self._most(line, question, most_text)
        score = self._score(line, score_text, most)
        if student and question:
            self._once(line, student, question)
        if self.count > before or score is None or most is None:
            return None
        return Response(line, student, question, option, score, most)

    def _most(self, line: int, question: str, text: str) -> float | None:
        most = self._number(line, "max_score", text, "Write how many points the question can bring.")
        if most is None:
            return None
        if not 0 < most <= MOST_SCORE:
            fix = f"A question can bring more than 0 and at most {MOST_SCORE:,.0f}."
            self._problem(line, "max_score", f"{_shown(text)} is out of range.", fix)
            return None
        known, first = self.most.setdefault(question, (most, line))
        if known != most and question:
            what = f"It is {most:g} here and {known:g} in line {first}."
            self._problem(line, "max_score", what, "Give a question the same max_score everywhere.")
        return most

    def _score(self, line: int, text: str, most: float | None) -> float | None:
        empty = "Write 0 for a question that was given and not answered; leave out the row of one that was not given."
        score = self._number(line, "score", text, empty)
        if score is None:
            return None
        if score < 0:
            self._problem(line, "score", f"{_shown(text)} is below 0.", "Scores go from 0 to max_score.")
        elif most is not None and score > most:
            what = f"{_shown(text)} is more than the max_score of {most:g}."
            self._problem(line, "score", what, "Scores go from 0 to max_score.")
        return score

    def _once(self, line: int, student: str, question: str) -> None:
        first = self.answered.setdefault((student, question), line)
        if first != line:
            what = f"{_shown(student)} has an answer to {_shown(question)} in line {first} already."
            self._problem(line, "question", what, "Keep the first attempt of each student at each question.")

    def _number(self, line: int, column: str, text: str, if_empty: str) -> float | None:
        if not text:
            self._problem(line, column, "It is empty.", if_empty)
            return None
        if text not in self.numbers:
            value = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else math.nan
            self.numbers[text] = value if math.isfinite(value) else None
        found = self.numbers[text]
        if found is None:
            self._problem(line, column, f"“{_shown(text)}” is no number.", "Write it in digits, such as 1 or 0.5.")
        return found

    def _problem(self, line: int, column: str, what: str, fix: str) -> None:
        self.count += 1
        if len(self.problems) < MOST_PROBLEMS:
            where = f"{self.name}, line {line}" + (f", {column}" if column else "")
            self.problems.append(Problem(where, what, fix))


def _shown(text: str) -> str:
    """Give a text that may be in a sentence on a terminal: not long, and without what moves its cursor."""
    plain = "".join(one if one.isprintable() else "·" for one in text[: LONGEST_SHOWN + 1])
    return plain if len(plain) <= LONGEST_SHOWN else plain[:LONGEST_SHOWN] + "…"
