"""Files that were made for one person to fetch, from the disk and only to that person."""

from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from quizlib.errors import NotAllowed, NotFound, QuizError, SignedOut
from quizlib.services.exporting import prepared
from quizlib.web.asking import ClaimsIn, who_asks

_NOT_KEPT = {"Cache-Control": "no-store"}
_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
    ".json": "application/json",
}


def route(claims_in: ClaimsIn) -> Route:
    """Give the route of prepared files; `claims_in` finds who signed in through a provider."""

    def found(request: Request) -> Path:
        return prepared.fetch(who_asks(request, claims_in), request.path_params["token"])

    async def download(request: Request) -> Response:
        try:
            file = await run_in_threadpool(found, request)
        except (SignedOut, NotAllowed) as refusal:
            return PlainTextResponse(str(refusal), 401, headers=_NOT_KEPT)
        except NotFound as refusal:
            return PlainTextResponse(str(refusal), 404, headers=_NOT_KEPT)
        except QuizError as trouble:
            return PlainTextResponse(str(trouble), 503, headers=_NOT_KEPT)
        headers = {
            **_NOT_KEPT,
            "Content-Disposition": disposition(file.name),
            # as it is: packed on the way, nobody could say how long it takes
            "Content-Encoding": "identity",
        }
        return FileResponse(file, headers=headers, media_type=_TYPES.get(file.suffix, "application/octet-stream"))

    return Route("/download/{token}", download)


def disposition(name: str) -> str:
    """Give the header that has a browser save a file under its name: RFC 6266, with RFC 8187 for letters beyond ASCII.

    What takes only the first form gets letters that it can read.
    """
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "_" for letter in name)
    extended = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return f'attachment; filename="{plain}"{extended}'
