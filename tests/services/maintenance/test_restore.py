"""A restored database is that of the backup; what was there is kept, and what is no backup changes nothing."""

import threading
from pathlib import Path

import pytest
from alembic import command
from driving.behind import emptied
from makers import NOON, on_postgres, on_sqlite
from services.maintenance.looking import answers, run, stop

from quizlib.config import Settings
from quizlib.errors import DatabaseProblem
from quizlib.model.person import User
from quizlib.services import maintenance
from quizlib.services.app import App, open_app
from quizlib.services.quizzes import study
from quizlib.store.databases import migrate
from quizlib.store.databases.addresses import database_at
from quizlib.store.databases.migrate import newest_revision


def test_a_restored_database_is_that_of_the_backup_and_the_other_is_kept(
    app: App, learner: User, answered: int, backup: Path
):
    later = study.start(learner)
    stop(app)
    kept = maintenance.restore(app.settings, backup, NOON)

    replaced = "quiz.db" if app.database.upgrades_itself else "copy.db"
    assert kept == backup.with_name(f"{replaced}.before-restore.20261121T120000.bak")
    assert run(app, "SELECT id FROM attempts") == [(answered,)]
    assert run(kept, "SELECT id FROM attempts ORDER BY id") == [(answered,), (later,)]
    with open_app(app.settings) as reopened:
        assert maintenance.find_damage(reopened) == []


def test_a_backup_is_restored_where_there_is_no_database(app: App, backup: Path, tmp_path: Path):
    elsewhere = Settings(f"sqlite:///{tmp_path / 'new' / 'quiz.db'}", app.settings.questions)

    assert maintenance.restore(elsewhere, backup, NOON) is None
    assert answers(tmp_path / "new" / "quiz.db") == [(0.0,)]


@on_postgres
def test_a_backup_is_restored_where_there_are_no_tables(app: App, backup: Path):
    stop(app)
    emptied(app.settings.database_url)

    assert maintenance.restore(app.settings, backup, NOON) is None
    assert answers(app) == [(0.0,)]


@on_sqlite
def test_a_database_in_use_is_not_replaced(app: App, learner: User, backup: Path):
    quiz = study.start(learner)

    with pytest.raises(DatabaseProblem, match=r"is in use\. Stop the app first"):
        maintenance.restore(app.settings, backup, NOON)
    assert study.sheet(learner, quiz).attempt.id == quiz
    assert list(backup.parent.glob("*.bak")) == []


@on_sqlite
def test_a_backup_takes_the_place_of_a_broken_database(app: App, backup: Path):
    stop(app)
    app.database.file.write_text("Dear diary, today I saw a frog. " * 100)
    kept = maintenance.restore(app.settings, backup, NOON)

    assert answers(app) == [(0.0,)]
    assert kept
    assert kept.read_text().startswith("Dear diary")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "There is no file"),
        (b"", "is not a backup of this program"),
        (b"Dear diary, today I saw a frog. " * 100, "is not a sound SQLite database"),
    ],
    ids=["missing", "empty", "a diary"],
)
def test_what_is_no_backup_is_not_restored(app: App, answered: int, tmp_path: Path, content: bytes | None, told: str):
    file = tmp_path / "copy.db"
    if content is not None:
        file.write_bytes(content)
    stop(app)

    with pytest.raises(DatabaseProblem, match=told):
        maintenance.restore(app.settings, file, NOON)
    assert answers(app) == [(0.0,)]


def test_a_backup_of_a_newer_program_is_not_restored(app: App, backup: Path):
    run(backup, "UPDATE alembic_version SET version_num = '9999'")
    stop(app)

    with pytest.raises(DatabaseProblem, match="newer version of this program"):
        maintenance.restore(app.settings, backup, NOON)
    assert run(app, "SELECT version_num FROM alembic_version") == [(newest_revision(),)]


def test_a_backup_of_an_older_program_is_restored(app: App, answered: int, tmp_path: Path):
    older = database_at(f"sqlite:///{tmp_path / 'copy.db'}")
    with older.write() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.exec_driver_sql("INSERT INTO users (name, roles, created_at) VALUES ('Frog', '[]', '2026-11-20')")
    older.close()
    stop(app)
    maintenance.restore(app.settings, tmp_path / "copy.db", NOON)

    with open_app(app.settings) as reopened:
        assert run(reopened, "SELECT name FROM users") == [("Frog",)]
    assert run(tmp_path / "copy.db", "SELECT version_num FROM alembic_version") == [("0002",)]


def test_restoring_leaves_the_backup_as_it_was(app: App, backup: Path):
    before = backup.read_bytes()
    stop(app)
    maintenance.restore(app.settings, backup, NOON)

    assert backup.read_bytes() == before
    assert sorted(file.name for file in backup.parent.glob("copy.db*") if file.suffix != ".bak") == ["copy.db"]


@on_postgres
def test_a_restore_that_is_stopped_leaves_what_was_there(app: App, learner: User, backup: Path):
    later = study.start(learner)

    def late(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        maintenance.restore(app.settings, backup, NOON, late)
    assert run(app, "SELECT max(id) FROM attempts") == [(later,)]
    assert study.start(learner) > later
    assert maintenance.find_damage(app) == []


@on_postgres
def test_while_a_backup_is_restored_readers_see_what_was_there_and_writers_wait(app: App, learner: User, backup: Path):
    later = study.start(learner)
    writer = threading.Thread(target=run, args=(app, "INSERT INTO changes VALUES ('frog', 7)"))
    seen: list[object] = []

    def halfway(_done: int, _total: int) -> None:
        if not seen:
            seen.extend(run(app, "SELECT max(id) FROM attempts"))
            writer.start()
            writer.join(0.3)
            seen.append(writer.is_alive())

    maintenance.restore(app.settings, backup, NOON, halfway)
    writer.join(10)

    assert seen == [(later,), True]
    assert run(app, "SELECT number FROM changes WHERE name = 'frog'") == [(7,)]


@on_postgres
def test_a_database_of_an_older_program_is_not_replaced(app: App, backup: Path):
    stop(app)
    run(app, "UPDATE alembic_version SET version_num = '0002'")

    with pytest.raises(DatabaseProblem, match=r"older than this program\. Run: quiz database upgrade"):
        maintenance.restore(app.settings, backup, NOON)
    assert run(app, "SELECT version_num FROM alembic_version") == [("0002",)]
    assert list(backup.parent.glob("*.bak")) == []
