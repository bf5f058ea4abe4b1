"""The command on a fresh folder and database, and what it reads and writes."""

from functools import partial
from pathlib import Path

import pytest
from cli.running import Execute, Run
from click.testing import CliRunner, Result
from driving.behind import behind

from quizlib.cli import quiz
from quizlib.config import Settings


@pytest.fixture
def run(settings: Settings) -> Run:
    """Run `quiz` with the settings of a fresh folder and database, and any others."""

    def run(*arguments: object, **more: str) -> Result:
        environment = {"QUIZ_DATABASE_URL": settings.database_url, "QUIZ_QUESTIONS": str(settings.questions), **more}
        return CliRunner().invoke(quiz, [str(one) for one in arguments], env=environment)

    return run


@pytest.fixture
def folder(settings: Settings) -> Path:
    return settings.questions


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The database's file."""
    return tmp_path / "quiz.db"


@pytest.fixture
def execute(database_url: str) -> Execute:
    """Look into the database, or change it, as another program does."""
    return partial(behind, database_url)
