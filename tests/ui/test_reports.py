"""What a learner reports from the feedback of a question: read, or refused in a sentence that the form shows."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import place_of

from quizlib.errors import MalformedResponse, Refused
from quizlib.model.attempt import Item
from quizlib.model.authoring import About
from quizlib.model.person import Role, User
from quizlib.services.corrections import complaints
from quizlib.services.quizzes import study
from quizlib.ui import words
from quizlib.ui.pages.practice import LARGEST, complains, read_message, report
from quizlib.ui.parts.reporting import take

CARDS = {"act": "complain", "item": 1, "seen": 1, "position": 1, "nonce": 7, "about": "typo", "text": "jmups"}


@pytest.fixture
def answered(learner: User) -> Item:
    shown = study.sheet(learner, study.start(learner, number=2))
    return study.answer(learner, shown.attempt.id, shown.item.id, place_of(shown, "toad"), seen=0).item


def results(answered: Item, **changes: Any) -> dict[str, Any]:
    """Give what the questions of a result send."""
    return {"act": "complain", "item": answered.id, "nonce": 7, "about": "typo", "text": "jmups", **changes}


@pytest.mark.parametrize("about", About)
def test_the_card_sends_what_is_wrong_and_in_which_words(learner: User, answered: Item, about: About):
    report(learner, answered.attempt_id, read_message({**CARDS, "item": answered.id, "about": about.value}))

    (one,) = complaints.queue(learner)
    assert (one.complaint.about, one.complaint.text) == (about, "jmups")


@pytest.mark.parametrize(
    "forged", [{"about": "toad"}, {"about": 1}, {"text": None}, {"text": ["jmups"]}, {"reply": ""}]
)
def test_a_forged_report_of_the_card_is_refused_in_a_sentence(forged: dict[str, Any]):
    with pytest.raises(MalformedResponse, match="That message is not an answer"):
        read_message({**CARDS, **forged})


def test_a_report_of_the_card_says_what_is_wrong(learner: User, answered: Item):
    message = read_message({name: value for name, value in CARDS.items() if name != "about"})
    with pytest.raises(MalformedResponse, match="Choose what is wrong"):
        report(learner, answered.attempt_id, message)


def test_a_report_of_the_card_is_as_long_as_the_service_takes_it(learner: User, answered: Item):
    message = read_message({**CARDS, "item": answered.id, "text": "x" * 1001})
    with pytest.raises(Refused, match="It has 1001"):
        report(learner, answered.attempt_id, message)
    with pytest.raises(MalformedResponse, match="too large"):
        read_message({**CARDS, "text": "x" * 1_000_000})


def test_only_a_report_is_thanked_for():
    assert complains(CARDS)
    assert not any(map(complains, (None, 7, [], {}, {"act": "check"})))


def test_a_result_takes_a_report_and_thanks(learner: User, answered: Item):
    heard = take(learner, answered.attempt_id, results(answered))

    assert heard == {"nonce": 7, "thanks": words.thanks(learner)}
    assert [one.complaint.text for one in complaints.queue(learner)] == ["jmups"]


def test_no_message_is_no_report(learner: User):
    assert take(learner, 1, None) is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"item": 4711}, "not part of your quiz"),
        ({"item": "1"}, "no report"),
        ({"about": "toad"}, "no report"),
        ({"about": None}, "no report"),
        ({"act": "check"}, "no report"),
        ({"more": 1}, "no report"),
        ({"text": "x" * 1001}, "at most 1000 characters"),
        ({"text": "x" * 1_000_000}, "no report"),
        ({"about": "other", "text": " "}, "Say in a few words"),
    ],
    ids=lambda one: str(one)[:40],
)
def test_a_result_refuses_in_a_sentence_and_stores_nothing(
    learner: User, answered: Item, changes: dict[str, Any], says: str
):
    heard = take(learner, answered.attempt_id, results(answered, **changes))

    assert heard is not None
    assert says in heard["refusal"]
    assert heard["nonce"] == 7
    assert complaints.queue(learner) == []


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
junk = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


@given(st.dictionaries(st.sampled_from(["act", "item", "nonce", "about", "text", "toad"]), junk) | junk)
def test_whatever_a_result_sends_is_heard_in_plain_data(raw: Any):
    heard = take(User(id=1, name="Reader"), 1, raw)

    assert heard is None if raw is None else heard and "no report" in heard["refusal"]
    json.dumps(heard)


def test_the_thanks_fit_who_reads_them():
    student, teacher = User(id=1, name="Ann"), User(id=2, name="Ms Pond", roles=frozenset(Role))

    assert words.thanks(student) == "Thank you. Your teacher reads it and answers on your home page."
    assert "Reported questions" in words.thanks(teacher)
    assert set(words.ABOUT) == set(About)
    assert LARGEST > complaints.LONGEST
