"""Routes, middleware and lifespan of the server."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from quizlib.config import settings_from
from quizlib.errors import QuizError
from quizlib.services import processes
from quizlib.services.app import current
from quizlib.services.exporting import prepared
from quizlib.services.people import signing_in
from quizlib.web import downloads, pictures, signing
from quizlib.web.asking import ClaimsIn
from quizlib.web.favicon import favicon
from quizlib.web.gate import Gate
from quizlib.web.health import health
from quizlib.web.security import Doorkeeper

log = logging.getLogger("quizlib")


def routes(claims_in: ClaimsIn = lambda _: {}) -> list[BaseRoute]:
    """Give our own routes; Streamlit's are beside them. `claims_in` reads who signed in through a provider."""
    ours = [Route("/healthz", health), Route("/favicon.png", favicon)]
    return [*ours, pictures.route(claims_in), downloads.route(claims_in), *signing.ROUTES]


def middleware() -> list[Middleware]:
    """Give what every request passes through."""
    return [Middleware(Doorkeeper), Middleware(Gate)]


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any] | None]:
    """Open the app before the first visit. Never raises: what is wrong becomes a sentence on every page."""
    try:
        settings_from()
        await run_in_threadpool(current)
    except QuizError as trouble:
        log.error("%s", trouble)  # noqa: TRY400 - a sentence for the operator, not a fault of ours
    except Exception:
        log.exception("the app could not be opened")
    signs = asyncio.create_task(_give_signs())
    yield None
    signs.cancel()
    with suppress(asyncio.CancelledError):
        await signs  # a sign that is being given is given before it is taken back
    with suppress(QuizError):
        await run_in_threadpool(processes.leave)


async def _give_signs() -> None:
    """Tell the database every few seconds that this process lives, and let it forget what is over."""
    while True:
        try:
            await run_in_threadpool(processes.give_sign)
            await run_in_threadpool(signing_in.forget_tries)
            await run_in_threadpool(prepared.forget_old)
        except QuizError:
            pass  # every page says what is wrong with the database
        except Exception:  # whatever it was, the next sign must come: without one this process counts as gone
            log.exception("a sign of life could not be given")
        await asyncio.sleep(processes.SIGN_SECONDS)
