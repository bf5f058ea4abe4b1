"""Looking after the database."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from quizlib.config import Settings
from quizlib.engine.attempt import replay
from quizlib.errors import DatabaseProblem, Problem
from quizlib.services.app import App, utc_now
from quizlib.store import migrate, rebuild
from quizlib.store.database import Database, told_in_words

Progress = Callable[[int, int], None]


def upgrade(settings: Settings) -> bool:
    """Bring the database to this program's tables; say whether anything changed."""
    with closing(Database(settings.database_url)) as database:
        return migrate.upgrade(database, utc_now())


def find_damage(app: App, progress: Progress | None = None) -> list[Problem]:
    """Look for what must not be: lost items, caches that differ from the steps, wrong hashes."""
    migrate.require_current(app.database)
    problems = []
    with app.database.read() as connection:
        for item_id in rebuild.steps_without_item(connection):
            fix = "Bring back a backup with: quiz database restore FILE"
            problems.append(Problem(f"steps of item {item_id}", "Their item is gone.", fix))
        for question_id in rebuild.questions_without_version(connection):
            fix = "Run: quiz bank sync"
            problems.append(Problem(f"question {question_id}", "Its current version is missing.", fix))
        for version_id in rebuild.versions_with_a_wrong_hash(connection):
            fix = "Somebody changed the row by hand. Bring back a backup with: quiz database restore FILE"
            problems.append(Problem(f"version {version_id}", "Its content is not what was saved.", fix))
        for difference in rebuild.differences(connection, replay, progress):
            fix = "Run: quiz database rebuild"
            problems.append(Problem(f"item {difference.item_id}", "Its state is not that of its last step.", fix))
    return problems


def rebuild_caches(app: App, progress: Progress | None = None) -> int:
    """Recompute every cache from the steps; give how many items changed."""
    migrate.require_current(app.database)
    changed = 0
    with app.database.write() as connection:
        for difference in list(rebuild.differences(connection, replay, progress)):
            rebuild.write_cache(connection, difference)
            changed += 1
    return changed


def backup(settings: Settings, file: Path, progress: Progress | None = None) -> None:
    """Copy the database to a file while it is in use."""
    with closing(Database(settings.database_url)) as database, told_in_words(database):
        if not database.file.is_file():
            raise DatabaseProblem(f"There is no database at {database.file} yet. Start the app once with: quiz serve")
        if file.exists():
            raise DatabaseProblem(f"{file} exists already. Choose another name; a backup is never overwritten.")
        if not file.parent.is_dir():
            raise DatabaseProblem(f"There is no folder {file.parent}. Make it first.")
        migrate.copy_sqlite(database.file, file, progress)


def restore(settings: Settings, file: Path, now: datetime) -> Path | None:
    """Put a backup in the database's place; give where the database that was there is kept."""
    if not file.is_file():
        raise DatabaseProblem(f"There is no file {file}.")
    revision = migrate.revision_of_backup(file)
    if revision is None:
        raise DatabaseProblem(f"{file} is not a backup of this program.")
    migrate.refuse_newer(file, revision)
    with closing(Database(settings.database_url)) as database:
        return migrate.replace_sqlite(database.file, file, now)
