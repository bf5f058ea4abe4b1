"""Do to a database what the app never would."""

import sqlite3
import time
from contextlib import closing
from typing import Any

import psycopg

from quizlib.store.databases.addresses import database_at
from quizlib.store.databases.sqlite import SqliteDatabase


def behind(address: str, sql: str) -> list[tuple[Any, ...]]:
    """Run a statement as another program does, with no key or constraint in its way; give the rows, if any."""
    with closing(database_at(address)) as database:
        if isinstance(database, SqliteDatabase):
            with closing(sqlite3.connect(database.file)) as connection, connection:
                return connection.execute(sql).fetchall()
        plain = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as other:
        # foreign keys are triggers, and triggers do not fire for a replica
        other.execute("SET session_replication_role = replica")
        found = other.execute(sql.encode())
        return found.fetchall() if found.description else []


def emptied(address: str) -> str:
    """Take every table out of a PostgreSQL database, as createdb leaves one; give its address."""
    if not address.startswith("sqlite"):
        behind(address, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return address


def let_go(address: str, within: float = 5.0) -> bool:
    """Tell whether nobody is connected to a database any more, as soon as that is so."""
    end = time.monotonic() + within
    while _connected(address):
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def _connected(address: str) -> bool:
    with closing(database_at(address)) as database:
        if isinstance(database, SqliteDatabase):
            # SQLite keeps this file while anybody has the database open
            return database.file.with_name(f"{database.file.name}-wal").exists()
    others = "datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    return bool(behind(address, f"SELECT 1 FROM pg_stat_activity WHERE {others}"))
