"""Item analysis of one question at a time, as learners met it: in assignments and in free practice."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from quizlib.analytics.answers import LEAST_OTHERS, Design
from quizlib.analytics.report import report
from quizlib.errors import NotFound
from quizlib.kinds import kind_of
from quizlib.model.person import User
from quizlib.services import permissions
from quizlib.services.analysis.figures import Figures, Series
from quizlib.services.analysis.responses import Wording, marked_by, responses_of, told_in_words
from quizlib.services.app import App, current
from quizlib.services.authoring.drafts import NO_QUESTION
from quizlib.store import frames
from quizlib.store.content import complaints, rescorings
from quizlib.store.content import statistics as rows
from quizlib.store.content.statistics import Counted
from quizlib.store.content.versions import VersionRow, asked_now, read_row, versions_of
from quizlib.store.databases.database import Connection

# as many first answers as are analysed while somebody waits; of more, the background has the figures
LIVE = 300
_BETWEEN = " "  # stands in no id and in no hash


@dataclass(frozen=True)
class QuestionAnalysis:
    """How learners first answered a question: one series for each wording, the newest first.

    `answers` are all first answers by now. The series hold as of a moment; None: as of now, or nothing is counted yet.
    """

    answers: int
    series: tuple[Series, ...]
    as_of: datetime | None = None


class Analysed(NamedTuple):
    """The series of a question, the newest first, and the answers that they are of."""

    counted: Counted
    series: tuple[Series, ...]


class History:
    """The versions of a question by their wording, the newest first."""

    def __init__(self, connection: Connection, question_id: str) -> None:
        self.versions = versions_of(connection, question_id)
        self.wordings = list(dict.fromkeys(one.asked_hash for one in self.versions))

    def of(self, asked_hash: str) -> list[VersionRow]:
        """Give the versions of a wording."""
        return [one for one in self.versions if one.asked_hash == asked_hash]


def of(actor: User, question_id: str) -> QuestionAnalysis:
    """Give how learners answered one question; raise NotFound where there is none."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.read() as connection:
        permissions.require_person(connection, actor)
        if read_row(connection, question_id) is None:
            raise NotFound(NO_QUESTION)
        counted = rows.count_one(connection, question_id, of_everybody=app.alone)
        if counted.answers > LIVE:
            stored = rows.read_figures(connection, question_id)
            if stored is None:
                return QuestionAnalysis(counted.answers, ())
            series = tuple(Series.model_validate(one) for one in stored.figures)
            return QuestionAnalysis(counted.answers, series, stored.as_of)
        totals = frames.totals_of_learners(connection, who_answered=question_id, of_everybody=app.alone)
        found = analyse(app, connection, [question_id], totals).get(question_id)
    return QuestionAnalysis(counted.answers, found.series if found else ())


def analyse(
    app: App, connection: Connection, question_ids: Sequence[str], totals: pd.DataFrame, until: datetime | None = None
) -> dict[str, Analysed]:
    """Analyse the first answers to some questions, wording by wording; `totals` are of every learner among them.

    Learners answer different questions, so that a question is correlated with the mean of their other first answers.
    Questions that nobody has answered until then are left out.
    """
    answers = frames.first_answers(connection, question_ids, until=until, of_everybody=app.alone)
    if answers.empty:
        return {}
    answers = answers.assign(student=answers["user_id"], rest=_rest(answers, totals))
    # two questions may ask the same: each wording is one question's
    answers["asked_hash"] = answers["question_id"] + _BETWEEN + answers["asked_hash"]
    histories = {one: History(connection, one) for one in answers["question_id"].unique()}
    asked = {one.id: one.question for history in histories.values() for one in history.versions}
    corrected = rescorings.corrections_of(connection, list(asked))
    names = answers["asked_hash"].unique()
    wordings = {}
    for name in names:
        question_id, _, asked_hash = name.partition(_BETWEEN)
        newest = histories[question_id].of(asked_hash)[0]
        by = corrected.get(newest.id)
        wordings[name] = Wording(name, marked_by(newest.question, asked.get(by.graded_by) if by else None))
    found = responses_of(answers, wordings, asked)
    waiting = _of_newest(histories, complaints.count_open_about(connection, question_ids))
    told = report(
        found.answers, found.choices, found.keys, guesses=found.guesses, complaints=waiting, design=Design.FREE
    )
    by_name = {one["question"]: one for one in told["questions"]}
    marked_again = rescorings.marked_again_at(connection, question_ids)
    now = asked_now(connection, question_ids)
    series: dict[str, list[Series]] = {one: [] for one in histories}
    own = dict(iter(answers.groupby("asked_hash", sort=False)))
    for question_id, history in histories.items():
        for asked_hash in history.wordings:
            name = question_id + _BETWEEN + asked_hash
            if name in own:
                figures = told_in_words(by_name[name], wordings[name], found, own[name], asked)
                every = history.of(asked_hash)
                one = _series(figures, every, own[name]["answered_at"], marked_again)
                current = now.get(question_id) in {each.id for each in every}
                series[question_id].append(one.model_copy(update={"current": current}))
    sums = answers.groupby("question_id")["fraction"].agg(["size", "sum"])
    return {
        one: Analysed(Counted(one, int(n), float(points)), tuple(series[one])) for one, n, points in sums.itertuples()
    }


def _series(
    figures: Figures, versions: Sequence[VersionRow], at: pd.Series, marked_again: Mapping[int, Sequence[datetime]]
) -> Series:
    """Give the series of a wording, of which `versions` are those that had it, the newest first."""
    since, until = at.min().to_pydatetime(), at.max().to_pydatetime()
    changed = {moment for one in versions for moment in marked_again.get(one.id, ())}
    for newer, older in pairwise(versions):
        kind = kind_of(newer.question)
        if kind.right_answer(newer.question.body) != kind.right_answer(older.question.body):
            changed.add(newer.saved_at)
    return Series(
        figures=figures,
        versions=tuple(one.number for one in versions),
        since=since,
        until=until,
        key_changed=tuple(sorted(one for one in changed if one >= since)),
    )


def _rest(answers: pd.DataFrame, totals: pd.DataFrame) -> pd.Series:
    """Give the mean of each learner's other first answers, NaN of fewer than `LEAST_OTHERS`."""
    own = answers[["user_id"]].merge(totals, on="user_id", how="left")
    others = own["answered"].to_numpy(np.float64) - 1
    points = own["points"].to_numpy(np.float64) - answers["fraction"].to_numpy(np.float64)
    rest = np.divide(points, others, out=np.full(len(own), np.nan), where=others >= LEAST_OTHERS)
    return pd.Series(np.clip(rest, 0, 1), index=answers.index)


def _of_newest(histories: Mapping[str, History], counts: Mapping[str, int]) -> dict[Hashable, int]:
    """Give counts by the newest wording: a complaint is about the question as it is now."""
    return {one + _BETWEEN + histories[one].wordings[0]: count for one, count in counts.items() if one in histories}
