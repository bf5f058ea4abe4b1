"""Bring a database to the tables of this program, under a lock, with a copy made first."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock, Timeout

from quizlib.errors import DatabaseProblem
from quizlib.store.database import Database


def revision_of(database: Database) -> str | None:
    """Give the revision that the database is at; None when it is empty."""
    with database.read() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """Give the revision that this program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def upgrade(database: Database, now: datetime, lock_seconds: float = 60) -> bool:
    """Bring the database to the newest revision; say whether anything changed.

    Only one process at a time does it, and looks again once it has the lock. A file that holds anything is copied to
    `<file>.<revision>.<time>.bak` first. Raises DatabaseProblem when the database is newer than the program.
    """
    if revision_of(database) == newest_revision():
        return False
    with _alone(database.file, lock_seconds):
        current = revision_of(database)
        if current == newest_revision():
            return False
        refuse_newer(database.file, current)
        if current is not None:
            copy = database.file.with_name(f"{database.file.name}.{current}.{now:%Y%m%dT%H%M%S}.bak")
            copy_sqlite(database.file, copy)
        with database.write() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return True


def require_current(database: Database) -> None:
    """Raise DatabaseProblem unless the database is at this program's revision."""
    current = revision_of(database)
    if current != newest_revision():
        refuse_newer(database.file, current)
        raise DatabaseProblem(f"The database {database.file} is older than this program. Run: quiz database upgrade")


def copy_sqlite(source: Path, target: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Copy a SQLite file while others use it, whole or not at all (SQLite's online backup)."""
    draft = target.with_name(target.name + ".part")
    draft.unlink(missing_ok=True)
    reader, writer = sqlite3.connect(source), sqlite3.connect(draft)
    try:
        told = None if progress is None else (lambda _status, left, total: progress(total - left, total))
        reader.backup(writer, pages=1000, progress=told)
        writer.execute("PRAGMA journal_mode = DELETE")
    finally:
        reader.close()
        writer.close()
    draft.replace(target)


def replace_sqlite(file: Path, backup: Path, now: datetime) -> Path | None:
    """Put a copy of the backup in the file's place and give where the old file went; None when there was none.

    The old one is kept with what its log still holds; a broken one is kept as it is. Raises DatabaseProblem while
    another program has it open.
    """
    kept = None
    with _alone(file, 5):
        if file.is_file():
            kept = file.with_name(f"{file.name}.before-restore.{now:%Y%m%dT%H%M%S}.bak")
            try:
                _leave_wal(file)
                copy_sqlite(file, kept)
            except sqlite3.OperationalError:
                raise DatabaseProblem(f"{file} is in use. Stop the app first, then restore.") from None
            except sqlite3.DatabaseError:
                shutil.copy2(file, kept)
        copy_sqlite(backup, file)
        for suffix in ("-wal", "-shm"):
            Path(f"{file}{suffix}").unlink(missing_ok=True)
    return kept


def revision_of_backup(file: Path) -> str | None:
    """Give the revision of a backup without touching it; None when it is not one of ours."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:
        return None
    except sqlite3.DatabaseError:
        raise DatabaseProblem(f"The file {file} is not a sound SQLite database.") from None
    return None if row is None else str(row[0])


def _leave_wal(file: Path) -> None:
    """Fold the log into the file; SQLite allows it only when nobody else is connected."""
    with closing(sqlite3.connect(file, timeout=1)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def refuse_newer(file: Path, current: str | None) -> None:
    """Raise DatabaseProblem when a database has a revision that this program does not know."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if current is not None and current not in known:
        raise DatabaseProblem(
            f"The database {file} was made by a newer version of this program (revision {current}). "
            "Update the program; the database stays as it is."
        )


@contextmanager
def _alone(file: Path, seconds: float) -> Iterator[None]:
    lock = FileLock(f"{file}.lock")
    try:
        lock.acquire(timeout=seconds)
    except Timeout:
        raise DatabaseProblem(f"Another program is upgrading {file}. Wait for it, then try again.") from None
    try:
        yield
    finally:
        lock.release()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
