"""The scores of a class: every student at every assignment, how they are spread, and how topics went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, NamedTuple

import pandas as pd

from quizlib.analytics.counting import shares_by_topic
from quizlib.analytics.distribution import distribution, figures
from quizlib.errors import NotFound
from quizlib.model.classes import Assignment, Class, Member
from quizlib.model.person import User
from quizlib.services import permissions
from quizlib.services.app import App, current
from quizlib.services.exporting.answers import NOT_HERE, AnswerFilter
from quizlib.services.history import in_class
from quizlib.services.history.in_class import InClass, Score, State
from quizlib.store import frames
from quizlib.store.answers import of_class as rows
from quizlib.store.databases.database import Connection

__all__ = ["EVERYTHING", "Figures", "Row", "Score", "Scores", "State", "TopicShare", "of_class"]
EVERYTHING = AnswerFilter()


class Figures(NamedTuple):
    """How the scores of an assignment are spread, all as shares from 0 to 1; `sd` is None for one score.

    `tenths` is how many fall into each tenth.
    """

    n: int
    mean: float
    sd: float | None
    lowest: float
    quarter: float
    median: float
    three_quarters: float
    highest: float
    tenths: tuple[int, ...]


class TopicShare(NamedTuple):
    """How the answers in a topic went; no share with fewer than five."""

    topic: str
    learners: int
    n: int
    right: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Row:
    """One student with a score for each assignment, by id; a person who was erased has no name, and 0 for a number."""

    user_id: int
    name: str
    sign_in_name: str | None
    scores: Mapping[int, Score]

    @property
    def mean(self) -> float | None:
        """The mean of the shares of what is done; None where nothing is."""
        shares = [one.share for one in self.scores.values() if one.share is not None]
        return fmean(shares) if shares else None

    @property
    def done(self) -> int:
        """How many assignments are done."""
        return sum(one.state is State.DONE for one in self.scores.values())


@dataclass(frozen=True)
class Scores:
    """The scores of a class as far as they are wanted.

    `assignments` are newest first, `figures` are by assignment; `every` and `students` are all there are to choose
    from, and `topics_met` the topics.
    """

    group: Class
    assignments: tuple[Assignment, ...]
    rows: tuple[Row, ...]
    figures: Mapping[int, Figures]
    topics: tuple[TopicShare, ...]
    every: tuple[Assignment, ...]
    students: tuple[Member, ...]
    topics_met: tuple[str, ...]


def of_class(actor: User, class_id: int, which: AnswerFilter = EVERYTHING) -> Scores:
    """Give the scores of a class; with a topic, points are those of this topic in the attempts that count.

    A date says when an attempt was finished. What has run out is closed first. Raises NotFound for a student or an
    assignment of another class.
    """
    app = current()
    in_class.close_run_out(app, actor, class_id)
    with app.database.read() as connection:
        found = in_class.read(connection, actor, class_id)
        if which.user_id is not None and found.student(which.user_id) is None:
            raise NotFound(NOT_HERE)
        if which.assignment_id is not None and which.assignment_id not in {one.id for one in found.assignments}:
            raise NotFound(permissions.NO_ASSIGNMENT)
        return _scores(app, connection, found, which)


def _scores(app: App, connection: Connection, found: InClass, which: AnswerFilter) -> Scores:
    counted = _within(connection, found, which)
    by_topic = _by_topic(connection, found, which)
    given = [one for one in found.assignments if which.assignment_id in (None, one.id)]
    if (which.topic, which.since, which.until) != (None, None, None):
        there = set(counted.dropna(subset=["share"])["assignment_id"])
        given = [one for one in given if one.id in there]
    shown = counted[counted["assignment_id"].isin([one.id for one in given])]
    return Scores(
        found.group,
        tuple(given),
        _rows(app, found, shown, given, which),
        _figures(shown),
        topic_shares(by_topic if which.topic is None else by_topic[by_topic["topic"] == which.topic]),
        found.assignments,
        found.students,
        tuple(sorted(set(by_topic["topic"]))),
    )


def _within(connection: Connection, found: InClass, which: AnswerFilter) -> pd.DataFrame:
    """Give the scores that are wanted, of the dates and with the points of the topic."""
    counted = found.scores
    under_way = counted["attempt_id"].isna()
    inside = pd.Series(True, index=counted.index)
    if which.since is not None:
        inside &= counted["finished_at"] >= pd.Timestamp(which.since)
    if which.until is not None:
        inside &= counted["finished_at"] < pd.Timestamp(which.until)
    counted = counted[inside | under_way]
    if which.user_id is not None:
        counted = counted[counted["user_id"] == which.user_id]
    if which.topic is None:
        return counted
    of_topic = pd.DataFrame(
        rows.of_topic(connection, found.group.id, which.topic), columns=["attempt_id", "questions", "points"]
    ).astype(float)
    of_topic["share"] = of_topic["points"] / of_topic["questions"]
    whole = counted.drop(columns=["questions", "points", "share"]).merge(of_topic, on="attempt_id", how="left")
    return whole[whole["attempt_id"].isna() | whole["attempt_id"].isin(of_topic["attempt_id"])]


def _by_topic(connection: Connection, found: InClass, which: AnswerFilter) -> pd.DataFrame:
    return frames.topics_of_class(
        connection,
        found.group.id,
        assignment_ids=None if which.assignment_id is None else [which.assignment_id],
        user_ids=None if which.user_id is None else [which.user_id],
        since=which.since,
        until=which.until,
    )


def _rows(
    app: App, found: InClass, counted: pd.DataFrame, given: Sequence[Assignment], which: AnswerFilter
) -> tuple[Row, ...]:
    scores, now = in_class.scores_of(counted), app.clock()
    begun = set(zip(found.scores["user_id"], found.scores["assignment_id"], strict=True))

    def score(member: Member, one: Assignment) -> Score:
        place = (member.user_id, one.id)
        if place in scores:
            return scores[place]
        return Score(State.LEFT_OUT) if place in begun else in_class.without_attempt(one, member, now)

    students = [
        Row(member.user_id, member.name, member.sign_in_name, {one.id: score(member, one) for one in given})
        for member in found.students
        if which.user_id in (None, member.user_id)
    ]
    gone = sorted({user for user, _ in scores} - {one.user_id for one in found.students})
    left_out = Score(State.LEFT_OUT)
    erased = [Row(0, "", None, {one.id: scores.get((user, one.id), left_out) for one in given}) for user in gone]
    return (*students, *erased)


def _figures(counted: pd.DataFrame) -> dict[int, Figures]:
    found = {}
    shares = counted.groupby("assignment_id")["share"]
    for assignment_id, *values in figures(counted).itertuples(index=False):
        n, mean, sd, *quartiles = values
        lowest, quarter, median, three_quarters, highest = quartiles
        tenths = distribution(shares.get_group(assignment_id))["n"].tolist()
        found[int(assignment_id)] = Figures(
            int(n), mean, plain(sd), lowest, quarter, median, three_quarters, highest, tuple(tenths)
        )
    return found


def topic_shares(by_topic: pd.DataFrame) -> tuple[TopicShare, ...]:
    """Give how topics went from what `frames.topics_of_class` gives, the most answered first."""
    ordered = shares_by_topic(by_topic).sort_values(["n", "topic"], ascending=[False, True])
    return tuple(map(_topic, ordered.to_dict("records")))


def _topic(row: Mapping[Any, Any]) -> TopicShare:
    counts = (int(row[name]) for name in ("learners", "n", "right"))
    enough = plain(row["share"]) is not None
    return TopicShare(
        row["topic"], *counts, *(plain(row[name]) if enough else None for name in ("share", "low", "high"))
    )


def plain(value: float) -> float | None:
    """Give a number, or None for what is not one."""
    return None if pd.isna(value) else float(value)
