"""What holds for a kind holds for every kind; a new one is tested by its own examples."""

import json
from collections.abc import Callable, Iterator
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.errors import MalformedResponse
from quizlib.kinds import KINDS, Example, Kind
from quizlib.model.question import Body

CASES = [
    pytest.param(kind, example, id=f"{name} {json.dumps(example.response)} of {number}")
    for name, kind in KINDS.items()
    for number, example in enumerate(kind.examples(), start=1)
]
every_example = pytest.mark.parametrize(("kind", "example"), CASES)
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)
# near misses, which random JSON seldom is
nearly = st.lists(st.integers(-2, 10) | scalars, max_size=6)
filled = st.lists(st.none() | st.integers(-1, 4) | st.sampled_from(["spawn", "milk", "", " "]), max_size=4)
numbers = st.from_regex(r"[-+]?[0-9]{1,4}[.,]?[0-9]{0,3}(e[0-9]{1,3})? ?(m|cm|km|%)?", fullmatch=True)
junk = anything | nearly | filled | numbers | st.text() | nearly.map(lambda places: {"chosen": places})
Content = dict[str, Any]


def parts(told: Any, name: str) -> Iterator[str]:
    """Give every text under this name, however deep."""
    if isinstance(told, dict):
        yield from (value for key, value in told.items() if key == name and isinstance(value, str))
        told = list(told.values())
    if isinstance(told, list):
        for one in told:
            yield from parts(one, name)


def leaves(shown: Any) -> list[str]:
    """Give every single value of what is shown, in a fixed order."""
    if isinstance(shown, dict):
        shown = list(shown.values())
    return sorted(leaf for one in shown for leaf in leaves(one)) if isinstance(shown, list) else [repr(shown)]


def is_a_sentence(text: str) -> bool:
    """Whether a learner can read it."""
    jargon = {"response", "malformed", "permutation", "null", "None", "string", "list", "integer"}
    return text[:1].isupper() and text.endswith(".") and not jargon & set(text.split())


def with_another_option(content: Content) -> list[Content]:
    """Move the key of a choice to other options."""
    keys = [one["correct"] for one in content["options"]]
    return [
        {
            **content,
            "options": [
                {**one, "correct": key, "why": f"Another reason, {key}.", "misconception": f"mix-up-{key}".lower()}
                for one, key in zip(content["options"], moved, strict=True)
            ],
        }
        for moved in sorted(set(permutations(keys)) - {tuple(keys)})
    ]


def with_another_text(content: Content) -> list[Content]:
    """Change the answers that may be written, and whether slips count."""
    return [
        {**content, "answers": ["heron"], "wrong": [], "why": "It flies."},
        {**content, "slips": not content["slips"], "confusable": ["herons"]},
    ]


def with_another_number(content: Content) -> list[Content]:
    """Change the number, the range and what other units are worth."""
    whole = {**content, "answer": 99, "tolerance": 3, "low": None, "high": None, "why": "It is large."}
    ranged = {**content, "answer": None, "tolerance": 0, "low": -7, "high": -3, "wrong": []}
    return [whole, ranged, {**whole, "units": dict.fromkeys(content["units"], 12)}]


def with_other_pairs(content: Content) -> list[Content]:
    """Exchange what goes with what."""
    rights = [pair["right"] for pair in content["pairs"]]
    return [
        {**content, "pairs": [{**p, "right": r, "why": "Why?"} for p, r in zip(content["pairs"], moved, strict=True)]}
        for moved in sorted(set(permutations(rights)) - {tuple(rights)})
    ]


def with_another_order(content: Content) -> list[Content]:
    """Put the items in every other right order."""
    return [{**content, "items": moved, "why": "Why not?"} for moved in list(permutations(content["items"]))[1:]]


def with_other_fillings(content: Content) -> list[Content]:
    """Move the key of each gap with options, and change what may be written in the others."""

    def changed(gap: Content) -> Content:
        keys = [option["correct"] for option in gap["options"]]
        turned = [{**option, "correct": key} for option, key in zip(gap["options"], keys[1:] + keys[:1], strict=True)]
        return {**gap, "options": turned, "answers": ["milk"] if gap["answers"] else []}

    gaps = content["gaps"]
    return [{**content, "gaps": {**gaps, name: changed(gap)}} for name, gap in gaps.items()]


OTHER_KEYS: dict[str, Callable[[Content], list[Content]]] = {
    "choice": with_another_option,
    "short_text": with_another_text,
    "numeric": with_another_number,
    "matching": with_other_pairs,
    "ordering": with_another_order,
    "cloze": with_other_fillings,
}


def with_another_key(kind: Kind[Any], body: Body) -> list[Body]:
    """Give the bodies that differ from this one in nothing but what is right and why."""
    return [type(body).model_validate(other) for other in OTHER_KEYS[kind.name](body.model_dump())]


@every_kind
def test_a_kind_shows_a_right_and_a_wrong_response(kind: Kind[Any]):
    assert {0, 1} <= {example.fraction for example in kind.examples()}


@every_example
def test_an_example_is_graded_as_stated(kind: Kind[Any], example: Example):
    assert example.fraction == kind.grade(example.body, example.response).fraction


@every_example
def test_the_right_answer_scores_one(kind: Kind[Any], example: Example):
    assert kind.grade(example.body, kind.right_answer(example.body)).fraction == 1


@every_example
@given(seed=st.integers())
def test_what_was_sent_is_read_as_the_response_in_any_arrangement(kind: Kind[Any], example: Example, seed: int):
    places = kind.arrange(example.body, Random(seed))
    sent = json.loads(json.dumps(kind.sent(example.body, places, example.response)))

    assert example.response == kind.read(example.body, places, sent)


@every_example
@given(seed=st.integers())
def test_an_arrangement_loses_nothing_and_is_the_same_for_the_same_seed(kind: Kind[Any], example: Example, seed: int):
    places = kind.arrange(example.body, Random(seed))
    first = kind.view(example.body, kind.arrange(example.body, Random(0)))

    assert places == kind.arrange(example.body, Random(seed))
    assert leaves(first) == leaves(kind.view(example.body, places))


@every_example
def test_nothing_shown_or_asked_before_the_answer_changes_when_the_key_moves(kind: Kind[Any], example: Example):
    others = with_another_key(kind, example.body)
    places = kind.arrange(example.body, Random(7))
    shown = json.dumps(kind.view(example.body, places))

    assert others
    for other in others:
        assert places == kind.arrange(other, Random(7))
        assert shown == json.dumps(kind.view(other, places))
        assert kind.asked(example.body) == kind.asked(other)


@every_example
@given(sent=junk)
def test_whatever_the_browser_sends_is_graded_from_0_to_1_or_malformed(kind: Kind[Any], example: Example, sent: object):
    places = kind.arrange(example.body, Random(7))
    refused = ""
    try:
        response = kind.read(example.body, places, sent)
    except MalformedResponse as told:
        refused = str(told)
    if refused:
        assert is_a_sentence(refused)
        return
    grade = kind.grade(example.body, response)
    again = kind.read(example.body, places, kind.sent(example.body, places, response))

    assert 0 <= grade.fraction <= 1
    assert response == json.loads(json.dumps(response, ensure_ascii=False).encode("utf-8"))
    assert (response, grade) == (again, kind.grade(example.body, again))


FOREIGN = [
    pytest.param(kind, other.examples()[0].response, id=f"{other.name} for {kind.name}")
    for kind in KINDS.values()
    for other in KINDS.values()
]


@pytest.mark.parametrize(("kind", "sent"), FOREIGN)
def test_a_stored_response_of_any_kind_is_not_what_a_browser_sends(kind: Kind[Any], sent: object):
    body = kind.examples()[0].body
    with pytest.raises(MalformedResponse) as refused:
        kind.read(body, kind.arrange(body, Random(7)), sent)

    assert is_a_sentence(str(refused.value))


@every_kind
@pytest.mark.parametrize("empty", [None, "", " ", [], [None], {}], ids=repr)
def test_no_answer_at_all_is_told(kind: Kind[Any], empty: object):
    body = kind.examples()[0].body
    with pytest.raises(MalformedResponse) as refused:
        kind.read(body, kind.arrange(body, Random(7)), empty)

    assert is_a_sentence(str(refused.value))


@every_example
def test_an_answer_can_be_said_in_words(kind: Kind[Any], example: Example):
    assert kind.summary(example.body, example.response).strip()


@every_example
def test_a_review_gives_reasons_with_and_without_an_answer(kind: Kind[Any], example: Example):
    places = kind.arrange(example.body, Random(7))
    for response in (None, example.response):
        told = kind.review(example.body, places, response)

        assert any(parts(told, "why"))
        assert told == json.loads(json.dumps(told))


@every_example
def test_knowing_the_answers_to_other_questions_takes_nothing_from_ones_own(kind: Kind[Any], example: Example):
    body = kind.told_apart(example.body, [*kind.typed(example.body), "toad", "salamandra"])

    assert kind.grade(body, kind.right_answer(body)).fraction == 1


@every_example
def test_what_was_picked_stands_among_the_options_and_is_right_in_a_right_answer(kind: Kind[Body], example: Example):
    groups = kind.options(example.body)

    assert all(0 <= place < len(groups[group].texts) for group, place in kind.picked(example.body, example.response))
    right = set(kind.picked(example.body, kind.right_answer(example.body)))
    marked = {(i, j) for i, group in enumerate(groups) for j, (_, correct) in enumerate(group.texts) if correct}
    assert right == marked


@every_example
def test_guessing_is_worth_less_than_knowing(kind: Kind[Body], example: Example):
    worth = kind.guess(example.body)

    assert worth is None or 0 <= worth < 1


@every_example
def test_guessing_is_worth_what_chance_brings(kind: Kind[Body], example: Example):
    """Many browsers send what a die says, and are graded like everybody."""
    worth = kind.guess(example.body)
    if worth is None:
        return
    rng, body = Random(7), example.body
    grades = []
    for _ in range(4000):
        arrangement = kind.arrange(body, rng)
        given = at_random(kind.view(body, arrangement), rng)
        grades.append(kind.grade(body, kind.read(body, arrangement, given)).fraction)

    assert sum(grades) / len(grades) == pytest.approx(worth, abs=0.03)


def at_random(view: Content, rng: Random) -> list[Any]:
    """Choose by chance whatever is to be chosen; what is to be written is nonsense."""
    if "gaps" in view:
        return [rng.randrange(len(gap["options"])) if "options" in gap else "?x" for gap in view["gaps"]]
    if "lefts" in view:
        lefts, rights = len(view["lefts"]), range(len(view["rights"]))
        return rng.sample(rights, lefts) if lefts <= len(rights) else rng.choices(rights, k=lefts)
    return [rng.randrange(len(view["options"]))]
