"""A database is brought to the tables of the program, or refused in a sentence; nothing is lost on the way."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from filelock import FileLock
from makers import NOON
from sqlalchemy.engine import make_url

from quizlib.errors import DatabaseProblem
from quizlib.store.databases import migrate
from quizlib.store.databases.sqlite import SqliteDatabase
from quizlib.store.databases.sqlite_files import copy_sqlite
from quizlib.store.tables import metadata

LATER_RELEASE = """\
from alembic import op
import sqlalchemy as sa

revision, down_revision = "0007", "0006"
branch_labels = depends_on = None


def upgrade():
    op.create_table("lily_pads", sa.Column("id", sa.Integer, primary_key=True))
    {then}
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    opened = SqliteDatabase(make_url(f"sqlite:///{tmp_path / 'quiz.db'}"))
    yield opened
    opened.close()


def tables(file: Path) -> set[str]:
    connection = sqlite3.connect(file)
    try:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    finally:
        connection.close()


def columns(database: SqliteDatabase) -> dict[str, list[tuple[object, ...]]]:
    """Give name, type, NOT NULL, default and place in the primary key of every column, by table."""
    with database.read() as connection:
        return {
            table: sorted(row[1:] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})").all())
            for table in tables(database.file)
        }


def stamp(database: SqliteDatabase, revision: str) -> None:
    with database.write() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")


def install_later_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str = "pass") -> None:
    """Put a program in place whose newest migration is 0007, as after an update."""
    scripts = tmp_path / "later-release"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", scripts)
    (scripts / "versions" / "0007_lily_pads.py").write_text(LATER_RELEASE.format(then=then), encoding="utf-8")
    config = Config()
    config.set_main_option("script_location", str(scripts))
    monkeypatch.setattr(migrate, "_config", lambda: config)


def test_the_migrated_schema_is_that_of_the_tables_in_code(database: SqliteDatabase):
    migrate.upgrade(database, NOON)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)

    assert differences == []


def test_the_migrated_columns_have_the_defaults_of_the_tables_in_code(database: SqliteDatabase, tmp_path: Path):
    migrate.upgrade(database, NOON)
    made = SqliteDatabase(make_url(f"sqlite:///{tmp_path / 'made.db'}"))
    with made.write() as connection:
        metadata.create_all(connection)

    assert columns(made) == {name: found for name, found in columns(database).items() if name != "alembic_version"}
    made.close()


def test_an_empty_database_gets_the_tables_and_no_copy(database: SqliteDatabase, tmp_path: Path):
    assert migrate.revision_of(database) is None
    assert migrate.upgrade(database, NOON)
    assert migrate.revision_of(database) == migrate.newest_revision() == "0006"
    assert list(tmp_path.glob("*.bak")) == []


def test_upgrading_an_up_to_date_database_does_nothing(database: SqliteDatabase, tmp_path: Path):
    migrate.upgrade(database, NOON)
    before = tables(database.file)

    assert not migrate.upgrade(database, NOON)
    assert tables(database.file) == before
    assert list(tmp_path.glob("*.bak")) == []


def test_a_database_of_a_newer_program_is_refused_and_stays_as_it_is(database: SqliteDatabase, tmp_path: Path):
    migrate.upgrade(database, NOON)
    stamp(database, "9999")

    for ask in (lambda: migrate.upgrade(database, NOON), lambda: migrate.require_current(database)):
        with pytest.raises(DatabaseProblem, match=r"newer version of this program \(revision 9999\)\. Update"):
            ask()
    assert migrate.revision_of(database) == "9999"
    assert list(tmp_path.glob("*.bak")) == []


def test_a_copy_is_made_before_an_upgrade(database: SqliteDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    migrate.upgrade(database, NOON)
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO users (name, roles, created_at) VALUES ('Frog', '[]', '2026-11-21')")
    install_later_release(tmp_path, monkeypatch)

    assert migrate.upgrade(database, NOON)
    assert migrate.revision_of(database) == "0007"
    assert "lily_pads" in tables(database.file)
    copy = tmp_path / "quiz.db.0006.20261121T120000.bak"
    assert "lily_pads" not in tables(copy)
    connection = sqlite3.connect(copy)
    assert connection.execute("SELECT name FROM users").fetchall() == [("Frog",)]
    assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0006",)]
    connection.close()


def test_an_upgrade_that_fails_changes_nothing(
    database: SqliteDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    migrate.upgrade(database, NOON)
    install_later_release(tmp_path, monkeypatch, then="raise RuntimeError('no water')")

    with pytest.raises(RuntimeError, match="no water"):
        migrate.upgrade(database, NOON)
    assert migrate.revision_of(database) == "0006"
    assert "lily_pads" not in tables(database.file)


def test_a_database_that_is_older_says_how_to_upgrade(
    database: SqliteDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    migrate.upgrade(database, NOON)
    migrate.require_current(database)
    install_later_release(tmp_path, monkeypatch)

    with pytest.raises(DatabaseProblem, match=r"older than this program\. Run: quiz database upgrade"):
        migrate.require_current(database)


def test_two_programs_never_upgrade_at_once(database: SqliteDatabase):
    with FileLock(f"{database.file}.lock"), pytest.raises(DatabaseProblem, match="Another program is upgrading"):
        migrate.upgrade(database, NOON, lock_seconds=0.05)
    assert migrate.revision_of(database) is None


def test_who_waited_for_the_lock_looks_again(database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch):
    """Between the first look and the lock another program may have done the work."""
    migrate.upgrade(database, NOON)
    honest, looks = migrate.revision_of, iter([None])
    monkeypatch.setattr(migrate, "revision_of", lambda asked: next(looks, honest(asked)))

    assert not migrate.upgrade(database, NOON)


def test_a_copy_holds_what_is_still_in_the_log(database: SqliteDatabase, tmp_path: Path):
    migrate.upgrade(database, NOON)
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO users (name, roles, created_at) VALUES ('Frog', '[]', '2026-11-21')")
    told: list[tuple[int, int]] = []
    copy_sqlite(database.file, tmp_path / "copy.db", lambda done, total: told.append((done, total)))

    connection = sqlite3.connect(tmp_path / "copy.db")
    assert connection.execute("SELECT name FROM users").fetchall() == [("Frog",)]
    connection.close()
    assert told[-1][0] == told[-1][1] > 0
    assert list(tmp_path.glob("*.part")) == []
