"""On PostgreSQL a read sees one state, a write is whole or nothing, and writes and upgrades take turns."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from driving.behind import behind, emptied
from makers import NOON, on_postgres
from store.people import add, names
from store.postgres.asking import Open, ask

from quizlib.errors import DatabaseProblem
from quizlib.store.databases import migrate, postgres
from quizlib.store.databases.database import BANK, Database
from quizlib.store.tables import users

pytestmark = on_postgres


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
