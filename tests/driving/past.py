"""A past for one learner: quizzes of choices, answered better from week to week, put into the tables in bulk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa

from quizlib.engine.selection import arrangement
from quizlib.kinds import kind_of
from quizlib.model.attempt import Action, Behaviour, Confidence, Plan, State
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.app import App
from quizlib.store.answers.tallies import tally
from quizlib.store.content.questions import current_versions
from quizlib.store.databases.database import Connection
from quizlib.store.tables import attempts, items, steps, versions

_PLANS = (Plan.MIXED, Plan.MIXED, Plan.MIXED, Plan.NEW, Plan.RANDOM, Plan.MISTAKES)
_BEFORE, _GAINED = (0.35, 0.6), (0.1, 0.35)


@dataclass(frozen=True)
class _Asked:
    version_id: int
    asked_hash: str
    question: Question
    right: Any
    wrong: tuple[Any, ...]


def fill_past(app: App, user: User, quizzes: int, each: int, days: int = 120, seed: int = 1) -> None:
    """Let somebody have taken so many quizzes of so many questions over so many days, the last of them today."""
    rng = Random(seed)
    with app.database.write() as connection:
        past = _Past(connection, user, rng)
        step = timedelta(days=days) / quizzes
        for number in range(quizzes):
            past.take(app.clock() - timedelta(days=days) + step * (number + 0.5), each, (number + 1) / quizzes)
        past.store()


class _Past:
    """Rows to be put in, with ids of their own."""

    def __init__(self, connection: Connection, user: User, rng: Random) -> None:
        self.connection, self.user, self.rng = connection, user, rng
        self.asked = list(_choices(connection))
        topics = sorted({one.question.topic for one in self.asked})
        self.skill = {one: (rng.uniform(*_BEFORE), rng.uniform(*_GAINED)) for one in topics}
        self.attempts: list[dict[str, Any]] = []
        self.items: list[dict[str, Any]] = []
        self.steps: list[dict[str, Any]] = []
        self.seen: set[str] = set()
        self.next = {table: _last(connection, table) + 1 for table in (attempts, items)}

    def take(self, at: datetime, each: int, learned: float) -> None:
        """Take one quiz of one to three topics; `learned` says how far the term is."""
        exam = self.rng.random() < 0.1
        topics = self.rng.sample(sorted(self.skill), self.rng.choice((1, 2, 3)))
        of_topics = [one for one in self.asked if one.question.topic in topics]
        quiz, began = self.next[attempts] + len(self.attempts), at
        for position, one in enumerate(self.rng.sample(of_topics, min(each, len(of_topics))), start=1):
            took = round(1000 * self.rng.lognormvariate(3, 0.6))
            at += timedelta(milliseconds=took)
            self._answer(quiz, position, one, at, None if exam else took, learned)
        self.attempts.append(
            {
                "id": quiz,
                "user_id": self.user.id,
                "plan": self.rng.choice(_PLANS),
                "behaviour": Behaviour.EXAM if exam else Behaviour.PRACTICE,
                "filter": {},
                "seed": quiz,
                "asks_confidence": not exam,
                "started_at": began,
                "finished_at": at,
            }
        )

    def _answer(self, quiz: int, position: int, one: _Asked, at: datetime, took: int | None, learned: float) -> None:
        before, gained = self.skill[one.question.topic]
        right = self.rng.random() < before + gained * learned
        degrees = list(Confidence)
        sure = None if took is None else self.rng.choices(degrees, (1, 3, 4) if right else (3, 3, 1))[0]
        first = one.question.id not in self.seen
        self.seen.add(one.question.id)
        number = self.next[items] + len(self.items)
        told = {
            "state": State.ANSWERED,
            "fraction": float(right),
            "response": one.right if right else self.rng.choice(one.wrong),
            "confidence": sure,
            "elapsed_ms": took,
        }
        cached = {"seq": 1, "first": first, "answered_at": at, "user_id": self.user.id}
        about = {"version_id": one.version_id, "question_id": one.question.id, "topic": one.question.topic}
        order = arrangement(one.question, quiz, position)
        place = {"id": number, "attempt_id": quiz, "position": position, "arrangement": order}
        self.items.append({**place, **about, "asked_hash": one.asked_hash, **cached, **told})
        self.steps.append(
            {"item_id": number, "seq": 1, "action": Action.SUBMIT, "at": at, "actor_id": self.user.id, **told}
        )

    def store(self) -> None:
        """Put everything in, and count it."""
        for table, rows in ((attempts, self.attempts), (items, self.items), (steps, self.steps)):
            self.connection.execute(sa.insert(table), rows)
        tally(self.connection, [one["id"] for one in self.attempts])
        if self.connection.dialect.name == "postgresql":
            for name in ("attempts", "items"):
                highest = f"(SELECT max(id) FROM {name})"
                self.connection.execute(sa.text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {highest})"))


def _choices(connection: Connection) -> Iterator[_Asked]:
    """Give the questions that ask for one of several options, with a right and every wrong response."""
    hashes = dict(connection.execute(sa.select(versions.c.id, versions.c.asked_hash)).all())
    for version_id, question in current_versions(connection).values():
        if question.kind == "choice" and question.body.choose == "one" and not question.case:  # type: ignore[attr-defined]
            right = kind_of(question).right_answer(question.body)
            places = range(len(question.body.options))  # type: ignore[attr-defined]
            wrong = tuple({"chosen": [place]} for place in places if place not in right["chosen"])
            yield _Asked(version_id, hashes[version_id], question, right, wrong)


def _last(connection: Connection, table: sa.Table) -> int:
    return connection.scalar(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0))) or 0
