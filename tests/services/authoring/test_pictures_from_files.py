"""Pictures of question files come into the database with their questions, and go back to files with them."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from drawn import encoded, frog, put, shows
from makers import question, write_bank, write_case

from quizlib.bank.files import read_bank
from quizlib.bank.writing import write_question
from quizlib.kinds import content_hash
from quizlib.model.person import User
from quizlib.services import bank
from quizlib.services.app import App
from quizlib.services.authoring import pictures
from quizlib.services.quizzes import study
from quizlib.store.content.questions import current_versions
from quizlib.store.tables import media

PAINTED = encoded()
REPAINTED = encoded(image=frog(80, 40))
OTHER = "The picture frog.png is another one than before."


@pytest.fixture
def folder(app: App) -> Path:
    """Give the folder of a bank whose frog shows a picture."""
    folder = app.settings.questions
    put(folder, content=PAINTED)
    write_question(folder, question("frog", **shows()))
    assert bank.sync(app).taken == ["frog"]
    return folder


def stored(app: App) -> dict[str, bytes]:
    with app.database.read() as connection:
        return {row.name: row.content for row in connection.execute(sa.select(media.c.name, media.c.content))}


def test_a_picture_is_taken_in_with_its_question(app: App, folder: Path, learner: User):
    shown = study.sheet(learner, study.start_fixed(learner, ["frog"])).question
    assert shown.picture is not None
    found = pictures.read(learner, shown.picture.file)

    assert (found.content, found.type, found.width, found.height) == (PAINTED, "image/png", 60, 40)
    assert bank.check(folder, app)["errors"] == []


def test_it_is_not_taken_again(app: App, folder: Path):
    assert bank.sync(app).unchanged == 4
    write_question(folder, question("frog", takeaway="Frogs leap.", **shows()))
    write_question(folder, question("toad", **shows()))

    assert sorted(bank.sync(app).taken) == ["frog", "toad"]
    assert stored(app) == {"frog.png": PAINTED}


def test_a_picture_without_its_file_keeps_the_question_as_it_was(app: App, folder: Path):
    (folder / "pictures" / "frog.png").unlink()
    report = bank.sync(app, retire_missing=True)

    assert [one.where for one in report.problems] == ["questions/pond/frog.yaml:4, picture.file"]
    assert (report.missing, report.retired, report.unchanged) == ([], [], 3)
    assert stored(app) == {"frog.png": PAINTED}


def test_a_name_keeps_its_picture_for_ever(app: App, folder: Path):
    put(folder, content=REPAINTED)
    write_question(folder, question("frog", takeaway="Frogs leap.", **shows()))
    report = bank.sync(app, retire_missing=True)

    assert (report.taken, report.missing, report.retired) == ([], [], [])
    (problem,) = report.problems
    assert problem.where == "questions/pond/frog.yaml, picture.file"
    assert problem.what == OTHER
    assert "new name" in problem.fix
    assert stored(app) == {"frog.png": PAINTED}


def test_a_check_says_so_with_the_line_and_only_beside_the_database(app: App, folder: Path):
    put(folder, content=REPAINTED)

    assert [(one["where"], one["what"]) for one in bank.check(folder, app)["errors"]] == [
        ("questions/pond/frog.yaml:4, picture.file", OTHER)
    ]
    assert bank.check(folder)["errors"] == []


def test_under_a_new_name_it_is_taken(app: App, folder: Path):
    put(folder, "frog-2.png", REPAINTED)
    write_question(folder, question("frog", **shows("frog-2.png")))

    assert bank.sync(app).taken == ["frog"]
    assert stored(app) == {"frog.png": PAINTED, "frog-2.png": REPAINTED}
    assert [one["where"] for one in bank.check(folder, app)["warnings"] if "No question" in one["what"]] == [
        "questions/pictures/frog.png"
    ]


def test_of_a_case_all_parts_wait_with_the_one_whose_picture_changed(app: App, folder: Path):
    path = write_case(folder, parts=2)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("  stem: What jumps in part 1", f"  picture: {shows()['picture']}\n  stem: What jumps in part 1"),
        encoding="utf-8",
    )
    put(folder, content=REPAINTED)
    report = bank.sync(app)

    assert report.taken == []
    assert {one.where for one in report.problems} == {
        f"questions/pond/{n}, picture.file" for n in ("frog.yaml", "walk.case.yaml")
    }


def test_a_sync_that_is_stopped_in_the_middle_leaves_no_picture_behind(app: App, folder: Path):
    put(folder, "newt.png", REPAINTED)
    write_question(folder, question("newt", **shows("newt.png")))

    def stop(done: int, total: int) -> None:
        if (done, total) == (1, 1):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bank.sync(app, progress=stop)

    assert stored(app) == {"frog.png": PAINTED}


def test_what_was_given_in_the_browser_is_written_as_files_that_the_check_accepts(
    app: App, folder: Path, learner: User, tmp_path: Path
):
    name = pictures.take(learner, encoded("JPEG", frog(2000, 1000)))
    asked = question("heron", **shows(name))
    elsewhere = write_bank(tmp_path / "elsewhere" / "questions", [])
    with app.database.read() as connection:
        questions = [one for _, one in current_versions(connection).values() if one.id != "heron"] + [asked]
        for one in questions:
            write_question(elsewhere, one)
        written = pictures.write_out(connection, elsewhere, questions)

    assert sorted(path.name for path in written) == ["frog.png", name]
    assert bank.check(elsewhere)["errors"] == []
    found = read_bank(elsewhere).questions
    assert {one.id: content_hash(one) for one in questions} == {one: content_hash(found[one]) for one in found}
