"""A backup holds every answer, leaves nothing else behind, and is never overwritten."""

from pathlib import Path

import pytest
from driving.behind import emptied
from makers import NOON, on_postgres, on_sqlite
from services.maintenance.looking import answers, run, stop

from quizlib.config import Settings
from quizlib.errors import DatabaseProblem
from quizlib.services import maintenance
from quizlib.services.app import App
from quizlib.store.databases.migrate import newest_revision


def stopped(_done: int, _total: int) -> None:
    """Press Ctrl+C at the first word of progress."""
    raise KeyboardInterrupt


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
