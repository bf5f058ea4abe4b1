"""Answers as rows of a file: who, what was asked, what was answered in words, and what it is worth."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from textwrap import shorten
from typing import NamedTuple

from quizlib.interop.answers import Answers
from quizlib.kinds import kind_of
from quizlib.model.attempt import Confidence
from quizlib.model.classes import Member
from quizlib.model.question import Question
from quizlib.services.app import App, Progress
from quizlib.services.authoring.texts import title_of
from quizlib.store.answers import exporting as stored
from quizlib.store.answers.exporting import ATTEMPTS, Given, Sitting, Span
from quizlib.store.databases.database import Connection

ERASED = "Erased student"
LONGEST_WORDS = 80
# a million answers to choices are a few thousand different ones; numbers and texts may all differ
MOST_SAID = 50_000
_SURE: dict[str | None, str | None] = {None: None, **{one.value: one.value.replace("_", " ") for one in Confidence}}


class Whose(NamedTuple):
    """Whose answers the rows are: of the students of a class by id, or of one person, about whom no row says who."""

    students: Mapping[int, Member] | None = None
    class_name: str | None = None
    untold: Collection[int] = ()


def rows_of(
    app: App,
    connection: Connection,
    sittings: Sequence[Sitting],
    span: Span,
    whose: Whose,
    progress: Progress | None = None,
) -> Iterator[Answers]:
    """Give the answers of attempts in batches; `progress` is told how many attempts are through.

    The attempts of one person at one assignment are in the order in which they were begun, and all of them are there.
    """
    said = _Said(app, connection)
    tasks = {one.assignment_id for one in sittings if one.assignment_id is not None}
    titles = stored.names_of_assignments(connection, tasks)
    covered = stored.rescored_versions(connection)
    numbers: Counter[tuple[int, int]] = Counter()
    for start in range(0, len(sittings), ATTEMPTS):
        if progress is not None:
            progress(start, len(sittings))
        heads = {one.attempt_id: _head(one, titles, numbers, whose) for one in sittings[start : start + ATTEMPTS]}
        for given in stored.answers(connection, list(heads), span):
            said.take_in(set(given.version_id))
            about = zip(given.item_id, given.seq, given.version_id, strict=True)
            touched = [item_id for item_id, seq, version_id in about if seq > 1 and version_id in covered]
            yield _columns(given, heads, said, stored.rescored(connection, touched))
    if progress is not None:
        progress(len(sittings), len(sittings))


class _Head(NamedTuple):
    """What all answers of an attempt have in common."""

    student: str | None
    sign_in_name: str | None
    class_name: str | None
    assignment: str | None
    attempt: int | None
    begun_at: datetime
    told: bool


def _head(
    one: Sitting, titles: Mapping[int, tuple[str, str]], numbers: Counter[tuple[int, int]], whose: Whose
) -> _Head:
    name = sign_in_name = None
    if whose.students is not None:
        student = whose.students.get(one.user_id)
        name, sign_in_name = (student.name, student.sign_in_name) if student else (ERASED, None)
    title = class_name = number = None
    if one.assignment_id is not None:
        title, class_name = titles[one.assignment_id]
        numbers[one.user_id, one.assignment_id] += 1
        number = numbers[one.user_id, one.assignment_id]
    told = one.attempt_id not in whose.untold
    return _Head(name, sign_in_name, whose.class_name or class_name, title, number, one.started_at, told)


def _columns(given: Given, heads: Mapping[int, _Head], said: "_Said", again: Collection[int]) -> Answers:
    begun = (heads[one] for one in given.attempt_id)
    student, sign_in_name, class_name, assignment, attempt, begun_at, told = zip(*begun, strict=True)
    words, numbers = zip(*(said.about[one] for one in given.version_id), strict=True)
    points = [worth if may else None for worth, may in zip(given.fraction, told, strict=True)]
    return Answers(
        student=student,
        sign_in_name=sign_in_name,
        class_name=class_name,
        assignment=assignment,
        attempt=attempt,
        begun_at=begun_at,
        answered_at=given.answered_at,
        topic=[said.topics.get(one, one) for one in given.topic],
        question=given.question_id,
        words=words,
        version=numbers,
        answer=said.answers(given),
        points=points,
        out_of=[1.0] * len(points),
        right=[None if one is None else one >= 1 for one in points],
        confidence=[_SURE[one] for one in given.confidence],
        seconds=[None if one is None else (one + 50) // 100 / 10 for one in given.elapsed_ms],
        first=[one if may else None for one, may in zip(given.first, told, strict=True)],
        again=[one in again if may else None for one, may in zip(given.item_id, told, strict=True)],
    )


class _Said:
    """How questions begin and answers read, found out once for each version and each different answer to it."""

    def __init__(self, app: App, connection: Connection) -> None:
        self._app, self._connection = app, connection
        self.topics = {key: topic.title for key, topic in app.catalogue.topics.items()}
        self.about: dict[int, tuple[str, int]] = {}
        self._questions: dict[int, Question] = {}
        self._answers: dict[tuple[int, str], str] = {}

    def take_in(self, version_ids: Collection[int]) -> None:
        """Make ready for answers to these versions."""
        new = [one for one in version_ids if one not in self.about]
        numbers = stored.version_numbers(self._connection, new)
        self._questions = self._app.questions(self._connection, version_ids)
        for one in new:
            question = self._questions[one]
            words = shorten(title_of(question.stem, question.vignette), LONGEST_WORDS, placeholder=" …")
            self.about[one] = (words, numbers[one])
        if len(self._answers) > MOST_SAID:
            self._answers.clear()

    def answers(self, given: Given) -> list[str]:
        """Say responses in words."""
        both = list(zip(given.version_id, given.response, strict=True))
        for version_id, response in {one for one in both if one not in self._answers}:
            question = self._questions[version_id]
            words = kind_of(question).summary(question.body, json.loads(response))
            self._answers[version_id, response] = words
        return [self._answers[one] for one in both]
