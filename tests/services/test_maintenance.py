"""Looking after the database: damage is found, a backup is never overwritten, a restore loses nothing."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from alembic import command
from driving.behind import behind, emptied, let_go
from makers import NOON, on_postgres, on_sqlite, place_of

from quizlib.config import Settings
from quizlib.errors import DatabaseProblem
from quizlib.model.person import User
from quizlib.services import maintenance, study
from quizlib.services.app import App, open_app, open_for_upkeep, use
from quizlib.store import migrate, rebuild
from quizlib.store.addresses import database_at
from quizlib.store.database import Connection
from quizlib.store.migrate import newest_revision


@pytest.fixture
def answered(app: App, learner: User) -> int:
    """A quiz of one question with its answer, which is a toad."""
    quiz = study.start_fixed(learner, ["frog"])
    shown = study.sheet(learner, quiz)
    study.answer(learner, quiz, shown.item.id, place_of(shown, "toad"), seen=0)
    return quiz


@pytest.fixture
def upkeep(app: App, answered: int) -> Iterator[App]:
    """Another process that looks after the same database."""
    with open_for_upkeep(app.settings) as opened:
        yield opened


@pytest.fixture
def backup(app: App, answered: int, tmp_path: Path) -> Path:
    """A backup that holds the one answer."""
    maintenance.backup(app.settings, tmp_path / "copy.db")
    return tmp_path / "copy.db"


def run(database: App | Path, sql: str) -> list[tuple[object, ...]]:
    """Look into the app's database or a file, or change it."""
    return behind(f"sqlite:///{database}" if isinstance(database, Path) else database.settings.database_url, sql)


def answers(database: App | Path) -> list[tuple[object, ...]]:
    return run(database, "SELECT fraction FROM items")


def stop(app: App) -> None:
    use(None)
    app.close()


def stopped(_done: int, _total: int) -> None:
    """Press Ctrl+C at the first word of progress."""
    raise KeyboardInterrupt


def test_a_sound_database_has_no_damage(upkeep: App):
    assert maintenance.find_damage(upkeep) == []
    assert maintenance.rebuild_caches(upkeep) == 0


@pytest.mark.parametrize(
    ("sql", "where", "fix"),
    [
        ("UPDATE items SET fraction = 1", "item 1", "quiz database rebuild"),
        ("DELETE FROM items", "steps of item 1", "quiz database restore"),
        ("UPDATE questions SET version_id = 99 WHERE id = 'newt'", "question newt", "quiz bank sync"),
        ("UPDATE versions SET content_hash = 'frog' WHERE question_id = 'mole'", "version ", "quiz database restore"),
        ("UPDATE versions SET asked_hash = 'frog' WHERE question_id = 'mole'", "version ", "quiz database restore"),
    ],
)
def test_damage_is_told_with_what_to_do(upkeep: App, sql: str, where: str, fix: str):
    run(upkeep, sql)
    (problem,) = maintenance.find_damage(upkeep)

    assert problem.where.startswith(where)
    assert fix in problem.fix


def test_rebuilding_repairs_what_differs_and_nothing_else(upkeep: App):
    run(upkeep, "UPDATE items SET fraction = 1, first = false")

    assert maintenance.rebuild_caches(upkeep) == 1
    assert maintenance.find_damage(upkeep) == []
    assert run(upkeep, "SELECT fraction, first FROM items") == [(0.0, True)]


@on_postgres
def test_rebuilding_leaves_alone_what_somebody_else_changes_meanwhile(
    upkeep: App, learner: User, monkeypatch: pytest.MonkeyPatch
):
    study.start(learner)
    run(upkeep, "UPDATE items SET fraction = 1 WHERE id = 1")
    honest = rebuild.lock_items

    def lock_items(connection: Connection, ids: Sequence[int]) -> None:
        run(upkeep, "UPDATE items SET fraction = 0 WHERE id = 1; UPDATE items SET fraction = 1 WHERE id = 2")
        honest(connection, ids)

    monkeypatch.setattr(rebuild, "lock_items", lock_items)

    assert maintenance.rebuild_caches(upkeep) == 0
    assert run(upkeep, "SELECT fraction FROM items WHERE id = 2") == [(1.0,)]


@pytest.mark.parametrize("work", [maintenance.find_damage, maintenance.rebuild_caches])
def test_checking_and_rebuilding_tell_how_far_they_are(upkeep: App, learner: User, work: Callable[..., object]):
    study.start(learner)
    told: list[tuple[int, int]] = []
    work(upkeep, lambda *done: told.append(done))

    assert told == [(5, 5)]


def test_a_backup_is_made_while_the_app_runs_and_holds_every_answer(app: App, backup: Path):
    assert answers(backup) == [(0.0,)]
    assert run(backup, "PRAGMA integrity_check") == [("ok",)]
    assert run(backup, "SELECT version_num FROM alembic_version") == [(newest_revision(),)]


def test_nothing_but_the_backup_is_left_beside_it(backup: Path):
    assert [file.name for file in backup.parent.glob("copy.db*")] == ["copy.db"]


def test_a_backup_tells_how_far_it_is(app: App, tmp_path: Path):
    told: list[tuple[int, int]] = []
    maintenance.backup(app.settings, tmp_path / "copy.db", lambda *done: told.append(done))

    assert told[-1][0] == told[-1][1] > 0


@pytest.mark.parametrize("name", ["is this it?.db", "100%41.db", "a#b:c@d.db", "grenouille verte é.db"])
def test_a_backup_may_have_any_name(app: App, answered: int, tmp_path: Path, name: str):
    (tmp_path / "copies").mkdir()
    maintenance.backup(app.settings, tmp_path / "copies" / name)
    (file,) = (tmp_path / "copies").iterdir()
    stop(app)
    run(app, "DELETE FROM steps")
    maintenance.restore(app.settings, file, NOON)

    assert file.name == name
    assert run(app, "SELECT fraction FROM steps") == [(0.0,)]


def test_a_backup_that_is_stopped_leaves_nothing(app: App, tmp_path: Path):
    with pytest.raises(KeyboardInterrupt):
        maintenance.backup(app.settings, tmp_path / "copy.db", stopped)

    assert list(tmp_path.glob("copy.db*")) == []


def test_a_backup_is_never_overwritten(app: App, tmp_path: Path):
    (tmp_path / "copy.db").write_text("older")

    with pytest.raises(DatabaseProblem, match="a backup is never overwritten"):
        maintenance.backup(app.settings, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "older"


@on_sqlite
def test_a_backup_of_no_database_is_refused(settings: Settings, tmp_path: Path):
    with pytest.raises(DatabaseProblem, match="There is no database"):
        maintenance.backup(settings, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


@on_postgres
def test_a_backup_of_a_database_without_tables_is_refused(settings: Settings, tmp_path: Path):
    emptied(settings.database_url)

    with pytest.raises(DatabaseProblem, match=r"has no tables yet\. Run: quiz database upgrade"):
        maintenance.backup(settings, tmp_path / "copy.db")
    assert list(tmp_path.glob("copy.db*")) == []


def test_a_backup_into_no_folder_is_refused(app: App, tmp_path: Path):
    with pytest.raises(DatabaseProblem, match="There is no folder"):
        maintenance.backup(app.settings, tmp_path / "gone" / "copy.db")


@pytest.mark.parametrize("length", [255, 300])
def test_a_backup_that_the_disk_refuses_is_told(app: App, tmp_path: Path, length: int):
    with pytest.raises(DatabaseProblem, match=r"^The backup .*frog.* cannot be made: .*The database stays as it is\.$"):
        maintenance.backup(app.settings, tmp_path / ("frog" * 100)[:length])


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


def test_upgrading_says_whether_anything_changed(settings: Settings):
    emptied(settings.database_url)

    assert maintenance.upgrade(settings)
    assert not maintenance.upgrade(settings)


@on_postgres
def test_tables_of_another_program_are_left_alone(settings: Settings):
    behind(emptied(settings.database_url), "CREATE TABLE users (name text)")

    with pytest.raises(DatabaseProblem, match="holds tables of another program"):
        maintenance.upgrade(settings)
    assert behind(settings.database_url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == [("users",)]


def test_upgrading_lets_go_of_the_database(app: App, nothing_closes_by_chance: None):
    stop(app)
    maintenance.upgrade(app.settings)

    assert let_go(app.settings.database_url)


def test_an_app_is_closed_where_its_block_ends(app: App, nothing_closes_by_chance: None):
    stop(app)
    with open_for_upkeep(app.settings):
        assert not let_go(app.settings.database_url, within=0)

    assert let_go(app.settings.database_url)


def test_a_database_that_upkeep_refuses_is_let_go_of(app: App, nothing_closes_by_chance: None):
    stop(app)
    run(app, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseProblem, match="newer version of this program"):
        open_for_upkeep(app.settings)
    assert let_go(app.settings.database_url)


@pytest.mark.parametrize("work", ["backup", "restore"])
def test_a_backup_and_a_restore_let_go_of_the_database(
    app: App, backup: Path, work: str, nothing_closes_by_chance: None
):
    stop(app)
    if work == "backup":
        maintenance.backup(app.settings, backup.with_name("second.db"))
    else:
        maintenance.restore(app.settings, backup, NOON)

    assert let_go(app.settings.database_url)
