"""One database: transactions whole or not at all, and refusals in sentences."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from makers import NOON
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from store.people import add, names

from quizlib.errors import DatabaseProblem
from quizlib.store.columns import UtcTime
from quizlib.store.databases import migrate
from quizlib.store.databases.addresses import database_at
from quizlib.store.databases.database import Database
from quizlib.store.databases.sqlite import SqliteDatabase
from quizlib.store.tables import users

SQLITE = sa.create_engine("sqlite://").dialect


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = SqliteDatabase(make_url(f"sqlite:///{tmp_path / 'quiz.db'}"), busy_ms=100)
    migrate.upgrade(opened, NOON)
    yield opened
    opened.close()


def test_a_write_that_fails_stores_nothing(database: Database):
    def add_two_with_one_number() -> None:
        with database.write() as connection:
            for name in ("Frog", "Toad"):
                connection.execute(sa.insert(users).values(id=1, name=name, roles=[], created_at=NOON))

    with pytest.raises(IntegrityError):
        add_two_with_one_number()
    assert names(database) == []


def test_a_write_stores_everything(database: Database):
    add(database, "Frog")

    assert names(database) == ["Frog"]


def test_a_reader_sees_one_state_while_another_writes(database: Database):
    with database.read() as connection:
        before = connection.scalar(sa.select(sa.func.count()).select_from(users))
        add(database, "Frog")
        after = connection.scalar(sa.select(sa.func.count()).select_from(users))

    assert before == after == 0
    assert names(database) == ["Frog"]


def test_a_database_locked_by_another_program_is_told(database: Database):
    other = sqlite3.connect(database.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(DatabaseProblem, match="locked by another program"):
            add(database, "Frog")
        assert names(database) == []
    finally:
        other.close()
    add(database, "Frog")
    assert names(database) == ["Frog"]


def test_a_write_takes_its_turn_before_it_reads(database: Database):
    """Else what it has read may be old when it writes, and SQLite refuses it."""
    other = sqlite3.connect(database.file, timeout=0)
    with database.write(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("INSERT INTO users (name, roles, created_at) VALUES ('Toad', '[]', '2026-11-21')")
    other.close()


def test_a_reader_does_not_hold_up_a_writer(database: Database):
    with database.read():
        add(database, "Frog")

    assert names(database) == ["Frog"]


def test_a_writer_of_the_same_process_is_waited_for_and_then_told(database: Database):
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with database.write():
            inside.set()
            leave.wait(5)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(5)
    try:
        with pytest.raises(DatabaseProblem, match="locked"):
            add(database, "Frog")
    finally:
        leave.set()
        holder.join()
    add(database, "Frog")
    assert names(database) == ["Frog"]


def test_answers_survive_a_power_cut(database: Database):
    with database.read() as connection:
        settings = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]

    assert settings == ["wal", 2, 1, 100]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "frog").write_text("a file, not a folder")

    with pytest.raises(DatabaseProblem, match=r"The folder .*frog.pond cannot be used.*QUIZ_DATABASE_URL"):
        database_at(f"sqlite:///{tmp_path / 'frog' / 'pond' / 'quiz.db'}")


def test_a_folder_in_the_databases_place_is_told(tmp_path: Path):
    (tmp_path / "quiz.db").mkdir()
    database = database_at(f"sqlite:///{tmp_path / 'quiz.db'}")

    with pytest.raises(DatabaseProblem, match="cannot be opened for writing"), database.read():
        pass


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path):
    file = tmp_path / "quiz.db"
    file.write_text("Dear diary, today I saw a frog. " * 100)
    database = database_at(f"sqlite:///{file}")

    with pytest.raises(DatabaseProblem, match=r"not a sound SQLite database.*quiz database restore"), database.read():
        pass
    assert file.read_text().startswith("Dear diary")


def test_a_database_without_our_tables_says_how_to_upgrade(tmp_path: Path):
    database = database_at(f"sqlite:///{tmp_path / 'quiz.db'}")

    with pytest.raises(DatabaseProblem, match="Run: quiz database upgrade"):
        names(database)
    database.close()


@pytest.mark.parametrize("url", ["frog", "", "sqlite:/", "://"], ids=repr)
def test_an_address_that_is_none_is_told(url: str):
    with pytest.raises(DatabaseProblem, match=r"QUIZ_DATABASE_URL cannot be read. Write sqlite:///"):
        database_at(url)


def test_another_kind_of_database_is_told_without_its_password():
    with pytest.raises(DatabaseProblem, match=r"names mysql\. Write sqlite") as refused:
        database_at("mysql://frog:croak@pond/quiz")
    assert "croak" not in str(refused.value)


def test_a_server_without_a_database_is_told():
    with pytest.raises(DatabaseProblem, match="names no database"):
        database_at("postgresql://frog:croak@pond")


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="a time without a zone"):
        UtcTime().process_bind_param(datetime(2026, 11, 21, 12, 0), SQLITE)  # noqa: DTZ001 - the point of the test


zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(
    st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1), timezones=zones)  # noqa: DTZ001
)
def test_a_time_of_any_zone_comes_back_as_the_same_moment_in_utc(moment: datetime):
    column = UtcTime()
    back = column.process_result_value(column.process_bind_param(moment, SQLITE), SQLITE)

    assert back == moment
    assert back.tzinfo is UTC


def test_a_stored_time_comes_back_as_the_same_moment_in_utc(database: Database):
    moment = datetime(2026, 11, 21, 0, 30, 0, 1, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    add(database, "Frog", moment)
    with database.read() as connection:
        back = connection.scalar(sa.select(users.c.created_at))

    assert back == moment
    assert back.tzinfo is UTC
