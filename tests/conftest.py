"""A fresh app on a fresh database, with a clock that tests move."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from makers import Clock, write_bank

from quizlib.config import Settings
from quizlib.model.person import User
from quizlib.services.app import App, open_app, use
from quizlib.services.people import local_person

# a busy machine is slow, not wrong
hypothesis.settings.register_profile("quiz", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("quiz")


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("QUIZ_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Four questions about frogs in a folder, and a SQLite file that does not exist yet."""
    return Settings(database_url=f"sqlite:///{tmp_path / 'quiz.db'}", questions=write_bank(tmp_path / "questions"))


@pytest.fixture
def app(settings: Settings, clock: Clock) -> Iterator[App]:
    with open_app(settings, clock=clock) as opened:
        use(opened)
        yield opened
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
