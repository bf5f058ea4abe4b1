"""A class that was given a test of five questions about frogs, and answers them as a table says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from makers import question, write_bank
from services.classes.people import add, joined
from services.classes.sitting import sit, terms

from quizlib.config import Settings
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes

NAMES = ("bull", "glass", "leaf", "moor", "tree", "wood", "agile")
Give = Callable[..., int]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Seven questions of one topic, and sign-in: whoever instructs does not learn."""
    bank = write_bank(tmp_path / "questions", [question(one) for one in NAMES])
    return Settings(database_url=database_url, questions=bank, sign_in="accounts")


@pytest.fixture
def teacher(app: App) -> User:
    return add(app, "Ms Pond", instructs=True)


@pytest.fixture
def group(app: App, teacher: User) -> int:
    return classes.make(teacher, "Frogs 101")


@pytest.fixture
def give(app: App, teacher: User, group: int) -> Give:
    """Give the first so many questions to the class, and have a student answer for each row of a table."""

    def give(*rows: str, **more: object) -> int:
        given = assignments.give(teacher, group, terms(question_ids=NAMES[: len(rows[0])], **more))
        for number, row in enumerate(rows):
            (student,) = joined(app, teacher, group, f"Student {number}")
            sit(student, given, *("frog" if one == "1" else "toad" for one in row))
        return given

    return give
