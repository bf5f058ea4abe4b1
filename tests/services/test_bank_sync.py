"""Question files and the database find to each other, and nobody's work is overwritten."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from makers import NOON, Clock, on_postgres, on_sqlite, question, write_bank

from quizlib.bank.writing import write_question
from quizlib.config import Settings
from quizlib.model.attempt import Filter
from quizlib.model.authoring import Origin
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services import bank, pulling
from quizlib.services.app import App, open_app
from quizlib.services.bank import SyncReport
from quizlib.services.quizzes import study
from quizlib.store.content import questions as rows
from quizlib.store.tables import versions

Synced = Callable[..., SyncReport]


@pytest.fixture
def folder(app: App) -> Path:
    return app.settings.questions


def edit_in_app(app: App, changed: Question) -> None:
    """Save a version as the editor in the browser does."""
    with app.database.write() as connection:
        rows.save_version(connection, changed, now=NOON, origin=Origin.BROWSER, note="edited")


def takeaways(app: App, name: str = "frog") -> list[str]:
    """Give the take-away of every version of a question, oldest first."""
    with app.database.read() as connection:
        found = connection.execute(
            sa.select(versions.c.content).where(versions.c.question_id == name).order_by(versions.c.number)
        )
        return [content["takeaway"] for content in found.scalars()]


def current(app: App, name: str = "frog") -> Question:
    with app.database.read() as connection:
        return rows.current_versions(connection)[name][1]


def live(app: App) -> set[str]:
    with app.database.read() as connection:
        found = rows.candidates(connection, Filter())
    return {*found.single, *(part[0] for part in found.parts)}


@on_sqlite
def test_opening_the_app_takes_in_every_file(settings: Settings):
    with open_app(settings) as app:
        assert live(app) == {"frog", "heron", "newt", "mole"}


@on_postgres
def test_on_a_server_files_are_taken_in_by_command_only(settings: Settings):
    with open_app(settings) as app:
        assert live(app) == set()
        assert sorted(bank.sync(app).taken) == ["frog", "heron", "mole", "newt"]
        assert live(app) == {"frog", "heron", "newt", "mole"}


def test_what_was_taken_in_is_not_taken_again(app: App):
    assert bank.sync(app) == SyncReport(unchanged=4)


def test_a_new_file_is_taken(app: App, folder: Path):
    write_bank(folder, [question("toad")])

    assert bank.sync(app).taken == ["toad"]
    assert "toad" in live(app)
    assert bank.sync(app) == SyncReport(unchanged=5)


def test_a_changed_file_is_a_new_version(app: App, folder: Path):
    write_question(folder, question("frog", takeaway="Frogs leap."))

    assert bank.sync(app).taken == ["frog"]
    assert takeaways(app) == ["Frogs jump.", "Frogs leap."]
    assert current(app).takeaway == "Frogs leap."


def test_a_quiz_that_has_begun_keeps_the_version_it_began_with(app: App, folder: Path, learner: User):
    quiz = study.start_fixed(learner, ["frog"])
    write_question(folder, question("frog", takeaway="Frogs leap."))
    bank.sync(app)

    assert study.sheet(learner, quiz).question.takeaway == "Frogs jump."
    assert study.sheet(learner, study.start_fixed(learner, ["frog"])).question.takeaway == "Frogs leap."


def test_a_change_in_the_app_stays_while_the_file_is_as_it_was(app: App):
    edit_in_app(app, question("frog", takeaway="Frogs bound."))

    assert bank.sync(app) == SyncReport(unchanged=4)
    assert current(app).takeaway == "Frogs bound."


def test_when_both_changed_the_databases_is_kept_and_the_conflict_told(app: App, folder: Path):
    edit_in_app(app, question("frog", takeaway="Frogs bound."))
    write_question(folder, question("frog", takeaway="Frogs leap."))
    report = bank.sync(app)

    assert (report.conflicts, report.taken) == (["frog"], [])
    assert takeaways(app) == ["Frogs jump.", "Frogs bound."]
    (problem,) = bank.conflicts(app)
    assert problem.where == "questions/pond/frog.yaml"
    assert "quiz bank pull" in problem.fix
    assert [one["where"] for one in bank.check(folder, app)["errors"]] == ["questions/pond/frog.yaml"]
    assert bank.check(folder)["errors"] == []


def test_the_same_change_on_both_sides_is_no_conflict(app: App, folder: Path):
    edit_in_app(app, question("frog", takeaway="Frogs leap."))
    write_question(folder, question("frog", takeaway="Frogs leap."))

    assert bank.sync(app).conflicts == []
    assert takeaways(app) == ["Frogs jump.", "Frogs leap."]
    assert bank.sync(app) == SyncReport(unchanged=4)


def test_a_file_that_is_gone_is_told_and_its_question_still_asked(app: App, folder: Path):
    (folder / "meadow" / "mole.yaml").unlink()
    write_bank(folder, [question("toad")])
    report = bank.sync(app)

    assert (report.missing, report.taken, report.retired) == (["mole"], ["toad"], [])
    assert "mole" in live(app)


def test_a_question_without_a_file_is_withdrawn_only_when_asked_for(app: App, folder: Path):
    (folder / "meadow" / "mole.yaml").unlink()
    report = bank.sync(app, retire_missing=True)

    assert report.retired == ["mole"]
    assert live(app) == {"frog", "heron", "newt"}


def test_a_file_that_comes_back_brings_its_question_back(app: App, folder: Path):
    (folder / "meadow" / "mole.yaml").unlink()
    bank.sync(app, retire_missing=True)
    write_question(folder, question("mole", "meadow"))
    bank.sync(app)

    assert "mole" in live(app)


def test_a_file_that_cannot_be_read_is_told_and_its_question_is_not_missing(app: App, folder: Path):
    (folder / "meadow" / "mole.yaml").write_text("kind: riddle\n", encoding="utf-8")
    report = bank.sync(app, retire_missing=True)

    assert {problem.where for problem in report.problems} == {"questions/meadow/mole.yaml:1, kind"}
    assert (report.missing, report.retired) == ([], [])
    assert "mole" in live(app)


@pytest.mark.parametrize("name", ["frogs: mine", "frogs, mine"])
def test_the_name_of_the_folder_does_not_matter_to_that(tmp_path: Path, name: str):
    folder = write_bank(tmp_path / name)
    with open_app(Settings(f"sqlite:///{tmp_path / 'quiz.db'}", folder)) as app:
        (folder / "meadow" / "mole.yaml").write_text("kind: riddle\n", encoding="utf-8")
        report = bank.sync(app, retire_missing=True)

        assert (report.missing, report.retired) == ([], [])
        assert "mole" in live(app)


@pytest.mark.parametrize("place", ["meadow/mole.yml", "mole.yaml", "meadow/deep/mole.yaml"])
def test_a_file_in_the_wrong_place_is_told_and_its_question_is_not_missing(app: App, folder: Path, place: str):
    (folder / "meadow" / "deep").mkdir()
    (folder / "meadow" / "mole.yaml").rename(folder / place)
    report = bank.sync(app, retire_missing=True)

    assert [problem.where for problem in report.problems] == [f"questions/{place}"]
    assert (report.missing, report.retired) == ([], [])
    assert "mole" in live(app)


def test_a_folder_that_is_not_there_withdraws_nothing(app: App, folder: Path):
    folder.rename(folder.with_name("elsewhere"))
    report = bank.sync(app, retire_missing=True)

    assert report.problems
    assert live(app) == {"frog", "heron", "newt", "mole"}


def test_a_file_moved_to_another_topic_takes_its_question_along(app: App, folder: Path):
    (folder / "pond" / "frog.yaml").rename(folder / "meadow" / "frog.yaml")

    assert bank.sync(app).taken == ["frog"]
    assert current(app).topic == "meadow"
    with app.database.read() as connection:
        assert rows.live_by_topic(connection) == {"pond": 2, "meadow": 2}


def test_pull_writes_back_and_then_sync_says_same(app: App, folder: Path):
    edited = question("frog", takeaway="Frogs bound.")
    edit_in_app(app, edited)
    write_question(folder, question("frog", takeaway="Frogs leap."))
    bank.sync(app)
    report = pulling.pull(app, folder)

    assert report.written == [folder / "pond" / "frog.yaml"]
    assert bank.sync(app) == SyncReport(unchanged=4)
    assert bank.read_bank(folder).questions["frog"] == edited
    assert bank.conflicts(app) == []


def test_after_a_pull_the_next_change_of_the_file_is_taken(app: App, folder: Path):
    edit_in_app(app, question("frog", takeaway="Frogs bound."))
    pulling.pull(app, folder)
    write_question(folder, question("frog", takeaway="Frogs leap."))

    assert bank.sync(app).taken == ["frog"]


def test_pull_to_another_folder_leaves_the_database_as_it_was(app: App, folder: Path, tmp_path: Path):
    edit_in_app(app, question("frog", takeaway="Frogs bound."))
    pulling.pull(app, tmp_path / "copy")
    write_question(folder, question("frog", takeaway="Frogs leap."))

    assert len(list((tmp_path / "copy").glob("*/*.yaml"))) == 4
    assert bank.sync(app).conflicts == ["frog"]


def test_sync_tells_how_far_it_is(app: App, folder: Path):
    told: list[tuple[int, int]] = []
    write_bank(folder, [question("toad"), question("slug")])
    bank.sync(app, progress=lambda *done: told.append(done))

    # four files were there, and two were written: six are read, then two taken in
    assert told == [*((done, 6) for done in range(6)), (1, 2), (2, 2)]


def test_a_version_says_when_it_was_saved(app: App, folder: Path, clock: Clock):
    clock.move(days=1)
    write_question(folder, question("frog", takeaway="Frogs leap."))
    bank.sync(app)
    with app.database.read() as connection:
        saved = connection.scalars(
            sa.select(versions.c.saved_at).where(versions.c.question_id == "frog").order_by(versions.c.number)
        )
        assert list(saved) == [NOON, NOON + timedelta(days=1)]


def test_check_counts_what_is_in_a_folder(folder: Path):
    report = bank.check(folder)
    counted = ("questions", "families", "instances", "cases", "by_topic", "by_kind", "by_level", "errors")

    assert {name: report[name] for name in counted} == {
        "questions": 4,
        "families": 0,
        "instances": 0,
        "cases": 0,
        "by_topic": {"pond": 3, "meadow": 1},
        "by_kind": {"choice": 4},
        "by_level": {"recall": 4},
        "errors": [],
    }
    assert report["metrics"]["options_with_reason"] == {"value": 1.0, "target": "at least 1", "met": True}
    assert report["metrics"]["cases"] == {"value": 0, "target": "at least 8", "met": False}


def test_check_tells_what_could_be_better_with_file_line_and_rule(folder: Path):
    write_question(folder, question("frog", stem="Which is true?"))
    told = [one for one in bank.check(folder)["warnings"] if "unfocused-stem" in one["fix"]]
    line = (folder / "pond" / "frog.yaml").read_text(encoding="utf-8").splitlines().index("stem: Which is true?") + 1

    assert [one["where"] for one in told] == [f"questions/pond/frog.yaml:{line}, stem"]


def test_a_waived_rule_is_counted_and_no_longer_told_and_one_that_does_not_exist_is(folder: Path):
    waive = {"unfocused-stem": "It is asked so in the exam.", "frog-rule": "Frogs need none."}
    write_question(folder, question("frog", stem="Which is true?", waive=waive))
    report = bank.check(folder)

    assert report["waived"] == {"unfocused-stem": 1}
    assert not any("unfocused-stem" in one["fix"] for one in report["warnings"])
    assert [one["what"] for one in report["warnings"] if ", waive" in one["where"]] == ["There is no rule frog-rule."]
