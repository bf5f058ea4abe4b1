"""Whoever is not signed in is led to the page that signs them in, and back to where they wanted to go."""

from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from quizlib.config import settings_from
from quizlib.errors import QuizError, SettingsProblem, SignedOut
from quizlib.services.people.signing_in import who
from quizlib.web.forms import COOKIE

# what the sign-in pages themselves need, and what Streamlit keeps under names of its own
_OPEN = ("/here", "/sign-in", "/sign-out", "/link", "/welcome", "/healthz", "/favicon.png")
_INNER = ("/_stcore/", "/static/", "/media/", "/component/")


class Gate:
    """Lead visitors without a valid sign-in to the sign-in page, where names and passwords are asked for.

    A convenience, not the lock: every run of every page looks up who is here by itself.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] == "http" and scope["method"] == "GET" and _is_page(scope["path"]):
            to = await run_in_threadpool(_elsewhere, Request(scope))
            if to is not None:
                await RedirectResponse(to, 303, headers={"Cache-Control": "no-store"})(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _is_page(path: str) -> bool:
    return path not in _OPEN and not path.startswith(_INNER)


def _elsewhere(request: Request) -> str | None:
    """Give where to lead a visitor instead; None when they may go on."""
    try:
        if settings_from().sign_in != "accounts" or "text/html" not in request.headers.get("accept", ""):
            return None
        who(request.cookies.get(COOKIE))
    except SignedOut:
        path, query = request.url.path, request.url.query
        code = parse_qs(query).get("code", [""])[0]
        if path == "/join" and code:
            return f"/welcome?code={quote(code)}"
        wanted = f"{path}?{query}" if query else path
        return "/sign-in" if wanted == "/" else f"/sign-in?to={quote(wanted, safe='')}"
    except (QuizError, SettingsProblem):
        return None  # the page says what is wrong
    return None
