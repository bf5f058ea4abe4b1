"""Terms: none passes for another misspelt, and a bank knows the answers to all its questions."""

from pathlib import Path

import pytest
from makers import question, write_bank

from quizlib.bank.files import read_bank
from quizlib.bank.terms import read_terms
from quizlib.bank.writing import question_schema, question_yaml
from quizlib.kinds import KINDS
from quizlib.kinds.short_text import ShortTextBody, normal
from quizlib.model.question import Question

TERMS, PROBLEMS = read_terms(Path(__file__).parents[2] / "questions")
SHORT = KINDS["short_text"]


def short(id: str, *answers: str, **more: object) -> Question:
    return question(id, kind="short_text", answers=list(answers), slips=True, why="So it is called.", **more)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "questions", [])


def write(folder: Path, *questions: Question) -> None:
    for one in questions:
        path = folder / one.topic / f"{one.id}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(question_yaml(one), encoding="utf-8")


def test_the_terms_of_the_bank_are_sound_and_many():
    assert PROBLEMS == []
    assert len(TERMS) >= 150


def test_no_term_passes_for_another():
    mistaken = []
    for term in TERMS:
        body = SHORT.told_apart(ShortTextBody(answers=[term], slips=True, why="So it is called."), TERMS)
        mistaken += [
            (term, other)
            for other in TERMS
            if normal(other) != normal(term) and SHORT.grade(body, {"text": other}).fraction
        ]

    assert mistaken == []


@pytest.mark.parametrize(
    ("answer", "given"),
    [("abduction", "adduction"), ("peroneal", "perineal"), ("left peroneal nerve", "left perineal nerve"),
     ("abductor minimi", "adductor minimi"), ("infraspinatus", "intraspinatus")],
)  # fmt: skip
def test_terms_that_look_alike_are_told_apart_in_longer_words(answer: str, given: str):
    body = SHORT.told_apart(ShortTextBody(answers=[answer], slips=True, why="So it is called."), TERMS)

    assert SHORT.grade(body, {"text": given}).fraction == 0


def test_a_slip_that_is_no_term_still_counts():
    body = SHORT.told_apart(ShortTextBody(answers=["piriformis"], slips=True, why="So it is called."), TERMS)

    assert SHORT.grade(body, {"text": "pyriformis"}).fraction == 1


def test_a_question_learns_the_terms_and_the_answers_to_the_others(folder: Path):
    (folder / "terms.yaml").write_text("- salamanders\n- toad\n", encoding="utf-8")
    write(folder, short("one", "salamander"), short("two", "salamandar"), short("three", "newt"))
    bank = read_bank(folder)

    assert bank.problems == []
    assert bank.questions["one"].body.confusable == ("salamandar", "salamanders")
    assert bank.questions["three"].body.confusable == ()


def test_a_folder_needs_no_terms(folder: Path):
    assert read_terms(folder) == ([], [])


def test_what_the_app_fills_in_is_written_to_no_file_and_is_in_no_schema():
    asked = short("one", "salamander", confusable=["salamanders"])
    titles = {branch["title"]: branch["properties"] for branch in question_schema()["oneOf"]}

    assert "confusable" not in question_yaml(asked)
    assert "confusable" not in titles["Short answer"]


def test_what_the_app_fills_in_is_refused_in_a_file(folder: Path):
    write(folder, short("one", "salamander"))
    path = folder / "pond" / "one.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\nconfusable: [salamanders]\n", encoding="utf-8")
    (problem,) = read_bank(folder).problems

    assert problem.where.endswith(", confusable")
    assert problem.fix == "Take it out; the app fills it in."


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("toad: frog\n", ":1", "not a list"),
        ("", ":1", "not a list"),
        ("- toad\n- [frog]\n", ":2", "not a word"),
        ("- toad\n- '-'\n", ":2", "not a word"),
        ("- tree frog\n- toad\n- Tree-frog\n", ":3", "counts as tree frog"),
        ("- : :\n  -", ":1", "not YAML"),
    ],
)
def test_terms_that_are_unsound_are_told(folder: Path, text: str, where: str, what: str):
    (folder / "terms.yaml").write_text(text, encoding="utf-8")
    problem = read_bank(folder).problems[0]

    assert problem.where == f"questions/terms.yaml{where}"
    assert what in problem.what
    assert problem.fix
