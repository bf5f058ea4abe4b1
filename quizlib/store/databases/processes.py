"""Signs of life of the processes that serve the app."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.store.tables import processes


class Process(NamedTuple):
    """A process that serves the app, when it began and when it last gave a sign."""

    id: str
    host: str
    pid: int
    started_at: datetime
    seen_at: datetime


def give_sign(connection: Connection, process: Process) -> None:
    """Write down that a process lives."""
    changed = connection.execute(
        sa.update(processes).where(processes.c.id == process.id).values(seen_at=process.seen_at)
    ).rowcount
    if not changed:
        connection.execute(sa.insert(processes).values(**process._asdict()))


def forget(connection: Connection, process_id: str) -> None:
    """Take out a process that has ended."""
    connection.execute(sa.delete(processes).where(processes.c.id == process_id))


def forget_silent(connection: Connection, since: datetime) -> None:
    """Take out processes that gave no sign since a moment: they were killed."""
    connection.execute(sa.delete(processes).where(processes.c.seen_at < since))


def living(connection: Connection, since: datetime) -> list[Process]:
    """Give the processes that gave a sign since a moment, the oldest first."""
    rows = connection.execute(
        sa.select(processes).where(processes.c.seen_at >= since).order_by(processes.c.started_at, processes.c.id)
    )
    return [Process(row.id, row.host, row.pid, row.started_at, row.seen_at) for row in rows]
