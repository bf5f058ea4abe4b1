"""A class with its attempts, as the pages read it that tell its instructors how it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import pandas as pd

from quizlib.analytics.counting import counted_scores
from quizlib.engine.behaviour import GRACE
from quizlib.model.classes import Assignment, Class, Member
from quizlib.model.person import Role, User
from quizlib.services import permissions
from quizlib.services.app import App
from quizlib.services.quizzes.sheets import close
from quizlib.store import frames
from quizlib.store.answers import assignments as tasks
from quizlib.store.answers import attempts, of_class
from quizlib.store.databases.database import Connection
from quizlib.store.people import classes


class State(StrEnum):
    """How far a student is with an assignment."""

    DONE = "done"
    RUNNING = "running"
    NOT_BEGUN = "not_begun"
    NOT_OPEN = "not_open"  # it opens later
    JOINED_LATER = "joined_later"  # it was due before this student came
    LEFT_OUT = "left_out"  # what was done is not among what is wanted


class Score(NamedTuple):
    """How a student stands at an assignment: the points of the attempt that counts, out of so many questions.

    `running` says that another attempt goes on, `tries` how many were begun.
    """

    state: State
    points: float | None = None
    questions: int | None = None
    finished_at: datetime | None = None
    tries: int = 0
    running: bool = False

    @property
    def share(self) -> float | None:
        """The points as a share of the questions, 0 to 1; None where nothing counts."""
        return None if self.points is None or not self.questions else self.points / self.questions


@dataclass(frozen=True)
class InClass:
    """A class: its assignments that stand, newest first, its students by name, and every attempt.

    `attempts` is as `frames.attempts_of_class` gives it, `scores` as `counting.counted_scores`. Erased people are in
    both, and not among the students.
    """

    group: Class
    assignments: tuple[Assignment, ...]
    students: tuple[Member, ...]
    attempts: pd.DataFrame
    scores: pd.DataFrame

    def student(self, user_id: int) -> Member | None:
        """Give a student of the class, or None."""
        return next((one for one in self.students if one.user_id == user_id), None)


def close_run_out(app: App, actor: User, class_id: int, most: int | None = None) -> None:
    """Close the attempts of a class whose time is over, or the first of them: what was saved in them is answered."""
    with app.database.read() as connection:
        permissions.class_taught(connection, actor, class_id)
        over = of_class.run_out(connection, class_id, app.clock() - GRACE)
    for attempt_id, user_id in over[:most]:
        with app.database.write(user_id) as connection:
            attempt = attempts.read_attempt(connection, attempt_id)
            if attempt is not None and attempt.finished_at is None:
                close(app, connection, attempt)


def read(connection: Connection, actor: User, class_id: int) -> InClass:
    """Read a class that the actor instructs; raise NotFound otherwise."""
    group = permissions.class_taught(connection, actor, class_id)
    given = tasks.of_class(connection, class_id)
    students = [one for one in classes.members(connection, class_id) if one.role is Role.STUDENT]
    found = frames.attempts_of_class(connection, class_id)
    return InClass(group, tuple(given), tuple(students), found, count(found, given))


def count(found: pd.DataFrame, given: Sequence[Assignment]) -> pd.DataFrame:
    """Give what counts of some attempts, as each assignment says."""
    return counted_scores(found, {one.id: one.counts.value for one in given})


def scores_of(found: pd.DataFrame) -> dict[tuple[int, int], Score]:
    """Give, by student and assignment, how each stands who has begun; `found` is as `counted_scores` gives it."""
    states = (State.DONE if one else State.RUNNING for one in found["attempt_id"].notna())
    values = (_plain(found[name]) for name in ("points", "questions", "finished_at"))
    rows = zip(states, *values, found["tries"].tolist(), found["running"].tolist(), strict=True)
    return dict(zip(zip(found["user_id"], found["assignment_id"], strict=True), map(Score._make, rows), strict=True))


def without_attempt(given: Assignment, member: Member | None, now: datetime) -> Score:
    """Give how somebody stands at an assignment who has not begun it."""
    if given.opens_at is not None and given.opens_at > now:
        return Score(State.NOT_OPEN)
    if member is not None and given.due_at is not None and given.due_at < member.joined_at:
        return Score(State.JOINED_LATER)
    return Score(State.NOT_BEGUN)


def _plain(column: "pd.Series[Any]") -> list[Any]:
    """Give values without pandas: moments in UTC, None where one is missing."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return [None if one is pd.NaT else one for one in pd.DatetimeIndex(column).to_pydatetime()]
    return column.astype(object).where(column.notna(), None).tolist()
