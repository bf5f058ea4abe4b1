"""A family file: one row makes one question, and its key is proved to be the only right one."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from makers import write_bank

from quizlib.bank.files import read_bank
from quizlib.model.question import Question

FAMILY: dict[str, Any] = {
    "kind": "choice",
    "level": "recall",
    "stem": "Which animal {does}?",
    "option": "{name}",
    "right": "A {name} is what {does}, as anybody sees.",
    "wrong": "A {name} {does}; it would be right for whoever does that and not {this.does}.",
    "misconception": "toad-for-frog",
    "takeaway": "The {name} {does}.",
    "explanation": "Whoever {does} is a {name}.",
    "sources": [{"reference": "{row}"}],
    "checked": "2026-11-20",
    "tags": ["{name}"],
    "rows": {
        "frog": {"name": "frog", "does": "jumps", "row": "R-FR-1", "against": ["toad", "newt"]},
        "toad": {"name": "toad", "does": "walks", "row": "R-FR-1", "against": ["newt", "frog"]},
        "newt": {"name": "newt", "does": "swims", "row": "Brehm64", "against": ["frog", "toad"]},
    },
}
SCALE: dict[str, Any] = {
    **{name: FAMILY[name] for name in ("kind", "level", "takeaway", "explanation", "checked")},
    "order": "fixed",
    "stem": "How far does a {name} jump?",
    "sources": [{"reference": "R-FR-1"}],
    "answers": {"none": "not at all", "little": "a little", "far": "far"},
    "rows": {
        "frog": {
            "name": "frog",
            "does": "jumps",
            "answer": "far",
            "why": {"none": "It jumps.", "little": "It jumps far.", "far": "A {name} jumps far."},
            "misconceptions": {"none": "toad-for-frog"},
            "level": "apply",
            "vignette": "It is {name} weather.",
        },
        "toad": {
            "name": "toad",
            "does": "walks",
            "answer": "none",
            "why": {"none": "It walks.", "little": "Not even a little.", "far": "A frog does."},
        },
    },
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "questions")


def write(folder: Path, family: dict[str, Any], name: str = "who") -> Path:
    path = folder / "pond" / f"{name}.family.yaml"
    path.write_text(yaml.safe_dump(family, sort_keys=False), encoding="utf-8")
    return path


def changed(of: str, **values: Any) -> dict[str, Any]:
    return {**FAMILY, "rows": {**FAMILY["rows"], of: {**FAMILY["rows"][of], **values}}}


def instances(folder: Path) -> dict[str, Question]:
    bank = read_bank(folder)
    assert bank.problems == []
    return {name: one for name, one in bank.questions.items() if "." in name}


def test_one_row_is_one_question(folder: Path):
    write(folder, FAMILY)
    found = instances(folder)

    assert list(found) == ["who.frog", "who.toad", "who.newt"]
    toad = found["who.toad"]
    assert toad.stem == "Which animal walks?"
    assert toad.takeaway == "The toad walks."
    assert toad.tags == ("toad",)
    assert [source.reference for source in found["who.newt"].sources] == ["Brehm64"]


def test_options_and_reasons_come_from_the_rows_that_a_row_names(folder: Path):
    write(folder, FAMILY)
    options = instances(folder)["who.frog"].body.options  # type: ignore[attr-defined]

    assert [(one.text, one.correct, one.misconception) for one in options] == [
        ("frog", True, ""),
        ("toad", False, "toad-for-frog"),
        ("newt", False, "toad-for-frog"),
    ]
    assert options[0].why == "A frog is what jumps, as anybody sees."
    assert options[1].why == "A toad walks; it would be right for whoever does that and not jumps."


def test_every_row_may_offer_the_same_answers_with_its_own_reasons(folder: Path):
    write(folder, SCALE)
    found = instances(folder)
    frog = found["who.frog"].body.options  # type: ignore[attr-defined]

    assert [(one.text, one.correct) for one in frog] == [("not at all", False), ("a little", False), ("far", True)]
    assert frog[2].why == "A frog jumps far."
    assert [one.misconception for one in frog] == ["toad-for-frog", "", ""]
    assert [(one.level.value, one.vignette) for one in found.values()] == [
        ("apply", "It is frog weather."),
        ("recall", ""),
    ]


def test_reading_twice_gives_the_same_questions(folder: Path):
    write(folder, FAMILY)

    assert instances(folder) == instances(folder)


@pytest.mark.parametrize(
    ("family", "says"),
    [
        (changed("frog", against=["toad"]), "It names too few rows under `against:`."),
        (changed("frog", against=["toad", "mole"]), "There is no other row mole."),
        (changed("frog", against=["toad", "frog"]), "There is no other row frog."),
        (changed("toad", name="frog"), "has the same text as option 1"),
        (changed("frog", also=["newt"]), "The option “newt” is right as well."),
        (changed("frog", row="R-FR-9"), "There is no reference R-FR-9."),
        (changed("frog", does=["jumps"]), "It does not say what {does} is."),
        ({**FAMILY, "rows": {}}, "There are no rows."),
        ({**FAMILY, "rows": {"1": FAMILY["rows"]["frog"]}}, "“1” cannot be the name of a row."),
        ({k: v for k, v in FAMILY.items() if k != "option"}, "The family has no `option:`."),
        ({**FAMILY, "stem": "Which {colour} animal?"}, "It does not say what {colour} is."),
        ({**FAMILY, "stem": "Which {Colour} animal?"}, "is left in a text."),
        ({**FAMILY, "colour": "green"}, "There is no such field."),
        ({**SCALE, "answers": {"far": "far"}}, "The family's `answers:` are too few."),
        ({**SCALE, "rows": {"frog": {**SCALE["rows"]["frog"], "answer": "high"}}}, "Its `answer:` is none"),
        (
            {**SCALE, "rows": {"frog": {**SCALE["rows"]["frog"], "why": {"far": "So."}}}},
            "reason for or against none",
        ),
    ],
)
def test_a_row_that_makes_no_sound_question_is_told_and_nothing_of_the_family_is_taken(
    folder: Path, family: dict[str, Any], says: str
):
    path = write(folder, family)
    bank = read_bank(folder)

    assert any(says in problem.what for problem in bank.problems), bank.problems
    assert all(problem.where.startswith(f"questions/pond/{path.name}:") for problem in bank.problems)
    assert not any("." in name for name in bank.questions)
    assert "who.family" in bank.unread


def test_a_problem_names_the_line_of_its_row(folder: Path):
    path = write(folder, changed("toad", against=["mole", "frog"]))
    (problem,) = read_bank(folder).problems
    line = path.read_text(encoding="utf-8").splitlines().index("  toad:") + 1

    assert problem.where == f"questions/pond/who.family.yaml:{line}, toad"
