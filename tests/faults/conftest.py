"""Short forms with every test run, long ones with --long."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from driving.kept import Kept
from driving.postgres import Postgres
from driving.upkeep import prepare
from makers import pond, question, write_bank

from quizlib.config import Settings


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """Choose between the short and the long form of a test."""
    return lambda short, long: long if request.config.getoption("--long") else short


@pytest.fixture(scope="session")
def durable_postgres() -> Iterator[Postgres]:
    """Give a PostgreSQL server that keeps what it acknowledged when it is cut off."""
    with Postgres(durable=True) as server:
        yield server


@pytest.fixture(scope="session")
def postgres(durable_postgres: Postgres) -> Postgres:
    """Have every database of these tests on the server that keeps its promises."""
    return durable_postgres


@pytest.fixture(scope="session")
def kept_database(durable_postgres: Postgres) -> Kept:
    """Begin as PostgreSQL's own empty database: here tables are made as an administrator makes them."""
    return Kept(durable_postgres, "template0")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Sixteen choices of one in a folder and in the database."""
    more = [question(f"pond-{number}", "pond") for number in range(12)]
    settings = Settings(database_url, write_bank(tmp_path / "questions", [*pond(), *more]))
    prepare(settings)
    return settings
