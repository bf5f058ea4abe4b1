"""A million answers of a class as CSV and Parquet: how long it takes, and how much memory the process has at most."""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from driving.choices import only_choices
from driving.postgres import Postgres
from driving.server import ROOT
from driving.upkeep import prepare

from quizlib.config import Settings
from quizlib.model.classes import Terms
from quizlib.model.person import Role
from quizlib.services.app import App, open_app, use
from quizlib.services.classes import assignments, classes
from quizlib.services.people import accounts
from quizlib.store.content.questions import current_versions
from quizlib.store.people import people
from quizlib.store.people.classes import add_members
from quizlib.store.tables import attempts, items

STUDENTS, ASSIGNMENTS, QUESTIONS = 250, 80, 50
FORMATS = ("csv", "parquet")
BEGUN = datetime(2026, 9, 1, 8, tzinfo=UTC)
# a process of its own, which does nothing else: what it has at most is what one export costs
_ONCE = """
import json, resource, sys, time
from quizlib.config import settings_from
from quizlib.services.app import open_app, use
from quizlib.services.exporting import answers
from quizlib.services.people import accounts
class_id, format = int(sys.argv[1]), sys.argv[2]
told = []
with open_app(settings_from()) as app:
    use(app)
    actor = accounts.find("anna")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, cpu = time.perf_counter(), time.process_time()
    made = answers.class_answers(actor, class_id, answers.AnswerFilter(), format, lambda done, _: told.append(done))
    took, worked = time.perf_counter() - started, time.process_time() - cpu
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    use(None)
print(json.dumps([took, worked, before, most, made.bytes, len(told)]))
"""


def main() -> None:
    """Export on both databases, in a fresh process for each format."""
    with tempfile.TemporaryDirectory() as name, Postgres(durable=True) as postgres:
        folder = Path(name)
        bank = only_choices(folder / "questions")
        for address in (f"sqlite:///{folder / 'quiz.db'}", postgres.fresh()):
            settings = Settings(address, bank, "accounts")
            prepare(settings)
            with open_app(settings) as app:
                use(app)
                class_id = filled(app)
                use(None)
            for one in FORMATS:
                _export(settings, class_id, one, folder)


def _export(settings: Settings, class_id: int, format: str, folder: Path) -> None:
    environment = {
        "QUIZ_DATABASE_URL": settings.database_url,
        "QUIZ_QUESTIONS": str(settings.questions),
        "QUIZ_SIGN_IN": "accounts",
        "TMPDIR": str(folder),
    }
    done = subprocess.run(
        [sys.executable, "-c", _ONCE, str(class_id), format],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    took, worked, before, most, size, told = json.loads(done.stdout)
    kind = settings.database_url.partition(":")[0].partition("+")[0]
    print(
        f"{STUDENTS * ASSIGNMENTS * QUESTIONS:,} answers as {format}, {kind}: {took:.1f} s ({worked:.1f} s of a "
        f"processor), told {told} times  bar ≤ 30 s; memory at most {most / 1024:.0f} MB, {before / 1024:.0f} MB "
        f"before  bar ≤ 500 MB; a file of {size / 1e6:.0f} MB",
        flush=True,
    )


def filled(app: App) -> int:
    """Make a class in which everybody has done every assignment; give it."""
    teacher, _ = accounts.add_person("Anna Frog", "anna", [Role.INSTRUCTOR])
    class_id = classes.make(teacher, "Anatomy 2")
    students = [
        {"name": f"Student {n:03}", "sign_in_name": f"s{n}@pond.example", "roles": [Role.STUDENT]}
        for n in range(STUDENTS)
    ]
    with app.database.write() as connection:
        ids = people.add_users(connection, app.clock(), students)
        add_members(connection, class_id, ids, Role.STUDENT, app.clock())
        asked = [(one, question) for one, question in current_versions(connection).values()]
    rng = random.Random(7)
    for number in range(ASSIGNMENTS):
        given = assignments.give(teacher, class_id, Terms(title=f"Week {number}", number=QUESTIONS))
        at = BEGUN + timedelta(days=number)
        about = {"plan": "fixed", "behaviour": "practice", "filter": {}, "seed": 1, "number": QUESTIONS}
        with app.database.write() as connection:
            sat = connection.scalars(
                sa.insert(attempts).returning(attempts.c.id, sort_by_parameter_order=True),
                [{**about, "user_id": one, "assignment_id": given, "started_at": at, "finished_at": at} for one in ids],
            ).all()
            connection.execute(sa.insert(items), list(_answers(rng, asked, list(zip(sat, ids, strict=True)), at)))
    with app.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))
    return class_id


def _answers(
    rng: random.Random, asked: list[tuple[int, Any]], sat: list[tuple[int, int]], at: datetime
) -> Iterator[dict[str, Any]]:
    for attempt_id, user_id in sat:
        for position, (version_id, question) in enumerate(rng.sample(asked, QUESTIONS), start=1):
            options = question.body.options
            chosen = rng.randrange(len(options))
            yield {
                "attempt_id": attempt_id,
                "position": position,
                "version_id": version_id,
                "arrangement": list(range(len(options))),
                "user_id": user_id,
                "question_id": question.id,
                "topic": question.topic,
                "asked_hash": "x" * 64,
                # as if every other had been skipped once
                "seq": 1 + position % 2,
                "state": "answered",
                "first": True,
                "fraction": float(options[chosen].correct),
                "response": {"chosen": [chosen]},
                "confidence": rng.choice(("guess", "think_so", "sure", None)),
                "answered_at": at + timedelta(seconds=rng.random() * 3000),
                "elapsed_ms": rng.randrange(2_000, 60_000),
            }
