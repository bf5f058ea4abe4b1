"""Pictures come from the database, by their name, to whoever is signed in."""

import pytest
from drawn import encoded
from services.people.newcomers import account
from web.visitor import Visitor

from quizlib.errors import DatabaseProblem
from quizlib.model.person import Role, User
from quizlib.services.app import App
from quizlib.services.authoring import pictures
from quizlib.services.people import signing_in

IMAGE = "image/avif,image/webp,image/*,*/*;q=0.8"
HEADERS = {
    "content-type": "image/png",
    "cache-control": "private, max-age=31536000, immutable",
    "content-disposition": "inline",
    "x-content-type-options": "nosniff",
}


@pytest.fixture
def name(accounts_app: App) -> str:
    """Store a picture; give its name."""
    return pictures.take(account(accounts_app, "tilda", Role.INSTRUCTOR), encoded())


def test_whoever_is_signed_in_gets_a_picture_for_good(visitor: Visitor, nora: User, name: str):
    visitor.sign_in()
    answer = visitor.get(f"/picture/{name}", accept=IMAGE)

    assert answer.status == 200
    assert HEADERS.items() <= answer.headers.items()
    assert answer.content == pictures.read(nora, name).content


def test_nobody_else_does(visitor: Visitor, nora: User, name: str):
    for token in ("", "croak", signing_in.sign_in("nora", "over the lily pads")):
        visitor.cookies["quiz_sign_in"] = token
        signing_in.sign_out(token)
        answer = visitor.get(f"/picture/{name}", accept=IMAGE)

        assert (answer.status, answer.content) == (401, b"You are signed out.")
        assert answer.headers["cache-control"] == "no-store"


def test_whoever_opens_its_address_is_led_to_the_sign_in(visitor: Visitor, name: str):
    assert visitor.get(f"/picture/{name}").to.startswith("/sign-in?to=")


@pytest.mark.parametrize(
    "asked",
    [
        "toad.png",
        "..%2F..%2Fetc%2Fpasswd",
        "%2e%2e",
        "frog.png%00",
        "x" * 3000,
        "'%20or%201=1",
        "%ff",
        "\N{SNOWMAN}",
        "frog\0.png",
    ],
)
def test_what_has_no_picture_is_not_found(visitor: Visitor, nora: User, name: str, asked: str):
    visitor.sign_in()
    answer = visitor.get(f"/picture/{asked}", accept=IMAGE)

    assert (answer.status, answer.text) == (404, "There is no such picture.")
    assert answer.headers["cache-control"] == "no-store"


def test_while_the_database_is_away_the_browser_keeps_nothing(
    visitor: Visitor, nora: User, name: str, monkeypatch: pytest.MonkeyPatch
):
    def away(*_: object) -> None:
        raise DatabaseProblem("The database is away.")

    visitor.sign_in()
    monkeypatch.setattr(pictures, "read", away)
    answer = visitor.get(f"/picture/{name}", accept=IMAGE)

    assert (answer.status, answer.text) == (503, "The database is away.")
    assert answer.headers["cache-control"] == "no-store"


def test_without_sign_in_there_is_one_person_and_they_may_look(app: App, learner: User):
    name = pictures.take(learner, encoded("JPEG"))

    assert Visitor().get(f"/picture/{name}", accept=IMAGE).headers["content-type"] == "image/jpeg"


def test_where_a_provider_signs_in_nobody_without_its_word_does(
    app: App, learner: User, monkeypatch: pytest.MonkeyPatch
):
    name = pictures.take(learner, encoded())
    monkeypatch.setenv("QUIZ_SIGN_IN", "oidc")
    visitor = Visitor()
    visitor.cookies["_streamlit_user"] = "croak"

    assert visitor.get(f"/picture/{name}", accept=IMAGE).status == 401
