"""What is written of an answer, whatever the format: one row an answer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO, NamedTuple, Protocol


class Answers(NamedTuple):
    """Some answers, column by column: what is done to each of a million cells is done in C.

    Moments are in UTC. `attempt` counts a student's attempts at an assignment from 1; outside assignments there is
    none. `points` of `out_of` is what an answer is worth now, `again` says that it was marked again since; with `right`
    and `first` they are None while that may not be told. `seconds` is how long the question stood there, where that is
    known.
    """

    student: Sequence[str | None]
    sign_in_name: Sequence[str | None]
    class_name: Sequence[str | None]
    assignment: Sequence[str | None]
    attempt: Sequence[int | None]
    begun_at: Sequence[datetime]
    answered_at: Sequence[datetime]
    topic: Sequence[str]
    question: Sequence[str]
    words: Sequence[str]
    version: Sequence[int]
    answer: Sequence[str]
    points: Sequence[float | None]
    out_of: Sequence[float]
    right: Sequence[bool | None]
    confidence: Sequence[str | None]
    seconds: Sequence[float | None]
    first: Sequence[bool | None]
    again: Sequence[bool | None]


class Holds(StrEnum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    TRUTH = "yes or no"
    MOMENT = "moment"


class Column(NamedTuple):
    """A field of an answer: its name in JSON and Parquet, and its title in tables that people read."""

    name: str
    title: str
    holds: Holds = Holds.TEXT


PERSON = (Column("student", "Student"), Column("sign_in_name", "Signs in as"))
ANSWER = (
    Column("class_name", "Class"),
    Column("assignment", "Assignment"),
    Column("attempt", "Attempt", Holds.WHOLE),
    Column("begun_at", "Quiz begun (UTC)", Holds.MOMENT),
    Column("answered_at", "Answered (UTC)", Holds.MOMENT),
    Column("topic", "Topic"),
    Column("question", "Question"),
    Column("words", "First words"),
    Column("version", "Version", Holds.WHOLE),
    Column("answer", "Answer"),
    Column("points", "Points", Holds.NUMBER),
    Column("out_of", "Out of", Holds.NUMBER),
    Column("right", "Right", Holds.TRUTH),
    Column("confidence", "How sure"),
    Column("seconds", "Seconds", Holds.NUMBER),
    Column("first", "First answer", Holds.TRUTH),
    Column("again", "Marked again", Holds.TRUTH),
)
EVERYBODYS = (*PERSON, *ANSWER)

Batches = Iterable[Answers]


class Writer(Protocol):
    """Writes answers as they come; no more than one batch is in memory. Raises Refused where they do not fit."""

    def __call__(self, columns: Sequence[Column], batches: Batches, file: BinaryIO) -> None:
        """Write some columns of every answer."""
