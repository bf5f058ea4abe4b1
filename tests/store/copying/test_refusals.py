"""What is not copied, or not copied into, is told, and nothing is changed."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from driving.behind import behind, emptied
from store.copying.rows import give_sign, nothing, rows

from quizlib.config import Settings
from quizlib.errors import DatabaseProblem
from quizlib.services import maintenance
from quizlib.store.databases.addresses import database_at
from quizlib.store.databases.copying import COPIED


def refused(source: str, target: str, progress: Callable[[int, int], None] | None = None) -> str:
    with pytest.raises(DatabaseProblem) as told:
        maintenance.copy(source, target, progress)
    return str(told.value)


def test_a_database_that_holds_something_is_not_copied_into(used: str, other: str, back: str):
    maintenance.copy(used, other)
    behind(used, "UPDATE users SET name = 'Toad'")
    before = rows(other)

    assert "holds something already. Copy into an empty one." in refused(used, other)
    assert rows(other) == before
    maintenance.copy(used, back)


@pytest.mark.parametrize("table", [table.name for table in COPIED])
def test_a_single_row_in_any_table_is_something(used: str, other: str, table: str):
    maintenance.copy(used, other)
    for one in COPIED:
        if one.name != table:
            behind(other, f"DELETE FROM {one.name}")
    before = rows(other)

    assert "holds something already" in refused(used, other)
    assert rows(other) == before


def test_a_database_is_not_copied_onto_itself(used: str):
    before = rows(used)

    assert refused(used, used) == "These are the same database. Name another one to copy to."
    assert rows(used) == before


def test_a_database_that_is_not_there_is_not_copied(tmp_path: Path, other: str):
    assert "There is no database at " in refused(f"sqlite:///{tmp_path / 'gone.db'}", other)
    assert not (tmp_path / "gone.db").exists()
    assert not has_tables(other)


def has_tables(address: str) -> bool:
    with closing(database_at(address)) as database, database.read() as connection:
        return bool(sa.inspect(connection).get_table_names())


def test_a_database_without_tables_is_not_copied(database_url: str, tmp_path: Path, other: str):
    emptied(database_url)
    (tmp_path / "quiz.db").touch()

    assert "has no tables yet. Run: quiz database upgrade" in refused(database_url, other)
    assert not has_tables(other)


@pytest.mark.parametrize("which", ["source", "target"])
def test_a_database_of_an_older_program_is_left_as_it_is(used: str, other: str, which: str):
    maintenance.copy(used, other)
    older = used if which == "source" else other
    behind(older, "UPDATE alembic_version SET version_num = '0002'")

    assert "is older than this program. Run: quiz database upgrade" in refused(used, other)
    assert behind(older, "SELECT version_num FROM alembic_version") == [("0002",)]


def test_a_database_whose_app_runs_is_not_copied_into(used: str, other: str):
    maintenance.upgrade(Settings(other, Path()))
    give_sign(other)
    told: list[int] = []
    said = refused(used, other, lambda done, _total: told.append(done))

    assert "process 7 on pond gave a sign of life " in said
    assert told == []  # it is refused before the work, not after it
    assert rows(other) == nothing()


def test_a_database_whose_app_was_killed_is_copied_into(used: str, other: str):
    maintenance.upgrade(Settings(other, Path()))
    give_sign(other, ago=timedelta(seconds=36))
    maintenance.copy(used, other)

    assert rows(other) == rows(used)


def test_rows_that_belong_to_nothing_are_told_and_nothing_is_copied(used: str, other: str):
    behind(used, "DELETE FROM items")
    said = refused(used, other)

    assert said.startswith(("A row of steps does not fit: ", "A row of complaints does not fit: "))
    assert said.endswith("quiz database check")
    assert rows(other) == nothing()


def test_rows_that_do_not_arrive_are_told_and_nothing_is_copied(used: str, other: str):
    maintenance.upgrade(Settings(other, Path()))
    if other.startswith("sqlite"):
        behind(other, "CREATE TRIGGER lose BEFORE INSERT ON steps BEGIN SELECT RAISE(IGNORE); END")
    else:
        behind(other, "CREATE RULE lose AS ON INSERT TO steps DO INSTEAD NOTHING")

    assert refused(used, other) == "Not every row of steps arrived. Nothing was changed; try again."
    assert rows(other) == nothing()
