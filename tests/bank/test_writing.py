"""A question written to its file is read back as it was, and editors can check files with the schema."""

from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from makers import frog_options, question, write_bank
from pydantic import ValidationError

from quizlib.bank.files import read_bank
from quizlib.bank.writing import question_schema, question_yaml, write_question
from quizlib.bank.yaml_text import read_yaml
from quizlib.kinds import KINDS, content_hash, question_from
from quizlib.model.question import Question

QUESTIONS = Path(__file__).parents[2] / "questions"

# what a file can hold: no surrogates (not UTF-8) and no control characters but tab and line feed
letters = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")
# fmt: off
nasty = st.sampled_from([
    "no", "1:30", "~", "null", "- frog", "# toad", "a: b", "'", '"', "\\", "|", ">", "{}", "[x]", "&a", "*a", "!t", "%",
    "---", "...", "<<", "=", "a\n---\nb", "a\n\n b", "a \nb", "a\n\tb", "🐸", "frog\u00a0", "\u2028", "\ufeff",
    "x" * 130,
])
# fmt: on
texts = (
    st.lists(nasty | st.text(letters, max_size=20), min_size=1, max_size=4)
    .map("".join)
    .filter(lambda text: text.strip() and len(text) < 400)
)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    names = draw(
        st.lists(texts, min_size=2, max_size=5, unique_by=lambda text: " ".join(text.strip().casefold().split()))
    )
    right = draw(st.integers(0, len(names) - 1))
    options = [
        {
            "text": name,
            "correct": place == right,
            "why": draw(texts),
            "misconception": draw(st.just("") | texts),
            "keep": draw(st.sampled_from(["", "last"])),
        }
        for place, name in enumerate(names)
    ]
    try:
        return question(
            level=draw(st.sampled_from(["recall", "apply", "analyse"])),
            choose=draw(st.sampled_from(["one", "several"])),
            order=draw(st.sampled_from(["shuffle", "fixed"])),
            vignette=draw(st.just("") | texts),
            stem=draw(texts),
            options=options,
            takeaway=draw(texts),
            explanation=draw(texts),
            often_said=draw(texts),
            studies_show=draw(texts),
            corrects=draw(st.sampled_from(["", "A03"])),
            action=draw(st.sampled_from([None, "emergency", "routine"])),
            clinician=draw(st.just("") | texts),
            checked=draw(st.dates()),
            sources=[{"reference": draw(texts)}, {"document": draw(texts), "section": draw(texts)}],
            tags=draw(st.lists(st.sampled_from(["L5", "no", "frog-calls", "2026-11-20", "1e3"]), max_size=3)),
            waive=draw(st.dictionaries(st.sampled_from(["long-stem", "no", "1"]), texts, max_size=2)),
        )
    except ValidationError:  # a text of nothing but what is stripped as blank
        return question()


def read_again(asked: Question) -> Question:
    return question_from(asked.id, asked.topic, read_yaml(question_yaml(asked), "frog.yaml").data)


@given(questions())
@example(question(stem="no", takeaway="1:30", explanation="null\n\n  # frog: 'toad'\n- \"newt\""))
@settings(max_examples=150)
def test_a_question_that_was_written_is_read_as_it_was(asked: Question):
    assert asked == read_again(asked)
    assert content_hash(asked) == content_hash(read_again(asked))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "one\x85two",
        ),
        "one\rtwo",
        "\x1b[31mred",
        "one\u2028two",
        "one\u2029two",
        "one\ufefftwo",
        "one\ttwo",
    ],
    ids=ascii,
)
def test_a_text_with_a_character_that_no_keyboard_has_is_read_as_it_was(text: str):
    asked = question(stem=text)

    assert asked == read_again(asked)


def test_a_file_starts_with_what_people_read_first():
    names = list(read_yaml(question_yaml(question(vignette="It rains.", tags=["L5"])), "f").data)

    assert names[:5] == ["kind", "level", "vignette", "stem", "options"]
    assert "clinician" in names


def test_long_text_is_written_as_a_block_without_folding():
    text = "Frogs jump and toads walk. " * 8

    assert f"explanation: |-\n  {text.strip()}\n" in question_yaml(question(explanation=text))


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2009", "\u00ad"], ids=ascii)
def test_text_with_a_blank_that_does_not_break_is_written_as_people_read_it(blank: str):
    text = f"A frog leaps 2{blank}m. " * 8
    asked = question(stem=f"Who leaps 2{blank}m?", explanation=text)

    assert f"explanation: |-\n  {text.strip()}\n" in question_yaml(asked)
    assert f"stem: Who leaps 2{blank}m?\n" in question_yaml(asked)
    assert asked == read_again(asked)


def test_a_written_question_is_in_the_folder_of_its_topic(tmp_path: Path):
    asked = question("leaper", "meadow", stem="Who sprang?", tags=["L5"])
    folder = write_bank(tmp_path / "questions", [])
    path = write_question(folder, asked)

    assert path == folder / "meadow" / "leaper.yaml"
    assert read_bank(folder).questions == {"leaper": asked}


def test_writing_leaves_no_draft_behind_and_replaces_the_file_whole(tmp_path: Path):
    write_question(tmp_path, question(stem="A very much longer stem than the one that follows it?"))
    path = write_question(tmp_path, question(stem="Short?"))

    assert [path] == [one for one in tmp_path.rglob("*") if one.is_file()]
    assert path.read_text(encoding="utf-8") == question_yaml(question(stem="Short?"))


def as_editors_read(path: Path) -> Any:
    """Load a file with YAML's own types; JSON has no dates."""
    return without_dates(yaml.safe_load(path.read_text(encoding="utf-8")))


def without_dates(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in content.items()}


def questions_in(path: Path) -> list[dict[str, Any]]:
    """Give the question of a file, or every part of its case."""
    content = as_editors_read(path)
    return [without_dates(part) for part in content["parts"]] if path.stem.endswith(".case") else [content]


VALIDATOR = jsonschema.Draft202012Validator(question_schema())


@pytest.mark.parametrize("name", KINDS)
def test_a_question_of_any_kind_is_read_as_it_was_and_satisfies_the_schema(name: str, tmp_path: Path):
    for one in KINDS[name].examples():
        body = one.body.model_dump(mode="json", exclude_defaults=True, exclude=set(one.body.filled))
        asked = question(kind=name, **body)

        assert asked == read_again(asked)
        assert list(VALIDATOR.iter_errors(as_editors_read(write_question(tmp_path, asked)))) == []


def test_the_schema_is_sound():
    jsonschema.Draft202012Validator.check_schema(question_schema())


def test_every_question_of_the_bank_satisfies_the_schema():
    files = [one for one in sorted(QUESTIONS.glob("*/*.yaml")) if not one.stem.endswith(".family")]
    errors = [
        f"{path.stem}: {error.message}"
        for path in files
        for asked in questions_in(path)
        for error in VALIDATOR.iter_errors(asked)
    ]

    assert files
    assert errors == []


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "green"},
        {"kind": "riddle"},
        {"level": "guess"},
        {"stem": ""},
        {"options": frog_options()[:1]},
        {"options": [{"text": "frog"}, {"text": "toad"}]},
        {"sources": []},
        {"action": "whenever"},
        {"takeaway": None},
    ],
    ids=lambda change: f"{change}"[:40],
)
def test_the_schema_refuses_what_the_program_refuses(change: dict[str, Any], tmp_path: Path):
    sound = as_editors_read(write_question(tmp_path, question()))

    assert VALIDATOR.is_valid(sound)
    assert not VALIDATOR.is_valid({**sound, **change})


def test_the_schema_wants_what_the_program_wants(tmp_path: Path):
    sound = as_editors_read(write_question(tmp_path, question()))
    wanted = [name for name in sound if not VALIDATOR.is_valid({n: v for n, v in sound.items() if n != name})]

    assert set(wanted) == {"kind", "level", "stem", "options", "takeaway", "explanation", "sources", "checked"}
