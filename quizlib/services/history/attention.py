"""What of a class needs a look now: who has not begun, who is slipping, what many missed, which key is doubtful."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import pandas as pd

from quizlib.analytics import slipping as rule
from quizlib.analytics.intervals import fisher
from quizlib.analytics.minimums import LEAST_FOR_CORRELATIONS, LEAST_FOR_SHARES
from quizlib.kinds import kind_of
from quizlib.model.attempt import Json
from quizlib.model.classes import Assignment, Member
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.analysis.responses import marked_by
from quizlib.services.app import App, current
from quizlib.services.authoring.texts import title_of
from quizlib.services.history import in_class
from quizlib.services.history.in_class import InClass
from quizlib.services.history.scores import plain
from quizlib.store import frames
from quizlib.store.answers import of_class as rows
from quizlib.store.content.questions import live_versions
from quizlib.store.databases.database import Connection

SOON, LATELY = timedelta(days=3), timedelta(days=7)
# a danger that a quarter of a class misses is worth a word; of other questions the worst one, from a third on
MANY_MISS_A_DANGER, MANY = 1 / 4, 1 / 3
MOST, MOST_DOUBTFUL = 3, 2
# whoever opens the page first after the end of a long exam does not wait until every attempt at it is closed
CLOSED_AT_ONCE = 20
LATEST, LEAST_FALL = rule.LATEST, rule.LEAST_FALL


class Waiting(NamedTuple):
    """An assignment that is due soon, or was lately, and the students who have not begun it."""

    assignment: Assignment
    over: bool
    students: tuple[Member, ...]


class Slip(NamedTuple):
    """A student whose last assignments went clearly worse than those before: mean shares, and those of the others."""

    student: Member
    before: float
    after: float
    class_before: float | None
    class_after: float | None


class Missed(NamedTuple):
    """A question that many missed in an assignment: how many of how many, and what most of them answered instead."""

    assignment: Assignment
    question_id: str
    title: str
    answers: int
    missed: int
    chosen: str
    chose: int


class Doubtful(NamedTuple):
    """A question that learners miss the more, the better they do on others: its correlation with the rest.

    `low` and `high` are the ends of its 95 % interval.
    """

    question_id: str
    title: str
    discrimination: float
    low: float
    high: float
    learners: int


@dataclass(frozen=True)
class Attention:
    """What needs a look; `dangers` and `missed` are of the newest assignment that enough have finished."""

    waiting: tuple[Waiting, ...]
    slipping: tuple[Slip, ...]
    dangers: tuple[Missed, ...]
    missed: Missed | None
    doubtful: tuple[Doubtful, ...]

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.waiting or self.slipping or self.dangers or self.missed or self.doubtful)


def needed(actor: User, class_id: int) -> Attention:
    """Give what of a class needs a look, without reading more answers than those to its newest assignment."""
    app = current()
    in_class.close_run_out(app, actor, class_id, CLOSED_AT_ONCE)
    with app.database.read() as connection:
        found = in_class.read(connection, actor, class_id)
        newest = _newest(found)
        missed = [] if newest is None else _missed(app, connection, found, newest)
        dangers = [one for one, alarming in missed if alarming and one.missed >= MANY_MISS_A_DANGER * one.answers]
        others = [one for one, _ in missed if one not in dangers[:MOST] and one.missed >= MANY * one.answers]
        return Attention(
            _waiting(found, app.clock()),
            slips(found),
            tuple(dangers[:MOST]),
            others[0] if others else None,
            _doubtful(app, connection, found),
        )


def slips(found: InClass) -> tuple[Slip, ...]:
    """Give the students who are slipping by the rule of `analytics.slipping`, the deepest fall first."""
    told = rule.slipping(found.scores)
    students = {one.user_id: one for one in found.students}
    return tuple(
        Slip(
            students[row["user_id"]], row["before"], row["after"], plain(row["class_before"]), plain(row["class_after"])
        )
        for row in told.to_dict("records")
        if row["user_id"] in students
    )


def _waiting(found: InClass, now: datetime) -> tuple[Waiting, ...]:
    """Give what is due soon or was lately, what is due first comes first."""
    begun = set(zip(found.scores["user_id"], found.scores["assignment_id"], strict=True))
    waiting = []
    for one in found.assignments:
        due, opens = one.due_at, one.opens_at
        if due is None or not now - LATELY <= due <= now + SOON or (opens is not None and opens > now):
            continue
        students = [each for each in found.students if (each.user_id, one.id) not in begun and each.joined_at < due]
        if students:
            waiting.append((due, Waiting(one, due <= now, tuple(students))))
    return tuple(one for _, one in sorted(waiting, key=lambda one: (one[1].over, one[0])))


def _newest(found: InClass) -> Assignment | None:
    """Give the newest assignment that enough have finished to say something about its questions."""
    done = found.scores.dropna(subset=["share"])["assignment_id"].value_counts()
    return next((one for one in found.assignments if done.get(one.id, 0) >= LEAST_FOR_SHARES), None)


def _missed(app: App, connection: Connection, found: InClass, given: Assignment) -> list[tuple[Missed, bool]]:
    """Give the questions that were missed in an assignment, the worst first, and whether each is about a danger."""
    items = frames.items_of_assignment(connection, given.id)
    # of each student the first attempt: what was told after it is known in the others
    firsts = found.attempts[found.attempts["finished_at"].notna()].groupby(["user_id", "assignment_id"])["attempt_id"]
    answered = items[items["attempt_id"].isin(firsts.min()) & items["fraction"].notna()]
    wrong = answered.assign(wrong=answered["fraction"] < 1)
    counts = wrong.groupby("question_id").agg(answers=("wrong", "size"), missed=("wrong", "sum"))
    counts = counts[(counts["answers"] >= LEAST_FOR_SHARES) & (counts["missed"] > 0)]
    worst = counts.assign(share=counts["missed"] / counts["answers"]).sort_values("share", ascending=False)
    worst = worst[worst["share"] >= min(MANY_MISS_A_DANGER, MANY)]
    some = wrong[wrong["question_id"].isin(worst.index)]
    asked = app.questions(connection, {*map(int, some["version_id"]), *map(int, some["graded_by"].dropna())})
    told = []
    for question_id, answers, missed in worst[["answers", "missed"]].itertuples():
        own = some[some["question_id"] == question_id]
        question = asked[int(own["version_id"].max())]
        title = title_of(question.stem, question.vignette)
        chosen, chose = _most_chosen(own[own["wrong"]], asked)
        alarming = question.action is not None and question.action.alarming
        told.append((Missed(given, str(question_id), title, int(answers), int(missed), chosen, chose), alarming))
    return told


def _most_chosen(wrong: pd.DataFrame, asked: Mapping[int, Question]) -> tuple[str, int]:
    """Give the wrong option that most chose, or what most wrote, and how many did."""
    said: Counter[str] = Counter()
    given = Counter(zip(wrong["version_id"], wrong["graded_by"].fillna(0), wrong["response"], strict=True))
    for (version_id, graded_by, response), number in given.items():
        # wrong by the key that has marked it
        question = marked_by(asked[int(version_id)], asked.get(int(graded_by)))
        for words in _wrong_parts(question, json.loads(response)):
            said[words] += number
    return max(said.items(), key=lambda one: one[1], default=("", 0))


def _wrong_parts(question: Question, response: Json) -> set[str]:
    """Give the wrong options that a response chose; the whole of it where there are none to choose from."""
    kind = kind_of(question)
    groups = kind.options(question.body)
    if not groups:
        return {kind.summary(question.body, response)}
    picked = (groups[group].texts[place] for group, place in kind.picked(question.body, response))
    return {text for text, right in picked if not right}


def _doubtful(app: App, connection: Connection, found: InClass) -> tuple[Doubtful, ...]:
    fixed = rows.fixed_questions(connection, found.group.id)
    doubtful = rows.doubtful_keys(connection, fixed, LEAST_FOR_CORRELATIONS)
    live = {one["id"]: one["version_id"] for one in live_versions(connection, [one.question_id for one in doubtful])}
    shown = [one for one in doubtful if one.question_id in live][:MOST_DOUBTFUL]
    asked = app.questions(connection, [live[one.question_id] for one in shown])
    told = []
    for one in shown:
        question = asked[live[one.question_id]]
        low, high = map(float, fisher(one.discrimination, one.correlated))
        title = title_of(question.stem, question.vignette)
        told.append(Doubtful(one.question_id, title, one.discrimination, low, high, one.correlated))
    return tuple(told)
