"""A learner's quizzes as a list shows them."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import pandas as pd

from quizlib.model.attempt import Behaviour
from quizlib.store.answers import history as rows
from quizlib.store.databases.database import Connection

_COLUMNS = [
    "attempt_id",
    "assignment_id",
    "behaviour",
    "kind",
    "at",
    "started_at",
    "finished_at",
    "going",
    "told",
    "scored",
    "answered",
    "questions",
    "right",
    "points",
    "of",
    "elapsed_ms",
]


class Stage(StrEnum):
    """Where a quiz stands for its learner."""

    GOING = "going"
    LATER = "later"  # handed in; what was right is told later
    NO_ANSWERS = "no_answers"
    SCORED = "scored"


class Quiz(NamedTuple):
    """One quiz of a learner: when it ended, or else began, and how it went.

    `points` are out of `of`, and `missed` is how many were answered and not wholly right; all are 0 unless it is
    scored. `title` is that of its assignment; `minutes` as far as they are known.
    """

    id: int
    at: datetime
    stage: Stage
    kind: str
    title: str
    behaviour: Behaviour
    topics: tuple[str, ...]
    answered: int
    questions: int
    points: float
    of: int
    missed: int
    minutes: float | None


def listed(connection: Connection, quizzes: pd.DataFrame, topics: pd.DataFrame) -> tuple[Quiz, ...]:
    """Give quizzes, as `taken.Taken` has them, in the order of the frame; the topic with most questions comes first."""
    if quizzes.empty:
        return ()
    titles = rows.titles(connection, {int(one) for one in quizzes["assignment_id"].dropna()})
    few = topics[topics["attempt_id"].isin(quizzes["attempt_id"])]
    few = few.sort_values(["questions", "topic"], ascending=[False, True])
    topics_of = {int(str(quiz)): tuple(names) for quiz, names in few.groupby("attempt_id")["topic"]}
    return tuple(_quiz(row, titles, topics_of) for row in quizzes[_COLUMNS].to_dict("records"))


def _quiz(row: Mapping[Any, Any], titles: Mapping[int, str], topics_of: Mapping[int, tuple[str, ...]]) -> Quiz:
    scored = bool(row["scored"])
    given = None if pd.isna(row["assignment_id"]) else int(row["assignment_id"])
    return Quiz(
        int(row["attempt_id"]),
        row["at"].to_pydatetime(),
        _stage(row),
        str(row["kind"]),
        "" if given is None else titles.get(given, ""),
        Behaviour(row["behaviour"]),
        topics_of.get(int(row["attempt_id"]), ()),
        int(row["answered"]),
        int(row["questions"]),
        float(row["points"]) if scored else 0.0,
        int(row["of"]) if scored else 0,
        int(row["answered"] - row["right"]) if scored else 0,
        _minutes(row),
    )


def _stage(row: Mapping[Any, Any]) -> Stage:
    if row["going"]:
        return Stage.GOING
    if not row["told"]:
        return Stage.LATER
    return Stage.SCORED if row["scored"] else Stage.NO_ANSWERS


def _minutes(row: Mapping[Any, Any]) -> float | None:
    """Give how long the questions took together; of an exam, where one goes to and fro, from start to end."""
    if not pd.isna(row["elapsed_ms"]):
        return float(row["elapsed_ms"]) / 60_000
    if row["behaviour"] == Behaviour.EXAM and not row["going"]:
        return float((row["finished_at"] - row["started_at"]).total_seconds()) / 60
    return None
