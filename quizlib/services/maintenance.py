"""Looking after the database."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from quizlib.config import Settings
from quizlib.engine.attempt import replay
from quizlib.errors import DatabaseProblem, Problem
from quizlib.services import processes
from quizlib.services.app import App, utc_now
from quizlib.store.answers import rebuild, tallies
from quizlib.store.databases import copying, migrate
from quizlib.store.databases.addresses import database_at, sqlite_file
from quizlib.store.databases.database import BANK, Connection, Database
from quizlib.store.databases.sqlite import SqliteDatabase
from quizlib.store.databases.sqlite_files import copy_sqlite, leave_wal, replace_sqlite, revision_of_backup
from quizlib.store.ids import batched

Progress = Callable[[int, int], None]
RESTORE = "Bring back a backup with: quiz database restore FILE"


def upgrade(settings: Settings) -> bool:
    """Bring the database to this program's tables; say whether anything changed."""
    with closing(database_at(settings.database_url, patient=True)) as database:
        return migrate.upgrade(database, utc_now())


def find_damage(app: App, progress: Progress | None = None) -> list[Problem]:
    """Look for what must not be: lost items, caches that differ from the steps, wrong hashes."""
    migrate.require_current(app.database)
    problems = []
    with app.database.read() as connection:
        lost = rebuild.steps_without_item(connection)
        problems += [Problem(f"steps of item {item_id}", "Their item is gone.", RESTORE) for item_id in lost]
        for question_id in rebuild.questions_without_version(connection):
            fix = "Run: quiz bank sync"
            problems.append(Problem(f"question {question_id}", "Its current version is missing.", fix))
        for version_id in rebuild.versions_with_a_wrong_hash(connection):
            fix = f"Somebody changed the row by hand. {RESTORE}"
            problems.append(Problem(f"version {version_id}", "Its content is not what was saved.", fix))
        for item_id in rebuild.marked_by_another_key(connection):
            fix = "Open its question, and mark past answers again."
            problems.append(Problem(f"item {item_id}", "It is not marked by the key that was decided on.", fix))
        done, total, after = 0, rebuild.count_items(connection), rebuild.START
        while (last := rebuild.next_learned(connection, after)) is not None:
            compared = rebuild.compare(connection, replay, after, last)
            for difference in compared.differences:
                fix = "Run: quiz database rebuild"
                problems.append(Problem(f"item {difference.item_id}", "Its state is not that of its last step.", fix))
            done, after = done + compared.items, last
            if progress is not None:
                progress(done, total)
        # what is derived from wrong items is wrong as well, and right once they are
        sound = not lost and not any(one.where.startswith("item ") for one in problems)
        for attempt_id in _wrong_tallies(connection) if sound else ():
            fix = "Run: quiz database rebuild"
            problems.append(Problem(f"attempt {attempt_id}", "Its tally is not that of its answers.", fix))
    return problems


def rebuild_caches(app: App, progress: Progress | None = None) -> int:
    """Recompute every cache from the steps; give how many items and tallies changed.

    Each batch is stored by itself: learners go on meanwhile, and one may stop it at any time.
    """
    migrate.require_current(app.database)
    with app.database.read() as connection:
        total = rebuild.count_items(connection)
    changed = done = 0
    after = rebuild.START
    while True:
        with app.database.read() as connection:
            last = rebuild.next_learned(connection, after)
            if last is None:
                break
            compared = rebuild.compare(connection, replay, after, last)
        if compared.differences:
            with app.database.write() as connection:
                locked = {one.item_id for one in compared.differences}
                rebuild.lock_items(connection, sorted(locked))
                # an answer may have come since: compare again what nobody else can change now
                for difference in rebuild.compare(connection, replay, after, last).differences:
                    if difference.item_id in locked:
                        rebuild.write_cache(connection, difference)
                        changed += 1
        done, after = done + compared.items, last
        if progress is not None:
            progress(done, total)
    with app.database.read() as connection:
        wrong = list(_wrong_tallies(connection))
    for some in batched(wrong):
        with app.database.write(BANK) as connection:  # after whoever marks answers again
            tallies.tally(connection, some)
    return changed + len(wrong)


def _wrong_tallies(connection: Connection) -> Iterator[int]:
    after = 0
    while (compared := tallies.compare(connection, after)) is not None:
        yield from compared.different
        after = compared.last


def backup(settings: Settings, file: Path, progress: Progress | None = None) -> None:
    """Copy the database to a SQLite file while it is in use: one state of it, whole or not at all."""
    with _told(f"The backup {file} cannot be made"), closing(_existing(settings.database_url)) as database:
        if file.exists():
            raise DatabaseProblem(f"{file} exists already. Choose another name; a backup is never overwritten.")
        if not file.parent.is_dir():
            raise DatabaseProblem(f"There is no folder {file.parent}. Make it first.")
        if isinstance(database, SqliteDatabase):
            copy_sqlite(database.file, file, progress)
        else:
            _rows_to_file(database, file, progress)


def restore(settings: Settings, file: Path, now: datetime, progress: Progress | None = None) -> Path | None:
    """Put a backup in the database's place; give the file that keeps what was there, None when nothing was."""
    if not file.is_file():
        raise DatabaseProblem(f"There is no file {file}.")
    revision = revision_of_backup(file)
    if revision is None:
        raise DatabaseProblem(f"{file} is not a backup of this program.")
    with (
        _told(f"The backup {file} cannot be restored"),
        closing(database_at(settings.database_url, patient=True)) as database,
    ):
        migrate.refuse_newer(f"The backup {file}", revision)
        if isinstance(database, SqliteDatabase):
            with database.alone(5):
                return replace_sqlite(database.file, file, now)
        return _rows_from_file(database, file, now, progress)


def copy(source: str, target: str, progress: Progress | None = None) -> int:
    """Copy every row of one database into another that is empty, whatever the two are; give how many.

    The source may be in use: what is copied is one state of it. Where the target has no tables they are made first.
    """
    with closing(_existing(source)) as old, closing(database_at(target, patient=True)) as new:
        if old.url == new.url:
            raise DatabaseProblem("These are the same database. Name another one to copy to.")
        migrate.require_current(old)
        now = utc_now()
        _make_tables(new, now)
        with old.read() as rows, _sole_use(new, now) as copies:
            if copying.holds_anything(copies):
                raise DatabaseProblem(f"The database {new.name} holds something already. Copy into an empty one.")
            return copying.copy_rows(rows, copies, progress)


def _existing(address: str) -> Database:
    """Open a database that is there; neither a SQLite file nor its folder is made."""
    file = sqlite_file(address)
    if file is not None and not file.is_file():
        raise DatabaseProblem(f"There is no database at {file} yet. Start the app once with: quiz serve")
    return database_at(address, patient=True)


def _make_tables(database: Database, now: datetime) -> None:
    """Give an empty database its tables; one with tables is left alone, and must be up to date."""
    if migrate.revision_of(database) is None:
        migrate.upgrade(database, now)
    migrate.require_current(database)


@contextmanager
def _sole_use(database: Database, now: datetime) -> Iterator[Connection]:
    """Write while nobody else does; raise DatabaseProblem where a process serves the app, now or at the end."""
    with database.write(BANK) as connection:
        copying.keep_writers_out(connection)
        processes.require_nobody(connection, now)
        yield connection
        processes.require_nobody(connection, now)


def _address(file: Path) -> str:
    return f"sqlite:///{quote(str(file))}"


def _rows_to_file(database: Database, file: Path, progress: Progress | None) -> None:
    draft = file.with_name(f"{file.name}.part")
    try:
        draft.unlink(missing_ok=True)
        copy(database.url.render_as_string(hide_password=False), _address(draft), progress)
        leave_wal(draft)
        draft.replace(file)
    finally:
        for left in (draft, Path(f"{draft}.lock")):
            left.unlink(missing_ok=True)


def _rows_from_file(database: Database, file: Path, now: datetime, progress: Progress | None) -> Path | None:
    """Replace every row in one transaction: a refusal or a stop in the middle leaves what was there."""
    _make_tables(database, now)
    kept = file.with_name(f"{file.name}.before-restore.{now:%Y%m%dT%H%M%S}.bak")
    with TemporaryDirectory(dir=file.parent) as folder:
        # the backup itself stays as it is; its copy is brought up to date
        draft = Path(folder) / "quiz.db"
        copy_sqlite(file, draft)
        with closing(database_at(_address(draft), patient=True)) as backup_copy:
            migrate.upgrade(backup_copy, now)
            with backup_copy.read() as rows, _sole_use(database, now) as copies:
                anything = copying.holds_anything(copies)
                if anything:
                    # others may read meanwhile, and this is another connection
                    _rows_to_file(database, kept, None)
                copying.empty(copies)
                copying.copy_rows(rows, copies, progress)
    return kept if anything else None


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Tell in a sentence why a file cannot be read or written."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise DatabaseProblem(f"{what}: {error}. The database stays as it is.") from error
