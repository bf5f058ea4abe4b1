"""A question file's name and place are its id and topic; one that is elsewhere is told, not passed over."""

from pathlib import Path

import pytest
from makers import only_problem, question, write_bank

from quizlib.bank.files import read_bank
from quizlib.bank.writing import question_yaml

FROG = question_yaml(question("frog"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one sound question, the toad in the meadow."""
    return write_bank(tmp_path / "questions", [question("toad", "meadow")])


def test_the_same_id_in_two_topics_is_told_with_both_files(folder: Path):
    (folder / "pond").mkdir()
    (folder / "pond" / "toad.yaml").write_text(FROG, encoding="utf-8")
    problem = only_problem(folder)

    assert problem.where == "questions/pond/toad.yaml:1"
    assert problem.what == "The id toad is taken by questions/meadow/toad.yaml."
    assert "Rename" in problem.fix


def test_a_folder_that_is_no_topic_is_told(folder: Path):
    (folder / "desert").mkdir()
    (folder / "desert" / "frog.yaml").write_text(FROG, encoding="utf-8")
    problem = only_problem(folder)

    assert problem.where == "questions/desert/frog.yaml:1"
    assert problem.what == "The folder desert is not a topic."
    assert "pond, meadow" in problem.fix


@pytest.mark.parametrize(
    ("name", "better"),
    [("Frog File", "frog-file"), ("Frösche_2", "frosche-2"), ("f" * 90, "f" * 80)],
    ids=["blank", "umlaut", "long"],
)
def test_a_file_whose_name_cannot_be_an_id_is_told_with_a_better_name(folder: Path, name: str, better: str):
    (folder / "pond").mkdir()
    (folder / "pond" / f"{name}.yaml").write_text(FROG, encoding="utf-8")
    problem = only_problem(folder)

    assert problem.where == f"questions/pond/{name}.yaml:1"
    assert problem.what == f"The file's name “{name}” cannot be an id."
    assert "lower-case letters, digits and hyphens" in problem.fix
    assert f"Rename the file to {better}.yaml." in problem.fix


def test_a_folder_whose_name_cannot_be_an_id_is_told_with_a_better_name(folder: Path):
    with (folder / "topics.yaml").open("a", encoding="utf-8") as file:
        file.write("Pond Life: {title: Life, about: Newts.}\n")
    (folder / "Pond Life").mkdir()
    (folder / "Pond Life" / "frog.yaml").write_text(FROG, encoding="utf-8")
    problem = only_problem(folder)

    assert problem.where == "questions/Pond Life/frog.yaml:1"
    assert "Rename the folder to pond-life." in problem.fix


@pytest.mark.parametrize(
    ("place", "what", "fix"),
    [
        ("pond/frog.yml", "its name ends in .yml", "Rename it to frog.yaml"),
        ("pond/frog.YAML", "its name ends in .YAML", "Rename it to frog.yaml"),
        ("topics.yml", "its name ends in .yml", "Rename it to topics.yaml"),
        ("frog.yaml", "not directly in the folder of a topic", "move it to one of: pond, meadow"),
        ("pond/deep/frog.yaml", "not directly in the folder of a topic", "Move it to questions/pond/frog.yaml"),
        ("pond/deep/er/frog.yml", "not directly in the folder of a topic", "Move it to questions/pond/frog.yaml"),
        ("desert/deep/frog.yaml", "not directly in the folder of a topic", "move it to one of: pond, meadow"),
    ],
)
def test_a_question_file_in_the_wrong_place_is_told(folder: Path, place: str, what: str, fix: str):
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).write_text(FROG, encoding="utf-8")
    problem = only_problem(folder)

    assert problem.where == f"questions/{place}"
    assert what in problem.what
    assert fix in problem.fix


@pytest.mark.parametrize(
    "place",
    [
        "pond/.frog.yaml",
        ".frog.yaml",
        ".git/frog.yaml",
        ".git/deep/frog.yaml",
        "pond/frog.yaml.new",
        "pond/frog.md",
        "README.md",
    ],
)
def test_a_hidden_file_and_one_that_is_no_question_are_no_problem(folder: Path, place: str):
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).write_text("frog\n", encoding="utf-8")
    bank = read_bank(folder)

    assert (bank.problems, set(bank.questions)) == ([], {"toad"})


def test_the_ids_of_what_is_there_and_could_not_be_taken_are_given(folder: Path):
    for place in ("pond/frog.yaml", "pond/newt.yml", "heron.yaml", "pond/deep/mole.yaml"):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text("kind: riddle\n", encoding="utf-8")

    assert read_bank(folder).unread == {"frog", "newt", "heron", "mole"}


@pytest.mark.parametrize("place", ["pond/frog.case.yaml", "pond/frog.case.yml"])
def test_of_a_case_that_could_not_be_taken_every_part_is_there(folder: Path, place: str):
    (folder / "pond").mkdir()
    (folder / place).write_text("vignette: It rains.\n", encoding="utf-8")

    assert read_bank(folder).unread >= {"frog.1", "frog.2", "frog.5"}
