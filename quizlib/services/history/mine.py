"""A learner's own history: how each quiz went and what that says, counted by quizzes and not by answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pandas as pd

from quizlib.analytics import scores, topics
from quizlib.analytics.topics import Standing
from quizlib.model.person import User
from quizlib.services.app import App, current
from quizlib.services.history import listing, mistakes, taken
from quizlib.services.history.listing import Quiz
from quizlib.services.history.mistakes import Mistakes
from quizlib.services.history.taken import Taken, Wanted
from quizlib.services.quizzes import study
from quizlib.store.answers import history as rows
from quizlib.store.databases.database import Connection

__all__ = ["Gain", "History", "Standing", "TopicRow", "Wanted", "Week", "history"]

SHOWN = 20
EVERYTHING = Wanted()


class TopicRow(NamedTuple):
    """How the latest answers in a topic went; no share with fewer than five."""

    topic: str
    n: int
    right: int
    share: float | None
    low: float | None
    high: float | None
    standing: Standing


class Gain(NamedTuple):
    """The topic that gained most: the latest answers against all before."""

    topic: str
    right: int
    n: int
    right_before: int
    n_before: int


class Week(NamedTuple):
    """What was answered since Monday, on how many days."""

    answers: int
    days: int


@dataclass(frozen=True)
class History:
    """A learner's history as far as it is wanted.

    `quizzes` are the newest of `matching` that are over, `going` those that go on. `trend` has a row for each point:
    at, points, of, quizzes, share, smooth, low, high. `ever`, `week`, `gain` and `mistakes` are about everything,
    whatever is wanted.
    """

    ever: int
    week: Week
    gain: Gain | None
    mistakes: Mistakes
    going: tuple[Quiz, ...]
    quizzes: tuple[Quiz, ...]
    matching: int
    topics: tuple[TopicRow, ...]
    trend: pd.DataFrame
    topics_met: tuple[str, ...]
    kinds_met: tuple[str, ...]


def history(actor: User, wanted: Wanted = EVERYTHING, shown: int = SHOWN) -> History:
    """Give the actor's history with the newest quizzes; what has run out is closed first."""
    app = current()
    for last_look in (False, True):
        with app.database.read() as connection:
            everything = taken.read(app, connection, actor)
            over = [] if last_look else taken.run_out(app, everything.quizzes)
            if not over:
                return _history(app, connection, actor, everything, wanted, shown)
        for quiz in over:
            study.finish(actor, quiz)
    raise AssertionError("unreachable")


def _history(app: App, connection: Connection, actor: User, everything: Taken, wanted: Wanted, shown: int) -> History:
    zone = ZoneInfo(actor.time_zone)
    found = taken.chosen(everything, wanted, zone)
    over = found.quizzes[~found.quizzes["going"]]
    newest, going = over.tail(shown)[::-1], found.quizzes[found.quizzes["going"]][::-1]
    ever = topics.latest_by_topic(_scored(everything.topics))
    by_topic = ever if wanted == EVERYTHING else topics.latest_by_topic(_scored(found.topics))
    return History(
        len(everything.quizzes),
        _week(app, connection, actor, zone),
        _gain(ever),
        mistakes.find(app, connection, actor, everything.untold),
        listing.listed(connection, going, everything.topics),
        listing.listed(connection, newest, everything.topics),
        len(over),
        _topic_rows(by_topic),
        _trend(found, bool(wanted.topics)),
        tuple(everything.topics["topic"].value_counts().index),
        tuple(everything.quizzes["kind"].value_counts().index),
    )


def _scored(by_topic: pd.DataFrame) -> pd.DataFrame:
    return by_topic[by_topic["scored"]]


def _trend(found: Taken, of_topics: bool) -> pd.DataFrame:
    quizzes = found.quizzes[found.quizzes["scored"]]
    if of_topics:
        sums = found.topics.groupby("attempt_id")[["questions", "answered", "points"]].sum()
        part = quizzes[["attempt_id", "at", "whole"]].join(sums, on="attempt_id")
        quizzes = part.assign(of=part["questions"].where(part["whole"], part["answered"]))
        quizzes = quizzes[quizzes["of"] > 0]
    return scores.thinned(scores.score_over_time(quizzes[["at", "points", "of"]]))


def _week(app: App, connection: Connection, actor: User, zone: ZoneInfo) -> Week:
    today = app.clock().astimezone(zone).date()
    monday = datetime.combine(today - timedelta(days=today.weekday()), time(), zone)
    answered = rows.answered_since(connection, actor.id, monday)
    return Week(len(answered), len({at.astimezone(zone).date() for at in answered}))


def _gain(by_topic: pd.DataFrame) -> Gain | None:
    best = topics.best_gain(by_topic)
    if best is None:
        return None
    row = by_topic[by_topic["topic"] == best].iloc[0]
    return Gain(best, *(int(row[name]) for name in ("right", "n", "right_before", "n_before")))


def _topic_rows(by_topic: pd.DataFrame) -> tuple[TopicRow, ...]:
    ordered = by_topic.sort_values(["n", "topic"], ascending=[False, True])
    return tuple(map(_topic_row, ordered.to_dict("records")))


def _topic_row(row: Mapping[Any, Any]) -> TopicRow:
    share, low, high = (None if pd.isna(row[name]) else float(row[name]) for name in ("share", "low", "high"))
    return TopicRow(row["topic"], int(row["n"]), int(row["right"]), share, low, high, Standing(row["standing"]))
