"""Ms Pond instructs; Ann and Ben have answered the question about the frog, whose key is wrong."""

import pytest
from services.classes.people import add
from services.corrections.keys import give

from quizlib.model.person import User
from quizlib.services.app import App


@pytest.fixture
def teacher(app: App) -> User:
    return add(app, "Ms Pond", instructs=True)


@pytest.fixture
def ann(app: App) -> User:
    return add(app, "Ann Frog")


@pytest.fixture
def ben(app: App) -> User:
    return add(app, "Ben Toad")


@pytest.fixture
def anns(ann: User) -> int:
    """A quiz in which Ann said that the frog jumps, which was right then."""
    return give(ann, "frog")


@pytest.fixture
def bens(ben: User) -> int:
    """A quiz in which Ben said that the toad jumps."""
    return give(ben, "toad")
