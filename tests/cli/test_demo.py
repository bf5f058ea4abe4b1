"""`quiz demo`: an invented class to look round in, and nothing of it afterwards."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cli.running import Execute, Run, said
from makers import write_bank
from services.invented.invented import FEW, WEEKS, large_pond

from quizlib.config import Settings
from quizlib.services.invented import loading


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, questions=write_bank(tmp_path / "questions", large_pond()))


@pytest.fixture(autouse=True)
def small_class(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "load", partial(loading.load, number=FEW, weeks=WEEKS))


@pytest.fixture
def ready(run: Run) -> Run:
    """The command on a database that holds the questions."""
    said(run("bank", "sync"))
    return run


def told(run: Run, *arguments: str, **more: str) -> Any:
    return json.loads(said(run(*arguments, "--json", **more)))


def test_a_class_is_loaded_and_removed(ready: Run, execute: Execute):
    loaded = told(ready, "demo", "load")
    assert loaded["students"] == FEW
    assert loaded["assignments"] == WEEKS
    assert execute("SELECT count(*) FROM users WHERE invented") == [(FEW,)]
    assert said(ready("database", "check")) == "No damage found.\n"

    words = said(ready("demo", "remove"))
    assert words == f"The invented class is gone, with {loaded['answers']} answers.\n"
    assert execute("SELECT count(*) FROM users") == [(1,)]  # the one person of this computer
    assert execute("SELECT count(*) FROM attempts") == [(0,)]


def test_what_was_loaded_is_told_with_how_it_is_removed(ready: Run):
    words = said(ready("demo", "load"))

    assert words.startswith(f"{FEW} invented students, {WEEKS} assignments, ")
    assert "Look at Classes: Anatomy, winter term (invented)." in words
    assert "quiz demo remove" in words


def test_once_is_enough(ready: Run):
    said(ready("demo", "load"))

    assert "Error: An invented class is loaded already." in said(ready("demo", "load"), status=1)
    said(ready("demo", "remove"))
    assert "Error: No invented class is loaded." in said(ready("demo", "remove"), status=1)


def test_with_sign_in_its_instructors_are_named(ready: Run, execute: Execute):
    ready = partial(ready, QUIZ_SIGN_IN="accounts")
    said(ready("people", "add", "anna", "--role", "instructor"))
    said(ready("people", "add", "bert", "--role", "instructor"))
    said(ready("people", "add", "tom"))

    assert "Say who instructs the class: --instructor NAME." in said(ready("demo", "load"), status=1)
    assert "Nobody signs in as cleo" in said(ready("demo", "load", "--instructor", "cleo"), status=1)
    assert "tom is not an instructor" in said(ready("demo", "load", "--instructor", "tom"), status=1)
    said(ready("demo", "load", "--instructor", "anna", "--instructor", "bert", "--instructor", "ANNA"))
    assert len(execute("SELECT 1 FROM memberships WHERE role = 'instructor'")) == 2
    assert len(told(ready, "people", "list")) == 3


def test_without_sign_in_it_belongs_to_the_one_person(ready: Run):
    assert "the class is yours. Leave --instructor out." in said(ready("demo", "load", "--instructor", "anna"), 1)


def test_where_a_real_class_has_answered_it_takes_a_yes(ready: Run, execute: Execute):
    said(ready("demo", "load"))
    execute("UPDATE classes SET invented = false")
    execute("UPDATE users SET invented = false")

    assert "Real classes have answered questions here" in said(ready("demo", "load"), status=1)
    said(ready("demo", "load", "--yes"))


def test_a_bank_that_is_too_small_is_told(run: Run, folder: Path):
    for file in folder.glob("pond/*.yaml"):
        file.unlink()
    said(run("bank", "sync"))

    assert "needs 40 questions of the type choice, and 24 are asked." in said(run("demo", "load"), status=1)
