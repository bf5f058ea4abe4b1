"""Which processes serve the app now."""

import os
import platform
import secrets
from datetime import datetime, timedelta

from quizlib.errors import DatabaseProblem
from quizlib.services.app import current
from quizlib.store.databases import processes as rows
from quizlib.store.databases.database import Connection
from quizlib.store.databases.processes import Process

SIGN_SECONDS = 10
GONE = timedelta(seconds=35)

_id = secrets.token_hex(16)


def give_sign() -> None:
    """Write down that this process lives, and forget those that were killed."""
    app = current()
    now = app.clock()
    with app.database.write() as connection:
        rows.give_sign(connection, Process(_id, platform.node()[:200], os.getpid(), now, now))
        rows.forget_silent(connection, now - GONE)


def leave() -> None:
    """Take back the sign of life when this process ends."""
    app = current()
    with app.database.write() as connection:
        rows.forget(connection, _id)


def require_nobody(connection: Connection, now: datetime) -> None:
    """Raise DatabaseProblem while a process serves the app on this database."""
    for process in rows.living(connection, now - GONE):
        ago = max(0, round((now - process.seen_at).total_seconds()))  # the clocks of two hosts differ
        raise DatabaseProblem(
            f"The app runs on this database: process {process.pid} on {process.host} gave a sign of life {ago} seconds "
            f"ago. Stop it first; a process that was killed is forgotten after {GONE.seconds} seconds."
        )
