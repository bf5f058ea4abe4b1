"""The command: words for people, JSON for programs, and exit status 1 where something is wrong."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from driving.behind import behind, emptied, let_go
from makers import on_postgres, on_sqlite, question, write_bank
from sqlalchemy.engine import make_url

from quizlib.bank.writing import question_schema, write_question
from quizlib.cli import quiz
from quizlib.config import Settings, settings_from

Run = Callable[..., Result]
Execute = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def run(settings: Settings) -> Run:
    """Run `quiz` with the settings of a fresh folder and database, and any others."""

    def run(*arguments: object, **more: str) -> Result:
        environment = {"QUIZ_DATABASE_URL": settings.database_url, "QUIZ_QUESTIONS": str(settings.questions), **more}
        return CliRunner().invoke(quiz, [str(one) for one in arguments], env=environment)

    return run


@pytest.fixture
def folder(settings: Settings) -> Path:
    return settings.questions


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The database's file."""
    return tmp_path / "quiz.db"


@pytest.fixture
def execute(database_url: str) -> Execute:
    """Look into the database, or change it, as another program does."""
    return partial(behind, database_url)


def said(result: Result, status: int = 0) -> str:
    """Give what was said, after seeing that it ended as it should and without a traceback."""
    assert (result.exit_code, "Traceback" in result.output) == (status, False), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


def spoil(folder: Path) -> None:
    (folder / "pond" / "frog.yaml").write_text("kind: riddle\n", encoding="utf-8")


def test_a_check_of_a_sound_bank_counts_its_questions(run: Run, folder: Path):
    for result in (run("bank", "check", "--json"), run("bank", "check", folder, "--json")):
        report = json.loads(said(result))
        assert {"metrics", "warnings", "by_idea", "waived"} < report.keys()
        assert {
            name: report[name] for name in ("questions", "families", "instances", "cases", "by_topic", "errors")
        } == {
            "questions": 4,
            "families": 0,
            "instances": 0,
            "cases": 0,
            "by_topic": {"pond": 3, "meadow": 1},
            "errors": [],
        }


def test_a_check_in_words_ends_with_a_count(run: Run):
    lines = said(run("bank", "check")).splitlines()

    assert lines[-1].startswith("4 questions (pond 3, meadow 1). 0 to fix, ")
    assert "cases                                  0   at least 8   missed" in lines


def test_a_check_of_a_bad_bank_tells_every_problem_and_ends_with_1(run: Run, folder: Path):
    spoil(folder)
    report = json.loads(said(run("bank", "check", folder, "--json"), status=1))

    assert report["questions"] == 3
    assert {one["where"] for one in report["errors"]} == {"questions/pond/frog.yaml:1, kind"}
    assert all(set(one) == {"where", "what", "fix"} for one in report["errors"])
    assert "questions/pond/frog.yaml:1, kind: " in said(run("bank", "check", folder), status=1)


@on_sqlite
def test_a_check_of_a_folder_needs_no_database(run: Run, folder: Path, file: Path):
    said(run("bank", "check", folder))

    assert not file.exists()


def test_a_check_of_no_folder_ends_with_1(run: Run, tmp_path: Path):
    assert "There is no such folder" in said(run("bank", "check", tmp_path / "gone"), status=1)


def test_sync_takes_files_once(run: Run):
    first, second = (json.loads(said(run("bank", "sync", "--json"))) for _ in range(2))

    assert sorted(first["taken"]) == ["frog", "heron", "mole", "newt"]
    assert (second["taken"], second["unchanged"], second["problems"]) == ([], 4, [])


def test_sync_in_words_names_what_is_gone_and_withdraws_it_on_request(run: Run, folder: Path):
    run("bank", "sync")
    (folder / "meadow" / "mole.yaml").unlink()

    assert "mole: its file is gone" in said(run("bank", "sync"))
    assert "1 withdrawn" in said(run("bank", "sync", "--retire-missing"))


def test_sync_of_a_bad_file_takes_the_others_and_ends_with_1(run: Run, folder: Path):
    spoil(folder)
    report = json.loads(said(run("bank", "sync", "--json"), status=1))

    assert sorted(report["taken"]) == ["heron", "mole", "newt"]
    assert [one["where"] for one in report["problems"]]


def test_a_conflict_ends_sync_and_check_with_1(run: Run, folder: Path, execute: Execute):
    run("bank", "sync")
    execute("UPDATE questions SET file_hash = 'older' WHERE id = 'frog'")
    write_question(folder, question("frog", takeaway="Frogs leap."))

    assert json.loads(said(run("bank", "sync", "--json"), status=1))["conflicts"] == ["frog"]
    assert "questions/pond/frog.yaml: Both the file and the database" in said(run("bank", "check"), status=1)


def test_pull_writes_every_question(run: Run, folder: Path, tmp_path: Path):
    run("bank", "sync")
    report = json.loads(said(run("bank", "pull", tmp_path / "copy", "--json")))

    assert len(report["written"]) == 4
    assert (tmp_path / "copy" / "pond" / "frog.yaml").read_text() == (folder / "pond" / "frog.yaml").read_text()


def test_schema_prints_the_schema(run: Run):
    assert json.loads(said(run("bank", "schema"))) == question_schema()


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


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("QUIZ_FROG", "green", "QUIZ_FROG is not a setting. Known are: QUIZ_BEHIND_PROXY, QUIZ_DATABASE_URL"),
        ("QUIZ_SIGN_IN", "croak", "QUIZ_SIGN_IN is 'croak'. Known is: none."),
        ("QUIZ_BEHIND_PROXY", "perhaps", "QUIZ_BEHIND_PROXY is 'perhaps'. Write yes or no."),
        ("QUIZ_DATABASE_URL", "frog", "QUIZ_DATABASE_URL cannot be read."),
        ("QUIZ_DATABASE_URL", "sqlite://", "QUIZ_DATABASE_URL names a database in memory"),
        ("QUIZ_DATABASE_URL", "sqlite:///:memory:", "QUIZ_DATABASE_URL names a database in memory"),
        (
            "QUIZ_DATABASE_URL",
            "sqlite:///file:frog?mode=memory&uri=true",
            "QUIZ_DATABASE_URL names a database in memory",
        ),
        ("QUIZ_DATABASE_URL", "mysql://u:croak@pond/quiz", "QUIZ_DATABASE_URL names mysql."),
    ],
)
@pytest.mark.parametrize("command", [("bank", "sync"), ("database", "check"), ("serve",)], ids=" ".join)
def test_a_bad_setting_is_a_sentence_and_no_traceback(
    run: Run, command: tuple[str, ...], setting: str, value: str, sentence: str
):
    assert said(run(*command, **{setting: value}), status=1).startswith(f"Error: {sentence}")


COMMANDS = (("bank", "sync"), ("bank", "check"), ("database", "check"), ("database", "upgrade"), ("serve",))


@on_sqlite
def test_a_file_that_is_no_database_is_a_sentence_and_no_traceback(run: Run, file: Path):
    file.write_text("Dear diary, today I saw a frog. " * 100)
    for command in COMMANDS:
        assert "is not a sound SQLite database" in said(run(*command), status=1)


@on_postgres
def test_a_database_that_is_not_there_is_a_sentence_and_no_traceback(run: Run, database_url: str):
    gone = make_url(database_url).set(database="frog").render_as_string(hide_password=False)
    for command in COMMANDS:
        assert "There is no such database or user" in said(run(*command, QUIZ_DATABASE_URL=gone), status=1)


@on_postgres
def test_a_database_without_tables_is_made_by_the_command_to_upgrade_only(run: Run, database_url: str):
    emptied(database_url)
    for command in [one for one in COMMANDS if one != ("database", "upgrade")]:
        assert "has no tables yet. Run: quiz database upgrade" in said(run(*command), status=1)
    said(run("database", "upgrade"))

    assert "4 taken" in said(run("bank", "sync"))


def test_the_version_is_told(run: Run):
    assert "version" in said(run("--version"))


def test_a_bank_may_be_written_and_read_again_by_commands_alone(run: Run, tmp_path: Path):
    copy = write_bank(tmp_path / "copy", [])
    run("bank", "sync")
    run("bank", "pull", copy)

    assert json.loads(said(run("bank", "check", copy, "--json")))["by_topic"] == {"pond": 3, "meadow": 1}


@on_sqlite
def test_a_database_and_questions_named_from_here_keep_their_place(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    found = settings_from({"QUIZ_DATABASE_URL": "sqlite:///here.db", "QUIZ_QUESTIONS": folder.name})

    assert found.database_url == f"sqlite:///{tmp_path / 'here.db'}"
    assert found.questions == folder
    for address in ("sqlite:////srv/quiz.db", "sqlite:///:memory:", "postgresql://u@h/quiz"):
        assert settings_from({"QUIZ_DATABASE_URL": address}).database_url == address
