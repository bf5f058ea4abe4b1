"""A folder of question files: the sound ones are served, each bad one is told with file, line, field and fix."""

from collections.abc import Callable
from pathlib import Path

import pytest
from makers import line_of, only_problem, question, write_bank

from quizlib.bank.files import Bank, read_bank
from quizlib.bank.writing import question_yaml

FROG = question_yaml(question("frog", stem="Which of them jumps?"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one sound question, the toad in the meadow."""
    return write_bank(tmp_path / "questions", [question("toad", "meadow")])


def changed(old: str, new: str) -> str:
    assert old in FROG
    return FROG.replace(old, new, 1)


BAD = {
    "unknown field": (FROG + "colour: green\n", "colour: green", ", colour", "no such field", "take it out"),
    "unknown field of an option": (
        changed("  correct: true\n", "  correct: true\n  colour: green\n"),
        "  colour: green",
        ", options.colour",
        "no such field",
        "take it out",
    ),
    "no right option": (
        changed("  correct: true\n", ""),
        "options:",
        ", options",
        "No option is marked correct",
        "Mark one with `correct: true`",
    ),
    "two right options": (
        changed("- text: toad\n", "- text: toad\n  correct: true\n"),
        "options:",
        ", options",
        "2 options are marked correct",
        "say `choose: several`",
    ),
    "equal options": (
        changed("- text: newt\n", "- text: Toad\n"),
        "options:",
        ", options",
        "Option 3 has the same text as option 2",
        "Change one of them",
    ),
    "missing source": (
        changed("sources:\n- reference: R-FR-1\n", ""),
        "kind:",
        ", sources",
        "missing",
        "Add `sources:`",
    ),
    "empty stem": (changed("stem: Which of them jumps?", "stem:"), "stem:", ", stem", "empty", "Write it"),
    "unknown level": (changed("level: recall", "level: guess"), "level: guess", ", level", "'apply'", "Choose one"),
    "unknown kind": (
        changed("kind: choice", "kind: riddle"),
        "kind: riddle",
        ", kind",
        "'riddle'",
        "Known are: choice",
    ),
    "unclear truth": (
        changed("correct: true", "correct: perhaps"),
        "correct: perhaps",
        ", options.correct",
        "neither true nor false",
        "Write `true`",
    ),
    "unknown reference": (
        changed("R-FR-1", "R-FR-99"),
        "- reference: R-FR-99",
        ", sources",
        "no reference R-FR-99",
        "Add it to sources.yaml",
    ),
    "unknown document": (
        changed("reference: R-FR-1", "{document: bestiary, section: Calls}"),
        "{document: bestiary",
        ", sources",
        "no document bestiary",
        "Known are: field-guide",
    ),
    "unknown section": (
        changed("reference: R-FR-1", "{document: field-guide, section: Wings}"),
        "{document: field-guide",
        ", sources",
        "no section “Wings”",
        "Copy the heading",
    ),
    "unknown misconception": (
        changed("- text: toad\n", "- text: toad\n  misconception: newt-for-frog\n"),
        "  misconception:",
        ", options.misconception",
        "no misconception newt-for-frog",
        "Choose one from misconceptions.yaml",
    ),
    "a list": ("- frog\n- toad\n", "- frog", "", "holds no fields", "Start with `kind: choice`"),
    "one word": ("frog\n", "frog", "", "holds no fields", "Start with `kind: choice`"),
    "empty file": ("", "", "", "empty", "Start with `kind: choice`"),
    "broken YAML": (changed("level: recall", "level: : recall"), "level: :", "", "not YAML", "Check indentation"),
    "ten thousand brackets": ("stem: " + "[" * 10_000 + "]" * 10_000, "stem", "", "12 deep", "docs/authoring.md"),
    "a day that is none": (
        changed("checked: '2026-11-20'", "checked: soon"),
        "checked: soon",
        ", checked",
        "not a date",
        "Write it as 2026-11-21",
    ),
    "text for options": (
        FROG[: FROG.index("options:")] + "options: frog\n" + FROG[FROG.index("takeaway:") :],
        "options: frog",
        ", options",
        "not a list",
        "after `- `",
    ),
    "a source that is text": (
        changed("- reference: R-FR-1", "- R-FR-1"),
        "- R-FR-1",
        ", sources",
        "holds no fields",
        "`name: value` lines",
    ),
    "no source at all": (
        changed("sources:\n- reference: R-FR-1\n", "sources: []\n"),
        "sources:",
        ", sources",
        "at least 1",
        "Add",
    ),
    "a long option": (
        changed("- text: newt", f"- text: {'newt ' * 100}"),
        "- text: newt",
        ", options.text",
        "more than 400 characters",
        "in fewer",
    ),
    "a list for a stem": (
        changed("stem: Which of them jumps?", "stem: [Which jumps?]"),
        "stem:",
        ", stem",
        "not one text",
        "in quotes",
    ),
    "a tag of two words": (
        FROG + "tags: [frog calls]\n",
        "tags:",
        ", tags",
        "characters",
        "letters, digits and hyphens",
    ),
    "billion laughs": (
        "a: &a [ha, ha]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        "b: &b",
        "",
        "alias *a",
        "Write the value out",
    ),
}


@pytest.mark.parametrize(("text", "at", "field", "what", "fix"), BAD.values(), ids=BAD)
def test_a_bad_file_is_told_and_left_out(folder: Path, text: str, at: str, field: str, what: str, fix: str):
    (folder / "pond").mkdir()
    (folder / "pond" / "frog.yaml").write_text(text, encoding="utf-8")
    problem = only_problem(folder)

    assert problem.where == f"questions/pond/frog.yaml:{line_of(text, at)}{field}"
    assert what in problem.what
    assert fix in f"{problem.what} {problem.fix}"


def in_latin_1(path: Path) -> None:
    path.write_bytes(changed("Frogs jump.", "Frösche.").encode("latin-1"))


def of_ten_megabytes(path: Path) -> None:
    path.write_text(FROG + "# croak\n" * (10 * 1024 * 1024 // 8), encoding="utf-8")


def linked_from_outside(path: Path) -> None:
    outside = path.parents[2] / "secret.yaml"
    outside.write_text(FROG, encoding="utf-8")
    path.symlink_to(outside)


def linked_to_nothing(path: Path) -> None:
    path.symlink_to(path.parent / "gone.yaml")


def linked_to_itself(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "line", "what", "fix"),
    [
        (in_latin_1, f":{line_of(FROG, 'takeaway')}", "not UTF-8", "encoding UTF-8"),
        (of_ten_megabytes, "", "10240 KB", "Is this the right file?"),
        (linked_from_outside, "", "a link out of the folder", "Copy the file itself"),
        (linked_to_nothing, "", "cannot be read", "Check that it is a file"),
        pytest.param(
            linked_to_itself,
            "",
            "cannot be read",
            "Check that it is a file",
        ),
        (Path.mkdir, "", "Is a directory", "Check that it is a file"),
    ],
)
def test_what_is_no_readable_file_is_told_and_left_out(
    folder: Path, make: Callable[[Path], None], line: str, what: str, fix: str
):
    (folder / "pond").mkdir()
    make(folder / "pond" / "frog.yaml")
    problem = only_problem(folder)

    assert problem.where == f"questions/pond/frog.yaml{line}"
    assert what in problem.what
    assert fix in problem.fix


def test_a_folder_that_is_not_there_is_told(tmp_path: Path):
    bank = read_bank(tmp_path / "nowhere")

    assert bank.questions == {}
    assert [problem.where for problem in bank.problems] == [str(tmp_path / "nowhere")]
    assert "QUIZ_QUESTIONS" in bank.problems[0].fix


def test_every_problem_of_every_file_is_told_at_once(folder: Path):
    (folder / "pond").mkdir()
    (folder / "pond" / "frog.yaml").write_text(changed("level: recall", "level: guess") + "colour: green\n")
    (folder / "pond" / "newt.yaml").write_text(changed("stem: Which of them jumps?", "stem:"))
    bank: Bank = read_bank(folder)

    assert set(bank.questions) == {"toad"}
    assert sorted(problem.where.partition(", ")[2] for problem in bank.problems) == ["colour", "level", "stem"]


def test_a_byte_order_mark_does_no_harm(folder: Path):
    (folder / "pond").mkdir()
    (folder / "pond" / "frog.yaml").write_bytes(FROG.encode("utf-8-sig").replace(b"\n", b"\r\n"))
    bank = read_bank(folder)

    assert bank.problems == []
    assert bank.questions["frog"] == question("frog", stem="Which of them jumps?")
    assert bank.files["frog"] == "questions/pond/frog.yaml"
