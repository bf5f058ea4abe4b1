"""A SQLite file: one writer at a time, its log synced at every commit."""

import errno
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError

from quizlib.errors import DatabaseProblem
from quizlib.store.databases.database import Database, told_in_words
from quizlib.store.databases.sqlite_files import copy_sqlite

BUSY_MS = 10_000
LOCKED = (
    "The database is locked by another program. Close what else has it open (a backup, a viewer, a sync client), "
    "then try again; nothing is lost."
)


class SqliteDatabase(Database):
    """A database in a file."""

    upgrades_itself = True

    def __init__(self, url: URL, *, busy_ms: int = BUSY_MS) -> None:
        self.url = url
        name = url.database or ":memory:"  # as SQLite takes an address without a file
        if ":memory:" in name or url.query.get("mode") == "memory":
            raise DatabaseProblem(
                "QUIZ_DATABASE_URL names a database in memory, which is lost when the program ends. "
                "Answers must be kept in a file: write sqlite:///path/to/quiz.db."
            )
        self.file = Path(name)
        self.name = str(self.file)
        self._busy_ms = busy_ms
        self._writer = threading.Lock()
        with self._told():
            self.file.parent.mkdir(parents=True, exist_ok=True)
        self.engine = sa.create_engine(
            url,
            connect_args={"check_same_thread": False},
            hide_parameters=True,
            pool_size=10,
            max_overflow=40,
            pool_timeout=10,
        )
        sa.event.listen(self.engine, "connect", self._prepare)

    @contextmanager
    def read(self, *, patient: bool = False) -> Iterator[Connection]:
        """Give a connection that sees one state of the database; a read takes as long as it needs."""
        with self._told(), self.engine.connect() as connection:
            _begin(connection, "BEGIN")
            with connection.begin():
                yield connection

    @contextmanager
    def write(self, turn: int | None = None) -> Iterator[Connection]:
        """Give a connection whose changes are stored together; every write waits for every other."""
        with self._told(), self._alone_in_process(), self.engine.connect() as connection:
            # IMMEDIATE takes the write lock first, so that a read is never upgraded into a deadlock
            _begin(connection, "BEGIN IMMEDIATE")
            with connection.begin():
                yield connection

    @contextmanager
    def alone(self, seconds: float) -> Iterator[None]:
        """Hold the lock file beside the database."""
        lock = FileLock(f"{self.file}.lock")
        try:
            lock.acquire(timeout=seconds)
        except Timeout:
            raise DatabaseProblem(f"Another program is upgrading {self.file}. Wait for it, then try again.") from None
        try:
            yield
        finally:
            lock.release()

    def keep_copy(self, revision: str, now: datetime) -> None:
        """Copy the file beside itself."""
        with self._told():
            copy_sqlite(self.file, self.file.with_name(f"{self.file.name}.{revision}.{now:%Y%m%dT%H%M%S}.bak"))

    def sentence(self, error: DBAPIError) -> str | None:
        """Say what SQLite's message means."""
        return self._words_for(str(error.orig))

    def _words_for(self, said: str) -> str | None:
        said = said.lower()
        table: dict[tuple[str, ...], str] = {
            ("database is locked", "database table is locked"): LOCKED,
            ("disk is full", "disk i/o error"): _full(self.file),
            ("readonly database", "unable to open"): (
                f"The database {self.file} cannot be opened for writing. Make the file and its folder writable, "
                "or set QUIZ_DATABASE_URL to another place."
            ),
            ("not a database", "malformed", "file is encrypted"): (
                f"The file {self.file} is not a sound SQLite database. Move it away, "
                "or bring back a backup with: quiz database restore FILE"
            ),
            ("no such table", "no such column"): (
                f"The database {self.file} was made by another version of this program. Run: quiz database upgrade"
            ),
        }
        return next((words for signs, words in table.items() if any(sign in said for sign in signs)), None)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            with told_in_words(self):
                yield
        except sqlite3.Error as error:  # from the driver itself, where no engine stands between
            raise DatabaseProblem(self._words_for(str(error)) or f"SQLite refuses {self.file}: {error}.") from error
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise DatabaseProblem(_full(self.file)) from error
            what = error.strerror or str(error)
            raise DatabaseProblem(
                f"The folder {self.file.parent} cannot be used: {what}. "
                "Make it writable, or set QUIZ_DATABASE_URL to another place."
            ) from error

    @contextmanager
    def _alone_in_process(self) -> Iterator[None]:
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
        _write_ahead(cursor, self._busy_ms / 1000)
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()


def _write_ahead(cursor: sqlite3.Cursor, seconds: float) -> None:
    # the one statement that does not wait for another process by itself: two that start on a new file both make it
    end = time.monotonic() + seconds
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


def _begin(connection: Connection, statement: str) -> None:
    # on the driver itself: SQLAlchemy's own BEGIN is empty for SQLite, and an event for it slows every statement
    driver = connection.connection.driver_connection
    if driver is not None:
        try:
            driver.execute(statement)
        except sqlite3.Error as error:
            raise DBAPIError(statement, None, error) from error


def _full(file: Path) -> str:
    return (
        f"The disk that holds {file} is full, or fails. Free some space, then try again; "
        "what was saved before is still there."
    )
