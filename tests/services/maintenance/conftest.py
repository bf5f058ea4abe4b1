"""A database with one answer, a backup of it, and another process that looks after it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from makers import place_of

from quizlib.model.person import User
from quizlib.services import maintenance
from quizlib.services.app import App, open_for_upkeep
from quizlib.services.quizzes import study


@pytest.fixture
def answered(app: App, learner: User) -> int:
    """A quiz of one question with its answer, which is a toad."""
    quiz = study.start_fixed(learner, ["frog"])
    shown = study.sheet(learner, quiz)
    study.answer(learner, quiz, shown.item.id, place_of(shown, "toad"), seen=0)
    return quiz


@pytest.fixture
def upkeep(app: App, answered: int) -> Iterator[App]:
    """Another process that looks after the same database."""
    with open_for_upkeep(app.settings) as opened:
        yield opened


@pytest.fixture
def backup(app: App, answered: int, tmp_path: Path) -> Path:
    """A backup that holds the one answer."""
    maintenance.backup(app.settings, tmp_path / "copy.db")
    return tmp_path / "copy.db"
