"""Looking after the database: damage is found, a backup is never overwritten, a restore loses nothing."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from makers import NOON, place_of

from quizlib.config import Settings
from quizlib.errors import DatabaseProblem
from quizlib.model.person import User
from quizlib.services import maintenance, study
from quizlib.services.app import App, open_app, open_for_upkeep, use
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


def run(file: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(file)
    try:
        with connection:
            return connection.execute(sql).fetchall()
    finally:
        connection.close()


def stop(app: App) -> None:
    use(None)
    app.close()


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
    run(upkeep.database.file, sql)
    (problem,) = maintenance.find_damage(upkeep)

    assert problem.where.startswith(where)
    assert fix in problem.fix


def test_rebuilding_repairs_what_differs_and_nothing_else(upkeep: App):
    run(upkeep.database.file, "UPDATE items SET fraction = 1, first = 0")

    assert maintenance.rebuild_caches(upkeep) == 1
    assert maintenance.find_damage(upkeep) == []
    assert run(upkeep.database.file, "SELECT fraction, first FROM items") == [(0.0, 1)]


def test_a_backup_is_made_while_the_app_runs_and_holds_every_answer(app: App, answered: int, tmp_path: Path):
    maintenance.backup(app.settings, tmp_path / "copy.db")

    assert run(tmp_path / "copy.db", "SELECT fraction FROM items") == [(0.0,)]
    assert run(tmp_path / "copy.db", "PRAGMA integrity_check") == [("ok",)]


def test_a_backup_is_never_overwritten(app: App, tmp_path: Path):
    (tmp_path / "copy.db").write_text("older")

    with pytest.raises(DatabaseProblem, match="a backup is never overwritten"):
        maintenance.backup(app.settings, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "older"


def test_a_backup_of_no_database_is_refused(settings: Settings, tmp_path: Path):
    with pytest.raises(DatabaseProblem, match="There is no database"):
        maintenance.backup(settings, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_backup_into_no_folder_is_refused(app: App, tmp_path: Path):
    with pytest.raises(DatabaseProblem, match="There is no folder"):
        maintenance.backup(app.settings, tmp_path / "gone" / "copy.db")


def test_a_restored_database_is_that_of_the_backup_and_the_other_is_kept(app: App, learner: User, tmp_path: Path):
    maintenance.backup(app.settings, tmp_path / "copy.db")
    later = study.start(learner)
    stop(app)
    kept = maintenance.restore(app.settings, tmp_path / "copy.db", NOON)

    assert kept == tmp_path / "quiz.db.before-restore.20261121T120000.bak"
    assert run(tmp_path / "quiz.db", "SELECT id FROM attempts") == []
    assert run(kept, "SELECT id FROM attempts") == [(later,)]
    with open_app(app.settings) as reopened:
        assert maintenance.find_damage(reopened) == []


def test_a_backup_is_restored_where_there_is_no_database(app: App, answered: int, tmp_path: Path):
    maintenance.backup(app.settings, tmp_path / "copy.db")
    elsewhere = Settings(f"sqlite:///{tmp_path / 'new' / 'quiz.db'}", app.settings.questions)

    assert maintenance.restore(elsewhere, tmp_path / "copy.db", NOON) is None
    assert run(tmp_path / "new" / "quiz.db", "SELECT fraction FROM items") == [(0.0,)]


def test_a_database_in_use_is_not_replaced(app: App, learner: User, tmp_path: Path):
    maintenance.backup(app.settings, tmp_path / "copy.db")
    quiz = study.start(learner)

    with pytest.raises(DatabaseProblem, match=r"is in use\. Stop the app first"):
        maintenance.restore(app.settings, tmp_path / "copy.db", NOON)
    assert study.sheet(learner, quiz).attempt.id == quiz
    assert list(tmp_path.glob("*.bak")) == []


def test_a_backup_takes_the_place_of_a_broken_database(app: App, answered: int, tmp_path: Path):
    maintenance.backup(app.settings, tmp_path / "copy.db")
    stop(app)
    app.database.file.write_text("Dear diary, today I saw a frog. " * 100)
    kept = maintenance.restore(app.settings, tmp_path / "copy.db", NOON)

    assert run(app.database.file, "SELECT fraction FROM items") == [(0.0,)]
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
    assert run(app.database.file, "SELECT fraction FROM items") == [(0.0,)]


def test_a_backup_of_a_newer_program_is_not_restored(app: App, answered: int, tmp_path: Path):
    maintenance.backup(app.settings, tmp_path / "copy.db")
    run(tmp_path / "copy.db", "UPDATE alembic_version SET version_num = '9999'")
    stop(app)

    with pytest.raises(DatabaseProblem, match="newer version of this program"):
        maintenance.restore(app.settings, tmp_path / "copy.db", NOON)
    assert run(app.database.file, "SELECT version_num FROM alembic_version") == [(newest_revision(),)]


def test_restoring_leaves_the_backup_as_it_was(app: App, answered: int, tmp_path: Path):
    maintenance.backup(app.settings, tmp_path / "copy.db")
    before = (tmp_path / "copy.db").read_bytes()
    stop(app)
    maintenance.restore(app.settings, tmp_path / "copy.db", NOON)

    assert (tmp_path / "copy.db").read_bytes() == before


def test_upgrading_says_whether_anything_changed(settings: Settings):
    assert maintenance.upgrade(settings)
    assert not maintenance.upgrade(settings)


def log_of(app: App) -> Path:
    """Name the file that SQLite keeps while anybody has the database open."""
    return app.database.file.with_name("quiz.db-wal")


def test_upgrading_lets_go_of_the_database(app: App, nothing_closes_by_chance: None):
    stop(app)
    maintenance.upgrade(app.settings)

    assert not log_of(app).exists()


def test_an_app_is_closed_where_its_block_ends(app: App, nothing_closes_by_chance: None):
    stop(app)
    with open_for_upkeep(app.settings):
        assert log_of(app).exists()

    assert not log_of(app).exists()


def test_a_database_that_upkeep_refuses_is_let_go_of(app: App, nothing_closes_by_chance: None):
    stop(app)
    run(app.database.file, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseProblem, match="newer version of this program"):
        open_for_upkeep(app.settings)
    assert not log_of(app).exists()
