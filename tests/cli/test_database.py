"""Commands on the database: words for people, JSON for programs, and exit status 1 where something is wrong."""

import json
from pathlib import Path

import pytest
from cli.running import Execute, Run, said
from driving.behind import behind, emptied, let_go


def test_upgrade_says_whether_anything_changed(run: Run, database_url: str):
    emptied(database_url)
    assert json.loads(said(run("database", "upgrade", "--json"))) == {"changed": True}
    assert json.loads(said(run("database", "upgrade", "--json"))) == {"changed": False}
    assert said(run("database", "upgrade")) == "It is up to date.\n"


def test_a_sound_database_passes_the_check(run: Run):
    run("bank", "sync")

    assert json.loads(said(run("database", "check", "--json"))) == {"problems": []}
    assert said(run("database", "check")) == "No damage found.\n"


def test_damage_ends_the_check_with_1(run: Run, execute: Execute):
    run("bank", "sync")
    execute("UPDATE versions SET asked_hash = 'toad' WHERE question_id = 'frog'")
    (problem,) = json.loads(said(run("database", "check", "--json"), status=1))["problems"]

    assert problem["where"].startswith("version ")


def test_rebuild_says_how_much_changed(run: Run):
    assert json.loads(said(run("database", "rebuild", "--json"))) == {"changed": 0}
    assert said(run("database", "rebuild")) == "0 changed.\n"


def test_a_backup_is_made_and_restored(run: Run, execute: Execute, tmp_path: Path):
    run("bank", "sync")
    copy = tmp_path / "copy.db"
    assert json.loads(said(run("database", "backup", copy, "--json"))) == {"file": str(copy)}
    execute("UPDATE questions SET status = 'retired'")
    kept = json.loads(said(run("database", "restore", copy, "--json")))["kept"]

    assert execute("SELECT DISTINCT status FROM questions") == [("live",)]
    assert behind(f"sqlite:///{kept}", "SELECT DISTINCT status FROM questions") == [("retired",)]


def test_a_restore_in_words_tells_where_the_old_database_is(run: Run, tmp_path: Path):
    run("bank", "sync")
    copy = tmp_path / "copy.db"
    assert said(run("database", "backup", copy)) == f"Copied to {copy}.\n"

    words = said(run("database", "restore", copy))
    assert words.startswith(f"Restored from {copy}. What was there before is in {tmp_path}/")
    assert words.endswith(".bak.\n")


def test_every_row_is_copied_to_another_database(run: Run, database_url: str, tmp_path: Path):
    run("bank", "sync")
    there, again = (f"sqlite:///{tmp_path / name}" for name in ("there.db", "again.db"))
    copied = json.loads(said(run("database", "copy", database_url, there, "--json")))["rows"]

    assert copied == len(["frog", "heron", "mole", "newt"]) * 2 + 1  # with a version each, and a note of change
    assert behind(there, "SELECT id FROM questions ORDER BY id") == [("frog",), ("heron",), ("mole",), ("newt",)]
    assert said(run("database", "copy", database_url, again)) == f"{copied} rows copied.\n"
    assert "holds something already" in said(run("database", "copy", there, database_url), status=1)
    assert "These are the same database" in said(run("database", "copy", there, there), status=1)


@pytest.mark.parametrize(
    "command",
    [
        "bank check",
        "bank sync",
        "bank pull copy",
        "database upgrade",
        "database check",
        "database rebuild",
        "database backup copy.db",
        "database restore before.db",
        "database copy FROM sqlite:///copy.db",
    ],
)
def test_a_command_lets_go_of_the_database(
    run: Run,
    command: str,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    nothing_closes_by_chance: None,
):
    monkeypatch.chdir(tmp_path)
    run("bank", "sync")
    run("database", "backup", "before.db")
    said(run(*(database_url if one == "FROM" else one for one in command.split())))

    assert let_go(database_url)


def test_a_backup_is_not_overwritten(run: Run, tmp_path: Path):
    run("bank", "sync")
    run("database", "backup", tmp_path / "copy.db")

    assert "Error: " in said(run("database", "backup", tmp_path / "copy.db"), status=1)


def test_what_is_no_backup_is_not_restored(run: Run, tmp_path: Path):
    assert "There is no file" in said(run("database", "restore", tmp_path / "gone.db"), status=1)
