"""What another site sends to our forms is refused before anything is done."""

import pytest
from services.people.newcomers import OTHER_PASSWORD, PASSWORD, rows_of
from web.visitor import INSIDE, Answer, Visitor

from quizlib.model.person import Role, User
from quizlib.services.app import App
from quizlib.services.classes import classes
from quizlib.services.people import accounts
from quizlib.store.tables import links, sign_ins, users
from quizlib.web.forms import FOREIGN

ELSEWHERE = [
    {"origin": "https://evil.example"},
    {"origin": "https://evil.example", "sec_fetch_site": "cross-site"},
    {"origin": "http://localhost:8502"},
    {"origin": "http://localhost"},
    {"origin": "http://localhost:8501.evil.example"},
    {"origin": "http://evil.example/localhost:8501"},
    {"origin": "http://localhost:8501@evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://["},
    {"sec_fetch_site": "cross-site"},
    {"sec_fetch_site": "same-site"},
]
elsewhere = pytest.mark.parametrize("headers", ELSEWHERE, ids=lambda given: " ".join(given.values()) or "empty")


def refused(came: Answer) -> bool:
    return (came.status, came.text, came.cookies) == (403, FOREIGN, {})


@elsewhere
@pytest.mark.usefixtures("nora")
def test_another_site_cannot_sign_anybody_in(visitor: Visitor, accounts_app: App, headers: dict[str, str]):
    assert refused(visitor.sign_in(**headers))
    assert rows_of(accounts_app, sign_ins) == []


@elsewhere
@pytest.mark.usefixtures("nora")
def test_another_site_cannot_sign_anybody_out(visitor: Visitor, headers: dict[str, str]):
    visitor.sign_in()

    assert refused(visitor.post("/sign-out", {}, **headers))
    assert visitor.get("/").text == INSIDE


@elsewhere
def test_another_site_cannot_use_a_link(visitor: Visitor, nora: User, accounts_app: App, headers: dict[str, str]):
    key = accounts.reset(nora)

    assert refused(visitor.post("/link", {"key": key, "password": OTHER_PASSWORD}, **headers))
    assert [row["used_at"] for row in rows_of(accounts_app, links)] == [None]
    assert visitor.sign_in(password=PASSWORD).status == 303


@elsewhere
def test_another_site_cannot_make_an_account(visitor: Visitor, nora: User, accounts_app: App, headers: dict[str, str]):
    accounts.set_roles(nora, Role)
    teacher = accounts.find("nora")
    code = classes.new_code(teacher, classes.make(teacher, "Pond watchers"))
    fields = {"code": code, "name": "Tom Toad", "sign_in_name": "tom", "password": PASSWORD}

    assert refused(visitor.post("/welcome", fields, **headers))
    assert [row["name"] for row in rows_of(accounts_app, users)] == ["Nora Newt"]


@pytest.mark.usefixtures("nora")
@pytest.mark.parametrize("sent", ["origin", "sec_fetch_site", "neither"])
def test_a_browser_that_tells_less_about_where_it_comes_from_is_served(accounts_app: App, sent: str):
    """Older ones send no Sec-Fetch-Site, and some no Origin; then the cookie's SameSite is what guards."""

    class Old(Visitor):
        def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
            kept = {name: value for name, value in headers.items() if name in ("accept", "content_type", sent)}
            return super()._ask(method, path, body, kept)

    assert Old().sign_in().status == 303


@pytest.mark.usefixtures("nora")
def test_under_a_name_behind_a_proxy_the_forms_are_taken(accounts_app: App, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("QUIZ_HOSTS", "quiz.example.org")
    monkeypatch.setenv("QUIZ_BEHIND_PROXY", "yes")
    visitor = Visitor(host="quiz.example.org")
    came = visitor.sign_in(origin="https://quiz.example.org", x_forwarded_proto="https", x_forwarded_for="192.0.2.1")

    assert came.status == 303
