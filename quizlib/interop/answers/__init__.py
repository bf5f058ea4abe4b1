"""Answers to take away. A new format is a file here and a line in ANSWER_FORMATS."""

from typing import NamedTuple

from quizlib.interop.answers import as_csv, as_json, as_parquet, as_xlsx
from quizlib.interop.answers.columns import ANSWER, EVERYBODYS, Answers, Column, Holds, Writer

__all__ = ["ANSWER", "ANSWER_FORMATS", "EVERYBODYS", "AnswerFormat", "Answers", "Column", "Holds"]


class AnswerFormat(NamedTuple):
    """A format: what it is good for, how the names of its files end, and how it is written.

    Where a file holds no more than so many answers, `too_many` says so.
    """

    title: str
    about: str
    ending: str
    write: Writer
    most: int | None = None
    too_many: str = ""


ANSWER_FORMATS = {
    "csv": AnswerFormat("CSV", "A table for spreadsheets and statistics programs.", "csv", as_csv.write),
    "xlsx": AnswerFormat(
        "Excel",
        f"A workbook, for at most {as_xlsx.MOST_ANSWERS:,} answers.",
        "xlsx",
        as_xlsx.write,
        as_xlsx.MOST_ANSWERS,
        as_xlsx.TOO_MANY,
    ),
    "parquet": AnswerFormat("Parquet", "For R and Python; small.", "parquet", as_parquet.write),
    "json": AnswerFormat("JSON", "For programs of your own.", "json", as_json.write),
}
