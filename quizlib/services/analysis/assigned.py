"""Item analysis of an assignment: a test that a class was given."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from quizlib.analytics.report import report
from quizlib.model.classes import Assignment
from quizlib.model.person import User
from quizlib.services import permissions
from quizlib.services.analysis.figures import WholeTest, scores_from
from quizlib.services.analysis.responses import Wording, marked_by, responses_of, told_in_words
from quizlib.services.app import App, current
from quizlib.store import frames
from quizlib.store.content import complaints, rescorings
from quizlib.store.databases.database import Connection


class Tries(StrEnum):
    """Which attempts of a student are analysed."""

    FIRST = "first"
    EVERY = "every"


@dataclass(frozen=True)
class AssignmentAnalysis:
    """The figures of an assignment, over so many finished attempts; none where nobody has finished one."""

    assignment: Assignment
    attempts: int
    test: WholeTest | None


def of(actor: User, assignment_id: int, tries: Tries = Tries.FIRST) -> AssignmentAnalysis:
    """Analyse an assignment of a class that the actor instructs, as of now.

    A question whose wording changed meanwhile is two, since students were asked different ones. What was not answered
    is worth nothing. Of several attempts of a student the first counts, unless every one is wanted: then each is
    taken for another student's, and figures look more certain than they are.
    """
    app = current()
    with app.database.read() as connection:
        given = permissions.assignment_taught(connection, actor, assignment_id)
        items = frames.items_of_assignment(connection, assignment_id)
        if tries is Tries.FIRST and not items.empty:
            firsts = items.groupby("user_id")["attempt_id"].transform("min")
            items = items[items["attempt_id"] == firsts]
        if items.empty:
            return AssignmentAnalysis(given, 0, None)
        # two questions may ask the same: each wording is one question's
        wording = items["question_id"] + " " + items["asked_hash"]
        test = _analyse(app, connection, items.assign(student=items["attempt_id"], asked_hash=wording))
    return AssignmentAnalysis(given, items["attempt_id"].nunique(), test)


def _analyse(app: App, connection: Connection, items: pd.DataFrame) -> WholeTest:
    newest = items.groupby("asked_hash", sort=False)["version_id"].max()
    corrected = rescorings.corrections_of(connection, [int(one) for one in newest])
    by = {version_id: one.graded_by for version_id, one in corrected.items()}
    asked = app.questions(connection, {*map(int, items["version_id"].unique()), *by.values()})
    wordings = {
        str(name): Wording(str(name), marked_by(asked[version_id], asked.get(by.get(version_id, 0))))
        for name, version_id in newest.items()
    }
    found = responses_of(items, wordings, asked)
    reported = complaints.count_open_about(connection, sorted(set(items["question_id"])))
    waiting: dict[Hashable, int] = {
        name: reported[one.question.id] for name, one in wordings.items() if one.question.id in reported
    }
    told = report(found.answers, found.choices, found.keys, guesses=found.guesses, complaints=waiting)
    by_name = {one["question"]: one for one in told["questions"]}
    own = dict(iter(items.groupby("asked_hash", sort=False)))
    place = items.groupby("asked_hash")["position"].mean().sort_values()
    questions = [told_in_words(by_name[name], wordings[name], found, own[name], asked) for name in place.index]
    return WholeTest(
        design=told["design"],
        students=told["students"],
        not_given=told["not_given"],
        scores=scores_from(told["test"]),
        questions=tuple(questions),
    )
