"""Who is not signed in is led to the page that signs in, and from there nowhere but into this app."""

from urllib.parse import quote

import pytest
from web.visitor import INSIDE, Visitor

from quizlib.errors import DatabaseProblem
from quizlib.services.app import App
from quizlib.services.people import signing_in
from quizlib.web import gate
from quizlib.web.forms import local_path

OUT = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    " //evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\x00//evil.example",
    "/ /evil.example",
    "/account\r\nSet-Cookie: quiz_sign_in=known",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "HTTPS://evil.example/account",
    "javascript:croak()",
    "data:text/html,croak",
    "evil.example",
    "@evil.example",
    ".evil.example",
    "?to=/",
    "#",
    "",
    " ",
    "／／evil.example",
    "\u2028//evil.example",
    "//evil\u2100.example",
    "//[",
    "/account\\..\\",
]
HERE = [
    "/",
    "/account",
    "/practice?quiz=3&at=2",
    "/join?code=ABCD2345",
    "/a/../b",
    "/?next=https://evil.example",
    "/:8080",
]


@pytest.mark.parametrize("to", OUT, ids=repr)
def test_an_address_that_could_lead_elsewhere_leads_home(to: str):
    assert local_path(to) == "/"


@pytest.mark.parametrize("to", HERE)
def test_an_address_of_this_app_stays_as_it_is(to: str):
    assert local_path(to) == to


@pytest.mark.usefixtures("nora")
@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "https://evil.example", "//[", "/a\nb"])
def test_neither_the_form_nor_what_it_sends_leads_elsewhere(visitor: Visitor, to: str):
    assert 'name="to" value="/"' in visitor.get(f"/sign-in?to={quote(to)}").text
    assert visitor.sign_in(to=to).to == "/"


@pytest.mark.usefixtures("nora")
def test_letters_of_any_language_in_an_address_are_led_to_as_they_are_written_in_addresses(visitor: Visitor):
    assert visitor.sign_in(to="/topics?part=Rücken").to == "/topics?part=R%C3%BCcken"


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/", "/sign-in"),
        ("/account", "/sign-in?to=%2Faccount"),
        ("/result?quiz=3&x=1", "/sign-in?to=%2Fresult%3Fquiz%3D3%26x%3D1"),
        ("/join", "/sign-in?to=%2Fjoin"),
        ("/join?code=", "/sign-in?to=%2Fjoin%3Fcode%3D"),
        ("/join?code=ABCD2345", "/welcome?code=ABCD2345"),
        ("/join?code=%3Cscript%3E%26x%3D1", "/welcome?code=%3Cscript%3E%26x%3D1"),
        ("/sign-in/", "/sign-in?to=%2Fsign-in%2F"),
        ("/nothing-here", "/sign-in?to=%2Fnothing-here"),
        ("//evil.example", "/sign-in?to=%2F%2Fevil.example"),
    ],
)
def test_who_is_not_signed_in_is_led_to_the_way_in(visitor: Visitor, wanted: str, led: str):
    came = visitor.get(wanted)

    assert (came.status, came.to) == (303, led)


@pytest.mark.parametrize(
    "path", ["/static/js/index.js", "/_stcore/health", "/component/card", "/media/a", "/favicon.png"]
)
def test_what_a_page_is_made_of_is_open_to_all(visitor: Visitor, path: str):
    assert visitor.get(path).status == 200


def test_the_health_of_the_app_is_told_to_all(visitor: Visitor):
    assert visitor.get("/healthz").text == '{"ok":true}'


@pytest.mark.usefixtures("nora")
def test_who_is_signed_in_is_led_nowhere(visitor: Visitor):
    visitor.sign_in()

    assert [visitor.get(path).text for path in ("/", "/account", "/join?code=ABCD2345")] == [INSIDE] * 3


def test_a_visitor_is_let_through_to_the_sentence_when_the_database_cannot_be_used(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
):
    def fails(_: object) -> None:
        raise DatabaseProblem("The pond is dry.")

    monkeypatch.setattr(gate, "who", fails)

    assert visitor.get("/account").text == INSIDE


@pytest.mark.parametrize("mode", ["none", "oidc"])
def test_without_passwords_kept_here_nothing_of_this_is_in_the_way(
    app: App, monkeypatch: pytest.MonkeyPatch, mode: str
):
    monkeypatch.setenv("QUIZ_SIGN_IN", mode)
    visitor = Visitor()

    assert [visitor.get(path).text for path in ("/", "/account", "/join?code=ABCD2345")] == [INSIDE] * 3
    for path in ("/sign-in", "/sign-in?to=/account", "/link?key=x", "/welcome", "/welcome?code=x"):
        assert (visitor.get(path).status, visitor.get(path).to) == (303, "/")
    assert visitor.sign_in().to == "/"
    assert visitor.post("/welcome", {"code": "x"}).to == visitor.post("/link", {"key": "x"}).to == "/"
    assert visitor.cookies == {}


def test_without_sign_in_no_password_is_ever_looked_at(app: App, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(signing_in, "sign_in", lambda *_, **__: pytest.fail("somebody tried to sign in"))

    assert Visitor().sign_in().to == "/"
