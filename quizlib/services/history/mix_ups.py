"""The mix-ups of a class: how many learners showed each, and in which questions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from quizlib.errors import NotFound
from quizlib.kinds import kind_of, read_by
from quizlib.model.person import Role, User
from quizlib.model.question import Question
from quizlib.services import permissions
from quizlib.services.app import current
from quizlib.services.authoring.texts import title_of
from quizlib.services.exporting.answers import NOT_HERE, AnswerFilter
from quizlib.store.answers import assignments as tasks
from quizlib.store.answers import of_class as rows
from quizlib.store.answers.of_class import Alike, Span
from quizlib.store.databases.database import Connection
from quizlib.store.people.classes import membership


class InQuestion(NamedTuple):
    """A question in which learners showed a mix-up, and how many did."""

    question_id: str
    title: str
    learners: int


class MixUp(NamedTuple):
    """A mix-up in words, how many learners showed it, and where; the question in which most did comes first."""

    key: str
    words: str
    learners: int
    questions: tuple[InQuestion, ...]


@dataclass(frozen=True)
class MixUps:
    """The mix-ups that were shown, the most frequent first, of so many learners who answered anything."""

    learners: int
    shown: tuple[MixUp, ...]


def of_class(actor: User, class_id: int, which: AnswerFilter) -> MixUps:
    """Give the mix-ups that a class showed in finished attempts at its assignments, as far as they are wanted.

    A learner who showed one several times counts once.
    """
    app = current()
    with app.database.read() as connection:
        permissions.class_taught(connection, actor, class_id)
        _require_here(connection, class_id, which)
        ids = None if which.assignment_id is None else [which.assignment_id]
        span = Span(class_id, ids, which.user_id, which.topic, which.since, which.until)
        alike = rows.answered_alike(connection, span)
        asked = app.questions(
            connection, {one.version_id for one in alike} | {one.graded_by or 0 for one in alike} - {0}
        )
    shown: dict[str, dict[str, set[int]]] = {}
    for one in alike:
        for key in _mixed_up(one, asked):
            shown.setdefault(key, {}).setdefault(one.question_id, set()).update(one.user_ids)
    titles = {one.question_id: title_of(asked[one.version_id].stem, asked[one.version_id].vignette) for one in alike}
    known = app.catalogue.misconceptions
    found = [_mix_up(key, known.get(key, ""), by_question, titles) for key, by_question in shown.items()]
    everybody = frozenset[int]().union(*(one.user_ids for one in alike))
    return MixUps(len(everybody), tuple(sorted(found, key=lambda one: (-one.learners, one.words))))


def _require_here(connection: Connection, class_id: int, which: AnswerFilter) -> None:
    if which.user_id is not None:
        member = membership(connection, class_id, which.user_id)
        if member is None or member.role is not Role.STUDENT:
            raise NotFound(NOT_HERE)
    if which.assignment_id is not None:
        given = tasks.read_assignment(connection, which.assignment_id)
        if given is None or given.class_id != class_id or given.withdrawn_at is not None:
            raise NotFound(permissions.NO_ASSIGNMENT)


def _mixed_up(one: Alike, asked: Mapping[int, Question]) -> tuple[str, ...]:
    """Give the mix-ups that a response shows by the version whose key counts."""
    question, by = asked[one.version_id], asked[one.graded_by or one.version_id]
    kind = kind_of(by)
    if next(kind.misconceptions(by.body), None) is None:
        return ()
    return kind.mixed_up(by.body, read_by(by, question, json.loads(one.response)))


def _mix_up(key: str, words: str, by_question: Mapping[str, set[int]], titles: Mapping[str, str]) -> MixUp:
    questions = [InQuestion(one, titles[one], len(who)) for one, who in by_question.items()]
    questions.sort(key=lambda one: (-one.learners, one.title))
    learners = len(set[int]().union(*by_question.values()))
    return MixUp(key, words or key.replace("-", " ").capitalize(), learners, tuple(questions))
