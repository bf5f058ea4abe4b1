"""Memory, the way to the first page, and an answer among ten million steps."""

import asyncio
import shutil
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from driving.choices import only_choices
from driving.postgres import Postgres
from driving.server import ROOT, Server
from driving.upkeep import prepare

from bench.loads import EmptyUse, QuizUse, first_page, memory_each
from bench.pages import empty_server
from bench.printing import row
from bench.services import filled
from quizlib.config import Settings
from quizlib.model.attempt import Plan
from quizlib.services.app import open_app, use
from quizlib.services.people import people
from quizlib.services.quizzes import study
from quizlib.store.databases.addresses import database_at

PEOPLE = 50
STARTS = 3
STEPS = 10_000_000


def main() -> None:
    """Memory with the whole bank; seconds from the start of the process to the first page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = Server(folder / "whole", questions=str(_bank_of(580, folder / "bank")))
        empty = empty_server(folder)
        with whole, empty:
            asyncio.run(first_page(whole.url))
            print(f"idle with 580 questions: {whole.memory() / 2**20:.0f} MB  bar ≤ 220 MB", flush=True)
        choices = Server(folder / "choices", questions=str(only_choices(folder / "choice-bank")))
        with choices, empty:
            each = asyncio.run(memory_each(choices.url, QuizUse(), PEOPLE, choices.memory))
            nothing = asyncio.run(memory_each(empty.url, EmptyUse(), PEOPLE, empty.memory))
        row("memory per open learner", [(each, nothing)], 1 / 2**20, "MB", "≤ 0.5 MB")
        row("start to first page, 580 questions", _starts(whole, empty), 1, "s", "≤ 1.5 s more")
        (folder / "large").mkdir()
        filled(folder / "large", 100_000, 0, 0)
        use(None)
        large = Server(folder / "large")
        row("start to first page, 100,000 questions", _starts(large, empty), 1, "s", "≤ 3 s more")


def ten_million_steps() -> None:
    """An answer in an empty database, and in one where 10 million steps are stored."""
    with tempfile.TemporaryDirectory() as name, Postgres() as postgres:
        folder = Path(name)
        bank = only_choices(folder / "questions")
        for address in (f"sqlite:///{folder / 'quiz.db'}", postgres.fresh()):
            settings = Settings(address, bank)
            prepare(settings)
            before = _answers(settings)
            started = time.perf_counter()
            fill_steps(settings, STEPS)
            took = time.perf_counter() - started
            what = f"answer and next, {address.partition(':')[0]}, {STEPS:,} steps"
            row(what, [(_answers(settings), before)], 1000, "ms", "≤ 1.5", "none")
            print(f"   (filled in {took:.0f} s)", flush=True)


def fill_steps(settings: Settings, number: int, each: int = 3) -> None:
    """Store so many steps of other people: each item was skipped, flagged and answered."""
    with closing(database_at(settings.database_url, patient=True)) as database, database.write() as connection:
        version = connection.execute(sa.text("SELECT id, question_id, topic, asked_hash FROM versions LIMIT 1")).one()
        person = connection.scalar(
            sa.text(
                "INSERT INTO users (name, roles, created_at) VALUES ('x', '[]', '2026-01-01 00:00:00') RETURNING id"
            )
        )
        items = number // each
        first = connection.scalar(sa.text("SELECT coalesce(max(id), 0) FROM items")) or 0
        attempt = connection.scalar(sa.text("SELECT coalesce(max(id), 0) FROM attempts")) or 0
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :items)"
        source = "n"
        if connection.dialect.name == "postgresql":
            numbers, source = "", "generate_series(1, :items) AS n(i)"
        about = {
            "items": items,
            "person": person,
            "first": first,
            "attempt": attempt,
            "version": version.id,
            "question": version.question_id,
            "topic": version.topic,
            "asked": version.asked_hash,
        }
        at = "'2026-01-01 00:00:00'"
        connection.execute(
            sa.text(
                "INSERT INTO attempts (id, user_id, plan, behaviour, filter, seed, started_at, finished_at) "
                f"{numbers} SELECT :attempt + i, :person, 'random', 'practice', '{{}}', 1, {at}, {at} "
                f"FROM {source} WHERE i <= :items / 20 + 1"
            ),
            about,
        )
        connection.execute(
            sa.text(
                "INSERT INTO items (id, attempt_id, position, version_id, arrangement, user_id, question_id, topic, "
                "asked_hash, seq, state, fraction, response, answered_at) "
                f"{numbers} SELECT :first + i, :attempt + 1 + i / 20, i % 20, :version, '[0,1,2,3]', :person, "
                f":question, :topic, :asked, 3, 'answered', 1.0, '{{\"chosen\":[0]}}', {at} FROM {source}"
            ),
            about,
        )
        for seq, action in enumerate(("skip", "flag", "submit"), start=1):
            connection.execute(
                sa.text(
                    "INSERT INTO steps (item_id, seq, action, at, actor_id, state, response, fraction) "
                    f"{numbers} SELECT :first + i, {seq}, '{action}', {at}, :person, 'answered', "
                    f"'{{\"chosen\":[0]}}', 1.0 FROM {source}"
                ),
                about,
            )
        if connection.dialect.name == "postgresql":
            for table in ("attempts", "items"):
                highest = f"(SELECT max(id) FROM {table})"
                connection.execute(sa.text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {highest})"))
    with (
        closing(database_at(settings.database_url, patient=True)) as database,
        database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
    ):
        connection.execute(sa.text("ANALYZE"))


def _answers(settings: Settings) -> float:
    """Give the median seconds of an answer with the next question."""
    with open_app(settings) as app:
        use(app)
        me = people.local_person()
        quiz = study.start(me, number=200, plan=Plan.RANDOM)
        shown = study.sheet(me, quiz)
        took = []
        while shown.attempt.finished_at is None and len(took) < 150:
            several = getattr(shown.question.body, "choose", "one") == "several"
            started = time.perf_counter()
            study.answer(me, quiz, shown.item.id, [0, 1] if several else [0], seen=shown.item.seq)
            following = study.go_on(me, quiz, shown.item.id)
            took.append(time.perf_counter() - started)
            if following is None:
                break
            shown = following
        study.finish(me, quiz)
        use(None)
    return statistics.median(took)


def _starts(ours: Server, empty: Server) -> list[tuple[float, float]]:
    return [(_start(ours), _start(empty)) for _ in range(STARTS)]


def _start(server: Server) -> float:
    started = time.perf_counter()
    with server:
        asyncio.run(first_page(server.url))
        return time.perf_counter() - started


def _bank_of(number: int, folder: Path) -> Path:
    """Copy the real questions until there are so many files."""
    shutil.copytree(ROOT / "questions", folder)
    files = sorted(one for one in folder.glob("*/*.yaml") if not one.name.endswith(".case.yaml"))
    for copy in range(max(0, number - len(files))):
        source = files[copy % len(files)]
        shutil.copy(source, source.with_name(f"{source.stem}-copy-{copy}.yaml"))
    return folder
