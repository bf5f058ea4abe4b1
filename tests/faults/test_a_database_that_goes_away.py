"""The database is cut off, full, locked or in the past: words on the page, and nothing lost."""

import asyncio
import contextlib
import random
import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from driving.postgres import Postgres
from driving.server import Server
from faults.intact import assert_intact
from faults.sittings import Sitting, acknowledged, sit
from makers import Clock, on_postgres, on_sqlite, place_of

from quizlib.config import Settings
from quizlib.services.app import open_app, use
from quizlib.services.people import people as persons
from quizlib.services.quizzes import study

Times = Callable[[int, int], int]


@pytest.fixture
def server(settings: Settings, tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path / "server", database_url=settings.database_url, questions=str(settings.questions)) as running:
        yield running


@on_postgres
def test_postgresql_is_cut_off_under_load_and_comes_back(
    settings: Settings, durable_postgres: Postgres, tmp_path: Path, times: Times
) -> None:
    with ExitStack() as stack:
        pair = [
            stack.enter_context(
                Server(tmp_path / name, database_url=settings.database_url, questions=str(settings.questions))
            )
            for name in ("one", "other")
        ]
        people = [Sitting([pair[seed % 2].url], seed) for seed in range(6)]

        def outages() -> None:
            for seconds in (0, times(4, 20)):
                durable_postgres.stop()
                time.sleep(seconds)
                durable_postgres.start()
                time.sleep(3)

        asyncio.run(sit(people, outages))
        assert all("Traceback" not in server.log for server in pair)

    assert any(one.troubles for one in people)
    told = {words for one in people for words in one.troubles}
    assert all("The database does not answer" in words for words in told), told
    assert_intact(settings, acknowledged(people))


@on_sqlite
def test_the_disk_is_full_and_then_is_not(settings: Settings, server: Server) -> None:
    people = [Sitting([server.url], seed) for seed in range(3)]

    def fill_and_free() -> None:
        assert server.process is not None
        pid = server.process.pid
        log = Path(f"{server.database}-wal")
        # a log that was folded in keeps its length, and would take many answers more without growing
        with contextlib.closing(sqlite3.connect(server.database, timeout=10)) as other:
            for _ in range(5):  # beside many readers it may come back without having folded it in
                busy, *_ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if not busy:
                    break
        # a file that may not grow further is to SQLite what a full disk is; its shared index needs 32 kB by itself
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (log.stat().st_size + 200_000, resource.RLIM_INFINITY))
        end = time.monotonic() + 60
        while not all(one.troubles for one in people) and time.monotonic() < end:
            time.sleep(0.1)
        told_by_then = [len(one.acknowledged) for one in people]
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        while any(len(one.acknowledged) == n for one, n in zip(people, told_by_then, strict=True)):
            assert time.monotonic() < end + 60
            time.sleep(0.1)

    asyncio.run(sit(people, fill_and_free))

    assert all("is full, or fails" in words for one in people for words in one.troubles)
    assert all(one.troubles for one in people)
    assert "Traceback" not in server.log
    assert_intact(settings, acknowledged(people))


@on_sqlite
def test_another_program_holds_the_lock_for_a_while(settings: Settings, server: Server) -> None:
    people = [Sitting([server.url], seed) for seed in range(3)]

    def hold() -> None:
        for seconds in (2, 12):  # shorter and longer than the app waits
            holder = sqlite3.connect(server.database, isolation_level=None, timeout=30)
            with contextlib.closing(holder):
                holder.execute("BEGIN IMMEDIATE")
                time.sleep(seconds)
                holder.execute("ROLLBACK")
            time.sleep(1)

    asyncio.run(sit(people, hold))

    assert any(one.troubles for one in people)
    assert all("locked by another program" in words for one in people for words in one.troubles)
    assert "Traceback" not in server.log
    assert_intact(settings, acknowledged(people))


def test_a_clock_that_jumps_changes_no_score_and_loses_no_answer(settings: Settings) -> None:
    clock, rng, told = Clock(), random.Random(20261121), []
    with open_app(settings, clock=clock) as app:
        use(app)
        actor = persons.local_person()
        for _ in range(6):
            quiz = study.start(actor)
            shown = study.sheet(actor, quiz)
            while shown.attempt.finished_at is None:
                clock.move(hours=rng.uniform(-3, 3))
                right = rng.random() < 0.5
                shown = study.answer(
                    actor, quiz, shown.item.id, place_of(shown, "frog" if right else "toad"), seen=shown.item.seq
                )
                assert shown.item.fraction == right
                told.append(shown.item.id)
                shown = study.sheet(actor, quiz)
        use(None)

    assert_intact(settings, told)
