"""YAML of question files: every scalar is text, every value knows its line, nothing is too clever."""

import pytest

from quizlib.bank.yaml_text import read_yaml
from quizlib.errors import ContentProblems, Problem


def refused(text: str) -> list[Problem]:
    with pytest.raises(ContentProblems) as found:
        read_yaml(text, "pond/frog.yaml")
    return found.value.problems


@pytest.mark.parametrize("text", ["no", "1:30", "0x1F", "1e3", "2026-11-20", "null", "~", "012", ".5", "=", "on"])
def test_a_scalar_stays_the_text_it_is(text: str):
    assert read_yaml(f"says: {text}", "f").data == {"says": text}


def test_an_empty_file_is_nothing_and_an_empty_value_is_empty_text():
    assert read_yaml("", "f").data is None
    assert read_yaml("# a comment only\n", "f").data is None
    assert read_yaml("clinician:", "f").data == {"clinician": ""}


def test_every_value_knows_its_line():
    located = read_yaml("kind: choice\noptions:\n  - text: frog\n    why: it jumps\n  - text: toad\n", "f")

    assert located.line(("kind",)) == 1
    assert located.line(("options",)) == 2
    assert located.line(("options", 0, "why")) == 4
    assert located.line(("options", 1)) == 5


def test_a_value_that_is_missing_is_at_the_line_of_what_should_hold_it():
    located = read_yaml("kind: choice\noptions:\n  - text: frog\n  - text: toad\n", "f")

    assert located.line(("options", 1, "why")) == 4
    assert located.line(("stem",)) == 1


def test_a_field_that_stands_twice_is_told_with_both_lines():
    (problem,) = refused("stem: frog\nlevel: recall\nstem: toad\n")

    assert problem.where == "pond/frog.yaml:3, stem"
    assert "first in line 1" in problem.what
    assert problem.fix


def test_a_field_whose_name_is_a_list_is_told():
    (problem,) = refused("kind: choice\n? [frog, toad]\n: jumps\n")

    assert problem.where == "pond/frog.yaml:2"
    assert "not a word" in problem.what


def test_every_problem_of_a_file_is_told_at_once():
    assert len(refused("stem: frog\nstem: toad\nstem: newt\n")) == 2


def test_twelve_levels_are_enough_and_thirteen_are_told():
    assert read_yaml("[" * 12 + "]" * 12, "f").data
    assert "nested more than 12 deep" in refused("\n" + "[" * 13 + "]" * 13)[0].what


def test_many_values_beside_each_other_are_not_deep():
    assert len(read_yaml("[" + "[frog]," * 50 + "[toad]]", "f").data) == 51


@pytest.mark.parametrize(
    "text", ["a: &frog jumps\nb: *frog\n", "a: &frog {b: c}\nd:\n  <<: *frog\n", "&loop [*loop]\n\n"], ids=repr
)
def test_an_alias_is_refused(text: str):
    (problem,) = refused(text)

    assert "is not allowed" in problem.what
    assert problem.fix


def test_a_tag_makes_no_object():
    assert read_yaml("stem: !!python/object/apply:os.getcwd []\n", "f").data == {"stem": []}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("stem: frog\nlevel: : x\n", 2),
        ("stem: 'frog\n", 2),
        ("options:\n  - frog\n - toad\n", 3),
        ("stem: frog\n\tlevel: recall\n", 2),
        ("stem: frog\n---\nstem: toad\n", 2),
    ],
    ids=repr,
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, line: int):
    (problem,) = refused(text)

    assert problem.where == f"pond/frog.yaml:{line}"
    assert problem.what.startswith("This is not YAML")
    assert problem.fix


@pytest.mark.parametrize("character", ["\0", "\a", "\ufffe"], ids=ascii)
def test_a_control_character_is_told(character: str):
    (problem,) = refused(f"stem: fr{character}g\n")

    assert problem.what.startswith("This is not YAML")
