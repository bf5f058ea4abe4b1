"""The plain pages of an app with accounts, a visitor who comes to them, and Nora, who has an account."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from services.people.newcomers import account
from web.visitor import Visitor

from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.people import passwords


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """Give the address of an empty SQLite database: what is stored is tested with the services, on both kinds."""
    return f"sqlite:///{tmp_path / 'quiz.db'}"


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hash at the least cost; an honest hash takes as long as a whole test."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def accounts_app(app: App, quick_hashes: None, monkeypatch: pytest.MonkeyPatch) -> App:
    """Give the app of an operator who chose accounts."""
    monkeypatch.setenv("QUIZ_SIGN_IN", "accounts")
    return app


@pytest.fixture
def nora(accounts_app: App) -> User:
    """Make Nora Newt, who signs in as nora."""
    return account(accounts_app)


@pytest.fixture
def visitor(accounts_app: App) -> Visitor:
    """Give a browser in which nobody is signed in."""
    return Visitor()
