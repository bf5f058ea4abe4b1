"""Every row of one database in another of either kind: the same, all of them or none, of one state."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from driving.behind import behind, emptied
from driving.postgres import Postgres
from makers import Clock, opened, place_of, pond, question, write_bank, write_case

from quizlib.bank.writing import write_question
from quizlib.config import Settings
from quizlib.errors import DatabaseProblem
from quizlib.model.attempt import Behaviour, Confidence, Filter, Plan
from quizlib.model.person import TextSize, User
from quizlib.services import bank, choosing, exam, maintenance, study
from quizlib.services.app import App, use
from quizlib.services.choosing import Choice
from quizlib.services.people import local_person, settle
from quizlib.store import copying, people, processes
from quizlib.store.addresses import database_at
from quizlib.store.copying import COPIED
from quizlib.store.processes import Process

Rows = dict[str, list[str]]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Questions in several scripts, and a case of three parts."""
    polyglot = question(
        "crapaud", takeaway="Żaba skacze, 蛙 jumps, 🐸 too; \u2028 a “quote”, a \\ and a ' and a % sign."
    )
    folder = write_bank(tmp_path / "questions", [*pond(), polyglot])
    write_case(folder, topic="meadow")
    return Settings(database_url=database_url, questions=folder)


@pytest.fixture
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[bool], str]]:
    """Give the address of a database without tables, on SQLite or not."""
    made = []

    def fresh(on_sqlite: bool) -> str:
        if on_sqlite:
            return f"sqlite:///{tmp_path / f'fresh-{len(made)}.db'}"
        made.append(request.getfixturevalue("postgres").fresh())
        return str(made[-1])

    yield fresh
    for address in made:
        request.getfixturevalue("postgres").drop(address)


@pytest.fixture
def other(fresh: Callable[[bool], str], database_url: str) -> str:
    """A database of the other kind, which has no tables yet."""
    return fresh(not database_url.startswith("sqlite"))


@pytest.fixture
def back(fresh: Callable[[bool], str], database_url: str) -> str:
    """A second database of the same kind, which has no tables yet."""
    return fresh(database_url.startswith("sqlite"))


@pytest.fixture
def used(app: App, learner: User, clock: Clock) -> str:
    """A database after real use: answered, skipped, flagged, an exam, a change of mind, a withdrawn question."""
    folder = app.settings.questions
    clock.move(microseconds=123_457)
    local_person("Asia/Kathmandu")
    settle(learner, asks_confidence=True, shows_keys=False, text_size=TextSize.LARGE)
    quiz = choosing.start(learner, Choice(filter=Filter(topics=("pond",)), plan=Plan.RANDOM, number=4))
    for position, picked in ((1, "toad"), (2, "frog")):
        clock.move(seconds=7, microseconds=1)
        shown = study.sheet(learner, quiz, position)
        study.flag(learner, quiz, shown.item.id, True)
        given = place_of(shown, picked)
        study.answer(learner, quiz, shown.item.id, given, seen=1, confidence=Confidence.SURE, elapsed_ms=6_999)
    study.flag(learner, quiz, shown.item.id, False)
    study.skip(learner, quiz, study.sheet(learner, quiz, 3).item.id)
    timed = Choice(filter=Filter(topics=("meadow",)), plan=Plan.RANDOM, behaviour=Behaviour.EXAM, minutes=10)
    for ends in (True, False):
        sat = choosing.start(learner, timed)
        shown = study.sheet(learner, sat, 1)
        exam.save(learner, sat, shown.item.id, place_of(shown, "newt"), seen=shown.item.seq)
        exam.go_to(learner, sat, shown.item.id, 2)
        if ends:
            study.finish(learner, sat)
    write_question(folder, question("frog", takeaway="Frogs leap."))
    (folder / "pond" / "heron.yaml").unlink()
    bank.sync(app, retire_missing=True)
    return app.settings.database_url


def rows(address: str) -> Rows:
    """Give every row of every table, to the letter."""
    with closing(database_at(address)) as database, database.read() as connection:
        return {
            table.name: [
                repr(dict(row)) for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in COPIED
        }


def nothing() -> Rows:
    return {table.name: [] for table in COPIED}


def counted(found: Rows) -> int:
    return sum(map(len, found.values()))


def test_every_row_is_the_same_there_and_back(used: str, other: str, back: str):
    before = rows(used)

    assert maintenance.copy(used, other) == maintenance.copy(other, back) == counted(before)
    assert rows(other) == rows(back) == rows(used) == before


def test_that_was_a_database_with_everything_in_it(used: str):
    """Else the test above would say little."""
    found = rows(used)
    text = {name: "\n".join(those) for name, those in found.items()}

    assert all(found.values())
    for word in ("Żaba", "🐸", "\\u2028", "“quote”", "'case'"):
        assert word in text["versions"] + text["questions"]
    assert "'retired'" in text["questions"]
    assert {"submit", "skip", "flag", "unflag", "save"} <= set(text["steps"].split("'"))
    assert {"open", "answered"} <= set(text["items"].split("'"))
    assert "'response': None" in text["items"]
    assert "'exam'" in text["attempts"]
    assert "'finished_at': None" in text["attempts"]
    assert ", 123457, tzinfo=" in text["attempts"]
    assert "'last_choice': {" in text["users"]


def test_whoever_has_chosen_nothing_has_chosen_nothing_there_too(app: App, learner: User, other: str):
    maintenance.copy(app.settings.database_url, other)

    assert behind(other, "SELECT count(*) FROM users WHERE last_choice IS NULL") == [(1,)]


def test_what_is_new_in_a_copy_gets_ids_of_its_own(used: str, other: str, settings: Settings, clock: Clock):
    maintenance.copy(used, other)
    before = highest(other)
    write_question(settings.questions, question("newt", takeaway="Newts do not."))
    with opened(Settings(other, settings.questions), clock) as copy:
        bank.sync(copy)
        use(copy)
        actor = local_person()
        shown = study.sheet(actor, study.start(actor))
        study.answer(actor, shown.attempt.id, shown.item.id, place_of(shown, "frog"), seen=0)
        with copy.database.write() as connection:
            people.add_local_person(connection, clock())
        assert maintenance.find_damage(copy) == []

    after = highest(other)
    assert set(before) == {"users", "versions", "attempts", "items"}
    assert all(after[name] > before[name] for name in before)


def highest(address: str) -> dict[str, Any]:
    """Give the highest id of every table that numbers its rows."""
    numbered = [table.name for table in COPIED if table.autoincrement_column is not None]
    return {name: behind(address, f"SELECT max(id) FROM {name}")[0][0] for name in numbered}


def test_signs_of_life_are_not_copied(used: str, other: str):
    give_sign(used)
    maintenance.copy(used, other)

    assert behind(used, "SELECT count(*) FROM processes") == [(1,)]
    assert behind(other, "SELECT count(*) FROM processes") == [(0,)]


def give_sign(address: str, ago: timedelta = timedelta()) -> None:
    with closing(database_at(address)) as database, database.write() as connection:
        now = datetime.now(UTC) - ago
        processes.give_sign(connection, Process("toad", "pond", 7, now, now))


# what is refused


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

    assert said.startswith("A row of steps does not fit: ")
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


# on the way


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copy two rows at a time."""
    monkeypatch.setattr(copying, "BATCH", 2)


def test_progress_goes_up_to_the_number_of_rows(used: str, other: str, small_batches: None):
    told: list[tuple[int, int]] = []
    maintenance.copy(used, other, lambda *done: told.append(done))
    total = counted(rows(used))

    assert told[-1] == (total, total)
    assert {of for _, of in told} == {total}
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert len(told) >= total / 2


@pytest.mark.parametrize("at_the_end", [False, True])
def test_a_copy_that_is_stopped_leaves_an_empty_database_that_can_be_used(
    used: str, other: str, at_the_end: bool, small_batches: None
):
    def stop(done: int, total: int) -> None:
        if done == total or (not at_the_end and done > total / 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        maintenance.copy(used, other, stop)
    assert rows(other) == nothing()
    maintenance.copy(used, other)
    assert rows(other) == rows(used)


def test_the_source_may_be_written_to_and_the_copy_is_of_one_state(
    app: App, learner: User, used: str, other: str, small_batches: None
):
    before = rows(used)

    def answer(done: int, total: int) -> None:
        shown = study.sheet(learner, study.start(learner))
        study.answer(learner, shown.attempt.id, shown.item.id, place_of(shown, "frog"), seen=0)
        behind(used, "UPDATE users SET name = 'Toad'")

    maintenance.copy(used, other, answer)

    assert rows(other) == before
    assert counted(rows(used)) > counted(before)


@pytest.fixture
def server(postgres: Postgres) -> Iterator[str]:
    """A database with tables on PostgreSQL."""
    address = postgres.fresh("quiz_template")
    yield address
    postgres.drop(address)


def test_who_writes_to_the_target_meanwhile_waits(used: str, server: str, small_batches: None):
    writer = threading.Thread(target=behind, args=(server, "INSERT INTO changes VALUES ('frog', 7)"))
    waited: list[bool] = []

    def write(_done: int, _total: int) -> None:
        if not waited:
            writer.start()
            writer.join(0.3)
            waited.append(writer.is_alive())

    maintenance.copy(used, server, write)
    writer.join(10)

    assert waited == [True]
    assert behind(server, "SELECT number FROM changes WHERE name = 'frog'") == [(7,)]


def test_a_process_that_starts_meanwhile_stops_the_copy(used: str, other: str, server: str):
    with pytest.raises(DatabaseProblem, match="The app runs on this database"):
        maintenance.copy(used, server, lambda *_: give_sign(server))

    assert rows(server) == nothing()
