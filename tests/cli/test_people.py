"""`quiz people` and `quiz person`: what an administrator does for people from the console."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from cli.running import Run, said
from makers import Clock, opened

from quizlib.config import Settings
from quizlib.errors import NotFound
from quizlib.model.person import Role
from quizlib.services.app import use
from quizlib.services.classes import classes
from quizlib.services.people import accounts, passwords, privacy, signing_in
from quizlib.services.people.people import local_person

PASSWORD = "over the lily pads"
Inside = Callable[[Callable[[], Any]], Any]


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def inside(settings: Settings, clock: Clock) -> Inside:
    """Do something in the app, between two commands."""

    @contextmanager
    def current() -> Iterator[None]:
        with opened(settings, clock) as app:
            use(app)
            try:
                yield
            finally:
                use(None)

    def do(action: Callable[[], Any]) -> Any:
        with current():
            return action()

    return do


def told(run: Run, *arguments: object, **more: str) -> Any:
    """Give what a command reports to a program."""
    return json.loads(said(run(*arguments, "--json", **more)))


def key_in(text: str) -> str:
    """Give the key of the link that was printed."""
    found = re.search(r"/link\?key=([\w-]{20,})", text)
    assert found is not None, text
    return found[1]


def test_who_is_added_chooses_a_password_by_the_link_that_is_printed(run: Run, inside: Inside):
    words = said(run("people", "add", "Anna", "--called", "Anna Frog", "--role", "instructor"))
    token = inside(lambda: accounts.use_link(key_in(words), PASSWORD))
    anna = inside(lambda: signing_in.who(token))

    assert words.startswith(
        "Anna Frog signs in as anna.\nHand out this link; it works once, for two weeks:\nhttp://loc"
    )
    assert (anna.name, anna.sign_in_name, anna.roles) == ("Anna Frog", "anna", frozenset(Role))


def test_a_link_is_under_the_name_that_people_use(run: Run):
    words = said(run("people", "add", "anna", QUIZ_HOSTS="localhost, quiz.example.org"))

    assert "\nhttps://quiz.example.org/link?key=" in words


def test_the_first_instructor_takes_over_what_was_done_on_the_laptop(run: Run, inside: Inside):
    before = inside(local_person)
    added = told(run, "people", "add", "anna", "--role", "instructor")

    assert added["id"] == before.id
    assert len(told(run, "people", "list")) == 1


def test_for_a_program_the_link_is_a_path(run: Run, inside: Inside):
    added = told(run, "people", "add", "tom")

    assert {**added, "link": ""} == {"id": added["id"], "name": "tom", "sign_in_name": "tom", "link": ""}
    assert added["link"].startswith("/link?key=")
    assert inside(lambda: accounts.invited(key_in(added["link"]))).sign_in_name == "tom"


def test_everybody_is_listed_with_number_and_roles(run: Run):
    assert said(run("people", "list")) == "Nobody yet.\n"
    assert told(run, "people", "list") == []
    anna = told(run, "people", "add", "anna", "--called", "Anna Frog", "--role", "instructor")["id"]
    tom = told(run, "people", "add", "tom")["id"]

    assert said(run("people", "list")) == f"#{anna}  Anna Frog  (anna)  instructor\n#{tom}  tom  (tom)  student\n"
    assert told(run, "people", "list") == [
        {"id": anna, "name": "Anna Frog", "sign_in_name": "anna", "roles": ["instructor", "student"]},
        {"id": tom, "name": "tom", "sign_in_name": "tom", "roles": ["student"]},
    ]


def test_a_role_is_given_and_taken_away_by_name_or_number(run: Run):
    number = told(run, "people", "add", "Tom", "--called", "Tom Toad")["id"]

    assert said(run("people", "role", "TOM", "instructor")) == "Tom Toad is an instructor now.\n"
    assert told(run, "people", "list")[0]["roles"] == ["instructor", "student"]
    assert told(run, "people", "role", f"#{number}", "student") == {"id": number, "role": "student"}
    assert told(run, "people", "list")[0]["roles"] == ["student"]


def test_a_new_link_takes_the_place_of_the_one_before(run: Run, inside: Inside):
    first = told(run, "people", "add", "tom")["link"]
    second = said(run("people", "reset", "tom"))
    inside(lambda: accounts.use_link(key_in(second), PASSWORD))

    assert "it works once, for two weeks" in second
    with pytest.raises(NotFound, match="not valid any more"):
        inside(lambda: accounts.invited(key_in(first)))
    assert inside(lambda: signing_in.sign_in("tom", PASSWORD))


def test_what_is_stored_about_somebody_is_written_into_a_zip(run: Run, tmp_path: Path):
    said(run("people", "add", "tom", "--called", "Tom Toad"))
    file = tmp_path / "tom.zip"
    words = said(run("person", "export", "tom", "-o", file))

    assert words == f"Written to {file}.\n"
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as content:
        assert json.loads(content.read("users.json"))[0]["name"] == "Tom Toad"
    assert f"{file} exists already." in said(run("person", "export", "tom", "-o", file), status=1)
    assert told(run, "person", "export", "tom", "-o", tmp_path / "two.zip") == {"file": str(tmp_path / "two.zip")}


def test_a_zip_that_cannot_be_written_is_told_in_a_sentence(run: Run, tmp_path: Path):
    said(run("people", "add", "tom"))
    nowhere = tmp_path / "no" / "such" / "tom.zip"

    assert "cannot be written: No such file or directory." in said(run("person", "export", "tom", "-o", nowhere), 1)


def test_who_is_erased_is_gone_and_their_name_is_free(run: Run):
    said(run("people", "add", "tom", "--called", "Tom Toad"))

    assert said(run("person", "erase", "tom", "--yes")) == "Tom Toad is erased.\n"
    assert told(run, "people", "list") == []
    assert "Nobody signs in as tom" in said(run("people", "reset", "tom"), status=1)
    number = told(run, "people", "add", "tom")["id"]
    assert told(run, "person", "erase", f"#{number}", "--yes") == {"id": number}


def test_nobody_is_erased_by_a_slip(run: Run):
    said(run("people", "add", "tom", "--called", "Tom Toad"))
    asked = said(run("person", "erase", "tom"), status=1)

    assert asked.startswith("Erase Tom Toad for good? [y/N]")
    assert "Aborted" in asked
    assert len(told(run, "people", "list")) == 1


def test_the_only_instructor_of_a_class_with_students_is_not_erased(run: Run, inside: Inside):
    said(run("people", "add", "anna", "--called", "Anna Frog", "--role", "instructor"))
    said(run("people", "add", "tom"))

    def fill_a_class() -> None:
        anna = accounts.find("anna")
        classes.join(accounts.find("tom"), classes.new_code(anna, classes.make(anna, "Pond watchers")))

    inside(fill_a_class)

    assert "Pond watchers" in said(run("person", "erase", "anna", "--yes"), status=1)
    assert len(told(run, "people", "list")) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("people", "add", "two words"), "two words cannot be a name to sign in with."),
        (("people", "add", ""), "Write a name."),
        (("people", "add", "tom"), "Somebody signs in as tom already."),
        (("people", "add", "TOM"), "Somebody signs in as tom already."),
        (("people", "add", "anna", "--called", " "), "Write a name."),
        (("people", "add", "anna", "--called", "x" * 101), "The name is too long."),
        (("people", "role", "anna", "instructor"), "Nobody signs in as anna. See: quiz people list"),
        (("people", "role", "#999", "student"), "Nobody signs in as #999."),
        (("people", "role", "#", "student"), "Nobody signs in as #."),
        (("people", "reset", "anna"), "Nobody signs in as anna"),
        (("person", "export", "anna", "-o", "/tmp/never-written.zip"), "Nobody signs in as anna."),
        (("person", "erase", "anna", "--yes"), "Nobody signs in as anna."),
    ],
    ids=lambda one: " ".join(one)[:40] if isinstance(one, tuple) else "",
)
def test_what_cannot_be_done_is_told_in_a_sentence(run: Run, arguments: tuple[str, ...], sentence: str):
    said(run("people", "add", "tom"))

    assert said(run(*arguments), status=1).startswith(f"Error: {sentence}")
    assert [one["sign_in_name"] for one in told(run, "people", "list")] == ["tom"]


def test_who_signs_in_through_a_provider_has_no_password_to_reset(run: Run, inside: Inside):
    nora = inside(lambda: signing_in.who_by_provider({"iss": "https://id.pond.example", "sub": "7", "name": "Nora"}))

    words = said(run("people", "reset", f"#{nora.id}"), status=1)
    assert words == "Error: Nora has no name to sign in with, so no password.\n"
    assert "(no sign-in name)" in said(run("people", "list"))


def test_a_role_that_there_is_none_of_is_told_with_those_that_there_are(run: Run):
    assert "'instructor'" in said(run("people", "add", "tom", "--role", "king"), status=2)
    assert "'instructor'" in said(run("people", "role", "tom", "king"), status=2)


def test_what_a_person_downloads_is_what_the_console_writes(run: Run, inside: Inside, tmp_path: Path):
    said(run("people", "add", "tom"))
    said(run("person", "export", "tom", "-o", tmp_path / "tom.zip"))

    def names(content: bytes) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return file.namelist()

    mine = inside(lambda: privacy.download(accounts.find("tom")))
    assert names((tmp_path / "tom.zip").read_bytes()) == names(mine)
