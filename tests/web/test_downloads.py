"""A file that was made to be fetched comes from its address to whoever had it made, and to nobody else."""

import urllib.parse
from pathlib import Path
from typing import BinaryIO

import pytest
from services.people.newcomers import account
from web.visitor import Visitor

from quizlib.errors import DatabaseProblem
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.exporting import prepared
from quizlib.services.people import signing_in
from quizlib.web.downloads import disposition

CONTENT = b"Student\r\nAnn\r\n" * 20_000
GONE = "This file is not here. It is kept for half an hour, for whoever had it made. Go back and make it again."


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of prepared files."""
    monkeypatch.setattr(prepared, "_folder", lambda: tmp_path / "prepared")
    return tmp_path / "prepared"


def made(app: App, owner: User, name: str = "frogs", ending: str = "csv") -> str:
    """Have a file made; give its address."""

    def write(file: BinaryIO) -> tuple[str, ...]:
        file.write(CONTENT)
        return ()

    return f"/download/{prepared.prepare(app, owner, name, ending, write).token}"


def test_whoever_had_it_made_saves_it_under_its_name(visitor: Visitor, accounts_app: App, nora: User):
    address = made(accounts_app, nora)
    visitor.sign_in()
    answer = visitor.get(address)

    assert (answer.status, answer.content) == (200, CONTENT)
    assert {
        "content-disposition": 'attachment; filename="frogs.csv"',
        "content-type": "text/csv; charset=utf-8",
        "content-length": str(len(CONTENT)),
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }.items() <= answer.headers.items()


def test_somebody_else_does_not_find_it(visitor: Visitor, accounts_app: App, nora: User):
    address = made(accounts_app, nora)
    account(accounts_app, "tilda", name="Tilda Toad")
    visitor.sign_in("tilda")
    answer = visitor.get(address)

    assert (answer.status, answer.text) == (404, GONE)
    assert answer.headers["cache-control"] == "no-store"


def test_whoever_is_not_signed_in_gets_nothing(visitor: Visitor, accounts_app: App, nora: User):
    address = made(accounts_app, nora)
    for token in ("", "croak", signing_in.sign_in("nora", "over the lily pads")):
        visitor.cookies["quiz_sign_in"] = token
        signing_in.sign_out(token)
        answer = visitor.get(address, accept="*/*")

        assert (answer.status, answer.text) == (401, "You are signed out.")
    assert visitor.get(address).to == f"/sign-in?to={urllib.parse.quote(address, safe='')}"


@pytest.mark.parametrize(
    "token", ["frog", "x" * 3000, "%2e%2e", "..%2F..%2Fetc%2Fpasswd", "%ff", "\N{SNOWMAN}", "frog\0", "%20"]
)
def test_what_was_not_made_is_not_there(visitor: Visitor, nora: User, token: str):
    visitor.sign_in()
    answer = visitor.get(f"/download/{token}")

    assert (answer.status, answer.text) == (404, GONE)


def test_while_the_database_is_away_it_says_so(
    visitor: Visitor, accounts_app: App, nora: User, monkeypatch: pytest.MonkeyPatch
):
    def away(*_: object) -> None:
        raise DatabaseProblem("The database is away.")

    address = made(accounts_app, nora)
    visitor.sign_in()
    monkeypatch.setattr(prepared, "fetch", away)
    answer = visitor.get(address)

    assert (answer.status, answer.text) == (503, "The database is away.")


def test_a_part_of_it_goes_on_where_a_browser_was_cut_off(visitor: Visitor, accounts_app: App, nora: User):
    address = made(accounts_app, nora)
    visitor.sign_in()
    answer = visitor.get(address, range="bytes=7-10")

    assert (answer.status, answer.content) == (206, CONTENT[7:11])


def test_without_sign_in_there_is_one_person_and_they_get_it(app: App, learner: User):
    assert Visitor().get(made(app, learner)).content == CONTENT


@pytest.mark.parametrize(
    ("ending", "type_"),
    [
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("parquet", "application/vnd.apache.parquet"),
        ("json", "application/json"),
    ],
)
def test_the_browser_is_told_what_it_is(app: App, learner: User, ending: str, type_: str):
    assert Visitor().get(made(app, learner, ending=ending)).headers["content-type"] == type_


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("frogs-101.csv", 'attachment; filename="frogs-101.csv"'),
        ("Frösche.csv", "attachment; filename=\"Fr_sche.csv\"; filename*=UTF-8''Fr%C3%B6sche.csv"),
        ('a"b;c.csv', "attachment; filename=\"a_b_c.csv\"; filename*=UTF-8''a%22b%3Bc.csv"),
        ("蛙.csv", "attachment; filename=\"_.csv\"; filename*=UTF-8''%E8%9B%99.csv"),
    ],
)
def test_a_name_is_told_in_both_forms_where_one_does_not_hold_it(name: str, header: str):
    assert disposition(name) == header


def test_a_name_in_any_script_reaches_the_browser(app: App, learner: User):
    header = Visitor().get(made(app, learner, "Zoë 蛙")).headers["content-disposition"]

    assert urllib.parse.unquote(header.partition("filename*=UTF-8''")[2]) == "Zoë-蛙.csv"
