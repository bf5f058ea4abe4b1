"""Pictures of questions, from the database and only to whoever is signed in."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from quizlib.errors import NotAllowed, NotFound, QuizError, SignedOut
from quizlib.model.picture import PictureFile
from quizlib.services.authoring import pictures
from quizlib.web.asking import ClaimsIn, who_asks

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
        return pictures.read(who_asks(request, claims_in), request.path_params["name"])

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
