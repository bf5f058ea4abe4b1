"""Who may reach the app: its own names only, no proxies while there is no sign-in."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from quizlib.web.security import HEADERS, Doorkeeper, host_of


@dataclass
class Answer:
    """What came back, and what reached the app behind the door."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.sent[0]["status"]

    @property
    def text(self) -> str:
        """The body."""
        return b"".join(one.get("body", b"") for one in self.sent).decode()

    @property
    def headers(self) -> dict[str, str]:
        """The headers, by name in small letters."""
        return {name.decode().lower(): value.decode() for name, value in self.sent[0]["headers"]}


def ask(host: str | None = "localhost:8501", kind: str = "http", **headers: str) -> Answer:
    """Knock, with headers whose names have underscores for hyphens."""
    answer = Answer()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        answer.reached.append(scope["type"])
        if scope["type"] == "http":
            await PlainTextResponse("croak", headers={"X-Frame-Options": "SAMEORIGIN"})(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.accept"})

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"} if kind == "websocket" else {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        answer.sent.append(message)

    given = headers if host is None else {"host": host, **headers}
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()]
    scope = {"type": kind, "method": "GET", "path": "/", "query_string": b"", "headers": raw}
    asyncio.run(Doorkeeper(app)(scope, receive, send))
    return answer


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8501", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]", "[::1]:8501"]
)
def test_a_request_under_a_name_of_our_own_passes_with_every_header(host: str):
    answer = ask(host)

    assert (answer.status, answer.text, answer.reached) == (200, "croak", ["http"])
    assert set(HEADERS) == {name for name in HEADERS if name.lower() in answer.headers}
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_header_that_the_app_has_set_itself_stays():
    assert ask().headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "evil.example:8501", "", None, "127.0.0.2", "[::2]:8501", "[", "::1"],
)
def test_a_request_under_a_foreign_name_is_refused_with_a_sentence(host: str | None):
    answer = ask(host)

    assert (answer.status, answer.reached) == (403, [])
    assert "Set QUIZ_HOSTS" in answer.text
    assert answer.headers["x-frame-options"] == "DENY"


def test_other_names_are_ours_when_the_operator_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("QUIZ_HOSTS", "pond.example, quiz.pond.example")

    assert ask("quiz.pond.example").status == 200
    assert ask("localhost").status == 403


def test_names_are_ours_whatever_their_capitals(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("QUIZ_HOSTS", "Pond.example")

    assert ask("pond.example").status == 200


PROXIES = [{"x_forwarded_for": "10.0.0.1"}, {"forwarded": "for=10.0.0.1"}, {"x_real_ip": "10.0.0.1"}]


@pytest.mark.parametrize("proxy", PROXIES, ids=lambda proxy: next(iter(proxy)))
def test_what_a_proxy_passes_on_is_refused_unless_the_operator_allows_it(
    proxy: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    refused = ask(**proxy)
    monkeypatch.setenv("QUIZ_BEHIND_PROXY", "yes")
    allowed = ask(**proxy)

    assert (refused.status, refused.reached) == (403, [])
    assert "QUIZ_BEHIND_PROXY=yes" in refused.text
    assert allowed.status == 200


def test_a_proxy_does_not_open_the_door_to_foreign_names(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("QUIZ_BEHIND_PROXY", "yes")

    assert ask("evil.example", x_forwarded_for="10.0.0.1", x_forwarded_host="localhost").status == 403


def test_a_websocket_under_a_name_of_our_own_passes():
    answer = ask(kind="websocket")

    assert (answer.sent, answer.reached) == ([{"type": "websocket.accept"}], ["websocket"])


@pytest.mark.parametrize(("host", "headers"), [("evil.example", {}), ("localhost", {"x_forwarded_for": "10.0.0.1"})])
def test_a_websocket_from_elsewhere_is_closed_before_it_opens(host: str, headers: dict[str, str]):
    answer = ask(host, "websocket", **headers)

    assert [(one["type"], one["code"]) for one in answer.sent] == [("websocket.close", 1008)]
    assert answer.reached == []


def test_a_setting_that_cannot_be_used_shuts_the_door_and_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("QUIZ_BEHIND_PROXY", "perhaps")
    answer = ask()

    assert (answer.status, answer.reached) == (403, [])
    assert answer.text == "QUIZ_BEHIND_PROXY is 'perhaps'. Write yes or no."


def test_the_start_of_the_server_is_no_visitor():
    assert ask(host=None, kind="lifespan").reached == ["lifespan"]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Pond.Example:80", "pond.example"),
        ("pond.example", "pond.example"),
        ("[::1]:8501", "::1"),
        ("[2001:DB8::1]", "2001:db8::1"),
        ("", ""),
        ("[", ""),
    ],
)
def test_the_name_in_a_host_header_is_without_port_and_brackets(header: str, name: str):
    assert host_of(header) == name
