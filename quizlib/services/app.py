"""The running app: its settings, its database, its bank."""

import gc
import secrets
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Self

from quizlib.bank.catalogue import read_catalogue
from quizlib.bank.files import Bank, read_bank
from quizlib.config import Settings, settings_from
from quizlib.errors import DatabaseProblem, Problem, QuizError
from quizlib.model.catalogue import Catalogue
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.store import migrate
from quizlib.store.addresses import database_at
from quizlib.store.changes import change_number
from quizlib.store.database import Connection, Database
from quizlib.store.questions import read_versions

Clock = Callable[[], datetime]
RETRY_SECONDS = 2.0
KEPT_VERSIONS = 20_000
LOOK_SECONDS = 1.0
BANK_CHANGE = "bank"
Progress = Callable[[int, int], None]


def utc_now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


def random_seed() -> int:
    """Draw a seed that nobody can guess."""
    return secrets.randbits(48)


@dataclass
class App:
    """What every service works with; replace it in tests with `use`. As a context it closes itself."""

    settings: Settings
    database: Database
    clock: Clock = utc_now
    seed: Callable[[], int] = random_seed
    bank: Bank = field(default_factory=lambda: Bank(Catalogue()))
    conflicts: list[Problem] = field(default_factory=list)
    local_user: User | None = None
    bank_number: int = 0
    _versions: dict[int, Question] = field(default_factory=dict)
    _looked: float = field(default_factory=time.monotonic)

    def question(self, connection: Connection, version_id: int) -> Question:
        """Give the question as saved in a version; versions never change, so they are kept in memory."""
        return self.questions(connection, [version_id])[version_id]

    def questions(self, connection: Connection, version_ids: Collection[int]) -> dict[int, Question]:
        """Give the questions of several versions."""
        missing = [one for one in version_ids if one not in self._versions]
        if missing:
            if len(self._versions) + len(missing) > KEPT_VERSIONS:
                self._versions = {}
                missing = list(version_ids)
            self._versions |= read_versions(connection, missing)
        return {one: self._versions[one] for one in version_ids}

    def keep_up(self) -> None:
        """Look, at most once a second, whether another process changed what this one keeps in memory."""
        now = time.monotonic()
        if now - self._looked < LOOK_SECONDS:
            return
        self._looked = now
        self.local_user = None
        try:
            with self.database.read() as connection:
                number = change_number(connection, BANK_CHANGE)
        except DatabaseProblem:
            return  # whoever needs the database now will say so
        if number != self.bank_number:
            catalogue, problems = read_catalogue(self.settings.questions)
            if not problems:  # files that are being written are read again at the next look
                self.bank, self.bank_number = replace(self.bank, catalogue=catalogue), number

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_refusal: object) -> None:
        self.close()


_lock = threading.Lock()
_app: App | None = None
_trouble: tuple[float, QuizError] | None = None


def open_app(settings: Settings, *, clock: Clock = utc_now, progress: Progress | None = None) -> App:
    """Open the database and read the question files; raise QuizError with a sentence.

    A SQLite file is brought up to date first, and changed question files are taken in. On PostgreSQL an administrator
    does both, by command.
    """
    from quizlib.services.bank import sync

    app = App(settings, database_at(settings.database_url), clock)
    try:
        if app.database.upgrades_itself:
            migrate.upgrade(app.database, clock())
            sync(app, progress=progress)
        else:
            migrate.require_current(app.database)
            with app.database.read() as connection:
                app.bank_number = change_number(connection, BANK_CHANGE)
            # after its number: what is synced meanwhile is read once more, not missed
            app.bank = read_bank(settings.questions, progress)
    except BaseException:
        app.close()
        raise
    return app


def open_for_upkeep(settings: Settings, *, clock: Clock = utc_now) -> App:
    """Open an up-to-date database without taking in the question files, for commands that look after it."""
    app = App(settings, database_at(settings.database_url, patient=True), clock)
    try:
        if app.database.upgrades_itself and migrate.revision_of(app.database) is None:
            migrate.upgrade(app.database, clock())
        migrate.require_current(app.database)
    except BaseException:
        app.close()
        raise
    return app


def current() -> App:
    """Give the app of this process, opening it on first use; raise QuizError while it cannot be opened.

    After a refusal it is tried again at most every two seconds, so that a page heals by itself.
    """
    global _app, _trouble
    if _app is not None:
        _app.keep_up()
        return _app
    with _lock:
        if _app is not None:
            return _app
        if _trouble is not None and time.monotonic() - _trouble[0] < RETRY_SECONDS:
            raise _trouble[1]
        try:
            _app = open_app(settings_from())
        except QuizError as trouble:
            _trouble = (time.monotonic(), trouble)
            raise
        _trouble = None
        # the bank stays for the life of the process; frozen, it is not walked again by every collection
        gc.collect()
        gc.freeze()
        return _app


def use(app: App | None) -> None:
    """Make this the app of the process, or none."""
    global _app, _trouble
    _app, _trouble = app, None


def healthy() -> None:
    """Raise QuizError unless the app is open and its database answers."""
    app = current()
    with app.database.read() as connection:
        connection.exec_driver_sql("SELECT 1")
    if migrate.revision_of(app.database) != migrate.newest_revision():
        raise DatabaseProblem("The database was changed by another version of this program. Start the app again.")
