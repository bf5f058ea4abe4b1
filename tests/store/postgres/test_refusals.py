"""What PostgreSQL refuses, and why it cannot be reached, is told in sentences."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from driving.behind import behind, emptied
from driving.postgres import Postgres
from makers import on_postgres
from sqlalchemy.engine import make_url
from store.postgres.asking import Open, ask

from quizlib.errors import DatabaseProblem
from quizlib.store.databases import postgres
from quizlib.store.databases.database import Database
from quizlib.store.databases.postgres import AWAY

pytestmark = on_postgres

BUSY = "The database is busy"
NO_CONNECTION_LEFT = "The database server has no connection left"
REFUSED = "The server refused the user or password of QUIZ_DATABASE_URL"


@pytest.fixture
def visitor(database_url: str) -> Iterator[str]:
    """A user of the server who owns nothing and has the password `croak`."""
    behind(database_url, "CREATE ROLE visitor LOGIN PASSWORD 'croak'")
    yield "visitor"
    behind(database_url, "DROP ROLE visitor")


@pytest.fixture
def at_the_door(database_url: str) -> Iterator[Callable[[str], None]]:
    """Have the server admit users by a rule that is looked at before all others."""
    ((name,),) = behind(database_url, "SHOW hba_file")
    rules = Path(name).read_text(encoding="utf-8")

    def admit(rule: str) -> None:
        before = behind(database_url, "SELECT pg_conf_load_time()")
        Path(name).write_text(rule + rules, encoding="utf-8")
        behind(database_url, "SELECT pg_reload_conf()")
        end = time.monotonic() + 5
        while behind(database_url, "SELECT pg_conf_load_time()") == before:
            assert time.monotonic() < end
            time.sleep(0.01)

    yield admit
    admit("")


def refusal(database: Database, question: str = "SELECT 1") -> str:
    """Give the sentence that a question is refused with, which tells no password."""
    with pytest.raises(DatabaseProblem) as told:
        ask(database, question)
    assert "croak" not in str(told.value)
    return str(told.value)


# who cannot be reached


def test_a_server_that_is_not_there_is_told(opened: Open):
    gone = opened(host="127.0.0.1", port=1, username="frog", password="croak", query={})

    assert refusal(gone) == AWAY


def test_a_database_that_takes_nobody_is_told(database: Database, postgres: Postgres):
    behind(postgres.address("postgres"), f"ALTER DATABASE {database.url.database} ALLOW_CONNECTIONS false")

    assert refusal(database) == AWAY


def test_a_host_that_is_not_known_is_told(opened: Open):
    unknown = opened(host="pond.invalid", username="frog", password="croak", query={})

    assert refusal(unknown).startswith("The host of QUIZ_DATABASE_URL is not known (postgresql+psycopg://frog:***@pond")


def test_a_database_that_does_not_exist_is_told(opened: Open):
    said = refusal(opened(database="toad", password="croak"))

    assert said.startswith("There is no such database or user: postgresql+psycopg://postgres:***@/toad")
    assert "createdb" in said


def test_a_user_who_does_not_exist_is_told(opened: Open):
    assert refusal(opened(username="nobody", password="croak")).startswith("There is no such database or user")


def test_a_wrong_password_is_told(opened: Open, visitor: str, at_the_door: Callable[[str], None]):
    at_the_door(f"local all {visitor} scram-sha-256\n")

    assert refusal(opened(username=visitor, password="croaks")).startswith(REFUSED)
    assert refusal(opened(username=visitor)).startswith(REFUSED)
    assert ask(opened(username=visitor, password="croak")) == 1


def test_a_user_whom_the_server_does_not_let_in_is_told(opened: Open, visitor: str, at_the_door: Callable[[str], None]):
    at_the_door(f"local all {visitor} reject\n")

    assert refusal(opened(username=visitor, password="croak")).startswith(REFUSED)


@pytest.mark.parametrize("whose", ["ROLE visitor", "DATABASE {}"])
def test_too_many_connections_are_told(opened: Open, database_url: str, visitor: str, whose: str):
    behind(database_url, f"ALTER {whose.format(make_url(database_url).database)} CONNECTION LIMIT 0")

    assert refusal(opened(username=visitor, password="croak")).startswith(NO_CONNECTION_LEFT)


def test_a_user_without_rights_is_told(opened: Open, visitor: str):
    said = refusal(opened(username=visitor, password="croak"), "SELECT count(*) FROM users")

    assert said.startswith("The user of postgresql+psycopg://visitor:***@/")
    assert "owner of the database" in said


def test_a_password_is_nowhere_in_the_name(opened: Open):
    for parts in ({"password": "croak"}, {"query": {"host": "/tmp", "password": "croak", "sslpassword": "croaks"}}):
        assert "croak" not in opened(username="frog", **parts).name


# what is refused


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("53100", "The disk of the database postgresql"),  # disk_full
        ("53300", NO_CONNECTION_LEFT),  # too_many_connections
        ("40P01", BUSY),  # deadlock_detected
        ("40001", BUSY),  # serialization_failure
        ("57P01", AWAY),  # admin_shutdown
        ("57P02", AWAY),  # crash_shutdown
        ("57P03", AWAY),  # cannot_connect_now
        ("25P03", AWAY),  # idle_in_transaction_session_timeout
    ],
)
def test_what_the_server_says_is_told_in_words(database: Database, state: str, sentence: str):
    said = refusal(database, f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$")

    assert said.startswith(sentence)


def test_a_mistake_of_the_program_is_not_hidden(database: Database):
    with pytest.raises(sa.exc.ProgrammingError):
        ask(database, "CROAK")
    with pytest.raises(sa.exc.DataError):
        ask(database, "SELECT 1 / 0")


def test_a_statement_that_takes_too_long_is_told(opened: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postgres, "STATEMENT_SECONDS", 0.05)

    assert refusal(opened(), "SELECT pg_sleep(5)").startswith(BUSY)
    assert ask(opened(patient=True), "SELECT 1 FROM pg_sleep(0.2)") == 1


def test_waiting_too_long_for_somebody_else_is_told(opened: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postgres, "LOCK_SECONDS", 0.05)
    database = opened()
    with database.write() as connection:
        connection.exec_driver_sql("LOCK TABLE users")

        assert refusal(database, "SELECT count(*) FROM users").startswith(BUSY)


def test_of_two_who_wait_for_each_other_one_is_told(database: Database):
    both = threading.Barrier(2)

    def take(mine: int, other: int) -> str:
        try:
            with database.write(mine) as connection:
                connection.exec_driver_sql("SET LOCAL deadlock_timeout = '10ms'")
                both.wait(5)
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({other})")
        except DatabaseProblem as told:
            return str(told)
        return "done"

    with ThreadPoolExecutor() as pool:
        first, second = sorted(pool.map(take, (1, 2), (2, 1)))

    assert first.startswith(BUSY)
    assert second == "done"


def test_a_database_that_only_reads_is_told(database: Database):
    behind(str(database.url), f"ALTER DATABASE {database.url.database} SET default_transaction_read_only = on")

    assert "is read-only, as a standby is" in refusal(database, "DELETE FROM users")


def test_a_database_without_our_tables_says_how_to_upgrade(database: Database):
    emptied(str(database.url))

    assert refusal(database, "SELECT count(*) FROM users").endswith("Run: quiz database upgrade")


def test_a_database_without_our_columns_says_how_to_upgrade(database: Database):
    behind(str(database.url), "ALTER TABLE users DROP COLUMN name")

    assert refusal(database, "SELECT name FROM users").endswith("Run: quiz database upgrade")


def test_a_pool_that_is_used_up_is_told(opened: Open, monkeypatch: pytest.MonkeyPatch):
    for name, value in (("POOL_SIZE", 1), ("MORE_AT_PEAK", 1), ("WAIT_SECONDS", 0.05)):
        monkeypatch.setattr(postgres, name, value)
    database = opened()

    with database.read(), database.read():
        assert refusal(database).startswith("Too many people are waiting")
    assert ask(database) == 1
