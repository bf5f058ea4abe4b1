"""What questions point to: what is unsound is told with file, line and field, and the questions are served."""

from pathlib import Path

import pytest
from makers import SOURCES, line_of, only_problem, question, write_bank

from quizlib.bank.files import read_bank


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one sound question, the toad in the meadow."""
    return write_bank(tmp_path / "questions", [question("toad", "meadow")])


@pytest.mark.parametrize("name", ["topics", "sources", "misconceptions"])
@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (b"frog: : toad\n", ":1", "not YAML"),
        (b"frog: 'toad", ":1", "not YAML"),
        (b"- frog\n", ":1", "holds no fields"),
        (b"", ":1", "holds no fields"),
        (b"frog: t\xf6ad\n", ":1", "not UTF-8"),
        (None, "", "missing"),
    ],
    ids=["colons", "open quote", "a list", "empty", "Latin-1", "gone"],
)
def test_what_questions_point_to_may_be_unreadable_and_they_are_served_all_the_same(
    folder: Path, name: str, text: bytes | None, line: str, what: str
):
    file = folder / f"{name}.yaml"
    file.unlink() if text is None else file.write_bytes(text)
    problem = only_problem(folder)

    assert problem.where == f"questions/{name}.yaml{line}"
    assert what in problem.what
    assert problem.fix


def test_a_row_that_cites_nothing_known_is_told(folder: Path):
    sources = folder / "sources.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").replace("[Brehm64,", "[Linne58,"), encoding="utf-8")
    problem = only_problem(folder)

    assert problem.where == f"questions/sources.yaml:{line_of(SOURCES, 'R-FR-1')}, rows.R-FR-1"
    assert problem.what == "There is no reference Linne58."


ONE_MORE = {
    "a topic that is text": ("topics", "desert: Sand\n", "desert", "holds no fields", "`name: value` lines"),
    "a topic without a word about it": ("topics", "desert: {title: Sand}\n", "desert.about", "missing", "Add `about:`"),
    "an unknown field": (
        "topics",
        "desert: {title: Sand, about: Heat., colour: red}\n",
        "desert.colour",
        "no such field",
        "its neighbours show",
    ),
    "a mix-up that is a list": ("misconceptions", "newt-for-frog: [newt]\n", "newt-for-frog", "not one text", "quotes"),
    "a row that is text": ("sources", "  R-FR-2: Frogs croak.\n", "rows.R-FR-2", "holds no fields", "lines below it"),
    "citations that are text": (
        "sources",
        "  R-FR-2: {shows: Frogs croak., cites: Brehm64}\n",
        "rows.R-FR-2.cites",
        "not a list",
        "after `- `",
    ),
    "topics among the sources": (
        "sources",
        "topics: {desert: {title: Sand, about: Heat.}}\n",
        "topics",
        "no such part",
        "Known are: documents, references, rows.",
    ),
    "an unknown part": ("sources", "films: {}\n", "films", "no such part", "Known are: documents, references, rows."),
}


@pytest.mark.parametrize(("name", "text", "field", "what", "fix"), ONE_MORE.values(), ids=ONE_MORE)
def test_an_unsound_entry_among_sound_ones_is_told_with_file_line_and_field(
    folder: Path, name: str, text: str, field: str, what: str, fix: str
):
    file = folder / f"{name}.yaml"
    sound = file.read_text(encoding="utf-8")
    file.write_text(sound + text, encoding="utf-8")
    problem = only_problem(folder)

    assert problem.where == f"questions/{name}.yaml:{line_of(sound + text, text)}, {field}"
    assert what in problem.what
    assert fix in problem.fix


def test_a_year_that_is_none_is_told(folder: Path):
    file = folder / "sources.yaml"
    file.write_text(SOURCES.replace("year: 1906", "year: long ago"), encoding="utf-8")
    problem = only_problem(folder)

    assert problem.where == f"questions/sources.yaml:{line_of(SOURCES, 'Dickerson06')}, references.Dickerson06.year"
    assert problem.what == "It is not a whole number."


def test_what_is_unsound_in_one_file_leaves_the_other_files_as_they_are(folder: Path):
    with (folder / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("topics: {desert: {title: Sand, about: Heat.}}\n")
    with (folder / "misconceptions.yaml").open("a", encoding="utf-8") as file:
        file.write("newt-for-frog: [newt]\n")
    catalogue = read_bank(folder).catalogue

    assert list(catalogue.topics) == ["pond", "meadow"]
    assert list(catalogue.references) == ["Brehm64", "Dickerson06"]
    assert catalogue.misconceptions == {}


@pytest.mark.parametrize("name", ["topics", "sources", "misconceptions"])
def test_what_questions_point_to_is_not_read_from_outside_the_folder(folder: Path, name: str):
    file = folder / f"{name}.yaml"
    file.rename(folder.with_name("secret.yaml"))
    file.symlink_to(folder.with_name("secret.yaml"))
    problem = only_problem(folder)

    assert problem.where == f"questions/{name}.yaml"
    assert problem.what == "The file is a link out of the folder."
