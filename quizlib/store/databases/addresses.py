"""From an address to a database."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from quizlib.errors import DatabaseProblem
from quizlib.store.databases.database import Database
from quizlib.store.databases.postgres import PostgresDatabase
from quizlib.store.databases.sqlite import SqliteDatabase

_WRITE = "Write sqlite:///path/to/quiz.db or postgresql+psycopg://user:password@host/quiz."


def database_at(address: str, *, patient: bool = False) -> Database:
    """Open the database that an address names; `patient` for upkeep, which may take as long as it needs."""
    url = _read(address)
    match url.drivername:
        case "sqlite":
            return SqliteDatabase(url)
        case "postgresql" | "postgresql+psycopg" | "postgres":
            return PostgresDatabase(url, patient=patient)
    raise DatabaseProblem(f"QUIZ_DATABASE_URL names {url.drivername}. {_WRITE}")


def sqlite_file(address: str) -> Path | None:
    """Give the file that an address names, whether it is there or not; None for a server."""
    url = _read(address)
    return Path(url.database or "") if url.drivername == "sqlite" else None


def _read(address: str) -> URL:
    try:
        return make_url(address)
    except (ArgumentError, ValueError):
        raise DatabaseProblem(f"QUIZ_DATABASE_URL cannot be read. {_WRITE}") from None
