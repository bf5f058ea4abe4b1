"""A database: connections, transactions, and its refusals in sentences."""

import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError, ResourceClosedError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from quizlib.errors import DatabaseProblem

__all__ = ["BANK", "PEOPLE", "Connection", "Database", "Taken", "told_in_words"]

log = logging.getLogger("quizlib")
NOTE_SECONDS = 30.0
_noted: tuple[str, float] = ("", 0.0)

# Turns that are not one person's; a person's own is their id.
BANK, PEOPLE = -1, -2


class Taken(Exception):
    """Somebody else's step took the place of ours."""


class Database(ABC):
    """Reads and writes of one database; a write is one transaction, whole or not at all."""

    url: URL
    engine: sa.Engine
    # what messages call it, without a password
    name: str
    # whether the program that uses it brings its tables up to date by itself
    upgrades_itself: bool

    @abstractmethod
    def read(self, *, patient: bool = False) -> AbstractContextManager[Connection]:
        """Give a connection that sees one state of the database; `patient` in the background, for what takes long."""

    @abstractmethod
    def write(self, turn: int | None = None) -> AbstractContextManager[Connection]:
        """Give a connection whose changes are stored together when the block ends, and not at all when it fails.

        Writes of one turn (a person's id, BANK, PEOPLE) wait for each other, so that what one reads before it writes
        still holds.
        """

    def turns_under_way(self) -> list[int]:
        """Give the turns that others have now; none where a write begins only when the one before has ended."""
        return []

    @abstractmethod
    def alone(self, seconds: float) -> AbstractContextManager[None]:
        """Keep every other process from upgrading or replacing it; raise DatabaseProblem when one is at it."""

    def keep_copy(self, revision: str, now: datetime) -> None:  # noqa: B027 - nothing to do is an answer
        """Keep a copy of what is in it before an upgrade, where that is not an administrator's to do."""

    @abstractmethod
    def sentence(self, error: DBAPIError) -> str | None:
        """Say what an error of the driver means and what to do, or give None."""

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


@contextmanager
def told_in_words(database: Database) -> Iterator[None]:
    """Turn what a database refuses into a sentence that says what to do."""
    try:
        yield
    except PoolTimeout:
        raise DatabaseProblem("Too many people are waiting for the database. Try again in a moment.") from None
    except ResourceClosedError:
        # a connection that broke was noticed only when its transaction ended
        raise DatabaseProblem("The connection to the database broke. Try again; nothing was half stored.") from None
    except DBAPIError as error:
        sentence = database.sentence(error)
        if sentence is None:
            raise
        _note(error)
        raise DatabaseProblem(sentence) from error


def _note(error: DBAPIError) -> None:
    """Tell the operator what the driver said, once in a while: the sentence for people leaves out the cause."""
    global _noted
    said = str(error.orig).strip()
    if said != _noted[0] or time.monotonic() - _noted[1] > NOTE_SECONDS:
        _noted = (said, time.monotonic())
        log.warning("the database refused: %s", said)
