"""A hasher that is quick and counts, Nora who has an account, and a class that takes new students."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import pytest
from argon2 import PasswordHasher
from services.people.newcomers import account

from quizlib.model.person import Role, User
from quizlib.services.app import App
from quizlib.services.classes import classes
from quizlib.services.people import passwords


class CountingHasher(PasswordHasher):
    """Hashes at the least cost, and remembers against what it checked."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.checked: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        """Check a password."""
        self.checked.append(str(hash))
        return super().verify(hash, password)


@pytest.fixture(autouse=True)
def hasher(monkeypatch: pytest.MonkeyPatch) -> Iterator[CountingHasher]:
    """Hash quickly; an honest hash takes as long as a whole test."""
    quick = CountingHasher()
    monkeypatch.setattr(passwords, "_hasher", quick)
    passwords._nobodys.cache_clear()
    yield quick
    passwords._nobodys.cache_clear()


@pytest.fixture
def nora(app: App) -> User:
    return account(app)


@pytest.fixture
def teacher(app: App) -> User:
    return account(app, "tilda", Role.INSTRUCTOR, name="Tilda Toad")


class OpenClass(NamedTuple):
    """A class and the code that lets new students in."""

    id: int
    code: str


@pytest.fixture
def pond_watchers(teacher: User) -> OpenClass:
    """A class of Tilda's with nobody else in it."""
    made = classes.make(teacher, "Pond watchers")
    return OpenClass(made, classes.new_code(teacher, made))
