"""A process killed at a random moment loses no acknowledged answer."""

import asyncio
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from driving.server import ROOT, Server
from faults.exams import assert_saved, begin_exams
from faults.intact import assert_intact
from faults.sittings import Examinee, Sitting, acknowledged, sit
from makers import on_postgres, on_sqlite

from quizlib.config import Settings

Times = Callable[[int, int], int]


def test_killed_between_the_services_and_the_database(settings: Settings, times: Times) -> None:
    rng = random.Random(20261121)
    told: list[int] = []
    command = [sys.executable, str(Path(__file__).with_name("answering.py"))]
    for _ in range(times(20, 200)):
        child = subprocess.Popen(
            [*command, settings.database_url, str(settings.questions)],
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(ROOT)},
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(rng.uniform(0, 0.12))
        child.send_signal(signal.SIGKILL)
        told += [int(line) for line in child.stdout.read().split("\n")[:-1]]
        child.wait()
        child.stdout.close()

    assert_intact(settings, told)


@on_sqlite
def test_the_whole_server_killed_under_load(settings: Settings, tmp_path: Path, times: Times) -> None:
    rng = random.Random(20261121)
    with Server(tmp_path / "server", database_url=settings.database_url, questions=str(settings.questions)) as server:
        people = [Sitting([server.url], seed) for seed in range(4)]
        examinees = [Examinee([server.url], seed, *exam) for seed, exam in enumerate(begin_exams(settings, 2))]

        def kills() -> None:
            for _ in range(times(20, 500)):
                time.sleep(rng.uniform(0.1, 0.6))
                server.kill()
                server.start()

        asyncio.run(sit([*people, *examinees], kills))
        assert "Traceback" not in server.log

    assert all(one.moved for one in [*people, *examinees])
    assert any(one.sent_again for one in [*people, *examinees])
    assert_saved(settings, examinees)
    assert_intact(settings, acknowledged(people))


@on_postgres
def test_one_of_two_servers_killed_and_its_learners_go_on_at_the_other(
    settings: Settings, tmp_path: Path, times: Times
) -> None:
    rng = random.Random(20261121)
    with ExitStack() as stack:
        pair = [
            stack.enter_context(
                Server(tmp_path / name, database_url=settings.database_url, questions=str(settings.questions))
            )
            for name in ("one", "other")
        ]
        urls = [server.url for server in pair]
        people = [Sitting(urls if seed % 2 else urls[::-1], seed) for seed in range(6)]
        examinees = [Examinee(urls, seed, *exam) for seed, exam in enumerate(begin_exams(settings, 2))]

        def kills() -> None:
            for number in range(times(8, 100)):
                time.sleep(rng.uniform(0.2, 0.8))
                pair[number % 2].kill()
                time.sleep(rng.uniform(0.2, 0.8))
                pair[number % 2].start()

        asyncio.run(sit([*people, *examinees], kills))
        assert all("Traceback" not in server.log for server in pair)

    assert all(one.moved for one in [*people, *examinees])
    assert_saved(settings, examinees)
    assert_intact(settings, acknowledged(people))
