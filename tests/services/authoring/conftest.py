"""Two instructors at the pond, Ms Pond and Mr Heron, and Ann, who learns."""

import pytest
from services.classes.people import add

from quizlib.model.person import User
from quizlib.services.app import App


@pytest.fixture
def teacher(app: App) -> User:
    return add(app, "Ms Pond", instructs=True)


@pytest.fixture
def colleague(app: App) -> User:
    return add(app, "Mr Heron", instructs=True)


@pytest.fixture
def ann(app: App) -> User:
    """A student."""
    return add(app, "Ann Frog")
