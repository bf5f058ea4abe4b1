"""A PostgreSQL database: many writers, each person's one after the other."""

import selectors
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import errors
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError, DisconnectionError

from quizlib.errors import DatabaseProblem
from quizlib.store.databases.database import Database, told_in_words

# A page run holds a connection for milliseconds and Python runs one thread at a time, so a few serve a class; all
# processes together stay below the 100 connections that PostgreSQL allows by default.
POOL_SIZE, MORE_AT_PEAK, WAIT_SECONDS = 8, 16, 10
STATEMENT_SECONDS, LOCK_SECONDS, CONNECT_SECONDS = 15, 10, 5
# Advisory locks share one space of numbers in a database: turns are ids and small negative numbers.
_UPGRADE = -9_000

AWAY = "The database does not answer. Try again in a moment; every answer that was acknowledged is stored."
FULL_HOUSE = "The database server has no connection left. Try again in a moment."


class PostgresDatabase(Database):
    """A database on a PostgreSQL server; `patient` for upkeep, whose statements may take as long as they need."""

    upgrades_itself = False

    def __init__(self, url: URL, *, patient: bool = False) -> None:
        self.url = url.set(drivername="postgresql+psycopg")
        self.name = url.difference_update_query(["password", "sslpassword"]).render_as_string(hide_password=True)
        if not url.database:
            raise DatabaseProblem("QUIZ_DATABASE_URL names no database. Write postgresql+psycopg://user@host/quiz.")
        settings = {
            "timezone": "UTC",
            "statement_timeout": 0 if patient else STATEMENT_SECONDS * 1000,
            "lock_timeout": LOCK_SECONDS * 1000,
            "idle_in_transaction_session_timeout": 0 if patient else 60_000,
            # a client that vanished lets go of its locks within minutes
            "tcp_keepalives_idle": 30,
            "tcp_keepalives_interval": 10,
            "tcp_keepalives_count": 3,
        }
        given = url.query.get("options", "")
        options = " ".join([given if isinstance(given, str) else " ".join(given), *_options(settings)]).strip()
        self.engine = sa.create_engine(
            self.url.difference_update_query(["options"]),
            connect_args={
                "options": options,
                "connect_timeout": CONNECT_SECONDS,
                # a server that vanished without a word is noticed within seconds, not hours
                "keepalives_idle": 10,
                "keepalives_interval": 3,
                "keepalives_count": 3,
                "tcp_user_timeout": 20_000,
            },
            pool_size=POOL_SIZE,
            max_overflow=MORE_AT_PEAK,
            pool_timeout=WAIT_SECONDS,
            # whatever the server's default: what one turn reads after waiting must be what the turn before it wrote
            isolation_level="READ COMMITTED",
            hide_parameters=True,
            use_native_hstore=False,  # looking for its type would cost every connection a query
        )
        self._reader = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        sa.event.listen(self.engine, "checkout", _still_there)

    @contextmanager
    def read(self, *, patient: bool = False) -> Iterator[Connection]:
        """Give a connection that sees one state of the database; `patient` in the background, for what takes long."""
        with told_in_words(self), self._reader.connect() as connection, connection.begin():
            if patient:
                connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
            yield connection

    @contextmanager
    def write(self, turn: int | None = None) -> Iterator[Connection]:
        """Give a connection whose changes are stored together; writes of one turn wait for each other."""
        with told_in_words(self), self.engine.connect() as connection, connection.begin():
            if turn is not None:
                # let go of by itself when the transaction ends
                connection.execute(_TAKE_TURN, {"turn": turn})
            yield connection

    def turns_under_way(self) -> list[int]:
        """Give the turns that are held now."""
        with self.read() as connection:
            return list(connection.scalars(_TURNS))

    @contextmanager
    def alone(self, seconds: float) -> Iterator[None]:
        """Hold an advisory lock on a connection of its own."""
        with told_in_words(self), self.engine.connect() as connection, connection.begin():
            connection.execute(sa.text(f"SET LOCAL lock_timeout = {max(1, int(seconds * 1000))}"))
            try:
                connection.execute(_TAKE_TURN, {"turn": _UPGRADE})
            except sa.exc.OperationalError as error:
                if isinstance(error.orig, errors.LockNotAvailable):
                    raise DatabaseProblem(
                        f"Another program is upgrading {self.name}. Wait for it, then try again."
                    ) from None
                raise
            yield

    def sentence(self, error: DBAPIError) -> str | None:
        """Say what PostgreSQL's refusal means, by its class (PostgreSQL manual, appendix A) or the driver's words."""
        refusal = error.orig
        for kinds, words in self._refusals().items():
            if isinstance(refusal, kinds):
                return words
        if isinstance(refusal, psycopg.OperationalError) and not refusal.sqlstate:
            # no connection: the words are the library's or the server's, and a password is never among them
            said = str(refusal)
            if "does not exist" in said:
                return f"There is no such database or user: {self.name}. Make it with createdb, then try again."
            if "authentication failed" in said or "no password supplied" in said or "pg_hba.conf" in said:
                return f"The server refused the user or password of QUIZ_DATABASE_URL ({self.name})."
            if "could not translate host name" in said or "failed to resolve host" in said:
                return f"The host of QUIZ_DATABASE_URL is not known ({self.name}). Look for a typing error."
            if any(sign in said for sign in ("too many clients", "too many connections", "remaining connection slots")):
                return FULL_HOUSE
            return AWAY
        return AWAY if error.connection_invalidated else None

    def _refusals(self) -> dict[tuple[type[psycopg.Error], ...], str]:
        return {
            (
                errors.AdminShutdown,
                errors.CrashShutdown,
                errors.CannotConnectNow,
                errors.IdleInTransactionSessionTimeout,
            ): (AWAY),
            (errors.QueryCanceled, errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure): (
                "The database is busy. Try again in a moment; nothing was half stored."
            ),
            (errors.DiskFull,): (
                f"The disk of the database {self.name} is full. Free some space, then try again; "
                "what was saved before is still there."
            ),
            (errors.TooManyConnections,): FULL_HOUSE,
            (errors.ReadOnlySqlTransaction,): (
                f"The database {self.name} is read-only, as a standby is. Set QUIZ_DATABASE_URL to the one that writes."
            ),
            (errors.UndefinedTable, errors.UndefinedColumn): (
                f"The database {self.name} was made by another version of this program. Run: quiz database upgrade"
            ),
            (errors.DuplicateTable,): (
                f"The database {self.name} holds tables of another program. Name a database of its own for this one."
            ),
            (errors.InsufficientPrivilege,): (
                f"The user of {self.name} may not do this. Make it the owner of the database."
            ),
        }


_TAKE_TURN = sa.text("SELECT pg_advisory_xact_lock(:turn)")
# PostgreSQL shows the halves of the number apart; a negative one comes back as it was
_TURNS = sa.text(
    "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
    " AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def _options(settings: dict[str, Any]) -> list[str]:
    return [f"-c {name}={value}" for name, value in settings.items()]


def _still_there(connection: psycopg.Connection[Any], _record: object, _proxy: object) -> None:
    """Have the pool replace a connection that the server has closed.

    An idle connection has nothing to say; where there is something to read, it is a farewell. Looking costs
    microseconds, a query would cost a way to the server and back.
    """
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(connection.fileno(), selectors.EVENT_READ)
            gone = connection.closed or bool(selector.select(0))
    except (OSError, ValueError, psycopg.Error):
        gone = True
    if gone:
        raise DisconnectionError
