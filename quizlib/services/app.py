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
from quizlib.errors import DatabaseProblem, QuizError
from quizlib.model.authoring import Approval
from quizlib.model.catalogue import Catalogue
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.store.content.catalogue import read_entries
from quizlib.store.content.questions import read_versions
from quizlib.store.content.verdicts import approvals
from quizlib.store.databases import migrate
from quizlib.store.databases.addresses import database_at
from quizlib.store.databases.changes import change_number
from quizlib.store.databases.database import Connection, Database
from quizlib.store.people.invented import loaded

Clock = Callable[[], datetime]
RETRY_SECONDS = 2.0
KEPT_VERSIONS = 20_000
LOOK_SECONDS = 1.0
CLOSE_SECONDS = 5.0
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
    # by version: who approved it, and when
    approvals: dict[int, Approval] = field(default_factory=dict)
    local_user: User | None = None
    bank_number: int = 0
    # whether a class of people who never lived is there to look round in
    invented: bool = False
    # set when the app closes: what works in the background stops where it is
    closing: threading.Event = field(default_factory=threading.Event)
    _versions: dict[int, Question] = field(default_factory=dict)
    _looked: float = field(default_factory=time.monotonic)
    _working: list[threading.Thread] = field(default_factory=list)

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

    @property
    def catalogue(self) -> Catalogue:
        """What questions point to: the files', with what was added or changed in the browser."""
        return self.bank.catalogue

    @property
    def alone(self) -> bool:
        """Whether there is one person only, who has every role and learns all the same."""
        return self.settings.sign_in == "none"

    def keep_up(self) -> None:
        """Look, at most once a second, whether another process changed what this one keeps in memory."""
        if time.monotonic() - self._looked >= LOOK_SECONDS:
            self.local_user = None
            self.look()

    def look(self) -> None:
        """Look whether anybody changed what this process keeps in memory of the bank."""
        self._looked = time.monotonic()
        try:
            with self.database.read() as connection:
                number = change_number(connection, BANK_CHANGE)
                if number == self.bank_number:
                    return
                self.approvals = approvals(connection)
                self.invented = loaded(connection)
                entries = read_entries(connection)
        except DatabaseProblem:
            return  # whoever needs the database now will say so
        filed, problems = read_catalogue(self.settings.questions)
        if problems:  # files that are being written are read again at the next look
            filed = self.bank.filed
        else:
            self.bank_number = number
        self.bank = replace(self.bank, catalogue=filed.laid_over(entries), filed=filed)

    def in_background(self, name: str, work: Callable[[], None]) -> None:
        """Do something beside whoever waits for a page; closing waits for it a while."""
        self._working = [one for one in self._working if one.is_alive()]
        thread = threading.Thread(target=work, name=name, daemon=True)
        self._working.append(thread)
        thread.start()

    def close(self) -> None:
        """Let go of the database."""
        self.closing.set()
        for one in self._working:
            one.join(CLOSE_SECONDS)
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
                entries = read_entries(connection)
            # after its number: what is synced meanwhile is read once more, not missed
            app.bank = read_bank(settings.questions, progress, entries=entries)
        with app.database.read() as connection:
            app.approvals = approvals(connection)
            app.invented = loaded(connection)
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
