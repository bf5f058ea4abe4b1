"""`quiz serve` prints a link that makes the first instructor, for as long as nobody can sign in."""

import os
import re

import pytest
from argon2 import PasswordHasher
from cli.running import Run, said
from makers import Clock, opened

from quizlib.config import Settings
from quizlib.errors import NotFound
from quizlib.services.app import use
from quizlib.services.people import accounts, passwords


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop where the server would take this process's place."""

    def ends(*_: object) -> None:
        raise SystemExit(0)

    monkeypatch.setattr(os, "execv", ends)
    monkeypatch.setattr(os, "chdir", lambda _: None)
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def first_link(run: Run, sign_in: str, *options: str) -> str | None:
    """Give the link that is printed, if any."""
    found = re.search(r"Become the first instructor: (\S+)", said(run("serve", *options, QUIZ_SIGN_IN=sign_in)))
    return found[1] if found else None


def test_the_link_that_is_printed_makes_the_first_instructor(run: Run, settings: Settings, clock: Clock):
    link = first_link(run, "accounts", "--port", "8600")
    assert link is not None
    where, _, key = link.partition("?key=")
    with opened(settings, clock) as app:
        use(app)
        accounts.use_link(key, "over the lily pads", name="Anna Frog", sign_in_name="anna")
        (anna,) = accounts.everybody()
        use(None)

    assert where == "http://localhost:8600/link"
    assert (anna.name, anna.instructs) == ("Anna Frog", True)
    assert first_link(run, "accounts") is None


def test_a_link_printed_later_takes_the_place_of_the_one_before(run: Run, settings: Settings, clock: Clock):
    first, second = (first_link(run, "accounts") for _ in range(2))
    assert first is not None
    assert second is not None
    with opened(settings, clock) as app:
        use(app)
        with pytest.raises(NotFound):
            accounts.invited(first.partition("?key=")[2])
        assert accounts.invited(second.partition("?key=")[2])
        use(None)


@pytest.mark.parametrize("sign_in", ["none", "oidc"])
def test_where_nobody_has_a_password_there_is_no_link(run: Run, sign_in: str):
    assert first_link(run, sign_in) is None
