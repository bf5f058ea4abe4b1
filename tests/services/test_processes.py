"""Processes that serve the app give signs of life, and nothing is put in the place of a database in use."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from driving.behind import behind
from makers import NOON, Clock, on_postgres

from quizlib.errors import DatabaseProblem
from quizlib.model.person import User
from quizlib.services import maintenance, processes
from quizlib.services.app import App, use
from quizlib.services.quizzes import study
from quizlib.store.databases import processes as rows
from quizlib.store.databases.processes import Process
from quizlib.web.server import lifespan

As = Callable[[str], None]


@pytest.fixture
def as_process(monkeypatch: pytest.MonkeyPatch) -> As:
    """Be the process of this name from now on."""
    return lambda name: monkeypatch.setattr(processes, "_id", name)


def living(app: App) -> list[str]:
    """Give the ids of the processes that are written down."""
    return [name for (name,) in behind(app.settings.database_url, "SELECT id FROM processes ORDER BY id")]


def signs(app: App) -> list[Process]:
    with app.database.read() as connection:
        return rows.living(connection, NOON - timedelta(days=1))


def require_nobody(app: App) -> None:
    with app.database.read() as connection:
        processes.require_nobody(connection, app.clock())


def test_a_process_tells_since_when_it_runs_and_when_it_was_seen(app: App, clock: Clock):
    processes.give_sign()
    clock.move(seconds=10)
    processes.give_sign()

    (found,) = signs(app)
    assert (found.started_at, found.seen_at) == (NOON, NOON + timedelta(seconds=10))
    assert found.pid > 0


def test_every_process_gives_a_sign_of_its_own(app: App, clock: Clock, as_process: As):
    for name in ("toad", "frog"):
        as_process(name)
        processes.give_sign()
        clock.move(seconds=1)

    assert [one.id for one in signs(app)] == ["toad", "frog"]  # the oldest first


def test_a_process_that_ends_takes_back_its_own_sign(app: App, as_process: As):
    for name in ("frog", "toad"):
        as_process(name)
        processes.give_sign()
    processes.leave()

    assert living(app) == ["frog"]
    processes.leave()
    assert living(app) == ["frog"]


@pytest.mark.parametrize(("silent", "left"), [(35, ["frog", "toad"]), (36, ["frog"])])
def test_a_process_that_was_killed_is_forgotten(app: App, clock: Clock, as_process: As, silent: float, left: list[str]):
    as_process("toad")
    processes.give_sign()
    clock.move(seconds=silent)
    as_process("frog")
    processes.give_sign()

    assert living(app) == left


def test_a_process_may_miss_two_signs():
    assert timedelta(seconds=3 * processes.SIGN_SECONDS) < processes.GONE


def test_a_living_process_is_named_and_what_to_do_told(app: App, clock: Clock):
    require_nobody(app)
    processes.give_sign()
    (sign,) = signs(app)
    clock.move(seconds=12)

    with pytest.raises(DatabaseProblem) as told:
        require_nobody(app)
    assert str(told.value) == (
        f"The app runs on this database: process {sign.pid} on {sign.host} gave a sign of life 12 seconds ago. "
        "Stop it first; a process that was killed is forgotten after 35 seconds."
    )
    clock.move(seconds=24)
    require_nobody(app)


def test_a_host_whose_clock_is_ahead_is_alive(app: App, clock: Clock):
    processes.give_sign()
    clock.move(seconds=-5)

    with pytest.raises(DatabaseProblem, match="gave a sign of life 0 seconds ago"):
        require_nobody(app)


def test_the_server_gives_signs_until_it_ends(app: App):
    async def serve() -> list[str]:
        async with lifespan(None):
            for _ in range(500):
                if found := living(app):
                    return found
                await asyncio.sleep(0.01)
        return []

    assert asyncio.run(serve()) == [processes._id]
    assert living(app) == []


# a restore on a server


@pytest.fixture
def copy(app: App, learner: User, tmp_path: Path) -> Path:
    """A backup, after which a quiz was begun."""
    maintenance.backup(app.settings, tmp_path / "copy.db")
    study.start(learner)
    return tmp_path / "copy.db"


def attempts(app: App) -> list[tuple[object, ...]]:
    return behind(app.settings.database_url, "SELECT id FROM attempts")


@on_postgres
def test_nothing_is_restored_while_a_process_serves_the_app(app: App, clock: Clock, copy: Path):
    processes.give_sign()

    with pytest.raises(DatabaseProblem, match="The app runs on this database"):
        maintenance.restore(app.settings, copy, clock())
    assert len(attempts(app)) == 1
    assert [file.name for file in copy.parent.iterdir() if file.is_file()] == ["copy.db"]


@on_postgres
@pytest.mark.parametrize("ends", ["left", "killed"])
def test_when_the_last_process_has_ended_a_backup_is_restored(app: App, clock: Clock, copy: Path, ends: str):
    processes.give_sign()
    if ends == "left":
        processes.leave()
    else:
        clock.move(seconds=36)
    use(None)
    maintenance.restore(app.settings, copy, clock())

    assert attempts(app) == []


@on_postgres
def test_a_process_that_starts_meanwhile_stops_the_restore(app: App, clock: Clock, copy: Path):
    with pytest.raises(DatabaseProblem, match="The app runs on this database"):
        maintenance.restore(app.settings, copy, clock(), lambda *_: processes.give_sign())

    assert len(attempts(app)) == 1


@on_postgres
def test_a_backup_is_made_while_a_process_serves_the_app(app: App, tmp_path: Path):
    processes.give_sign()
    maintenance.backup(app.settings, tmp_path / "copy.db")

    assert behind(f"sqlite:///{tmp_path / 'copy.db'}", "SELECT count(*) FROM questions") == [(4,)]
    assert behind(f"sqlite:///{tmp_path / 'copy.db'}", "SELECT count(*) FROM processes") == [(0,)]
