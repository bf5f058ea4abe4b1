"""PostgreSQL: refusals in sentences, one state for a read, turns for writes, tables as on SQLite."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from driving.behind import behind, emptied
from driving.postgres import Postgres
from makers import NOON, on_postgres
from sqlalchemy.engine import make_url

from quizlib.errors import DatabaseProblem
from quizlib.store import migrate, postgres
from quizlib.store.addresses import database_at
from quizlib.store.database import BANK, Database
from quizlib.store.postgres import AWAY
from quizlib.store.tables import Key, UtcTime, Word, metadata, users

pytestmark = on_postgres

Open = Callable[..., Database]
BUSY = "The database is busy"
NO_CONNECTION_LEFT = "The database server has no connection left"
REFUSED = "The server refused the user or password of QUIZ_DATABASE_URL"


@pytest.fixture
def opened(database_url: str) -> Iterator[Open]:
    """Open the database of the test, or another address on the same server by parts of an address."""
    with ExitStack() as stack:

        def opened(*, patient: bool = False, **parts: str) -> Database:
            address = make_url(database_url).set(**parts).render_as_string(hide_password=False)
            return stack.enter_context(closing(database_at(address, patient=patient)))

        yield opened


@pytest.fixture
def database(opened: Open) -> Database:
    return opened()


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


def ask(database: Database, question: str = "SELECT 1", turn: int | None = None) -> object:
    """Ask in a write, as every page with a press does."""
    with database.write(turn) as connection:
        return connection.exec_driver_sql(question).scalar()


def read(database: Database, question: str) -> object:
    with database.read() as connection:
        return connection.exec_driver_sql(question).scalar()


def add(database: Database, name: str, created_at: datetime = NOON) -> None:
    with database.write() as connection:
        connection.execute(sa.insert(users).values(name=name, roles=[], created_at=created_at))


def names(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.scalars(sa.select(users.c.name).order_by(users.c.id)))


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


# connections


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


# transactions


def test_a_write_that_fails_stores_nothing(database: Database):
    def add_two_with_one_number() -> None:
        with database.write() as connection:
            for name in ("Frog", "Toad"):
                connection.execute(sa.insert(users).values(id=1, name=name, roles=[], created_at=NOON))

    with pytest.raises(sa.exc.IntegrityError):
        add_two_with_one_number()
    assert names(database) == []


def test_a_read_sees_one_state_while_another_writes(database: Database):
    with database.read() as connection:
        count = sa.select(sa.func.count()).select_from(users)
        before = connection.scalar(count)
        add(database, "Frog")
        after = connection.scalar(count)

    assert before == after == 0
    assert names(database) == ["Frog"]


def test_a_read_changes_nothing(database: Database):
    with pytest.raises(DatabaseProblem, match="is read-only"), database.read() as connection:
        connection.execute(sa.insert(users).values(name="Frog", roles=[], created_at=NOON))


@pytest.mark.parametrize("turn", [7, BANK])
def test_writes_of_one_turn_wait_for_each_other(opened: Open, turn: int):
    one, other = opened(), opened()
    with ThreadPoolExecutor() as pool:
        with one.write(turn) as connection:
            waiting = pool.submit(ask, other, "SELECT count(*) FROM users", turn)
            wait_until_waiting(one, 1)
            connection.execute(sa.insert(users).values(name="Frog", roles=[], created_at=NOON))

        assert waiting.result(5) == 1


def wait_until_waiting(database: Database, how_many: int) -> None:
    """Wait until so many sessions wait for their turn."""
    end = time.monotonic() + 5
    mine = "SELECT oid FROM pg_database WHERE datname = current_database()"
    waiting = f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = ({mine})"
    while behind(str(database.url), waiting) != [(how_many,)]:
        assert time.monotonic() < end
        time.sleep(0.01)


def test_writes_of_different_turns_do_not_wait(opened: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postgres, "LOCK_SECONDS", 0.05)
    database = opened()
    with database.write(7), database.write(8), database.write(BANK), database.write(), database.write():
        add(database, "Frog")

    assert names(database) == ["Frog"]


# upgrading


def test_two_programs_never_upgrade_at_once(opened: Open):
    one, other = opened(), opened()
    emptied(str(one.url))
    with one.alone(1), pytest.raises(DatabaseProblem, match=r"Another program is upgrading postgres.* Wait for it"):
        migrate.upgrade(other, NOON, lock_seconds=0.05)
    assert migrate.revision_of(one) is None
    assert migrate.upgrade(other, NOON, lock_seconds=0.05)


def test_of_two_programs_that_upgrade_one_does_and_the_other_waits(opened: Open):
    one, first, second = opened(), opened(patient=True), opened(patient=True)
    emptied(str(one.url))
    with ThreadPoolExecutor() as pool:
        with one.alone(1):
            upgrades = [pool.submit(migrate.upgrade, each, NOON) for each in (first, second)]
            wait_until_waiting(one, 2)

        assert sorted(each.result(30) for each in upgrades) == [False, True]
    assert migrate.revision_of(one) == migrate.newest_revision()
    assert names(one) == []


def test_an_upgrade_that_fails_changes_nothing(database: Database):
    behind(emptied(str(database.url)), "CREATE TABLE processes (frog text)")

    with pytest.raises(DatabaseProblem, match="holds tables of another program"):
        migrate.upgrade(database, NOON)
    assert tables(database) == ["processes"]


def tables(database: Database) -> list[str]:
    with database.read() as connection:
        return sorted(sa.inspect(connection).get_table_names())


# tables


@pytest.fixture
def made(postgres: Postgres, database: Database) -> Iterator[Database]:
    """A database with the tables as the program names them, beside the one that migrations made."""
    address = postgres.fresh()
    with closing(database_at(address)) as made:
        with made.write() as connection:
            metadata.create_all(connection)
        yield made
    postgres.drop(address)


def test_the_migrated_schema_is_that_of_the_tables_in_code(database: Database):
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, metadata)

    assert differences == []


@pytest.mark.parametrize(
    "look",
    [
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, "
        "collation_name FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace",
        "SELECT sequencename, data_type::text, start_value FROM pg_sequences WHERE schemaname = 'public'",
    ],
    ids=["columns", "indexes", "constraints", "sequences"],
)
def test_migrations_make_what_the_program_names(database: Database, made: Database, look: str):
    migrated, named = (set(behind(str(one.url), look)) for one in (database, made))

    assert {row for row in migrated if row[0] != "alembic_version"} == named
    assert named


def test_words_that_questions_are_drawn_by_sort_by_code_point(database: Database):
    """Whatever the server's language; else one share code would name two quizzes."""
    ours = "table_schema = 'public' AND collation_name = 'C'"
    look = f"SELECT table_name, column_name FROM information_schema.columns WHERE {ours}"
    keys = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.type is Key or isinstance(column.type, Word)
    }

    assert set(behind(str(database.url), look)) == keys
    assert {("questions", "id"), ("questions", "topic"), ("items", "question_id"), ("attempts", "plan")} <= keys
