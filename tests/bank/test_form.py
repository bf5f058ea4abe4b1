"""What a form needs: an empty one, problems that lead to its fields, suggestions, and what is asked already."""

import ast
import copy
import re
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import option, question

from quizlib.bank.files import read_bank
from quizlib.bank.form import Checked, asked_text, blank, check_content, in_form, near, tidied
from quizlib.bank.form_sentences import in_words
from quizlib.bank.lint import RULES
from quizlib.kinds import KINDS, content_hash, content_of, question_from
from quizlib.model.catalogue import Catalogue
from quizlib.model.question import Question

ROOT = Path(__file__).parents[2]
CATALOGUE = Catalogue.model_validate(
    {
        "topics": {"pond": {"id": "pond", "title": "The pond", "about": "Water."}},
        "documents": {"field-guide": {"title": "A Field Guide", "sections": ["Calls"]}},
        "references": {"Brehm64": {"citation": "Brehm A. 1864."}},
        "rows": {"R-FR-1": {"shows": "Frogs jump.", "cites": ["Brehm64"]}},
        "misconceptions": {"toad-for-frog": "A toad taken for a frog"},
        "ideas": {"K01": {"title": "Frogs jump"}},
    }
)
every_kind = pytest.mark.parametrize("kind", KINDS)


def sound(kind: str = "choice", number: int = 0) -> dict[str, Any]:
    """Give the content of a sound question of a type: its own example."""
    body = KINDS[kind].examples()[number].body.model_dump(mode="json", exclude_defaults=True)
    common = {name: value for name, value in content_of(question()).items() if name != "options"}
    return {**common, "kind": kind, **{name: value for name, value in body.items() if name != "confusable"}}


def check(content: dict[str, Any], topic: str = "pond", question_id: str = "frog") -> Checked:
    return check_content(content, question_id, topic, CATALOGUE)


def problems(**changes: Any) -> list[tuple[Any, ...]]:
    return [one.path for one in check({**sound(), **changes}).problems]


def reachable(path: tuple[Any, ...], content: Any) -> bool:
    """Whether a path leads to a field of the content, or to one missing in a mapping that is there."""
    for depth, part in enumerate(path):
        if isinstance(content, dict) and part not in content:
            return depth == len(path) - 1 and isinstance(part, str)
        content = content[part]
    return True


# an empty form


@every_kind
def test_a_blank_form_shows_every_field_that_it_then_asks_for(kind: str):
    content = blank(kind)

    checked = check({**content, "checked": "2026-11-21"})

    assert checked.question is None
    assert {one.path[0] for one in checked.problems} <= content.keys()
    assert {"stem", "explanation", "takeaway", "sources"} <= {one.path[0] for one in checked.problems}


def test_a_blank_form_has_rows_to_write_into():
    assert [len(blank("choice")["options"]), len(blank("matching")["pairs"]), len(blank("ordering")["items"])] == [
        4,
        3,
        4,
    ]
    assert blank("choice")["options"][0] == {"text": "", "correct": False, "why": ""}
    assert blank("cloze")["text"] == "{a}"
    assert list(blank("cloze")["gaps"]) == ["a"]
    assert {"answer", "unit", "why"} <= blank("numeric").keys()
    assert blank("short_text")["answers"] == [""]


def test_the_rows_of_a_blank_form_are_not_the_same_row():
    content = blank("choice")
    content["options"][0]["text"] = "frog"

    assert content["options"][1]["text"] == ""
    assert blank("choice")["options"][0]["text"] == ""


@every_kind
def test_empty_rows_of_a_blank_form_are_one_problem_and_not_four(kind: str):
    told = check(blank(kind)).problems

    assert len({one.path for one in told}) == len(told) <= 9


def test_what_a_blank_form_holds_counts_as_nothing_written():
    assert tidied(blank("choice")) == {"kind": "choice", "level": "recall"}


# tidying


def test_empty_fields_and_rows_are_left_out():
    content = {
        "kind": "choice",
        "stem": "  Which?\r\nOf them? \t",
        "vignette": " \u00a0\n",
        "options": [{"text": "", "correct": False, "why": " "}, {"text": "frog", "correct": True, "why": ""}],
        "tags": ["", "L5"],
        "picture": {"file": "", "description": " "},
        "order": "shuffle",
        "choose": "one",
        "waive": {},
    }

    assert tidied(content) == {
        "kind": "choice",
        "stem": "Which?\nOf them?",
        "options": [{"text": "frog", "correct": True}],
        "tags": ["L5"],
    }


def test_a_row_that_was_marked_as_right_is_kept_though_nothing_is_written_in_it():
    assert tidied({"options": [{"text": "", "correct": True}]}) == {"options": [{"correct": True}]}


def test_zero_is_a_number_and_not_nothing():
    assert tidied({"kind": "numeric", "answer": 0, "low": 0.0}) == {"kind": "numeric", "answer": 0, "low": 0.0}


def test_a_gap_keeps_its_name_while_it_is_empty():
    content = {**sound("cloze"), "text": "The {a} jumps.", "gaps": {"a": {"options": [{"text": "", "why": ""}]}}}

    assert tidied(content)["gaps"] == {"a": {}}
    assert [one.path for one in check(content).problems] == [("gaps", "a")]


def test_characters_that_cannot_be_stored_are_taken_out():
    assert tidied({"stem": "fr\0og \ud800\x1bjumps"}) == {"stem": "frog jumps"}


def test_fields_that_the_app_fills_in_are_left_out():
    assert "confusable" not in tidied({"kind": "short_text", "confusable": ["toad"]})


@every_kind
@pytest.mark.parametrize("number", [0, 1])
def test_tidying_changes_nothing_in_what_is_sound(kind: str, number: int):
    content = sound(kind, min(number, len(KINDS[kind].examples()) - 1))

    checked = check(content)

    assert checked.problems == ()
    assert checked.question is not None
    assert content_hash(checked.question) == content_hash(question_from("frog", "pond", content))


def test_no_question_of_the_bank_is_changed_by_tidying():
    bank = read_bank(ROOT / "questions")

    for one in bank.questions.values():
        again = question_from(one.id, one.topic, tidied(content_of(one)))
        assert content_hash(again.model_copy(update={"body": one.body})) == content_hash(one)
        assert {**again.body.model_dump(), "confusable": ()} == {**one.body.model_dump(), "confusable": ()}


def test_a_path_of_the_tidied_content_is_found_in_the_form():
    content = {"options": [{"text": "frog"}, {"text": " "}, {"text": "toad"}], "gaps": {"a": {"answers": ["", "x"]}}}

    assert in_form(content, ("options", 1, "why")) == ("options", 2, "why")
    assert in_form(content, ("gaps", "a", "answers", 0)) == ("gaps", "a", "answers", 1)
    assert in_form(content, ("stem",)) == ("stem",)
    assert in_form(content, ("options",)) == ("options",)


# problems


def test_a_sound_content_is_a_question():
    checked = check(sound())

    assert checked.question is not None
    assert (checked.question.id, checked.question.topic) == ("frog", "pond")


def test_what_is_missing_is_told_under_its_field():
    content = sound()
    del content["explanation"]
    content["stem"] = " "
    del content["options"][1]["why"]

    checked = check(content)

    assert {(one.path, one.what, one.fix) for one in checked.problems} == {
        (("explanation",), "It is missing.", "Write it."),
        (("stem",), "It is missing.", "Write it."),
        (("options", 1, "why"), "It is missing.", "Write it."),
    }


def test_rules_over_several_fields_are_told_though_others_are_still_missing():
    content = sound()
    del content["explanation"]
    content["options"] = [{"text": "frog"}, {"text": "toad"}]

    told = {one.path: one for one in check(content).problems}

    assert {("explanation",), ("options",), ("options", 0, "why"), ("options", 1, "why")} == told.keys()
    assert told["options",][1:] == ("No option is marked as right.", "Mark one as right.")


# fmt: off
WRONG: list[tuple[str, dict[str, Any], tuple[Any, ...], str]] = [
    ("choice", {"options": [option("a", True), option("b", True)]}, ("options",), "2 options are marked as right."),
    ("choice", {"options": [option("a", True)]}, ("options",), "There are too few: at least 2."),
    ("choice", {"options": [option(str(n), not n) for n in range(100)]}, ("options",),
     "There are too many: at most 9."),
    ("choice", {"level": "guess"}, ("level",), "It is none of the choices."),
    ("choice", {"checked": "yesterday"}, ("checked",), "It is not a date."),
    ("choice", {"stem": "x" * 1_000_000}, ("stem",), "It has more than 8000 characters."),
    ("choice", {"stem": ["frog"]}, ("stem",), "It is not a text."),
    ("choice", {"tags": ["frog!"]}, ("tags", 0), "It has characters that it cannot have."),
    ("choice", {"colour": "green"}, ("colour",), "There is no such field here."),
    ("choice", {"kind": "riddle"}, ("kind",), "There is no such type of question."),
    ("choice", {"corrects": "A1", "often_said": "Toads do."}, ("studies_show",),
     "A question that corrects a document says both what is often said and what studies show."),
    ("choice", {"sources": [{"document": "field-guide"}]}, ("sources", 0),
     "A document needs the section that supports the answer."),
    ("choice", {"sources": [{"reference": "Nobody99"}]}, ("sources", 0), "There is no reference Nobody99."),
    ("choice", {"ideas": ["K99"]}, ("ideas", 0), "There is no idea K99."),
    ("choice", {"options": [option("a", True), option("b", misconception="newt")]}, ("options", 1, "misconception"),
     "There is no misconception newt."),
    ("numeric", {"answer": "2,5 m"}, ("answer",), "It is not a number."),
    ("numeric", {"answer": ""}, ("answer",), "There is none."),
    ("numeric", {"low": 2}, ("answer",), "It stands beside a range."),
    ("numeric", {"tolerance": -1}, ("tolerance",), "It is too small."),
    ("numeric", {"units": {"cm": ""}}, ("units", "cm"), "It is not a number."),
    ("short_text", {"answers": ["frog", "FROG"]}, ("answers",),
     "“FROG” counts as “frog”, since case, spaces and hyphens do not matter."),
    ("ordering", {"items": [{"text": "a"}, {"text": "b"}, {"text": "A"}]}, ("items",),
     "Item 3 has the same text as item 1."),
    ("cloze", {"text": "The {who} jumps."}, ("text",), "It must hold the gap {what} exactly once; 0 found."),
    ("cloze", {"gaps": {"who": {"answers": ["frog"]}}, "text": "{who}"}, ("gaps", "who"), "The reason is missing."),
]
# fmt: on


@pytest.mark.parametrize(("kind", "changes", "path", "what"), WRONG)
def test_what_cannot_be_is_told_in_words(kind: str, changes: dict[str, Any], path: tuple[Any, ...], what: str):
    checked = check({**sound(kind), **changes})

    assert checked.question is None
    assert [(one.path, one.what) for one in checked.problems] == [(path, what)]
    assert checked.problems[0].fix.endswith(".")


def test_a_topic_that_does_not_exist_is_told_once():
    assert [(one.path, one.fix) for one in check(sound(), topic="sea").problems] == [(("topic",), "Choose one.")]
    assert [one.what for one in check(sound(), topic="").problems] == ["The topic is missing."]
    assert check(sound(), question_id="Two Frogs").problems[0].path == ("id",)


def test_a_row_that_is_left_empty_does_not_move_the_others():
    content = sound()
    content["options"].insert(1, {"text": "", "correct": False, "why": ""})
    content["options"][2]["why"] = ""

    (problem,) = check(content).problems

    assert problem.path == ("options", 1, "why")
    assert in_form(content, problem.path) == ("options", 2, "why")


# sentences


def sentences() -> list[str]:
    """Give every text of the code that says what is wrong with a question in words for files."""
    models, rules = (ROOT / "quizlib/kinds").glob("*.py"), (ROOT / "quizlib/bank/lint").glob("*.py")
    paths = [*models, *rules, ROOT / "quizlib/model/question.py", ROOT / "quizlib/model/picture.py"]
    calls = [
        node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    texts = [text for call in calls for text in (*call.args, *(one.value for one in call.keywords))]
    return [said for text in texts if "`" in (said := _said(text))]


def _said(node: ast.AST) -> str:
    """Give a text as it is said, with a frog for each thing that it fills in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(map(_said, node.values)) if isinstance(node, ast.JoinedStr) else "frog"


def test_no_sentence_keeps_signs_of_a_file():
    assert len(sentences()) > 15
    for sentence in sentences():
        assert not re.search(r"[`_]|[a-z]:(?! )", in_words(sentence)), sentence


def test_a_sentence_without_words_of_its_own_still_reads():
    assert in_words("Write `unit_required:` in it.") == "Write unit required in it."
    assert in_words("Nothing to say.") == "Nothing to say."


# suggestions


def test_suggestions_lead_to_their_fields_and_waived_ones_are_left_out():
    content = {**sound(), "stem": "Which is not a frog?"}

    told = {one.rule: one for one in check(content).suggestions}
    waived = {one.rule for one in check({**content, "waive": {"negative-stem": "It is the point."}}).suggestions}

    assert told["negative-stem"].path == ("stem",)
    assert "negative-stem" not in waived
    assert told.keys() <= RULES.keys()


def test_suggestions_come_while_the_question_is_still_being_written():
    content = {
        "kind": "choice",
        "stem": "Which of these jumps and never walks on its way?",
        "options": [{"text": "frog", "correct": True}, {"text": "all of the above"}, {"text": "newt"}],
    }

    checked = check(content)

    assert checked.question is None
    assert "of-the-above" in {one.rule for one in checked.suggestions}
    assert all("`" not in one.fix + one.what for one in checked.suggestions)
    assert not {"short-why", "explanation-length"} & {one.rule for one in checked.suggestions}


def test_nothing_is_suggested_about_what_is_not_there():
    assert check(blank("choice")).suggestions == ()
    assert check({}).suggestions == ()


# any input

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(" ")
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def spots(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(spot for key, value in inner for spot in spots(value, (*path, key)))]


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """Give a sound content in which fields were emptied, exchanged, added or taken out."""
    kind = draw(st.sampled_from(list(KINDS)))
    content = copy.deepcopy(sound(kind, draw(st.integers(0, len(KINDS[kind].examples()) - 1))))
    for _ in range(draw(st.integers(1, 4))):
        *path, last = draw(st.sampled_from([spot for spot in spots(content) if spot]))
        here: Any = content
        for part in path:
            here = here[part]
        change = draw(st.sampled_from(["replace", "remove", "add", "double"]))
        if change == "remove":
            del here[last]
        elif change == "replace":
            here[last] = draw(anything)
        elif change == "double" and isinstance(here, list):
            here.append(copy.deepcopy(here[last]))
        elif isinstance(here, dict):
            here[draw(st.sampled_from(["why", "text", "correct", "misconception", "frog", "", "answers"]))] = draw(
                anything
            )
    return content


@settings(max_examples=300, deadline=None)
@given(spoilt())
def test_whatever_is_in_a_form_each_problem_leads_to_a_field_of_it(content: dict[str, Any]):
    before = copy.deepcopy(content)

    checked = check(content)

    assert (checked.question is None) == bool(checked.problems)
    assert repr(content) == repr(before)
    for one in (*checked.problems, *checked.suggestions):
        assert reachable(one.path, checked.content)
        assert one.path
        assert one.what.endswith(".")
        assert "`" not in one.what + one.fix or "`" in repr(content)
        assert len(one.what) < 1000
        assert isinstance(in_form(content, one.path), tuple)
    for one in checked.suggestions:
        assert isinstance(one.rule, str)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*Question.model_fields, "options", "gaps", "answers", "kind"]), anything))
def test_any_json_is_checked(content: dict[str, Any]):
    for one in check(content).problems:
        assert reachable(one.path, tidied(content))


@settings(max_examples=200, deadline=None)
@given(spoilt())
def test_tidying_twice_is_tidying_once(content: dict[str, Any]):
    assert repr(tidied(tidied(content))) == repr(tidied(content))


def test_what_is_nested_without_end_is_left_out():
    deep: Any = "frog"
    for _ in range(900):
        deep = [deep]

    assert "stem" not in tidied({"stem": deep})
    assert check({**sound(), "stem": deep}).question is None


def test_a_page_of_text_in_every_field_is_told_quickly():
    content = {**sound(), "stem": "frog " * 200_000, "options": [option("toad " * 20_000, not n) for n in range(100)]}
    start = time.perf_counter()

    told = check(content).problems

    assert time.perf_counter() - start < 2
    assert all(len(one.what) + len(one.fix) < 400 for one in told)


# what is asked already


def test_a_question_that_asks_nearly_the_same_is_found():
    asked = question(stem="Which muscle lies behind the pelvis and in front of the sacrum in adults?")
    others = {
        "toad": question(
            "toad", stem="Which muscle lies behind the pelvis and in front of the sacrum in grown adults?"
        ),
        "newt": question("newt", stem="Which nerve supplies the skin between the first two toes?"),
        "frog": asked,
    }

    assert near(asked, {name: asked_text(one) for name, one in others.items()}) == ["toad"]


def test_the_nearest_comes_first():
    stem = "Which muscle lies behind the pelvis and in front of the sacrum in adults?"
    others = {"toad": asked_text(question(stem=f"{stem} Name it.")), "newt": asked_text(question(stem=stem))}

    assert near(question(stem=stem), others) == ["newt", "toad"]


def test_it_finds_what_the_rule_for_the_whole_bank_finds():
    from quizlib.bank.lint.whole_bank import near_duplicate

    rng = Random(5)
    words = ["frog", "toad", "newt", "pond", "jumps", "walks", "water", "night", "spring", "call", "skin", "eggs"]
    stem = [rng.choice(words) for _ in range(14)]
    questions = {}
    for n in range(60):
        mine = list(stem)
        for _ in range(rng.randrange(8)):
            mine[rng.randrange(14)] = rng.choice(words)
        questions[f"q{n}"] = question(f"q{n}", stem=" ".join(mine) + "?")
    texts = {name: asked_text(one) for name, one in questions.items()}

    pairs = {frozenset((name, flaw.what.split()[-1].rstrip("."))) for name, flaw in near_duplicate(questions)}
    found = {frozenset((name, other)) for name, one in questions.items() for other in near(one, texts)}

    assert found == pairs
    assert found


def test_a_part_of_a_case_is_near_to_nothing():
    part = question("walk.1", case="walk", part=1, parts=2, vignette="A walk.")

    assert near(part, {"toad": asked_text(part)}) == []


def test_ten_thousand_questions_are_looked_through_at_once():
    rng = Random(3)
    words = [f"word{n}" for n in range(400)]
    others = {f"q{n}": " ".join(rng.choices(words, k=rng.randrange(10, 70))) for n in range(10_000)}
    asked = question(stem=" ".join(rng.choices(words, k=40)))
    taken = []
    for _ in range(5):
        start = time.process_time()
        near(asked, others)
        taken.append(time.process_time() - start)

    assert min(taken) < 0.05
