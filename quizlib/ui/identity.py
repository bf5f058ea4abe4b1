"""Who is here: the one place that reads cookies and the browser's own facts."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import streamlit as st

from quizlib.config import settings_from
from quizlib.errors import DatabaseProblem, QuizError, SignedOut
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.people import signing_in
from quizlib.services.people.people import local_person

COOKIE = "quiz_sign_in"
_OWNER = "owner"
_NOBODY = 0
# what Streamlit adds to the claims of a provider
_NOT_CLAIMS = ("is_logged_in", "tokens")


def actor() -> User:
    """Give the person of this visit, looked up anew at every run; raise SignedOut when there is none.

    Cookies are those of the moment in which the tab connected: a sign-out elsewhere is known to the database only.
    """
    zone = st.context.timezone
    zone = zone if isinstance(zone, str) else None
    match sign_in_mode():
        case "none":
            return local_person(zone)
        case "accounts":
            return _kept_apart(lambda: signing_in.who(token(), zone))
        case _:
            return _kept_apart(lambda: signing_in.who_by_provider(claims(), zone))


def later() -> Callable[[], User]:
    """Give a way to look up anew, outside a run of the page, who is here; it raises SignedOut."""
    match sign_in_mode():
        case "none":
            return local_person
        case "accounts":
            held = token()
            return lambda: signing_in.who(held)
        case _:
            said = claims()
            return lambda: signing_in.who_by_provider(said)


def _kept_apart(find: Callable[[], User]) -> User:
    """Find who is here, and leave nothing in this tab of whoever was here before."""
    try:
        user = find()
    except SignedOut:
        _forget()
        raise
    if st.session_state.get(_OWNER, user.id) != user.id:
        # A reconnect brought another person's cookie to what the first one left, which is half typed in the browser as
        # well: nobody goes on in this tab until it is loaded anew.
        _forget()
        st.session_state[_OWNER] = _NOBODY
        raise SignedOut("Somebody else has signed in here meanwhile.")
    st.session_state[_OWNER] = user.id
    return user


def _forget() -> None:
    if _OWNER in st.session_state:  # what was pressed before anybody was here is nobody's secret
        st.session_state.clear()


def sign_in_mode() -> str:
    """Say how people sign in: `none`, `accounts` or `oidc`; raise SettingsProblem."""
    try:
        return current().settings.sign_in
    except DatabaseProblem:
        return settings_from().sign_in  # a page that waits for the database is the same page


def sign_of(mode: str) -> str:
    """Give what the address /here answers as long as this sign-in holds, as this run has found it."""
    if _OWNER not in st.session_state:  # nobody was here, or this page had no need to ask
        with suppress(QuizError):
            actor()
    if st.session_state.get(_OWNER, _NOBODY) == _NOBODY:
        return ""
    return signing_in.sign_of(token() if mode == "accounts" else None)


def token() -> str | None:
    """Give the token that this browser holds."""
    found = st.context.cookies.get(COOKIE)
    return found if isinstance(found, str) else None


def claims() -> dict[str, Any]:
    """Give what a provider says about who is here; nothing when nobody is signed in through it."""
    if not st.user.get("is_logged_in"):
        return {}
    return {name: value for name, value in st.user.to_dict().items() if name not in _NOT_CLAIMS}


def claims_in(cookies: Mapping[str, str]) -> dict[str, Any]:
    """Give what a provider says about whoever sends these cookies outside a page; nothing for nobody.

    Streamlit has no way to ask for it there: it is read as Streamlit does when a page connects.
    """
    from streamlit.auth_util import get_cookie_with_chunks
    from streamlit.web.server.server_util import get_cookie_secret
    from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

    def part(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1")) if value else None

    said = json.loads(get_cookie_with_chunks(part, "_streamlit_user") or b"{}")
    if not said.pop("is_logged_in", False):
        return {}
    return {name: value for name, value in said.items() if name not in (*_NOT_CLAIMS, "origin")}


def address() -> str:
    """Give the address of this app as the browser knows it, without a path."""
    parts = str(st.context.url or "").split("/")
    return "/".join(parts[:3]) if len(parts) >= 3 else ""
