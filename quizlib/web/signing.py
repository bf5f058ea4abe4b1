"""Sign in, sign out, choose a password by a link, make an account by the code of a class."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from quizlib.config import settings_from
from quizlib.errors import DatabaseProblem, NotFound, QuizError, Refused, SignedOut
from quizlib.model.person import Purpose
from quizlib.services.classes import classes
from quizlib.services.people import accounts, signing_in
from quizlib.services.people.signing_in import TooManyTries
from quizlib.web.forms import (
    COOKIE,
    address_of,
    device_of,
    field_of,
    local_path,
    refuse_foreign,
    show,
    signed_in,
    signed_out,
)

# Of their own: passwords are checked one after the other, and what waits for that must not hold up pages.
_LINE = anyio.CapacityLimiter(10)
Answer = TypeVar("Answer")


async def in_line(work: Callable[..., Answer], *given: object, **named: object) -> Answer:
    """Do what may wait for a password to be checked, off the event loop."""
    return await anyio.to_thread.run_sync(partial(work, *given, **named), limiter=_LINE)


async def sign_in(request: Request) -> Response:
    """Show the form; take it."""
    if settings_from().sign_in != "accounts":
        return RedirectResponse("/", 303)
    if request.method == "GET":
        return show("sign_in", to=local_path(request.query_params.get("to", "/")), name="")
    refusal = refuse_foreign(request)
    if refusal is not None:
        return refusal
    given = await field_of(request)
    name, to = given.get("name", ""), local_path(given.get("to", "/"))
    try:
        token = await in_line(
            signing_in.sign_in,
            name,
            given.get("password", ""),
            address=address_of(request),
            device=device_of(request.headers),
            before=request.cookies.get(COOKIE, ""),
        )
    except QuizError as trouble:
        status = 429 if isinstance(trouble, TooManyTries) else 503 if isinstance(trouble, DatabaseProblem) else 401
        return show("sign_in", status, to=to, name=name, trouble=trouble)
    return signed_in(request, token, to)


async def sign_out(request: Request) -> Response:
    """End what the browser's cookie opened, here and in every other tab."""
    refusal = refuse_foreign(request)
    if refusal is not None:
        return refusal
    try:
        await in_line(signing_in.sign_out, request.cookies.get(COOKIE))
    except DatabaseProblem as trouble:
        return show("gone", 503, trouble=f"You are still signed in. {trouble}")
    return signed_out(request)


async def link(request: Request) -> Response:
    """Show what a one-time link is for; take the password chosen with it."""
    if settings_from().sign_in != "accounts":
        return RedirectResponse("/", 303)
    given = dict(request.query_params) if request.method == "GET" else await field_of(request)
    key = given.get("key", "")
    try:
        for_whom = await in_line(accounts.invited, key)
    except QuizError as trouble:
        return show("gone", 503 if isinstance(trouble, DatabaseProblem) else 404, trouble=trouble)
    first = for_whom.purpose is Purpose.FIRST
    about: dict[str, Any] = {
        "key": key,
        "first": first,
        "name": given.get("name", "") if first else for_whom.name,
        "sign_in_name": given.get("sign_in_name", "") if first else for_whom.sign_in_name,
    }
    if request.method == "GET":
        return show("link", **about)
    refusal = refuse_foreign(request)
    if refusal is not None:
        return refusal
    try:
        token = await in_line(
            accounts.use_link,
            key,
            given.get("password", ""),
            name=about["name"],
            sign_in_name=about["sign_in_name"],
            device=device_of(request.headers),
            before=request.cookies.get(COOKIE, ""),
        )
    except NotFound as trouble:
        return show("gone", 404, trouble=trouble)
    except QuizError as trouble:
        return show("link", 503 if isinstance(trouble, DatabaseProblem) else 400, trouble=trouble, **about)
    return signed_in(request, token, "/")


async def welcome(request: Request) -> Response:
    """Show the form that makes a student's account by the code of a class; take it."""
    if settings_from().sign_in != "accounts":
        return RedirectResponse("/", 303)
    given = dict(request.query_params) if request.method == "GET" else await field_of(request)
    code = given.get("code", "")
    if not code:
        return show("code", code="")
    try:
        class_name = await in_line(classes.name_for_code, code)
    except Refused as trouble:
        return show("code", 404, code=code, trouble=trouble)
    except DatabaseProblem as trouble:
        return show("code", 503, code=code, trouble=trouble)
    about: dict[str, Any] = {
        "code": code,
        "class_name": class_name,
        "name": given.get("name", ""),
        "sign_in_name": given.get("sign_in_name", ""),
    }
    if request.method == "GET":
        return show("welcome", **about)
    refusal = refuse_foreign(request)
    if refusal is not None:
        return refusal
    try:
        token, _class_id = await in_line(
            accounts.register,
            code,
            about["name"],
            about["sign_in_name"],
            given.get("password", ""),
            device=device_of(request.headers),
            before=request.cookies.get(COOKIE, ""),
        )
    except QuizError as trouble:
        return show("welcome", 503 if isinstance(trouble, DatabaseProblem) else 400, trouble=trouble, **about)
    return signed_in(request, token, "/")


async def here(request: Request) -> Response:
    """Answer with a sign of who is signed in, or with nothing: a page that was left asks when it is looked at again."""
    sign = ""
    match settings_from().sign_in:
        case "accounts":
            token = request.cookies.get(COOKIE)
            try:
                await run_in_threadpool(signing_in.who, token)
                sign = signing_in.sign_of(token)
            except SignedOut:
                pass
            except QuizError:
                return PlainTextResponse("", 503, headers={"Cache-Control": "no-store"})
        case "oidc":
            # Streamlit signs its cookie, and looks at it when a page connects
            sign = signing_in.sign_of(None) if request.cookies.get("_streamlit_user") else ""
    return PlainTextResponse(sign, headers={"Cache-Control": "no-store"})


ROUTES = [
    Route("/here", here),
    Route("/sign-in", sign_in, methods=["GET", "POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
    Route("/link", link, methods=["GET", "POST"]),
    Route("/welcome", welcome, methods=["GET", "POST"]),
]
