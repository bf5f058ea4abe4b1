"""What was made in the browser becomes files that read the same again, and nobody's work is overwritten."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from bank.test_families import FAMILY
from drawn import encoded, frog, put, shows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from makers import NOON, Clock, question, write_bank, write_case

from quizlib.bank.files import read_bank
from quizlib.bank.writing import write_question
from quizlib.config import Settings
from quizlib.errors import Refused
from quizlib.kinds import KINDS, content_hash
from quizlib.model.authoring import Origin, Status
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services import bank, pulling
from quizlib.services.app import App, open_app, use
from quizlib.services.authoring import sources, topics
from quizlib.services.bank import SyncReport
from quizlib.services.people.people import local_person
from quizlib.services.pulling import PullReport
from quizlib.store.content import questions as rows
from quizlib.store.content.catalogue import read_entries
from quizlib.store.content.versions import versions_of

QUESTIONS = Path(__file__).parents[2] / "questions"
REST = ["misconceptions.yaml", "sources.yaml", "topics.yaml"]


@pytest.fixture
def folder(app: App) -> Path:
    return app.settings.questions


def keep(app: App, *ones: Question, status: Status = Status.LIVE) -> None:
    """Keep questions as the browser does."""
    with app.database.write() as connection:
        for one in ones:
            rows.save_version(connection, one, now=NOON, origin=Origin.BROWSER, note="made", status=status)


def status(app: App, value: Status, *ids: str) -> None:
    with app.database.write() as connection:
        rows.set_status(connection, ids, value)


def hashes(app: App) -> dict[str, str]:
    """Give what learners are asked, by content."""
    with app.database.read() as connection:
        return dict(rows.live_hashes(connection))


def read(folder: Path) -> dict[str, str]:
    """Give what a folder holds, by content, after seeing that nothing in it must be fixed."""
    assert bank.check(folder)["errors"] == []
    return {name: content_hash(one) for name, one in read_bank(folder).questions.items()}


def names(report: PullReport) -> list[str]:
    return sorted(path.name for path in report.written)


def said(report: PullReport) -> list[str]:
    return [f"{one.where}: {one.what}" for one in report.left_out]


def notes(app: App, name: str) -> list[str]:
    with app.database.read() as connection:
        return [one.note for one in versions_of(connection, name)]


def add_family(folder: Path) -> None:
    (folder / "pond" / "jumpers.family.yaml").write_text(yaml.safe_dump(FAMILY, sort_keys=False), encoding="utf-8")


# the app's own folder


def test_nothing_is_written_where_the_files_hold_everything(app: App, folder: Path):
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.yaml")}

    assert pulling.pull(app, folder) == PullReport(unchanged=4)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.yaml")} == before


def test_what_the_browser_made_and_changed_is_written_and_nothing_else(app: App, folder: Path):
    keep(app, question("toad"), question("frog", takeaway="Frogs bound."))
    report = pulling.pull(app, folder)

    assert (names(report), report.unchanged) == (["frog.yaml", "toad.yaml"], 3)
    assert read(folder) == hashes(app)
    assert bank.sync(app) == SyncReport(unchanged=5)
    assert pulling.pull(app, folder) == PullReport(unchanged=5)


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_any_kind_reads_the_same_again(app: App, folder: Path, kind: str):
    for number, example in enumerate(KINDS[kind].examples()):
        body = example.body.model_dump(mode="json", exclude_defaults=True, exclude=set(example.body.filled))
        keep(app, question(f"made-{number}", kind=kind, **body))
    report = pulling.pull(app, folder)

    assert report.left_out == []
    assert read(folder) == hashes(app)


def test_drafts_and_withdrawn_ones_are_left_out_and_counted(app: App, folder: Path):
    keep(app, question("toad"), question("slug"), status=Status.DRAFT)
    keep(app, question("crow"))
    status(app, Status.RETIRED, "crow", "newt")
    report = pulling.pull(app, folder)

    assert (report.written, report.drafts, report.retired, report.unchanged) == ([], 2, 2, 3)
    assert (folder / "pond" / "newt.yaml").exists()


def test_a_version_that_waits_is_not_written(app: App, folder: Path):
    with app.database.write() as connection:
        changed = question("frog", takeaway="Frogs bound.")
        rows.save_version(connection, changed, now=NOON, origin=Origin.BROWSER, note="waits", asked=False)

    assert pulling.pull(app, folder) == PullReport(unchanged=4)


def test_a_question_that_moved_takes_its_file_along(app: App, folder: Path):
    keep(app, question("frog", "meadow"))
    report = pulling.pull(app, folder)

    assert report.removed == [folder / "pond" / "frog.yaml"]
    assert report.written == [folder / "meadow" / "frog.yaml"]
    assert read(folder) == hashes(app)
    assert bank.sync(app) == SyncReport(unchanged=4)


def test_a_moved_questions_old_file_that_was_changed_stays_and_is_told(app: App, folder: Path):
    keep(app, question("frog", "meadow"))
    write_question(folder, question("frog", takeaway="Frogs leap."))
    report = pulling.pull(app, folder)

    assert (report.written, report.removed) == ([], [])
    assert "changed as well" in said(report)[0]
    assert read_bank(folder).questions["frog"].takeaway == "Frogs leap."


def test_a_file_that_is_newer_than_the_database_stays_and_is_told(app: App, folder: Path):
    write_question(folder, question("frog", takeaway="Frogs leap."))
    report = pulling.pull(app, folder)

    assert said(report) == ["questions/pond/frog.yaml: Its file was changed, and the database was not."]
    assert bank.sync(app).taken == ["frog"]


def test_a_file_that_was_moved_by_its_author_stays_there(app: App, folder: Path):
    (folder / "pond" / "frog.yaml").rename(folder / "meadow" / "frog.yaml")
    report = pulling.pull(app, folder)

    assert (len(report.left_out), report.written, report.removed) == (1, [], [])
    assert bank.sync(app).taken == ["frog"]


def test_a_file_that_cannot_be_read_stays_and_is_told(app: App, folder: Path):
    keep(app, question("frog", takeaway="Frogs bound."))
    (folder / "pond" / "frog.yaml").write_text("kind: riddle\n", encoding="utf-8")

    assert said(pulling.pull(app, folder)) == ["questions/pond/frog.yaml: Its file cannot be read."]
    assert (folder / "pond" / "frog.yaml").read_text(encoding="utf-8") == "kind: riddle\n"


def test_what_a_conflict_had_in_its_file_is_kept_in_the_history(app: App, folder: Path):
    keep(app, question("frog", takeaway="Frogs bound."))
    write_question(folder, question("frog", takeaway="Frogs leap."))
    report = pulling.pull(app, folder)

    assert names(report) == ["frog.yaml"]
    assert read_bank(folder).questions["frog"].takeaway == "Frogs bound."
    assert notes(app, "frog") == ["from its file, set aside when the file was written", "made", "from its file"]
    assert hashes(app) == read(folder)
    assert bank.conflicts(app) == []


def test_a_question_whose_source_is_gone_is_told(app: App, folder: Path):
    keep(app, question("toad", sources=[{"reference": "Gone99"}]))
    report = pulling.pull(app, folder)

    assert ["Gone99" in one.what for one in report.left_out] == [True]
    assert not (folder / "pond" / "toad.yaml").exists()


def test_a_question_too_large_for_a_file_is_told(app: App, folder: Path):
    options = [{"text": f"Frog {n}", "correct": n == 1, "why": "🐸" * 7900} for n in range(9)]
    keep(app, question("toad", options=options))

    assert "it may have 256 at most" in said(pulling.pull(app, folder))[0]


def test_a_folder_that_cannot_be_written_is_told_in_words(app: App, tmp_path: Path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(Refused, match="cannot be written"):
        pulling.pull(app, tmp_path / "file" / "questions")


def test_a_picture_that_its_author_replaced_stays_and_is_told(app: App, folder: Path):
    put(folder, content=encoded())
    write_question(folder, question("heron", **shows()))
    bank.sync(app)
    keep(app, question("heron", takeaway="Herons wait.", **shows()))
    other = encoded(image=frog(80, 40))
    put(folder, content=other)

    assert "Its picture frog.png is another one" in said(pulling.pull(app, folder))[0]
    assert (folder / "pictures" / "frog.png").read_bytes() == other


def test_an_order_that_could_not_be_written_stays_in_the_database(app: App, folder: Path):
    topics.order(local_person(), ["meadow", "pond"])
    keep(app, question("toad"))
    text = (folder / "topics.yaml").read_text(encoding="utf-8")
    (folder / "topics.yaml").write_text("pond: {", encoding="utf-8")
    report = pulling.pull(app, folder)
    (folder / "topics.yaml").write_text(text, encoding="utf-8")
    bank.sync(app)

    assert report.left_out
    assert list(app.catalogue.topics) == ["meadow", "pond"]


# cases and families


@pytest.fixture
def case(app: App, folder: Path) -> list[Question]:
    """The three parts of a case that was taken in."""
    write_case(folder)
    bank.sync(app)
    with app.database.read() as connection:
        current = rows.current_versions(connection)
    return [current[f"walk.{part}"][1] for part in (1, 2, 3)]


def test_a_case_is_written_whole(app: App, folder: Path, case: list[Question]):
    keep(app, case[1].model_copy(update={"takeaway": "Frogs bound."}))
    report = pulling.pull(app, folder)

    assert names(report) == ["walk.case.yaml"]
    assert read(folder) == hashes(app)
    assert bank.sync(app) == SyncReport(unchanged=7)


def test_a_case_that_lacks_a_part_is_told(app: App, folder: Path, case: list[Question]):
    keep(app, case[0].model_copy(update={"takeaway": "Frogs bound."}))
    status(app, Status.RETIRED, "walk.2")
    report = pulling.pull(app, folder)

    assert said(report) == ["questions/pond/walk.case.yaml: Learners are not asked part 2 of this case."]
    assert report.written == []


def test_a_case_whose_parts_tell_two_stories_is_told(app: App, folder: Path, case: list[Question]):
    keep(app, case[2].model_copy(update={"vignette": "A walk in the rain."}))
    report = pulling.pull(app, folder)

    assert said(report) == [
        "questions/pond/walk.case.yaml: What would be read from its file is not what the database holds."
    ]


def test_a_case_moves_as_one(app: App, folder: Path, case: list[Question]):
    keep(app, *(one.model_copy(update={"topic": "meadow"}) for one in case))
    report = pulling.pull(app, folder)

    assert report.removed == [folder / "pond" / "walk.case.yaml"]
    assert read(folder) == hashes(app)


def test_instances_stay_in_the_file_of_their_family(app: App, folder: Path):
    add_family(folder)
    bank.sync(app)

    assert pulling.pull(app, folder) == PullReport(unchanged=7)


def test_an_instance_that_differs_from_its_family_is_told(app: App, folder: Path):
    add_family(folder)
    bank.sync(app)
    made = app.bank.questions["jumpers.toad"]
    keep(app, made.model_copy(update={"takeaway": "Toads walk."}))

    assert said(pulling.pull(app, folder)) == ["question jumpers.toad: Its family makes something else."]


# topics and sources


@pytest.fixture
def arranged(app: App) -> str:
    """A topic and a source that were added, with a question; another source and the order changed."""
    teacher = local_person()
    topics.add(teacher, "Trees: high ones", 'What "sits" in # trees.')
    topics.change(teacher, "pond", "The lake", "What lives in still water.")
    topics.order(teacher, ["trees-high-ones", "meadow", "pond"])
    key = sources.add(teacher, "Owl A. How to fly: a guide. 1999.", 1999, "Norway")
    sources.change(teacher, "Brehm64", "Brehm A. Thierleben. 1864.", 1864)
    keep(app, question("owl", "trees-high-ones", sources=[{"reference": key}]))
    return key


def test_topics_and_sources_are_written_and_belong_to_the_files_from_then_on(app: App, folder: Path, arranged: str):
    before = app.catalogue
    for name in ("topics.yaml", "sources.yaml"):
        path = folder / name
        path.write_text("# Kept by hand.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    report = pulling.pull(app, folder)

    assert names(report) == ["owl.yaml", "sources.yaml", "topics.yaml"]
    assert read(folder) == hashes(app)
    again = read_bank(folder)
    assert again.catalogue == again.filed == app.catalogue == before
    assert list(again.filed.topics) == ["trees-high-ones", "meadow", "pond"]
    with app.database.read() as connection:
        assert read_entries(connection) == []
    for name in ("topics.yaml", "sources.yaml"):
        assert (folder / name).read_text(encoding="utf-8").startswith("# Kept by hand.\n")
    # what did not change stays to the letter
    assert "Dickerson06: {citation: Dickerson M. The Frog Book. 1906., year: 1906, country: United States}" in (
        folder / "sources.yaml"
    ).read_text(encoding="utf-8")
    assert pulling.pull(app, folder) == PullReport(unchanged=5)


def test_elsewhere_they_stay_in_the_database_too(app: App, arranged: str, tmp_path: Path):
    pulling.pull(app, tmp_path / "copy")

    with app.database.read() as connection:
        assert len(read_entries(connection)) == 5
    assert read_bank(tmp_path / "copy").filed == app.catalogue


def test_what_is_arranged_while_a_pull_runs_stays(
    app: App, folder: Path, arranged: str, monkeypatch: pytest.MonkeyPatch
):
    honest = pulling._Pull.put_in_place

    def meanwhile(work: object, staging: Path) -> None:
        honest(work, staging)  # type: ignore[arg-type]
        topics.change(local_person(), "pond", "The sea")

    monkeypatch.setattr(pulling._Pull, "put_in_place", meanwhile)
    pulling.pull(app, folder)

    assert app.catalogue.topics["pond"].title == "The sea"
    assert read_bank(folder).filed.topics["pond"].title == "The lake"


# another folder


def test_an_empty_folder_gets_a_whole_bank(app: App, folder: Path, arranged: str, tmp_path: Path, case: list[Question]):
    add_family(folder)
    (folder / "terms.yaml").write_text("- perineal\n", encoding="utf-8")
    (folder / "ideas.yaml").write_text("K1: {title: Frogs jump}\n", encoding="utf-8")
    put(folder, content=encoded())
    write_question(folder, question("heron", **shows()))
    bank.sync(app)
    keep(app, question("crow"), status=Status.DRAFT)
    copy = tmp_path / "copy"
    report = pulling.pull(app, copy)

    assert (report.left_out, report.drafts) == ([], 1)
    assert read(copy) == hashes(app)
    assert (copy / "pictures" / "frog.png").read_bytes() == encoded()
    assert {path.name for path in copy.glob("*.yaml")} == {*REST, "ideas.yaml", "terms.yaml"}
    assert list(copy.rglob(".*")) == []
    assert pulling.pull(app, copy).written == []


def test_a_pull_into_a_folder_that_has_files_mends_what_differs(app: App, tmp_path: Path):
    copy = write_bank(tmp_path / "copy", [question("frog", "meadow"), question("newt", takeaway="Newts bound.")])
    report = pulling.pull(app, copy)

    # a file whose content no history holds is not taken away
    assert said(report) == [
        "copy/pond/frog.yaml: It moved to this place in the database, "
        "and its file at another place was changed as well."
    ]
    assert read_bank(copy).questions["newt"].takeaway == "Frogs jump."


def test_the_bank_itself_reads_the_same_again(tmp_path: Path, clock: Clock):
    with open_app(Settings(f"sqlite:///{tmp_path / 'quiz.db'}", QUESTIONS), clock=clock) as app:
        use(app)
        topics.add(local_person(), "Sky")
        report = pulling.pull(app, tmp_path / "copy")

        assert report.left_out == []
        assert read(tmp_path / "copy") == hashes(app)
        assert read_bank(tmp_path / "copy").filed == app.catalogue
        for path in QUESTIONS.glob("*.yaml"):
            same = (tmp_path / "copy" / path.name).read_bytes() == path.read_bytes()
            assert same == (path.name != "topics.yaml")
        use(None)


letters = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    lambda text: any(one.isalnum() for one in text)
)


@pytest.fixture
def quick(tmp_path: Path, clock: Clock) -> Iterator[tuple[App, User]]:
    folder = write_bank(tmp_path / "frogs")
    with open_app(Settings(f"sqlite:///{tmp_path / 'frogs.db'}", folder), clock=clock) as app:
        use(app)
        yield app, local_person()
        use(None)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(letters, letters, st.none() | st.integers(1400, 2026)), min_size=1, max_size=3))
def test_whatever_is_written_in_the_browser_comes_back_from_files(
    quick: tuple[App, User], said: list[tuple[str, str, int | None]]
):
    app, teacher = quick
    for title, about, year in said:
        try:
            made = topics.add(teacher, title, about)
            key = sources.add(teacher, title, year, about)
        except Refused:
            continue
        keep(app, question(f"made-{len(hashes(app))}", made, stem=title, sources=[{"reference": key}]))
    topics.order(teacher, list(app.catalogue.topics)[::-1])
    before = app.catalogue
    report = pulling.pull(app, app.settings.questions)

    assert report.left_out == []
    assert read(app.settings.questions) == hashes(app)
    assert read_bank(app.settings.questions).filed == app.catalogue == before


# conflicts are those of this moment, in every process


def test_a_conflict_shows_in_a_process_that_did_not_sync(app: App, folder: Path):
    keep(app, question("frog", takeaway="Frogs bound."))
    assert bank.conflicts(app) == []
    write_question(folder, question("frog", takeaway="Frogs leap."))

    with open_app(replace(app.settings)) as other:
        assert [one.where for one in bank.conflicts(app)] == ["questions/pond/frog.yaml"]
        assert bank.conflicts(app) == bank.conflicts(other)
        shutil.copy(folder / "pond" / "heron.yaml", folder / "pond" / "owl.yaml")
        write_question(folder, question("frog"))
        assert bank.conflicts(app) == bank.conflicts(other) == []
