"""A process killed in the middle of marking again has marked all answers or none, and it can be run again."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from driving.server import ROOT
from makers import frog_options, place_of, question

from quizlib.config import Settings
from quizlib.model.authoring import Origin
from quizlib.services.app import App, open_app, use
from quizlib.services.corrections import rescoring
from quizlib.services.maintenance import find_damage, rebuild_caches
from quizlib.services.people import people
from quizlib.services.quizzes import study
from quizlib.store.content.questions import save_version
from quizlib.store.tables import items, steps

Times = Callable[[int, int], int]
ANSWERS = 200


@pytest.fixture
def app(settings: Settings) -> Iterator[App]:
    with open_app(settings) as one:
        use(one)
        yield one
        use(None)


@pytest.fixture
def key(app: App) -> int:
    """The version in which the toad jumps; 200 answers said that the frog does."""
    actor = people.local_person()
    for _ in range(ANSWERS):
        shown = study.sheet(actor, study.start_fixed(actor, ["frog"]))
        study.answer(actor, shown.attempt.id, shown.item.id, place_of(shown, "frog"), seen=0)
    with app.database.write() as connection:
        toad = question("frog", options=frog_options("toad"))
        return save_version(connection, toad, now=app.clock(), origin=Origin.BROWSER, note="The key.")


def standing(app: App) -> tuple[set[tuple[float, int | None]], set[int]]:
    """Give what the answers are worth by whose key, each once, and how many steps they have."""
    with app.database.read() as connection:
        mine = items.c.question_id == "frog"
        found = connection.execute(sa.select(items.c.fraction, items.c.graded_by).where(mine).distinct())
        marks = {(row.fraction, row.graded_by) for row in found}
        counted = sa.select(sa.func.count()).select_from(steps).join(items, items.c.id == steps.c.item_id).where(mine)
        return marks, set(connection.scalars(counted.group_by(steps.c.item_id)))


def test_killed_in_the_middle_of_marking_again(settings: Settings, app: App, key: int, times: Times) -> None:
    rng = random.Random(20261121)
    command = [sys.executable, str(Path(__file__).with_name("marking_again.py"))]
    done = 0
    for _ in range(times(6, 200)):
        child = subprocess.Popen(
            [*command, settings.database_url, str(settings.questions), "frog", str(key)],
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(ROOT)},
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(rng.uniform(0, 0.15))
        child.send_signal(signal.SIGKILL)
        done += len(child.stdout.read().splitlines())
        child.wait()
        child.stdout.close()
        marks, counted = standing(app)
        assert marks in ({(1.0, None)}, {(0.0, key)}), "all or none"
        assert len(counted) == 1
        decided = rescoring.history(people.local_person(), "frog")
        assert counted == {1 + len(decided)}, "no decision without its marks, and none twice"
    assert done

    actor = people.local_person()
    rescoring.rescore(actor, "frog", key, "The key was wrong.")
    assert standing(app)[0] == {(0.0, key)}
    assert find_damage(app) == []
    assert rebuild_caches(app) == 0
