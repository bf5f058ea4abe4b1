"""Bring a database to the tables of this program, under a lock, with a copy made first."""

from datetime import datetime
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from quizlib.errors import DatabaseProblem
from quizlib.store.databases.database import Database


def revision_of(database: Database) -> str | None:
    """Give the revision that the database is at; None when it is empty."""
    with database.read() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """Give the revision that this program needs."""
    return _head_of(_config().get_main_option("script_location") or "")


def upgrade(database: Database, now: datetime, lock_seconds: float = 60) -> bool:
    """Bring the database to the newest revision; say whether anything changed.

    Only one process at a time does it, and looks again once it has the lock. What is in a SQLite file is copied to
    `<file>.<revision>.<time>.bak` first. Raises DatabaseProblem when the database is newer than the program.
    """
    if revision_of(database) == newest_revision():
        return False
    with database.alone(lock_seconds):
        current = revision_of(database)
        if current == newest_revision():
            return False
        refuse_newer(f"The database {database.name}", current)
        if current is not None:
            database.keep_copy(current, now)
        with database.write() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return True


def require_current(database: Database) -> None:
    """Raise DatabaseProblem unless the database is at this program's revision."""
    current = revision_of(database)
    if current != newest_revision():
        refuse_newer(f"The database {database.name}", current)
        state = "has no tables yet" if current is None else "is older than this program"
        raise DatabaseProblem(f"The database {database.name} {state}. Run: quiz database upgrade")


def refuse_newer(what: str, current: str | None) -> None:
    """Raise DatabaseProblem when a database, or a backup, has a revision that this program does not know."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if current is not None and current not in known:
        raise DatabaseProblem(
            f"{what} was made by a newer version of this program (revision {current}). "
            "Update the program; nothing was changed."
        )


@cache
def _head_of(folder: str) -> str | None:
    """Read the migrations of a folder once: they take longer than most of what asks."""
    config = Config()
    config.set_main_option("script_location", folder.replace("%", "%%"))
    return ScriptDirectory.from_config(config).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
