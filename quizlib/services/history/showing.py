"""A question of an assignment as it is shown in class: without a name, and its answers when they are revealed."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from quizlib.analytics.minimums import LEAST_FOR_SHARES
from quizlib.errors import NotFound
from quizlib.kinds import asked_alike, asked_hash, kind_of, read_by
from quizlib.model.attempt import Json
from quizlib.model.classes import Assignment
from quizlib.model.person import Role, User
from quizlib.model.question import Question
from quizlib.services import permissions
from quizlib.services.app import App, current
from quizlib.store.answers import of_class as rows
from quizlib.store.answers.assignments import anybody_sits
from quizlib.store.answers.of_class import Given
from quizlib.store.content.rescorings import corrections_of
from quizlib.store.databases.database import Connection
from quizlib.store.people import classes

FEWEST = LEAST_FOR_SHARES
MOST_BARS = 8
# what one learner wrote may be a name, and does not go on a wall
LEAST_ALIKE = 2
NO_QUESTION = "This question was not asked in this assignment."
NOBODY = "Nobody has begun this assignment yet, so there is no question to show."


class Bar(NamedTuple):
    """An option, or an answer in words, and how many gave it; `place` is the option's in the author's order."""

    text: str
    learners: int
    right: bool
    place: int | None = None


@dataclass(frozen=True)
class Shown:
    """A question before anything of its answer is told, in an order of its options that tells nothing.

    `places` are the questions of the assignment in their order. `answers` counts learners who answered what is asked
    here, and `others` students who may still answer: what is revealed, they hear before that.
    """

    assignment: Assignment
    question: Question
    arrangement: tuple[int, ...]
    places: tuple[str, ...]
    answers: int
    others: int

    @property
    def number(self) -> int:
        """Which question of the assignment it is, counted from 1."""
        return self.places.index(self.question.id) + 1

    @property
    def mark(self) -> int:
        """A number that tells what is asked from other questions, and says nothing about it as an id may."""
        return int(asked_hash(self.question)[:12], 16)


@dataclass(frozen=True)
class Revealed:
    """A question with the version by whose key it is told, and the bars of its answers; None where they are few.

    `rest` counts learners whose written answer nobody else gave, or too few to have a bar.
    """

    shown: Shown
    told_by: Question
    version_id: int
    bars: tuple[Bar, ...] | None
    rest: int


def shown(actor: User, assignment_id: int, question: str | int = 1) -> Shown:
    """Give a question of an assignment before it is revealed, by its number or its id; raise NotFound for none.

    A number beyond the last one is the last.
    """
    app = current()
    with app.database.read() as connection:
        return _shown(app, connection, actor, assignment_id, question)[0]


def reveal(actor: User, assignment_id: int, question: str | int) -> Revealed:
    """Give a question of an assignment with what is right and how many learners gave which answer, without names."""
    app = current()
    with app.database.read() as connection:
        found, version_id, alike = _shown(app, connection, actor, assignment_id, question)
        correction = corrections_of(connection, {version_id}).get(version_id)
        told_by = app.question(connection, correction.graded_by) if correction else found.question
        asked = app.questions(connection, {one.version_id for one in alike})
    if not asked_alike(told_by, found.question):
        told_by = found.question
    responses = [read_by(told_by, asked[one.version_id], json.loads(one.response)) for one in alike]
    if len(responses) < FEWEST:
        return Revealed(found, told_by, version_id, None, 0)
    bars = _of_options(told_by, found.arrangement, responses) or _of_words(told_by, responses)
    counted = len(responses) if bars and bars[0].place is not None else sum(one.learners for one in bars)
    return Revealed(found, told_by, version_id, bars, len(responses) - counted)


def _shown(
    app: App, connection: Connection, actor: User, assignment_id: int, which: str | int
) -> tuple[Shown, int, Sequence[Given]]:
    """Give a question, the newest version in which it was asked, and the answers to what that one asks."""
    given = permissions.assignment_taught(connection, actor, assignment_id)
    places = tuple(rows.questions_asked(connection, assignment_id))
    if not places:
        raise NotFound(NOBODY)
    question_id = which if isinstance(which, str) else places[min(max(which, 1), len(places)) - 1]
    if question_id not in places:
        raise NotFound(NO_QUESTION)
    versions = rows.versions_asked(connection, assignment_id, question_id)
    asked = app.questions(connection, versions)
    question = asked[versions[-1]]
    answers = rows.first_answers(connection, assignment_id, question_id)
    alike = [one for one in answers if asked_alike(asked[one.version_id], question)]
    order = kind_of(question).arrange(question.body, Random(asked_hash(question)))
    now = app.clock()
    # with extra time one sits it after it was due
    may_still = given.open(now) or anybody_sits(connection, given.id, now)
    others = _not_finished(connection, given) if may_still else 0
    return Shown(given, question, order, places, len(alike), others), versions[-1], alike


def _not_finished(connection: Connection, given: Assignment) -> int:
    students = [one for one in classes.members(connection, given.class_id) if one.role is Role.STUDENT]
    return len(students) - rows.finished_by(connection, given.id, given.class_id)


def _of_options(question: Question, arrangement: Sequence[int], responses: Sequence[Json]) -> tuple[Bar, ...]:
    """Give a bar for each option in the order of the screen; none unless options are all that is on it."""
    kind = kind_of(question)
    groups = kind.options(question.body)
    on_screen = kind.view(question.body, tuple(arrangement)).get("options")
    if len(groups) != 1 or on_screen != [groups[0].texts[place][0] for place in arrangement]:
        return ()
    picked = Counter(place for one in responses for _, place in kind.picked(question.body, one))
    return tuple(
        Bar(text, picked[place], right, place) for place in arrangement for text, right in [groups[0].texts[place]]
    )


def _of_words(question: Question, responses: Sequence[Json]) -> tuple[Bar, ...]:
    """Give a bar for each of the most frequent answers that several learners gave; the right one is always there."""
    kind = kind_of(question)
    said: Counter[str] = Counter()
    right: dict[str, bool] = {}
    for one in responses:
        words = kind.summary(question.body, one)
        said[words] += 1
        right[words] = kind.grade(question.body, one).right
    frequent = [one for one in said.most_common(MOST_BARS) if one[1] >= LEAST_ALIKE]
    bars = [Bar(words, number, right[words]) for words, number in frequent]
    if not any(one.right for one in bars):
        words = kind.summary(question.body, kind.right_answer(question.body))
        bars.append(Bar(words, said[words], True))
    return tuple(bars)
