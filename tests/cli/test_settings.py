"""Settings and databases that no command can work with are told in a sentence, and paths are those of here."""

from pathlib import Path

import pytest
from cli.running import Run, said
from driving.behind import emptied
from makers import on_postgres, on_sqlite
from sqlalchemy.engine import make_url

from quizlib.config import settings_from


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("QUIZ_FROG", "green", "QUIZ_FROG is not a setting. Known are: QUIZ_APPROVAL_MONTHS, QUIZ_BEHIND_PROXY"),
        ("QUIZ_SIGN_IN", "croak", "QUIZ_SIGN_IN is 'croak'. Known are: none, accounts, oidc."),
        ("QUIZ_INSTRUCTOR_CLAIM", "toads", "QUIZ_INSTRUCTOR_CLAIM is 'toads'. Write claim=value"),
        (
            "QUIZ_APPROVAL_MONTHS",
            "a year",
            "QUIZ_APPROVAL_MONTHS is 'a year'. Write a number of months",
        ),
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
