"""All that a database holds, to be compared with another, and a sign of life in it."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from quizlib.store.databases import processes
from quizlib.store.databases.addresses import database_at
from quizlib.store.databases.copying import COPIED
from quizlib.store.databases.processes import Process

Rows = dict[str, list[str]]


def rows(address: str) -> Rows:
    """Give every row of every table, to the letter."""
    with closing(database_at(address)) as database, database.read() as connection:
        return {
            table.name: [
                repr(dict(row)) for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in COPIED
        }


def nothing() -> Rows:
    return {table.name: [] for table in COPIED}


def counted(found: Rows) -> int:
    return sum(map(len, found.values()))


def give_sign(address: str, ago: timedelta = timedelta()) -> None:
    with closing(database_at(address)) as database, database.write() as connection:
        now = datetime.now(UTC) - ago
        processes.give_sign(connection, Process("toad", "pond", 7, now, now))
