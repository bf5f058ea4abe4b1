"""One address that tells whether the app can take an answer."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from quizlib.errors import QuizError
from quizlib.services.app import healthy


async def health(request: Request) -> Response:
    """Answer 200 when the database answers, else 503 with the sentence that the pages show."""
    try:
        await run_in_threadpool(healthy)
    except QuizError as trouble:
        return JSONResponse({"ok": False, "why": str(trouble)}, 503, headers={"Cache-Control": "no-store"})
    return JSONResponse({"ok": True}, headers={"Cache-Control": "no-store"})
