"""Plain pages with one form each: rendered on the server, without a script, and closed to other origins."""

from functools import cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from quizlib.config import settings_from
from quizlib.errors import QuizError
from quizlib.services.app import current
from quizlib.services.people.signing_in import LASTS

COOKIE = "quiz_sign_in"
_NO_STORE = {"Cache-Control": "no-store"}
FOREIGN = "This came from another site, and was not done."


def show(template: str, status: int = 200, **values: object) -> Response:
    """Render a template; what comes from people is escaped by it."""
    text = _templates().get_template(f"{template}.html").render({"trouble": "", "invented": _invented(), **values})
    return HTMLResponse(text, status, headers=_NO_STORE)


def refuse_foreign(request: Request) -> Response | None:
    """Refuse a form that another site sent; browsers say where a POST comes from (Fetch standard)."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    ours = site in ("same-origin", "none") and (origin is None or _host_in(origin) == request.headers.get("host"))
    return None if ours else PlainTextResponse(FOREIGN, 403, headers=_NO_STORE)


async def field_of(request: Request) -> dict[str, str]:
    """Give the fields of a form as texts; files and what is too long to be meant are left out."""
    async with request.form(max_files=0, max_fields=10, max_part_size=10_000) as form:
        texts = {name: value for name, value in form.items() if isinstance(value, str) and len(value) < 10_000}
    # a charset that the sender names can leave halves of letters, which cannot be stored
    return {name: value.encode(errors="replace").decode() for name, value in texts.items()}


def local_path(given: str) -> str:
    """Give a path of this app to go on to; anything that could lead elsewhere becomes the home page."""
    plain = given.strip()
    odd = not plain.startswith("/") or plain.startswith("//") or "\\" in plain
    return "/" if odd or any(ord(letter) < 33 for letter in plain) else plain


def signed_in(request: Request, token: str, to: str) -> Response:
    """Go on to a page with the token in a cookie that no script reads."""
    response = RedirectResponse(local_path(to), 303, headers=_NO_STORE)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LASTS.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_https(request),
    )
    return response


def signed_out(request: Request, to: str = "/sign-in") -> Response:
    """Go on to a page without the cookie."""
    response = RedirectResponse(to, 303, headers=_NO_STORE)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=is_https(request))
    return response


def is_https(request: Request) -> bool:
    """Tell whether the browser came by https, to us or to the proxy that we believe."""
    forwarded = request.headers.get("x-forwarded-proto", "") if settings_from().behind_proxy else ""
    return "https" in (request.url.scheme, forwarded.split(",")[-1].strip())


def address_of(request: Request) -> str:
    """Give the browser's address, as the proxy saw it where we believe one; for the throttle only."""
    forwarded = request.headers.get("x-forwarded-for", "") if settings_from().behind_proxy else ""
    found = forwarded.split(",")[-1].strip() or (request.client.host if request.client else "")
    try:
        address = ip_address(found)
    except ValueError:
        return found
    # whoever has one address of IPv6 has the whole network of 2**64
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else found


def device_of(headers: Headers) -> str:
    """Say in words what somebody signed in with, such as "Firefox on Android"."""
    agent = headers.get("user-agent", "")
    # most call themselves Chrome and Safari as well
    browsers = {
        "Edg": "Edge",
        "OPR/": "Opera",
        "SamsungBrowser/": "Samsung Internet",
        "Firefox/": "Firefox",
        "FxiOS/": "Firefox",
        "Chrome/": "Chrome",
        "CriOS/": "Chrome",
        "Safari/": "Safari",
    }
    systems = {
        "Android": "Android",
        "iPhone": "iPhone",
        "iPad": "iPad",
        "Windows": "Windows",
        "Mac OS X": "a Mac",
        "CrOS": "a Chromebook",
        "Linux": "Linux",
    }
    browser = next((name for sign, name in browsers.items() if sign in agent), "A browser")
    system = next((name for sign, name in systems.items() if sign in agent), "")
    return f"{browser} on {system}" if system else browser


def _invented() -> bool:
    """Tell whether an invented class is loaded; no while the database is away."""
    try:
        return current().invented
    except QuizError:
        return False


def _host_in(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


@cache
def _templates() -> Environment:
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(loader=folder, autoescape=True, undefined=StrictUndefined)
