"""A process killed at a random moment loses no acknowledged answer."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from driving.server import ROOT

from quizlib.config import Settings
from quizlib.services.app import open_app
from quizlib.services.maintenance import find_damage, rebuild_caches

KILLS = 50


def test_fifty_kills_lose_no_acknowledged_answer(tmp_path: Path) -> None:
    database, rng = tmp_path / "quiz.db", random.Random(20261121)
    acknowledged: list[int] = []
    for _ in range(KILLS):
        command = [
            sys.executable,
            str(Path(__file__).with_name("answering.py")),
            str(database),
            str(ROOT / "questions"),
        ]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(rng.uniform(0, 0.12))
        child.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in child.stdout.read().split("\n")[:-1]]
        child.wait()
        child.stdout.close()

    with sqlite3.connect(database) as connection:
        stored = dict(
            connection.execute("SELECT item_id, count(*) FROM steps WHERE action = 'submit' GROUP BY item_id")
        )
    connection.close()
    assert len(acknowledged) > KILLS
    assert len(set(acknowledged)) == len(acknowledged)
    assert {item: stored.get(item) for item in acknowledged} == dict.fromkeys(acknowledged, 1)
    app = open_app(Settings(f"sqlite:///{database}", ROOT / "questions"))
    assert find_damage(app) == []
    assert rebuild_caches(app) == 0
    app.database.close()
