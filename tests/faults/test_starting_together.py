"""Two processes that start on an empty database at once make it once."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from driving.postgres import Postgres
from driving.server import ROOT
from makers import write_bank

from quizlib.config import Settings
from quizlib.services.app import open_for_upkeep
from quizlib.services.maintenance import find_damage
from quizlib.store.tables import questions, users, versions


@contextmanager
def opening(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(Path(__file__).with_name("opening.py")), str(folder)]
    environment = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        yield child
        child.stdin.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_processes_start_on_an_empty_database_at_once(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, times: Callable[[int, int], int]
) -> None:
    folder = write_bank(tmp_path / "questions")
    with ExitStack() as stack:
        pair = [stack.enter_context(opening(folder)) for _ in range(2)]
        for number in range(times(50, 200) if kind == "sqlite" else times(15, 50)):
            if kind == "sqlite":
                address = f"sqlite:///{tmp_path / f'{number}.db'}"
            else:
                server: Postgres = request.getfixturevalue("durable_postgres")
                address = server.fresh()
            for child in pair:
                assert child.stdin is not None
                child.stdin.write(f"{address}\n")
                child.stdin.flush()
            said = [child.stdout.readline() if child.stdout else "" for child in pair]
            if said != ["4 1\n", "4 1\n"]:
                for child in pair:
                    child.kill()
                raise AssertionError((said, [child.stderr.read() if child.stderr else "" for child in pair]))
            with open_for_upkeep(Settings(address, folder)) as app:
                assert find_damage(app) == []
                with app.database.read() as connection:
                    counts = [
                        connection.scalar(sa.select(sa.func.count()).select_from(table))
                        for table in (questions, versions, users)
                    ]
            assert counts == [4, 4, 1]
