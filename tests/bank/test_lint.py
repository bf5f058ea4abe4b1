"""The linter against people: what it finds, and what it leaves alone, in a set that was labelled by hand."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from makers import question

from quizlib.bank.lint import RULES, lint, lint_question
from quizlib.kinds import question_from
from quizlib.model.question import Question

LABELLED: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parents[1] / "data" / "flaws.yaml").read_text(encoding="utf-8"), Loader=yaml.CBaseLoader
)

# over the whole set; before the rules had seen it, they reached 0.80 and 0.98
PRECISION, RECALL = 0.9, 0.97
# what a rule that counts words cannot know: a can for oil, the month of May, a last resort, a habit that is the point
MISTAKEN = {"rusty-can", "spring-holiday", "potter-improves", "widow-with-stick"}


def read(entry: dict[str, Any]) -> Question:
    return question_from(entry["id"], "nerve-roots", entry["question"])


def found_in(entry: dict[str, Any]) -> set[str]:
    return {rule for rule, _ in lint_question(read(entry))}


def test_the_set_is_large_enough_to_say_something():
    wanted = Counter(rule for entry in LABELLED for rule in entry["flaws"])

    assert len(LABELLED) >= 60
    assert set(wanted) == set(RULES)
    assert min(wanted.values()) >= 2
    assert sum(not entry["flaws"] for entry in LABELLED) >= 30


def test_precision_and_recall_over_all_rules():
    hits = sum(len(found_in(entry) & set(entry["flaws"])) for entry in LABELLED)
    told = sum(len(found_in(entry)) for entry in LABELLED)
    wanted = sum(len(entry["flaws"]) for entry in LABELLED)

    assert hits / told >= PRECISION
    assert hits / wanted >= RECALL


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_what_it_must_and_leaves_alone_what_it_must_not(rule: str):
    must = {entry["id"] for entry in LABELLED if rule in entry["flaws"]}
    told = {entry["id"] for entry in LABELLED if rule in found_in(entry)}

    assert must <= told
    assert told - must <= MISTAKEN


LONG = " ".join(["The sacral plexus forms in front of the piriformis muscle."] * 4)


def wide(id: str, stem: str, right: str = "frog", **more: Any) -> Question:
    options = [
        {"text": text, "correct": text == right, "why": f"Of {id}, {text} is what decides the matter in the end."}
        for text in (right, "toad", "newt", "mole")
    ]
    return question(id, stem=stem, options=options, explanation=LONG, **more)


def rules_in(*questions: Question) -> list[tuple[str, str]]:
    """Give the flaws between these questions."""
    return [(name, rule) for name, rule, _ in lint({one.id: one for one in questions}).flaws if rule not in RULES]


def test_two_questions_that_ask_nearly_the_same_are_told():
    one = wide("frog", "Which muscle lies behind the pelvis and in front of the sacrum in adults?")
    other = wide("toad", "Which muscle lies behind the pelvis and in front of the sacrum in grown adults?", "heron")
    third = wide("newt", "Which nerve supplies the skin between the first two toes?", "eel")

    assert rules_in(one, other, third) == [("frog", "near-duplicate")]


def test_a_question_that_tells_the_answer_to_another_is_told():
    right = "the superior gluteal nerve artery"
    one = wide("frog", "Which structure leaves the pelvis above piriformis muscle?", right)
    other = wide("toad", f"{right.capitalize()} leaves the pelvis above piriformis; what then limps?", "heron")

    assert rules_in(one, other) == [("toad", "gives-away")]
    assert rules_in(one, wide("toad", "What is cut when a surgeon opens the knee from the front?", "heron")) == []


def test_parts_of_a_case_may_tell_what_earlier_ones_asked():
    right = "the superior gluteal nerve artery"
    case = {"case": "walk", "parts": 2, "vignette": "A man limps."}
    one = wide("walk.1", "Which structure leaves the pelvis above piriformis muscle?", right, part=1, **case)
    later = f"{right.capitalize()} leaves the pelvis above piriformis; what then limps?"

    assert rules_in(one, wide("walk.2", later, "heron", part=2, **case)) == []


def test_a_reason_that_stands_twice_is_told():
    one, other = wide("frog", "Who jumps far in the pond?"), wide("frog", "Who swims in the sea at night?", "eel")
    found = lint({"frog": one, "heron": other.model_copy(update={"id": "heron"})}).flaws

    assert [(name, rule) for name, rule, _ in found] == [("heron", "same-why")] * 3


def test_a_waived_flaw_is_counted_and_not_told():
    waive = {"short-why": "The picture says it.", "explanation-length": "It needs no more."}
    found = lint({"frog": question("frog", waive=waive)})

    assert found.waived == {"short-why": 3, "explanation-length": 1}
    assert found.unknown == []
    assert not {"short-why", "explanation-length"} & {rule for _, rule, _ in found.flaws}
