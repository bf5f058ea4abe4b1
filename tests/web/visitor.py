"""A browser without scripts at the plain pages: it keeps cookies, fills in forms, and says where it was led."""

import asyncio
import html
import re
from dataclasses import dataclass
from http.cookies import Morsel, SimpleCookie
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from quizlib.web import middleware, routes
from quizlib.web.forms import COOKIE

INSIDE = "what Streamlit shows"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    content: bytes
    cookies: SimpleCookie

    @property
    def text(self) -> str:
        """What came back, as it is read."""
        return self.content.decode(errors="replace")

    @property
    def to(self) -> str:
        """Where the browser is led, if anywhere."""
        return self.headers.get("location", "")

    @property
    def trouble(self) -> str:
        """The sentence about what went wrong, as it is read."""
        found = re.search(r'<p role="alert">(.*?)</p>', self.text, re.DOTALL)
        return html.unescape(found[1]) if found else ""

    @property
    def token(self) -> Morsel[str] | None:
        """The cookie that signs in, as it was set."""
        return self.cookies.get(COOKIE)


class Visitor:
    """One browser at our own routes, with the pages of Streamlit replaced by a few words."""

    def __init__(self, *, scheme: str = "http", host: str = "localhost:8501", address: str = "203.0.113.7") -> None:
        async def inside(_: Request) -> Response:
            return PlainTextResponse(INSIDE)

        self._app = Starlette(
            routes=[*routes(), Route("/{path:path}", inside, methods=["GET", "POST"])], middleware=middleware()
        )
        self._scheme, self._host, self._address = scheme, host, address
        self.cookies: dict[str, str] = {}

    @property
    def token(self) -> str:
        """The token in the cookie that signs in; empty without one."""
        return self.cookies.get(COOKIE, "")

    def get(self, path: str, **headers: str) -> Answer:
        """Open an address, as a page by default."""
        return self._ask("GET", path, b"", {"accept": "text/html,*/*;q=0.8", **headers})

    def post(self, path: str, fields: dict[str, str] | bytes, **headers: str) -> Answer:
        """Send a form, as one of our own pages does by default; names of headers have underscores for hyphens."""
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        ours = {"origin": f"{self._scheme}://{self._host}", "sec_fetch_site": "same-origin", "content_type": FORM}
        return self._ask("POST", path, body, {**ours, **headers})

    def sign_in(
        self, name: str = "nora", password: str = "over the lily pads", to: str = "/", **headers: str
    ) -> Answer:
        """Fill in the form to sign in."""
        return self.post("/sign-in", {"name": name, "password": password, "to": to}, **headers)

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        given = {"host": self._host, "content_length": str(len(body)), **headers}
        if self.cookies:
            given["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": self._scheme,
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in given.items()],
            "client": (self._address, 50_000),
            "server": ("127.0.0.1", 8501),
        }
        answer = _came_back(asyncio.run(_call(self._app, scope, body)))
        for name, morsel in answer.cookies.items():
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
        return answer


async def _call(app: Starlette, scope: dict[str, Any], body: bytes) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []
    pieces = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if not pieces:
            await asyncio.Event().wait()  # the browser stays until it has everything
        return pieces.pop()

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent


def _came_back(sent: list[dict[str, Any]]) -> Answer:
    raw = [(name.decode().lower(), value.decode("latin-1")) for name, value in sent[0]["headers"]]
    cookies = SimpleCookie()
    for name, value in raw:
        if name == "set-cookie":
            cookies.load(value)
    content = b"".join(one.get("body", b"") for one in sent)
    return Answer(sent[0]["status"], dict(raw), content, cookies)
