"""A class at the pond: Ms Pond instructs, Ann and Ben learn. Files to fetch lie in the test's own folder."""

from pathlib import Path

import pytest
from services.classes.people import add, joined

from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import classes
from quizlib.services.exporting import prepared


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of prepared files."""
    own = tmp_path / "prepared"
    monkeypatch.setattr(prepared, "_folder", lambda: own)
    return own


@pytest.fixture
def teacher(app: App) -> User:
    return add(app, "Ms Pond", instructs=True)


@pytest.fixture
def group(app: App, teacher: User) -> int:
    """A class without students."""
    return classes.make(teacher, "Frogs 101")


@pytest.fixture
def ann(app: App, teacher: User, group: int) -> User:
    """A student of the class."""
    return joined(app, teacher, group, "Ann Frog")[0]


@pytest.fixture
def ben(app: App, teacher: User, group: int) -> User:
    """Another student of the class."""
    return joined(app, teacher, group, "Ben Toad")[0]
