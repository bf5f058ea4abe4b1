"""SQLite files: copied while in use, replaced only while nobody uses them."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from quizlib.errors import DatabaseProblem


def copy_sqlite(source: Path, target: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Copy a SQLite file while others use it, whole or not at all (SQLite's online backup)."""
    draft = target.with_name(target.name + ".part")
    draft.unlink(missing_ok=True)
    reader, writer = sqlite3.connect(source), sqlite3.connect(draft)
    try:
        told = None if progress is None else (lambda _status, left, total: progress(total - left, total))
        # one state for the whole copy: without it, a change by another program starts the copy over
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        reader.backup(writer, pages=1000, progress=told)
        writer.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        writer.close()
        for suffix in ("", "-journal"):
            Path(f"{draft}{suffix}").unlink(missing_ok=True)
        raise
    finally:
        reader.close()
        writer.close()
    draft.replace(target)


def replace_sqlite(file: Path, backup: Path, now: datetime) -> Path | None:
    """Put the backup's content in the file's place and give where the old content went; None when there was none.

    From the first look to the end nobody else can open the file, so that no answer falls between the two. A broken file
    is kept as it is, with its log. Raises DatabaseProblem while another program has it open.
    """
    if not file.is_file():
        copy_sqlite(backup, file)
        return None
    kept = file.with_name(f"{file.name}.before-restore.{now:%Y%m%dT%H%M%S}.bak")
    try:
        with closing(_alone_with(file)) as connection:
            _copy_whole(connection, kept)
            with closing(sqlite3.connect(backup)) as source:
                source.backup(connection)
    except sqlite3.OperationalError:
        raise  # a full disk: the transaction that replaces it did not end, so the old content stays
    except sqlite3.DatabaseError:
        for suffix in ("", "-wal"):
            if Path(f"{file}{suffix}").exists():
                shutil.copy2(f"{file}{suffix}", f"{kept}{suffix}")
        for suffix in ("-wal", "-shm"):
            Path(f"{file}{suffix}").unlink(missing_ok=True)
        copy_sqlite(backup, file)
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


def leave_wal(file: Path) -> None:
    """Fold the log into the file; SQLite allows it only when nobody else is connected."""
    with closing(sqlite3.connect(file, timeout=1)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _alone_with(file: Path) -> sqlite3.Connection:
    """Open a file so that nobody else can, until it is closed."""
    connection = sqlite3.connect(file, timeout=1, isolation_level=None)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        connection.close()
        if "locked" in str(error):
            raise DatabaseProblem(f"{file} is in use. Stop the app first, then restore.") from None
        raise
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _copy_whole(source: sqlite3.Connection, target: Path) -> None:
    with closing(sqlite3.connect(target)) as writer:
        try:
            source.backup(writer)
        except sqlite3.Error:
            writer.close()
            target.unlink(missing_ok=True)
            raise
