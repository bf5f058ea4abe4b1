"""A class at the pond: Ms Pond instructs, Ann and Ben learn, and others are not in it."""

import pytest
from services.classes.people import add, code_of

from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import classes


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
    one = add(app, "Ann Frog")
    classes.join(one, code_of(teacher, group))
    return one


@pytest.fixture
def ben(app: App, teacher: User, group: int) -> User:
    """Another student of the class."""
    one = add(app, "Ben Toad")
    classes.join(one, code_of(teacher, group))
    return one
