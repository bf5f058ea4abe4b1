"""The app with a bank that an invented class can be asked for weeks."""

from pathlib import Path

import pytest
from makers import write_bank
from services.classes.people import add
from services.invented.invented import large_pond

from quizlib.config import Settings
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.authoring import statistics


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, questions=write_bank(tmp_path / "questions", large_pond()))


@pytest.fixture
def teacher(app: App) -> User:
    return add(app, "Ms Pond", instructs=True)


@pytest.fixture
def uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the figures of questions alone, which take longest."""
    monkeypatch.setattr(statistics, "refresh", lambda *_, **__: None)
