"""The command: words for people, JSON for programs, and exit status 1 where something is wrong."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from makers import question, write_bank

from quizlib.bank.writing import question_schema, write_question
from quizlib.cli import quiz
from quizlib.config import Settings

Run = Callable[..., Result]


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


def said(result: Result, status: int = 0) -> str:
    """Give what was said, after seeing that it ended as it should and without a traceback."""
    assert (result.exit_code, "Traceback" in result.output) == (status, False), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


def execute(file: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(file)
    try:
        with connection:
            return connection.execute(sql).fetchall()
    finally:
        connection.close()


def spoil(folder: Path) -> None:
    (folder / "pond" / "frog.yaml").write_text("kind: riddle\n", encoding="utf-8")


def test_a_check_of_a_sound_bank_counts_its_questions(run: Run, folder: Path):
    for result in (run("bank", "check", "--json"), run("bank", "check", folder, "--json")):
        assert json.loads(said(result)) == {
            "questions": 4,
            "families": 0,
            "instances": 0,
            "cases": 0,
            "by_topic": {"pond": 3, "meadow": 1},
            "by_kind": {"choice": 4},
            "by_level": {"recall": 4},
            "metrics": {},
            "errors": [],
            "warnings": [],
        }


def test_a_check_in_words_ends_with_a_count(run: Run):
    assert said(run("bank", "check")) == "4 questions (pond 3, meadow 1). 0 to fix, 0 could be better.\n"


def test_a_check_of_a_bad_bank_tells_every_problem_and_ends_with_1(run: Run, folder: Path):
    spoil(folder)
    report = json.loads(said(run("bank", "check", folder, "--json"), status=1))

    assert report["questions"] == 3
    assert {one["where"] for one in report["errors"]} == {"questions/pond/frog.yaml:1, kind"}
    assert all(set(one) == {"where", "what", "fix"} for one in report["errors"])
    assert "questions/pond/frog.yaml:1, kind: " in said(run("bank", "check", folder), status=1)


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


def test_a_conflict_ends_sync_and_check_with_1(run: Run, folder: Path, file: Path):
    run("bank", "sync")
    execute(file, "UPDATE questions SET file_hash = 'older' WHERE id = 'frog'")
    write_question(folder, question("frog", takeaway="Frogs leap."))

    assert json.loads(said(run("bank", "sync", "--json"), status=1))["conflicts"] == ["frog"]
    assert "questions/pond/frog.yaml: Both the file and the database" in said(run("bank", "check"), status=1)


def test_pull_writes_every_question(run: Run, folder: Path, tmp_path: Path):
    report = json.loads(said(run("bank", "pull", tmp_path / "copy", "--json")))

    assert len(report["written"]) == 4
    assert (tmp_path / "copy" / "pond" / "frog.yaml").read_text() == (folder / "pond" / "frog.yaml").read_text()


def test_schema_prints_the_schema(run: Run):
    assert json.loads(said(run("bank", "schema"))) == question_schema()


def test_upgrade_says_whether_anything_changed(run: Run):
    assert json.loads(said(run("database", "upgrade", "--json"))) == {"changed": True}
    assert json.loads(said(run("database", "upgrade", "--json"))) == {"changed": False}
    assert said(run("database", "upgrade")) == "It is up to date.\n"


def test_a_sound_database_passes_the_check(run: Run):
    run("bank", "sync")

    assert json.loads(said(run("database", "check", "--json"))) == {"problems": []}
    assert said(run("database", "check")) == "No damage found.\n"


def test_damage_ends_the_check_with_1(run: Run, file: Path):
    run("bank", "sync")
    execute(file, "UPDATE versions SET asked_hash = 'toad' WHERE question_id = 'frog'")
    (problem,) = json.loads(said(run("database", "check", "--json"), status=1))["problems"]

    assert problem["where"].startswith("version ")


def test_rebuild_says_how_much_changed(run: Run):
    assert json.loads(said(run("database", "rebuild", "--json"))) == {"changed": 0}
    assert said(run("database", "rebuild")) == "0 changed.\n"


def test_a_backup_is_made_and_restored(run: Run, file: Path, tmp_path: Path):
    run("bank", "sync")
    copy = tmp_path / "copy.db"
    assert json.loads(said(run("database", "backup", copy, "--json"))) == {"file": str(copy)}
    execute(file, "UPDATE questions SET status = 'retired'")
    kept = json.loads(said(run("database", "restore", copy, "--json")))["kept"]

    assert execute(file, "SELECT DISTINCT status FROM questions") == [("live",)]
    assert execute(Path(kept), "SELECT DISTINCT status FROM questions") == [("retired",)]


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
    ],
)
def test_a_command_lets_go_of_the_database(
    run: Run, command: str, file: Path, monkeypatch: pytest.MonkeyPatch, nothing_closes_by_chance: None
):
    monkeypatch.chdir(file.parent)
    run("bank", "sync")
    said(run(*command.split()))

    assert [one.name for one in file.parent.glob("quiz.db*") if one.suffix != ".lock"] == ["quiz.db"]


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
        ("QUIZ_DATABASE_URL", "postgresql://u:croak@pond/quiz", "QUIZ_DATABASE_URL names postgresql."),
    ],
)
@pytest.mark.parametrize("command", [("bank", "sync"), ("database", "check"), ("serve",)], ids=" ".join)
def test_a_bad_setting_is_a_sentence_and_no_traceback(
    run: Run, command: tuple[str, ...], setting: str, value: str, sentence: str
):
    assert said(run(*command, **{setting: value}), status=1).startswith(f"Error: {sentence}")


def test_a_database_that_is_none_is_a_sentence_and_no_traceback(run: Run, file: Path):
    file.write_text("Dear diary, today I saw a frog. " * 100)
    for command in (("bank", "sync"), ("bank", "check"), ("database", "check"), ("database", "upgrade"), ("serve",)):
        assert "is not a sound SQLite database" in said(run(*command), status=1)


def test_the_version_is_told(run: Run):
    assert "version" in said(run("--version"))


def test_a_bank_may_be_written_and_read_again_by_commands_alone(run: Run, tmp_path: Path):
    copy = write_bank(tmp_path / "copy", [])
    run("bank", "pull", copy)

    assert json.loads(said(run("bank", "check", copy, "--json")))["by_topic"] == {"pond": 3, "meadow": 1}
