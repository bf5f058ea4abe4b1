"""Case files: parts in order, each with the vignette and what is disclosed by then; taken whole or not at all."""

from pathlib import Path

import pytest
from makers import line_of, question, write_bank, write_case

from quizlib.bank.files import read_bank
from quizlib.bank.writing import question_yaml


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one sound question, the toad in the meadow."""
    return write_bank(tmp_path / "questions", [question("toad", "meadow")])


def change(path: Path, old: str, new: str) -> str:
    text = path.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return text


def test_a_case_gives_its_parts_in_order_with_vignette_and_disclosures(folder: Path):
    write_case(folder)
    bank = read_bank(folder)
    parts = [bank.questions[f"walk.{number}"] for number in (1, 2, 3)]

    assert bank.problems == []
    assert [(one.case, one.part, one.parts, one.topic) for one in parts] == [("walk", n, 3, "pond") for n in (1, 2, 3)]
    assert [one.stem for one in parts] == [f"What jumps in part {n} of walk?" for n in (1, 2, 3)]
    assert {one.vignette for one in parts} == {"A walk by the pond."}
    assert [one.discloses for one in parts] == [
        "",
        "It was the frog of part 1.",
        "It was the frog of part 1.\n\nIt was the frog of part 2.",
    ]
    assert {bank.files[one.id] for one in parts} == {"questions/pond/walk.case.yaml"}


@pytest.mark.parametrize("parts", [2, 5])
def test_a_case_has_two_to_five_parts(folder: Path, parts: int):
    write_case(folder, parts=parts)
    bank = read_bank(folder)

    assert bank.problems == []
    assert len(bank.questions) == parts + 1


@pytest.mark.parametrize(
    ("parts", "what", "fix"),
    [
        (0, "here are 0", "Make a single question of it, or add a part."),
        (1, "here is 1", "Make a single question of it, or add a part."),
        (7, "here are 7", "Make two cases of it."),
    ],
)
def test_a_case_of_another_size_is_told(folder: Path, parts: int, what: str, fix: str):
    path = write_case(folder, parts=parts)
    bank = read_bank(folder)
    (problem,) = bank.problems

    line = line_of(path.read_text(encoding="utf-8"), "parts:")
    assert problem.where == f"questions/pond/walk.case.yaml:{line}, parts"
    assert problem.what == f"A case has 2 to 5 parts; {what}."
    assert problem.fix == fix
    assert set(bank.questions) == {"toad"}


def test_an_unknown_field_is_told_with_the_line_in_its_part(folder: Path):
    text = change(write_case(folder), "  stem: What jumps in part 2", "  colour: green\n  stem: What jumps in part 2")
    (problem,) = read_bank(folder).problems

    assert problem.where == f"questions/pond/walk.case.yaml:{line_of(text, '  colour')}, colour"
    assert "no such field" in problem.what
    assert problem.fix


def test_an_unknown_field_of_the_case_is_told_with_its_line(folder: Path):
    text = change(write_case(folder), "parts:\n", "weather: rain\nparts:\n")
    (problem,) = read_bank(folder).problems

    assert problem.where == f"questions/pond/walk.case.yaml:{line_of(text, 'weather')}, weather"
    assert (problem.what, problem.fix) == ("There is no such field.", "A case has vignette and parts.")


@pytest.mark.parametrize("field", ["vignette", "case", "part", "parts"])
def test_a_field_of_the_case_is_told_where_it_stands_in_a_part(folder: Path, field: str):
    text = change(write_case(folder), "  stem: What jumps in part 2", f"  {field}: '9'\n  stem: What jumps in part 2")
    (problem,) = read_bank(folder).problems

    assert problem.where == f"questions/pond/walk.case.yaml:{line_of(text, f'  {field}: ')}, {field}"
    assert problem.what == "A part does not have this field."


def test_a_broken_part_leaves_out_the_whole_case_and_nothing_else(folder: Path):
    write_case(folder, "rain")
    change(write_case(folder), "correct: true", "correct: false")
    bank = read_bank(folder)

    assert [problem.where.partition(":")[0] for problem in bank.problems] == ["questions/pond/walk.case.yaml"]
    assert set(bank.questions) == {"toad", "rain.1", "rain.2", "rain.3"}
    assert {"walk.1", "walk.2", "walk.3"} <= bank.unread


def test_the_problems_of_all_parts_are_told_at_once(folder: Path):
    path = write_case(folder)
    change(path, "  level: recall\n", "")
    change(path, "It was the frog of part 1.\n", "It was the frog of part 1.\n  colour: green\n")
    change(path, "A walk by the pond.", "' '")
    told = [problem.where.partition(", ")[2] for problem in read_bank(folder).problems]

    assert told == ["vignette", "level", "colour"]


@pytest.mark.parametrize(
    "text", ["vignette: A walk.\n", "vignette: A walk.\nparts: frog\n", "vignette: A\nparts: [a]\n"]
)
def test_a_case_without_a_list_of_questions_is_told(folder: Path, text: str):
    write_case(folder).write_text(text, encoding="utf-8")
    (problem,) = read_bank(folder).problems

    assert problem.what == "There are no parts."


@pytest.mark.parametrize("text", ["", "- frog\n", "frog\n", "parts: [\n"])
def test_a_file_that_is_no_case_at_all_is_told(folder: Path, text: str):
    write_case(folder).write_text(text, encoding="utf-8")
    bank = read_bank(folder)

    assert len(bank.problems) == 1
    assert set(bank.questions) == {"toad"}


@pytest.mark.parametrize("field", ["case", "part", "parts", "discloses"])
def test_a_field_of_a_case_is_told_in_an_ordinary_file(folder: Path, field: str):
    text = question_yaml(question("frog")) + f"{field}: '1'\n"
    (folder / "pond").mkdir()
    (folder / "pond" / "frog.yaml").write_text(text, encoding="utf-8")
    bank = read_bank(folder)
    (problem,) = bank.problems

    assert problem.where == f"questions/pond/frog.yaml:{line_of(text, f'{field}: ')}, {field}"
    assert (problem.what, problem.fix) == ("There is no such field.", "Take it out; only a case file has parts.")
    assert set(bank.questions) == {"toad"}


def test_a_question_with_the_name_of_a_part_is_told(folder: Path):
    write_case(folder)
    (folder / "pond" / "walk.2.yaml").write_text(question_yaml(question("walk.2")), encoding="utf-8")
    bank = read_bank(folder)

    assert [problem.what for problem in bank.problems] == ["The id walk.2 is taken by questions/pond/walk.2.yaml."]
    assert set(bank.questions) == {"toad", "walk.2"}
