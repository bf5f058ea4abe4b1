"""What is in the files that were made."""

import csv
import io
import json
from typing import Any

import pyarrow.parquet

from quizlib.model.person import User
from quizlib.services.exporting import answers, grade_books
from quizlib.services.exporting.answers import AnswerFilter
from quizlib.services.exporting.prepared import fetch

ALL = AnswerFilter()


def my_answers(actor: User) -> list[dict[str, Any]]:
    """Have one's own answers made as JSON, and read them."""
    found: list[dict[str, Any]] = json.loads(fetch(actor, answers.mine(actor, "json").token).read_bytes())
    return found


def class_answers(actor: User, group: int, filter: AnswerFilter = ALL) -> list[dict[str, Any]]:
    """Have the answers of a class made as Parquet, and read them."""
    file = fetch(actor, answers.class_answers(actor, group, filter, "parquet").token)
    found: list[dict[str, Any]] = pyarrow.parquet.read_table(file).to_pylist()
    return found


def as_csv(actor: User, token: str) -> list[list[str]]:
    """Read a prepared file as CSV."""
    text = fetch(actor, token).read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def grades(actor: User, group: int, system: str) -> list[list[str]]:
    """Have the grade book of a class made, and read it."""
    return as_csv(actor, grade_books.grade_book(actor, group, system).token)


def pick(rows: list[dict[str, Any]], *names: str) -> list[Any]:
    """Give a few columns of rows."""
    return [row[names[0]] if len(names) == 1 else tuple(row[name] for name in names) for row in rows]
