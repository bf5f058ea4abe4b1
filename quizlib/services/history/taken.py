"""The quizzes that a learner has taken, as figures need them."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pandas as pd

from quizlib.engine.behaviour import GRACE
from quizlib.model.attempt import Behaviour
from quizlib.model.base import Value
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.store import frames
from quizlib.store.answers.assignments import untold
from quizlib.store.databases.database import Connection

ASSIGNED = "assigned"


class Wanted(Value):
    """Which quizzes to look at: days of the learner's calendar, topics, and kinds of quiz; empty means all.

    `kinds` are the plans of quizzes that one chose oneself, and ASSIGNED.
    """

    since: date | None = None
    until: date | None = None
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class Taken(NamedTuple):
    """A learner's quizzes: one row each, and one for each of their topics; and those that are not told yet.

    `quizzes` are as in `frames.attempts_of_learner`, with at (when it ended, or else began), kind, going, told, whole
    (also what was not answered counts), of (what its points are out of) and scored. `topics` are as in
    `frames.topics_of_learner`, with at and scored.
    """

    quizzes: pd.DataFrame
    topics: pd.DataFrame
    untold: Collection[int]


def read(app: App, connection: Connection, actor: User) -> Taken:
    """Read all that the actor took, oldest first.

    A mock exam and an assignment count whole, practice as far as it was answered.
    """
    by_topic = frames.topics_of_learner(connection, actor.id)
    found = frames.attempts_of_learner(connection, actor.id, by_topic)
    found = found.fillna({name: 0.0 for name in frames.COUNTS if name != "elapsed_ms"})
    hidden = untold(connection, actor.id, app.clock())
    given = found["assignment_id"].notna()
    whole = given | (found["behaviour"] == Behaviour.EXAM.value)
    going, told = found["finished_at"].isna(), ~found["attempt_id"].isin(hidden)
    of = found["questions"].where(whole, found["answered"])
    found = found.assign(
        at=found["finished_at"].fillna(found["started_at"]),
        kind=found["plan"].mask(given, ASSIGNED),
        going=going,
        told=told,
        whole=whole,
        of=of,
        scored=~going & told & (of > 0),
    )
    # both are in the order of attempts
    place = found["attempt_id"].searchsorted(by_topic["attempt_id"])
    by_topic = by_topic.assign(**{name: found[name].take(place).array for name in ("at", "scored")})
    return Taken(found.sort_values("at", kind="stable", ignore_index=True), by_topic, hidden)


def run_out(app: App, quizzes: pd.DataFrame) -> list[int]:
    """Give the quizzes that were due and are not closed yet."""
    over = quizzes["finished_at"].isna() & (quizzes["due_at"] < pd.Timestamp(app.clock() - GRACE))
    return [int(one) for one in quizzes["attempt_id"][over]]


def chosen(taken: Taken, wanted: Wanted, zone: ZoneInfo) -> Taken:
    """Give what is wanted of the quizzes; with topics, points are those of these topics."""
    quizzes, topics = taken.quizzes, taken.topics
    wanted_rows = pd.Series(True, index=quizzes.index)
    if wanted.since is not None:
        wanted_rows &= quizzes["at"] >= _midnight(wanted.since, zone)
    if wanted.until is not None:
        wanted_rows &= quizzes["at"] < _midnight(wanted.until + timedelta(days=1), zone)
    if wanted.kinds:
        wanted_rows &= quizzes["kind"].isin(wanted.kinds)
    if wanted.topics:
        topics = topics[topics["topic"].isin(wanted.topics)]
        wanted_rows &= quizzes["attempt_id"].isin(topics["attempt_id"])
    quizzes = quizzes[wanted_rows]
    topics = topics[topics["attempt_id"].isin(quizzes["attempt_id"])]
    return Taken(quizzes, topics, taken.untold)


def _midnight(day: date, zone: ZoneInfo) -> pd.Timestamp:
    return pd.Timestamp(datetime.combine(day, time(), zone))
