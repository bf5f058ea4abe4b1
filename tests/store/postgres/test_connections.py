"""Connections to PostgreSQL: what each is set to, and what becomes of one that breaks."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from driving.behind import behind
from makers import NOON, on_postgres
from sqlalchemy.engine import make_url
from store.people import add, names
from store.postgres.asking import Open, ask

from quizlib.errors import DatabaseProblem
from quizlib.store.columns import UtcTime
from quizlib.store.databases.database import Database
from quizlib.store.tables import users

pytestmark = on_postgres


def read(database: Database, question: str) -> object:
    with database.read() as connection:
        return connection.exec_driver_sql(question).scalar()


@pytest.mark.parametrize(("patient", "longest"), [(False, ["15s", "10s", "1min"]), (True, ["0", "10s", "0"])])
def test_only_upkeep_may_take_as_long_as_it_needs(opened: Open, patient: bool, longest: list[str]):
    database = opened(patient=patient)
    named = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")

    assert [read(database, f"SHOW {name}") for name in named] == longest


def test_a_session_is_in_utc_whatever_the_server_prefers(database: Database):
    behind(str(database.url), f"ALTER DATABASE {database.url.database} SET timezone = 'Asia/Kathmandu'")

    assert read(database, "SHOW timezone") == ask(database, "SHOW timezone") == "UTC"


def test_options_in_the_address_are_kept(opened: Open, database_url: str):
    query = {**make_url(database_url).query, "options": "-c application_name=frog -c timezone=Asia/Kathmandu"}
    database = opened(query=query)

    assert read(database, "SHOW application_name") == "frog"
    assert read(database, "SHOW timezone") == "UTC"


def test_a_stored_time_comes_back_as_the_same_moment_in_utc(database: Database):
    moment = datetime(2026, 11, 21, 0, 30, 0, 1, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    add(database, "Frog", moment)
    with database.read() as connection:
        back = connection.scalar(sa.select(users.c.created_at))

    assert back == moment
    assert back.tzinfo is UTC


def test_a_time_in_a_zone_of_the_server_comes_back_in_utc(database: Database):
    with database.read() as connection:
        connection.exec_driver_sql("SET LOCAL timezone = 'Asia/Kathmandu'")
        back = connection.scalar(sa.select(sa.literal(NOON, UtcTime())))

    assert (back, back.tzinfo) == (NOON, UTC)


def test_a_connection_that_the_server_closed_is_replaced_unnoticed(database: Database):
    with database.read(), database.read(), database.read():
        pass
    before = read(database, "SELECT pg_backend_pid()")
    farewell(database)

    with database.read(), database.read(), database.read():
        assert read(database, "SELECT pg_backend_pid()") != before
    farewell(database)
    add(database, "Frog")
    assert names(database) == ["Frog"]


def farewell(database: Database) -> None:
    """Have the server close every connection to the database but the one that asks for it."""
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    behind(str(database.url), f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}")


def test_a_connection_that_is_sound_is_kept(database: Database):
    assert len({read(database, "SELECT pg_backend_pid()") for _ in range(3)}) == 1


def add_and_lose(database: Database, then: str | None) -> None:
    with database.write() as connection:
        connection.execute(sa.insert(users).values(name="Toad", roles=[], created_at=NOON))
        farewell(database)
        if then:
            connection.exec_driver_sql(then)


@pytest.mark.parametrize("then", ["SELECT 1", None], ids=["in the middle", "at the end"])
def test_a_write_whose_connection_breaks_is_told_and_stores_nothing(database: Database, then: str | None):
    with pytest.raises(DatabaseProblem, match=r"The database does not answer|The connection to the database broke"):
        add_and_lose(database, then)
    add(database, "Frog")
    assert names(database) == ["Frog"]
