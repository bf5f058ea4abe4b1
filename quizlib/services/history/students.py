"""One student as an instructor of the class sees them: what they did in its assignments, and no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Any, NamedTuple

import pandas as pd

from quizlib.analytics.distribution import figures
from quizlib.errors import NotFound
from quizlib.model.attempt import Plan
from quizlib.model.classes import Assignment, Class, Member
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.exporting.answers import NOT_HERE
from quizlib.services.history import in_class
from quizlib.services.history.attention import Slip, slips
from quizlib.services.history.in_class import InClass, Score, State
from quizlib.services.history.scores import TopicShare, topic_shares
from quizlib.store import frames
from quizlib.store.databases.database import Connection

MOST_PRACTICE = 30


class Sitting(NamedTuple):
    """An attempt at an assignment, the so-manieth of `tries`; `counts` says that its points are those that count.

    `points` are out of `questions` once it is finished. `median` is that of the class at this assignment.
    """

    assignment: Assignment
    number: int
    tries: int
    started_at: datetime
    finished_at: datetime | None
    points: float | None
    questions: int | None
    counts: bool
    median: float | None

    @property
    def share(self) -> float | None:
        """The points as a share of the questions, 0 to 1."""
        return None if self.points is None or not self.questions else self.points / self.questions


class Practised(NamedTuple):
    """A quiz outside assignments, as a student who shares practice shows it."""

    at: datetime
    plan: Plan
    answered: int
    right: int


@dataclass(frozen=True)
class StudentHistory:
    """What a student did in the assignments of a class, newest first; `practice` is None unless they share it.

    `missing` are the assignments that have no attempt, each with the reason.
    """

    group: Class
    member: Member
    assignments: int
    done: int
    mean: float | None
    sittings: tuple[Sitting, ...]
    missing: tuple[tuple[Assignment, State], ...]
    topics: tuple[TopicShare, ...]
    slip: Slip | None
    practice: tuple[Practised, ...] | None


def history(actor: User, class_id: int, user_id: int) -> StudentHistory:
    """Give what a student of the actor's class did in its assignments; what has run out is closed first.

    Raises NotFound for somebody who is no student of it.
    """
    app = current()
    in_class.close_run_out(app, actor, class_id)
    with app.database.read() as connection:
        found = in_class.read(connection, actor, class_id)
        member = found.student(user_id)
        if member is None:
            raise NotFound(NOT_HERE)
        scores = in_class.scores_of(found.scores[found.scores["user_id"] == user_id])
        missing = [
            (one, in_class.without_attempt(one, member, app.clock()).state)
            for one in found.assignments
            if (user_id, one.id) not in scores
        ]
        shares = [one.share for one in scores.values() if one.share is not None]
        return StudentHistory(
            found.group,
            member,
            len(found.assignments),
            sum(one.state is State.DONE for one in scores.values()),
            fmean(shares) if shares else None,
            _sittings(found, user_id, scores),
            tuple(missing),
            topic_shares(frames.topics_of_class(connection, class_id, user_ids=[user_id])),
            next((one for one in slips(found) if one.student.user_id == user_id), None),
            _practice(connection, user_id) if member.shares_practice else None,
        )


def _sittings(found: InClass, user_id: int, scores: Mapping[tuple[int, int], Score]) -> tuple[Sitting, ...]:
    own = found.attempts[found.attempts["user_id"] == user_id].sort_values("attempt_id")
    groups = own.groupby("assignment_id")
    own = own.assign(number=groups.cumcount() + 1, tries=groups["attempt_id"].transform("size"))
    counted = set(found.scores.loc[found.scores["user_id"] == user_id, "attempt_id"].dropna().astype(int))
    medians = figures(found.scores).set_index("assignment_id")["median"].to_dict()
    given = {one.id: one for one in found.assignments}
    return tuple(_sitting(row, given, counted, medians) for row in own[::-1].to_dict("records"))


def _sitting(
    row: Mapping[Any, Any], given: Mapping[int, Assignment], counted: set[int], medians: Mapping[Any, float]
) -> Sitting:
    done = not pd.isna(row["finished_at"])
    return Sitting(
        given[row["assignment_id"]],
        int(row["number"]),
        int(row["tries"]),
        row["started_at"].to_pydatetime(),
        row["finished_at"].to_pydatetime() if done else None,
        float(row["points"]) if done else None,
        int(row["questions"]) if done else None,
        row["attempt_id"] in counted,
        medians.get(row["assignment_id"]),
    )


def _practice(connection: Connection, user_id: int) -> tuple[Practised, ...]:
    """Give what a person practised outside assignments, newest first, as far as anything was answered."""
    found = frames.attempts_of_learner(connection, user_id)
    own = found[found["assignment_id"].isna() & (found["answered"] > 0)]
    at = own["finished_at"].fillna(own["started_at"])
    newest = own.assign(at=at).sort_values("at", ascending=False).head(MOST_PRACTICE)
    return tuple(
        Practised(row["at"].to_pydatetime(), Plan(row["plan"]), int(row["answered"]), int(row["right"]))
        for row in newest.to_dict("records")
    )
