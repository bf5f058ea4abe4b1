"""A question that changed in its file and in the database: both sides are shown, one is taken, neither is lost."""

from pathlib import Path

import pytest
from makers import NOON, question

from quizlib.bank.writing import write_question
from quizlib.errors import ChangedElsewhere, NotFound
from quizlib.model.authoring import Origin
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services import bank, pulling
from quizlib.services.app import App, open_app
from quizlib.services.authoring import conflicts
from quizlib.services.authoring.conflicts import Conflict
from quizlib.services.bank import SyncReport
from quizlib.store.content import questions as rows
from quizlib.store.content.versions import read_row, versions_of

HERE, THERE = question("frog", takeaway="Frogs bound."), question("frog", takeaway="Frogs leap.")


@pytest.fixture
def folder(app: App) -> Path:
    return app.settings.questions


def keep(app: App, one: Question, **how: bool) -> int:
    with app.database.write() as connection:
        return rows.save_version(connection, one, now=NOON, origin=Origin.BROWSER, note="made", **how)


@pytest.fixture
def conflict(app: App, folder: Path, teacher: User) -> Conflict:
    """A question that was changed on both sides."""
    keep(app, HERE)
    write_question(folder, THERE)
    (found,) = conflicts.unsettled(teacher)
    return found


def history(app: App) -> list[tuple[str, str]]:
    """Give take-away and note of every version, the newest first."""
    with app.database.read() as connection:
        return [(one.question.takeaway, one.note) for one in versions_of(connection, "frog")]


def asked(app: App) -> str:
    with app.database.read() as connection:
        return rows.current_versions(connection)["frog"][1].takeaway


def test_both_sides_are_given_as_plain_content(conflict: Conflict, teacher: User):
    assert (conflict.question_id, conflict.file) == ("frog", "questions/pond/frog.yaml")
    assert (conflict.in_file["takeaway"], conflict.in_database["takeaway"]) == ("Frogs leap.", "Frogs bound.")
    assert conflict.in_file["topic"] == "pond"
    assert conflicts.of_question(teacher, "frog") == conflict
    assert conflicts.of_question(teacher, "newt") is None


def test_where_nobody_disagrees_there_is_no_conflict(app: App, folder: Path, teacher: User):
    assert conflicts.unsettled(teacher) == []
    keep(app, HERE)
    write_question(folder, HERE)
    write_question(folder, question("newt", takeaway="Newts swim."))
    assert conflicts.unsettled(teacher) == []


def test_the_files_side_is_taken_as_a_version(app: App, conflict: Conflict, teacher: User):
    conflicts.settle(teacher, "frog", "file", conflict.sign)

    assert asked(app) == "Frogs leap."
    assert history(app)[:2] == [("Frogs leap.", conflicts.TAKEN), ("Frogs bound.", "made")]
    assert conflicts.unsettled(teacher) == []
    assert bank.sync(app) == SyncReport(unchanged=4)


def test_the_databases_side_stays_and_a_pull_writes_it(app: App, folder: Path, conflict: Conflict, teacher: User):
    conflicts.settle(teacher, "frog", "database", conflict.sign)

    assert asked(app) == "Frogs bound."
    assert history(app)[:2] == [("Frogs leap.", conflicts.SET_ASIDE), ("Frogs bound.", "made")]
    assert conflicts.unsettled(teacher) == []
    assert bank.sync(app) == SyncReport(unchanged=4)
    assert pulling.pull(app, folder).written == [folder / "pond" / "frog.yaml"]
    assert bank.sync(app) == SyncReport(unchanged=4)
    assert len(history(app)) == 3


def test_a_version_that_waits_goes_on_waiting(app: App, conflict: Conflict, teacher: User):
    waits = keep(app, question("frog", takeaway="Frogs hop."), asked=False)
    conflicts.settle(teacher, "frog", "database", conflict.sign)

    with app.database.read() as connection:
        assert read_row(connection, "frog").proposed_id == waits
    assert asked(app) == "Frogs bound."


def test_what_changed_again_meanwhile_is_looked_at_again(app: App, folder: Path, conflict: Conflict, teacher: User):
    write_question(folder, question("frog", takeaway="Frogs fly."))
    with pytest.raises(ChangedElsewhere):
        conflicts.settle(teacher, "frog", "file", conflict.sign)

    keep(app, question("frog", takeaway="Frogs hop."))
    with pytest.raises(ChangedElsewhere):
        conflicts.settle(teacher, "frog", "database", conflict.sign)
    assert asked(app) == "Frogs hop."


def test_a_conflict_is_settled_once(app: App, conflict: Conflict, teacher: User, colleague: User):
    conflicts.settle(colleague, "frog", "file", conflict.sign)
    with pytest.raises(NotFound, match="settled already"):
        conflicts.settle(teacher, "frog", "database", conflict.sign)

    assert asked(app) == "Frogs leap."


def test_a_process_that_did_not_read_the_file_finds_the_conflict(app: App, folder: Path, teacher: User):
    with open_app(app.settings) as other:
        write_question(folder, THERE)
        keep(other, HERE)
    assert [one.question_id for one in conflicts.unsettled(teacher)] == ["frog"]


def test_a_file_unlike_a_question_that_the_browser_made_is_a_conflict(app: App, folder: Path, teacher: User):
    keep(app, question("toad", takeaway="Toads walk."))
    write_question(folder, question("toad"))
    (found,) = conflicts.unsettled(teacher)
    conflicts.settle(teacher, "toad", "database", found.sign)

    assert bank.sync(app) == SyncReport(unchanged=5)
