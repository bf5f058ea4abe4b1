"""Who may reach the app, and what browsers are told about it."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quizlib.config import settings_from
from quizlib.errors import SettingsProblem

# Streamlit compiles schemas and loads components from blobs, hence eval and blob; nothing comes from elsewhere.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_PROXY_HEADERS = ("x-forwarded-for", "forwarded", "x-real-ip")
_FOREIGN = "This app answers to its own names only. Set QUIZ_HOSTS to the name that people use."
_PROXIED = (
    "There is no sign-in, so the app serves this computer only and refuses what a proxy passes on. "
    "Set QUIZ_BEHIND_PROXY=yes if everyone who can reach the proxy may use it."
)


class Doorkeeper:
    """Refuse foreign hosts, and proxies while there is no sign-in; add security headers to every answer.

    Covers pages, our own routes and the WebSocket alike. Without it a web page elsewhere could reach a laptop's app
    under a name of its own (DNS rebinding).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or WebSocket."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = refuse(Headers(scope=scope))
        if refusal is not None and scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "refused"})
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if refusal is not None:
            await PlainTextResponse(refusal, 403)(scope, receive, with_headers)
            return
        # a WebSocket sends every message of every run through here, and has no headers left to set
        await self._app(scope, receive, send if scope["type"] == "websocket" else with_headers)


def refuse(headers: Headers) -> str | None:
    """Say why a request is refused, or None."""
    try:
        settings = settings_from()
    except SettingsProblem as problem:
        return str(problem)
    if host_of(headers.get("host", "")) not in settings.hosts:
        return _FOREIGN
    if settings.sign_in == "none" and not settings.behind_proxy and any(name in headers for name in _PROXY_HEADERS):
        return _PROXIED
    return None


def host_of(header: str) -> str:
    """Give the name in a Host header without its port; an IPv6 address without its brackets."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].lower()
