"""Two bodies that ask alike: an answer to one is an answer to the other, whatever is right."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kinds.test_every_kind import every_example, with_another_key
from makers import question

from quizlib.kinds import KINDS, Example, Kind, asked_alike, content_of, kind_of, question_from, read_by
from quizlib.model.question import Body, Question


def written(kind: Kind[Any], body: Body) -> Question:
    """Give a question with this body."""
    content = {name: value for name, value in content_of(question()).items() if name != "options"}
    return question_from("frog", "pond", {**content, "kind": kind.name, **body.model_dump(exclude_defaults=True)})


def alike(kind: Kind[Any], body: Body) -> list[Body]:
    """Give bodies that ask what this one asks, with another key."""
    others = with_another_key(kind, body)
    assert all(kind.asked(body) == kind.asked(other) for other in others)
    return others


@every_example
@given(seed=st.integers())
def test_alike_they_look_the_same_in_any_order(kind: Kind[Any], example: Example, seed: int):
    order = kind.arrange(example.body, Random(seed))

    for other in alike(kind, example.body):
        assert json.dumps(kind.view(example.body, order)) == json.dumps(kind.view(other, order))


@every_example
@given(seed=st.integers())
def test_what_was_answered_to_one_is_graded_by_the_other_as_if_it_had_been_asked(
    kind: Kind[Any], example: Example, seed: int
):
    asked = written(kind, example.body)
    order = kind.arrange(example.body, Random(seed))
    sent = kind.sent(example.body, order, example.response)

    for body in alike(kind, example.body):
        key = written(kind, body)
        assert asked_alike(asked, key)
        response = read_by(key, asked, example.response)
        assert 0 <= kind.grade(body, response).fraction <= 1
        assert response == kind.read(body, order, sent)
        # and it can be told
        assert kind.summary(body, response).strip()
        assert kind.review(body, order, response)


@every_example
def test_the_right_answer_to_one_is_right_by_the_same_key_written_anew(kind: Kind[Any], example: Example):
    asked, key = written(kind, example.body), written(kind, example.body)

    assert read_by(key, asked, example.response) == example.response


@pytest.mark.parametrize(("kind", "other"), [(a, b) for a in KINDS for b in KINDS if a != b])
def test_questions_of_two_types_never_ask_alike(kind: str, other: str):
    one, two = (written(KINDS[name], KINDS[name].examples()[0].body) for name in (kind, other))

    assert not asked_alike(one, two)


def numeric(factor: float) -> Question:
    units = {"answer": 2.5, "unit": "m", "units": {"cm": factor}, "why": "It is far."}
    return question(kind="numeric", **units)


def test_a_unit_that_was_worth_too_much_is_worth_what_it_is():
    wrong, right = numeric(0.1), numeric(0.01)
    response = kind_of(wrong).read(wrong.body, (), "250 cm")
    assert kind_of(wrong).grade(wrong.body, response).fraction == 0

    assert kind_of(right).grade(right.body, read_by(right, wrong, response)).fraction == 1


def cloze(name: str, answer: str = "jumps") -> Question:
    gap = {"answers": [answer], "why": "Its legs are long."}
    return question(kind="cloze", text=f"The frog {{{name}}} far.", gaps={name: gap})


def test_a_gap_that_is_called_otherwise_is_the_same_gap():
    old, new = cloze("a", "walks"), cloze("b")
    response = kind_of(old).read(old.body, (), ["jumps"])

    assert asked_alike(old, new)
    assert kind_of(new).grade(new.body, read_by(new, old, response)).fraction == 1


def matching(*rights: str, extra: str = "") -> Question:
    pairs = [{"left": f"animal {n}", "right": right, "why": "So it is."} for n, right in enumerate(rights)]
    more = {"extra": [{"right": extra, "why": "Nothing does."}]} if extra else {}
    return question(kind="matching", pairs=pairs, **more)


def test_what_the_other_would_not_have_taken_is_graded_all_the_same():
    """Two animals may jump in one; in the other no two do the same, which its learners are told."""
    both, apart = matching("jumps", "jumps", "swims", extra="walks"), matching("jumps", "walks", "swims")
    response = {"pairs": ["jumps", "jumps", "swims"]}

    assert asked_alike(both, apart)
    assert kind_of(apart).grade(apart.body, read_by(apart, both, response)).fraction == pytest.approx(2 / 3)
