"""Marking 10,000 answers again while others answer, on both databases."""

import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from driving.choices import only_choices
from driving.postgres import Postgres
from driving.upkeep import prepare

from quizlib.config import Settings
from quizlib.kinds import content_of, question_from
from quizlib.model.attempt import State
from quizlib.model.authoring import Origin
from quizlib.model.person import Role, User
from quizlib.services.app import App, open_app, use
from quizlib.services.corrections import rescoring
from quizlib.services.maintenance import find_damage
from quizlib.services.quizzes import study
from quizlib.store.content.questions import current_versions, save_version
from quizlib.store.people import people
from quizlib.store.tables import attempts, items, steps

One = TypeVar("One")
ANSWERS, EACH, LEARNERS = 10_000, 5, 4


def main() -> None:
    """Preview, mark again and take back 10,000 answers of 2,000 learners; four more answer meanwhile."""
    with tempfile.TemporaryDirectory() as name, Postgres(durable=True) as postgres:
        folder = Path(name)
        bank = only_choices(folder / "questions")
        for address in (f"sqlite:///{folder / 'quiz.db'}", postgres.fresh()):
            settings = Settings(address, bank)
            prepare(settings)
            with open_app(settings) as app:
                use(app)
                _measure(app, address.partition(":")[0].partition("+")[0])
                use(None)


def _measure(app: App, kind: str) -> None:
    teacher, others = _people(app)
    question_id, version_id = _answered(app)
    effect, took = _timed(lambda: rescoring.preview(teacher, question_id, version_id))
    print(f"{kind}: preview of {effect.answers} answers, {effect.changed} change: {took:.2f} s  bar < 1 s", flush=True)
    for name, act in (
        ("mark again", lambda: rescoring.rescore(teacher, question_id, version_id, "The key was wrong.")),
        ("once more", lambda: rescoring.rescore(teacher, question_id, version_id, "The key was wrong.")),
        ("take back", lambda: rescoring.undo(teacher, rescoring.history(teacher, question_id)[0].id, "It was not.")),
    ):
        with _Others(others) as crowd:
            time.sleep(1)
            report, took = _timed(act)
        middle, longest = statistics.median(crowd.took) * 1000, max(crowd.took) * 1000
        print(
            f"{kind}: {name} {report.answers} answers of {report.learners} learners: {took:.2f} s  bar ≤ 3 s; "
            f"{len(crowd.took)} answers of others meanwhile, median {middle:.0f} ms, longest {longest:.0f} ms, "
            f"errors {crowd.errors}  bar 0",
            flush=True,
        )
    print(f"{kind}: damage {len(find_damage(app))}  bar 0", flush=True)


class _Others:
    """Learners who answer as long as the block lasts."""

    def __init__(self, people_there: list[User]) -> None:
        self.took: list[float] = []
        self.errors: list[str] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._answer, args=(one,)) for one in people_there]

    def __enter__(self) -> "_Others":
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_refusal: object) -> None:
        self._stop.set()
        for one in self._threads:
            one.join()

    def _answer(self, actor: User) -> None:
        try:
            shown = study.sheet(actor, study.start(actor, number=200))
            while not self._stop.is_set():
                started = time.perf_counter()
                several = getattr(shown.question.body, "choose", "one") == "several"
                quiz, item = shown.attempt.id, shown.item
                study.answer(actor, quiz, item.id, [0, 1] if several else [0], seen=item.seq)
                self.took.append(time.perf_counter() - started)
                shown = study.go_on(actor, quiz, item.id) or study.sheet(actor, study.start(actor, number=200))
                time.sleep(0.05)
        except Exception as error:
            self.errors.append(repr(error))


def _timed(act: Callable[[], One]) -> tuple[One, float]:
    started = time.perf_counter()
    return act(), time.perf_counter() - started


def _people(app: App) -> tuple[User, list[User]]:
    with app.database.write() as connection:
        teacher = people.add_user(connection, app.clock(), name="Teacher", roles=Role)
        students = [{"name": f"Student {n}", "roles": [Role.STUDENT]} for n in range(LEARNERS)]
        ids = people.add_users(connection, app.clock(), students)
    return teacher, [User(id=one, name="Student", roles=frozenset([Role.STUDENT])) for one in ids]


def _answered(app: App) -> tuple[str, int]:
    """Have 2,000 people answer one question five times each, then correct its key; give question and new version."""
    now = app.clock()
    with app.database.write() as connection:
        version_id, asked = next(
            one for one in current_versions(connection).values() if content_of(one[1]).get("choose", "one") == "one"
        )
        places = range(len(content_of(asked)["options"]))
        students = [{"name": f"Student {n}", "roles": [Role.STUDENT]} for n in range(ANSWERS // EACH)]
        ids = [one for one in people.add_users(connection, now, students) for _ in range(EACH)]
        about = {"plan": "fixed", "behaviour": "practice", "filter": {}, "seed": 1, "started_at": now}
        made = connection.execute(
            sa.insert(attempts).returning(attempts.c.id, attempts.c.user_id),
            [{**about, "user_id": one, "finished_at": now} for one in ids],
        ).all()
        right = next(n for n, one in enumerate(content_of(asked)["options"]) if one.get("correct"))
        rows = [
            {
                "attempt_id": attempt.id,
                "position": 1,
                "version_id": version_id,
                "arrangement": list(places),
                "user_id": attempt.user_id,
                "question_id": asked.id,
                "topic": asked.topic,
                "asked_hash": "",
                "seq": 1,
                "first": number % EACH == 0,
                "state": State.ANSWERED,
                "response": {"chosen": [number % len(places)]},
                "fraction": float(number % len(places) == right),
                # one learner's answers never share a moment
                "answered_at": now.replace(microsecond=number),
            }
            for number, attempt in enumerate(made)
        ]
        added = connection.execute(sa.insert(items).returning(items.c.id, sort_by_parameter_order=True), rows).all()
        connection.execute(
            sa.insert(steps),
            [
                {
                    "item_id": item.id,
                    "seq": 1,
                    "action": "submit",
                    "at": row["answered_at"],
                    "actor_id": row["user_id"],
                    **{name: row[name] for name in ("state", "response", "fraction")},
                }
                for item, row in zip(added, rows, strict=True)
            ],
        )
        content = content_of(asked)
        content["options"] = [
            {**one, "correct": n == (right + 1) % len(places)} for n, one in enumerate(content["options"])
        ]
        corrected = question_from(asked.id, asked.topic, content)
        return asked.id, save_version(connection, corrected, now=now, origin=Origin.BROWSER, note="The key.")
