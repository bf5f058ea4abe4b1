"""One database: connections, transactions, and its refusals in sentences."""

import errno
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from quizlib.errors import DatabaseProblem

BUSY_MS = 10_000


__all__ = ["Connection", "Database", "Taken", "told_in_words"]


class Taken(Exception):
    """Somebody else's step took the place of ours."""


class Database:
    """Reads and writes of one database; a write is one transaction, whole or not at all."""

    def __init__(self, url: str, *, busy_ms: int = BUSY_MS) -> None:
        try:
            self.url = make_url(url)
        except ArgumentError:
            raise DatabaseProblem("QUIZ_DATABASE_URL cannot be read. Write sqlite:///path/to/quiz.db.") from None
        if self.url.get_backend_name() != "sqlite":
            raise DatabaseProblem(
                f"QUIZ_DATABASE_URL names {self.url.get_backend_name()}. Write sqlite:///path/to/quiz.db."
            )
        name = self.url.database or ":memory:"  # as SQLite takes an address without a file
        if ":memory:" in name or self.url.query.get("mode") == "memory":
            raise DatabaseProblem(
                "QUIZ_DATABASE_URL names a database in memory, which is lost when the program ends. "
                "Answers must be kept in a file: write sqlite:///path/to/quiz.db."
            )
        self.file = Path(name)
        self._busy_ms = busy_ms
        self._writer = threading.Lock()
        with told_in_words(self):
            self.file.parent.mkdir(parents=True, exist_ok=True)
        self.engine = sa.create_engine(
            self.url, connect_args={"check_same_thread": False}, pool_size=10, max_overflow=40, pool_timeout=10
        )
        sa.event.listen(self.engine, "connect", self._prepare)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database."""
        with told_in_words(self), self.engine.connect() as connection:
            _begin(connection, "BEGIN")
            with connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection whose changes are stored together when the block ends, and not at all when it fails."""
        with told_in_words(self), self._turn(), self.engine.connect() as connection:
            # IMMEDIATE takes the write lock first, so that a read is never upgraded into a deadlock
            _begin(connection, "BEGIN IMMEDIATE")
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        # SQLite has one writer; threads that wait here in turn do not burn their busy timeout against each other
        if not self._writer.acquire(timeout=self._busy_ms / 1000):
            raise DatabaseProblem(LOCKED)
        try:
            yield
        finally:
            self._writer.release()

    def _prepare(self, connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, see _begin
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {self._busy_ms}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()


def _begin(connection: Connection, statement: str) -> None:
    # on the driver itself: SQLAlchemy's own BEGIN is empty for SQLite, and an event for it slows every statement
    driver = connection.connection.driver_connection
    if driver is not None:
        try:
            driver.execute(statement)
        except sqlite3.Error as error:
            raise DBAPIError(statement, None, error) from error


LOCKED = (
    "The database is locked by another program. Close what else has it open (a backup, a viewer, a sync client), "
    "then try again; nothing is lost."
)


@contextmanager
def told_in_words(database: Database) -> Iterator[None]:
    """Turn what a database refuses into a sentence that says what to do."""
    try:
        yield
    except PoolTimeout:
        raise DatabaseProblem("Too many people are waiting for the database. Try again in a moment.") from None
    except DBAPIError as error:
        sentence = _sentence(str(error.orig), database.file)
        if sentence is None:
            raise
        raise DatabaseProblem(sentence) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DatabaseProblem(_full(database.file)) from error
        what = error.strerror or str(error)
        raise DatabaseProblem(
            f"The folder {database.file.parent} cannot be used: {what}. "
            "Make it writable, or set QUIZ_DATABASE_URL to another place."
        ) from error


def _sentence(said: str, file: Path) -> str | None:
    said = said.lower()
    table: dict[tuple[str, ...], str] = {
        ("database is locked", "database table is locked"): LOCKED,
        ("disk is full", "disk i/o error"): _full(file),
        ("readonly database", "unable to open"): (
            f"The database {file} cannot be opened for writing. Make the file and its folder writable, "
            "or set QUIZ_DATABASE_URL to another place."
        ),
        ("not a database", "malformed", "file is encrypted"): (
            f"The file {file} is not a sound SQLite database. Move it away, "
            "or bring back a backup with: quiz database restore FILE"
        ),
        ("no such table", "no such column"): (
            f"The database {file} was made by another version of this program. Run: quiz database upgrade"
        ),
    }
    for signs, sentence in table.items():
        if any(sign in said for sign in signs):
            return sentence
    return None


def _full(file: Path) -> str:
    return (
        f"The disk that holds {file} is full, or fails. Free some space, then try again; "
        "what was saved before is still there."
    )
