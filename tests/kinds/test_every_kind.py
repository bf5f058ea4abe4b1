"""What holds for a kind holds for every kind; a new one is tested by its own examples."""

import json
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
junk = anything | nearly | nearly.map(lambda places: {"chosen": places})


def with_another_key(body: Body) -> list[Body]:
    """Give the bodies that differ from this one in nothing but what is right and why."""
    content = body.model_dump()
    keys = [one["correct"] for one in content["options"]]
    return [
        type(body).model_validate(
            {
                **content,
                "options": [
                    {**one, "correct": key, "why": f"Another reason, {key}.", "misconception": f"mix-up-{key}".lower()}
                    for one, key in zip(content["options"], moved, strict=True)
                ],
            }
        )
        for moved in sorted(set(permutations(keys)) - {tuple(keys)})
    ]


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
def test_an_arrangement_is_a_permutation_and_the_same_for_the_same_seed(kind: Kind[Any], example: Example, seed: int):
    places = kind.arrange(example.body, Random(seed))

    assert sorted(places) == list(range(len(places)))
    assert places == kind.arrange(example.body, Random(seed))


@every_example
def test_nothing_shown_or_asked_before_the_answer_changes_when_the_key_moves(kind: Kind[Any], example: Example):
    others = with_another_key(example.body)
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
    try:
        response = kind.read(example.body, places, sent)
    except MalformedResponse:
        return

    assert 0 <= kind.grade(example.body, response).fraction <= 1
    assert response == json.loads(json.dumps(response))


@every_example
def test_an_answer_can_be_said_in_words(kind: Kind[Any], example: Example):
    assert kind.summary(example.body, example.response).strip()


@every_example
def test_the_review_before_any_answer_gives_a_reason_for_every_part(kind: Kind[Any], example: Example):
    told = kind.review(example.body, kind.arrange(example.body, Random(7)), None)

    assert all(part["why"] for part in told["options"])
