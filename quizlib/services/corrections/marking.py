"""Past answers by another key: which of them it fits, what they are worth by it, and how they are marked again."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quizlib.engine.attempt import Key, fraction_of, rescore
from quizlib.errors import DatabaseProblem
from quizlib.kinds import asked_alike, asked_hash
from quizlib.model.authoring import Tidings
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.app import App
from quizlib.store.answers.assignments import erased
from quizlib.store.answers.tallies import tally
from quizlib.store.content import notices, statistics
from quizlib.store.content import rescorings as rows
from quizlib.store.content.rescorings import Answer, Mark
from quizlib.store.content.versions import VersionRow
from quizlib.store.databases.database import BANK, Connection
from quizlib.store.ids import batched

log = logging.getLogger("quizlib")
Progress = Callable[[int, int], None]


class Fit(NamedTuple):
    """The versions before a key by how they asked: in the same words, in others with the same options, or otherwise."""

    same: list[int]
    reworded: list[int]
    others: list[int]


@dataclass(frozen=True)
class Decision:
    """A decision as it is carried out: about which question, and by which key answers to each version count."""

    id: int
    question_id: str
    by: Mapping[int, int]
    about: Tidings
    undoes_id: int | None = None


@dataclass
class Extent:
    """How many answers were marked again, and those that are worth something else since."""

    answers: int = 0
    up: int = 0
    down: int = 0
    changed: list[Answer] = field(default_factory=list)

    @property
    def learners(self) -> set[int]:
        """Whose marks changed."""
        return {one.user_id for one in self.changed}

    def count(self, one: Answer, fraction: float) -> None:
        """Count an answer that is now worth this."""
        self.answers += 1
        self.up += fraction > one.fraction
        self.down += fraction < one.fraction
        if fraction != one.fraction:
            self.changed.append(one)


class Grader:
    """Grades stored answers by a key, each different answer once."""

    def __init__(self, asked: Mapping[int, Question], by: Mapping[int, Key]) -> None:
        self._asked, self._by = asked, by
        self._known: dict[tuple[int, str], float] = {}

    def fraction(self, one: Answer) -> float:
        """Give what an answer is worth by the key that counts for its version."""
        known = self._known.get((one.version_id, one.response))
        if known is None:
            asked, key = self._asked[one.version_id], self._by[one.version_id]
            known = fraction_of(asked, json.loads(one.response), key)
            self._known[one.version_id, one.response] = known
        return known


def fitting(earlier: Sequence[VersionRow], key: Question) -> Fit:
    """Sort versions by whether answers to them can be marked by a key."""
    found = Fit([], [], [])
    wording = asked_hash(key)
    for one in earlier:
        if one.asked_hash == wording:
            found.same.append(one.id)
        elif asked_alike(one.question, key):
            found.reworded.append(one.id)
        else:
            found.others.append(one.id)
    return found


def mark(app: App, connection: Connection, actor: User, decision: Decision, progress: Progress | None = None) -> Extent:
    """Mark again what is not marked as a decision says, and tell those whose marks change; the rest stays as it is."""
    extent = Extent()
    found = rows.answers_not_marked_by(connection, decision.question_id, decision.by, locked=True)
    if not found:
        return extent
    before: dict[int, Mark] = {}
    if decision.undoes_id is not None:
        before = rows.marks_before(connection, decision.undoes_id, decision.question_id, decision.by)
    questions = app.questions(connection, {*decision.by, *decision.by.values()})
    grader = Grader(questions, {one: Key(by, questions[by]) for one, by in decision.by.items()})
    alike: dict[Mark, list[int]] = {}
    for one in found:
        by = decision.by[one.version_id]
        graded_by = None if by == one.version_id else by
        # what it was worth then, to the letter, also where the rules of grading have changed since
        kept = before.get(one.id)
        fraction = kept.fraction if kept and kept.graded_by == graded_by else grader.fraction(one)
        alike.setdefault(Mark(fraction, graded_by), []).append(one.id)
        extent.count(one, fraction)
    now = app.clock()
    done = 0
    for (fraction, graded_by), ids in alike.items():
        step = rescore(0, fraction, graded_by, now=now, actor_id=actor.id, rescoring_id=decision.id)
        for some in batched(ids):
            rows.add_alike(connection, step, some)
            done += len(some)
            if progress is not None:
                progress(done, len(found))
    tally(connection, {one.attempt_id for one in extent.changed})
    statistics.out_of_date(connection, decision.question_id)
    _tell(app, connection, decision, extent)
    changed, learners = len(extent.changed), len(extent.learners)
    rows.add_extent(connection, decision.id, answers=extent.answers, changed=changed, learners=learners)
    return extent


def sweep(app: App, actor: User, decision: Decision) -> None:
    """Mark again what was answered while a decision was being stored, and was still graded as before it.

    Whoever had a turn then may have read the old key; when all these turns have ended, nobody has it any more.
    """
    try:
        for turn in app.database.turns_under_way():
            if turn > 0:  # a person's
                with app.database.write(turn):
                    pass
        with app.database.write(BANK) as connection:
            standing = rows.corrections_of(connection, decision.by)
            by = {
                one: key
                for one, key in decision.by.items()
                if key == (standing[one].graded_by if one in standing else one)
            }
            mark(app, connection, actor, Decision(decision.id, decision.question_id, by, decision.about))
    except DatabaseProblem:
        # the decision itself is stored, and whoever makes it again marks what is left
        log.warning("answers given while decision %d was being stored may be marked by the old key", decision.id)


def _tell(app: App, connection: Connection, decision: Decision, extent: Extent) -> None:
    """Leave one notice for each quiz in which a mark changed."""
    gone = {one for some in batched(extent.learners) for one in erased(connection, some)}
    at = app.clock()
    quizzes = dict.fromkeys((one.user_id, one.attempt_id) for one in extent.changed if one.user_id not in gone)
    told = [
        {
            "user_id": user_id,
            "about": decision.about,
            "question_id": decision.question_id,
            "attempt_id": attempt_id,
            "rescoring_id": decision.id,
            "at": at,
        }
        for user_id, attempt_id in quizzes
    ]
    notices.add_notices(connection, told)
