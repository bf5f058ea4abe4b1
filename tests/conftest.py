"""A fresh app on a fresh database of either kind, with a clock that tests move."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import hypothesis
import pytest
from driving.kept import Kept
from driving.postgres import Postgres
from makers import NOON, Clock, opened, write_bank

from quizlib.config import Settings
from quizlib.model.person import User
from quizlib.services.app import App, use
from quizlib.services.exporting import prepared
from quizlib.services.people.people import local_person
from quizlib.store.databases import migrate
from quizlib.store.databases.addresses import database_at, sqlite_file

# a busy machine is slow, not wrong
hypothesis.settings.register_profile("quiz", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("quiz")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the long forms of tests/faults, for hours that are free")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: begun last, a story would keep one processor busy while the others are done."""
    items.sort(key=lambda one: not {"stories", "faults"}.intersection(one.path.parts))


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Forget the settings of whoever runs the tests, and keep away from their answers."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(prepared, "_folder", lambda: tmp_path / "prepared")
    for name in [name for name in os.environ if name.startswith("QUIZ_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def template() -> str:
    """Name the database on the server that every other one begins as."""
    return "quiz_template"


@pytest.fixture(scope="session")
def postgres(template: str) -> Iterator[Postgres]:
    """Give a PostgreSQL server with the tables of this program in a template."""
    with Postgres() as server:
        made = server.fresh()
        with closing(database_at(made)) as database:
            migrate.upgrade(database, NOON)
        server.rename(made, template)
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite file with the tables of this program: making them takes longer than most tests."""
    file = tmp_path_factory.mktemp("template") / "quiz.db"
    with closing(database_at(f"sqlite:///{file}")) as database:
        migrate.upgrade(database, NOON)
    return file


@pytest.fixture(scope="session")
def kept_database(postgres: Postgres, template: str) -> Kept:
    """Give the database of the server that tests have one after the other."""
    return Kept(postgres, template)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'quiz.db'}"
        return
    kept: Kept = request.getfixturevalue("kept_database")
    yield kept.lend()
    kept.take_back()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Four questions about frogs in a folder, and a database without a row."""
    return Settings(database_url=database_url, questions=write_bank(tmp_path / "questions"))


@pytest.fixture
def app(settings: Settings, clock: Clock, sqlite_template: Path) -> Iterator[App]:
    file = sqlite_file(settings.database_url)
    if file is not None and not file.exists():
        shutil.copy(sqlite_template, file)
    with opened(settings, clock) as one:
        use(one)
        yield one
        use(None)


@pytest.fixture
def nothing_closes_by_chance() -> Iterator[None]:
    """Leave what was not closed open, as the garbage collector may for as long as it likes."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def learner(app: App) -> User:
    return local_person()


@pytest.fixture
def stranger(learner: User) -> User:
    """Somebody else, who knows the addresses of the learner's quizzes."""
    return User(id=learner.id + 1, name="Stranger")
