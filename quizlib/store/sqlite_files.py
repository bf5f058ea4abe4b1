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
        draft.unlink(missing_ok=True)
        raise
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
    if file.is_file():
        kept = file.with_name(f"{file.name}.before-restore.{now:%Y%m%dT%H%M%S}.bak")
        try:
            _leave_wal_alone(file)
            copy_sqlite(file, kept)
        except sqlite3.OperationalError:
            raise  # a full disk: nothing was kept, so nothing is replaced
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


def leave_wal(file: Path) -> None:
    """Fold the log into the file; SQLite allows it only when nobody else is connected."""
    with closing(sqlite3.connect(file, timeout=1)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _leave_wal_alone(file: Path) -> None:
    try:
        leave_wal(file)
    except sqlite3.OperationalError:
        raise DatabaseProblem(f"{file} is in use. Stop the app first, then restore.") from None
