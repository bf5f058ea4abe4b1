"""Pictures of questions, from the database and only to whoever is signed in."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from quizlib.config import settings_from
from quizlib.errors import NotAllowed, NotFound, QuizError, SignedOut
from quizlib.model.person import User
from quizlib.model.picture import PictureFile
from quizlib.services.authoring import pictures
from quizlib.services.people import signing_in
from quizlib.services.people.people import local_person
from quizlib.web.forms import COOKIE

# reads what a provider says out of the cookies of a request
ClaimsIn = Callable[[Mapping[str, str]], dict[str, Any]]
# A name keeps its picture for ever; another person at the same browser asks for it anew after signing in.
_KEPT = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Disposition": "inline",
    "X-Content-Type-Options": "nosniff",
}
_NOT_KEPT = {"Cache-Control": "no-store"}


def route(claims_in: ClaimsIn) -> Route:
    """Give the route of pictures; `claims_in` finds who signed in through a provider."""

    def found(request: Request) -> PictureFile:
        return pictures.read(_who(request, claims_in), request.path_params["name"])

    async def picture(request: Request) -> Response:
        try:
            shown = await run_in_threadpool(found, request)
        except (SignedOut, NotAllowed) as refusal:
            return PlainTextResponse(str(refusal), 401, headers=_NOT_KEPT)
        except NotFound as refusal:
            return PlainTextResponse(str(refusal), 404, headers=_NOT_KEPT)
        except QuizError as trouble:
            return PlainTextResponse(str(trouble), 503, headers=_NOT_KEPT)
        return Response(shown.content, media_type=shown.type, headers=_KEPT)

    return Route("/picture/{name}", picture)


def _who(request: Request, claims_in: ClaimsIn) -> User:
    match settings_from().sign_in:
        case "none":
            return local_person()
        case "accounts":
            return signing_in.who(request.cookies.get(COOKIE))
        case _:
            return signing_in.who_by_provider(claims_in(request.cookies))
