"""Who asks for an address of our own that is not a form."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request

from quizlib.config import settings_from
from quizlib.model.person import User
from quizlib.services.people import signing_in
from quizlib.services.people.people import local_person
from quizlib.web.forms import COOKIE

# reads what a provider says out of the cookies of a request
ClaimsIn = Callable[[Mapping[str, str]], dict[str, Any]]


def who_asks(request: Request, claims_in: ClaimsIn) -> User:
    """Give whoever sent a request; raise SignedOut when it is nobody. `claims_in` finds who came by a provider."""
    match settings_from().sign_in:
        case "none":
            return local_person()
        case "accounts":
            return signing_in.who(request.cookies.get(COOKIE))
        case _:
            return signing_in.who_by_provider(claims_in(request.cookies))
