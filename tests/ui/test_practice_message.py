"""What the card may send, and what it is sent: before the answer, nothing that depends on the key."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import attempt, frog_options, item, option, question, sheet

from quizlib.errors import MalformedResponse
from quizlib.model.attempt import Behaviour, Confidence, Item, Place, State
from quizlib.model.person import TextSize, User
from quizlib.model.question import Question
from quizlib.services.app import App
from quizlib.services.quizzes.sheets import Sheet
from quizlib.ui.pages.practice import LARGEST, card_data, nonce_of, read_message

CHECK = {
    "act": "check",
    "item": 1,
    "seen": 0,
    "position": 1,
    "nonce": 7,
    "given": [0],
    "confidence": "sure",
    "elapsed": 4200,
}
READER = User(id=1, name="Reader")
SECRET = "Only a croaker croaks at dusk."


def test_what_the_card_sends_is_read():
    message = read_message(CHECK)

    assert (message.act, message.item, message.seen, message.given) == ("check", 1, 0, [0])
    assert (message.confidence, message.elapsed, message.wanted) == (Confidence.SURE, 4200, False)


@pytest.mark.parametrize("act", ["check", "next", "skip", "flag", "end", "leave", "save", "go", "time"])
def test_everything_a_learner_can_do_is_read(act: str):
    assert read_message({"act": act, "item": 1, "seen": 0, "position": 1, "nonce": 7}).act == act


@pytest.mark.parametrize(
    "forged",
    [
        {"act": "cheat"},
        {"act": None},
        {"act": ["check"]},
        {"item": "1"},
        {"item": 1.0},
        {"item": True},
        {"item": None},
        {"seen": -1},
        {"seen": "0"},
        {"position": "last"},
        {"nonce": "7"},
        {"confidence": "certain"},
        {"confidence": 1},
        {"elapsed": "4200"},
        {"elapsed": 1.5},
        {"wanted": "yes"},
        {"wanted_position": "2"},
        {"wanted_position": None},
        {"given": {0}},
        {"given": {1: 2}},
        {"fraction": 1},
        {"actor": 2},
    ],
    ids=str,
)
def test_a_forged_field_is_refused_in_a_sentence(forged: dict[str, Any]):
    with pytest.raises(MalformedResponse, match="That message is not an answer"):
        read_message({**CHECK, **forged})


@pytest.mark.parametrize("missing", ["act", "item", "seen", "position", "nonce"])
def test_a_message_without_one_of_its_parts_is_refused(missing: str):
    with pytest.raises(MalformedResponse, match="That message is not an answer"):
        read_message({name: value for name, value in CHECK.items() if name != missing})


@pytest.mark.parametrize(
    "raw",
    [None, 1, "check", [], [CHECK], {}, json.dumps(CHECK), 10**5000],
    ids=lambda raw: str(raw)[:20] if raw != 10**5000 else "a long number",
)
def test_what_is_no_message_is_refused(raw: object):
    with pytest.raises(MalformedResponse, match="That message is not an answer"):
        read_message(raw)


@pytest.mark.parametrize(
    "given", ["x" * 1_000_000, [0] * 400_000, {"x" * 1_000_000: 0}], ids=["a text", "a list", "a name"]
)
def test_a_megabyte_is_refused_as_too_large(given: object):
    with pytest.raises(MalformedResponse, match="too large to be an answer"):
        read_message({**CHECK, "given": given})


def test_the_largest_message_is_read():
    room = LARGEST - len(str({**CHECK, "given": ""}))

    assert read_message({**CHECK, "given": "x" * room})
    with pytest.raises(MalformedResponse, match="too large"):
        read_message({**CHECK, "given": "x" * (room + 1)})


def nested(depth: int) -> list[Any]:
    """Give brackets within brackets."""
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


@pytest.mark.parametrize(
    "depth",
    [
        100,
        300,
        5000,
    ],
)
def test_brackets_within_brackets_are_read_or_refused(depth: int):
    try:
        read_message({**CHECK, "given": nested(depth)})
    except MalformedResponse:
        assert depth > 100


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
junk = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


@given(st.dictionaries(st.sampled_from([*CHECK, "wanted", "toad"]), junk) | junk)
def test_whatever_is_sent_is_a_message_or_malformed(raw: Any):
    forged = {**CHECK, **raw} if isinstance(raw, dict) else raw
    try:
        message = read_message(forged)
    except MalformedResponse:
        return

    assert message.seen >= 0
    assert nonce_of(forged) == message.nonce


@pytest.mark.parametrize(("raw", "nonce"), [(CHECK, 7), ({}, None), (None, None), ([7], None), ({"nonce": "7"}, None)])
def test_the_number_of_a_message_is_given_back(raw: object, nonce: int | None):
    assert nonce_of(raw) == nonce


def secret_question(right: str) -> Question:
    """Ask the same with another key; every text that tells the key differs with it."""
    options = [{**option(text, text == right), "why": f"{SECRET} {text} {text == right}"} for text in ("frog", "toad")]
    tell = f"{SECRET} It is the {right}."
    return question(
        options=[*options, option("newt")],
        takeaway=tell,
        explanation=tell,
        often_said=tell,
        studies_show=tell,
        corrects="A03",
        action="emergency" if right == "frog" else "routine",
        tags=[right],
        sources=[{"reference": "Brehm64" if right == "frog" else "Dickerson06"}],
        clinician=f"Dr {right.title()}, 2026-11-20",
    )


def in_exam(asked: Question, at: Item) -> Sheet:
    place = Place(at.id, at.position, at.state, at.flagged, at.response is not None)
    return replace(sheet(asked, at), attempt=attempt(behaviour=Behaviour.EXAM), places=(place,), seconds_left=60.0)


@pytest.mark.parametrize("state", [State.OPEN, State.SKIPPED])
@pytest.mark.parametrize("places", [(0, 1, 2), (2, 1, 0)])
def test_before_the_answer_the_card_is_the_same_wherever_the_key_is(state: State, places: tuple[int, ...]):
    frog, toad = (
        json.dumps(card_data(READER, sheet(secret_question(right), item(state=state, arrangement=places)), None, 7))
        for right in ("frog", "toad")
    )

    assert frog == toad
    assert SECRET not in frog
    assert json.loads(frog)["feedback"] is None


@pytest.mark.parametrize("state", [State.OPEN, State.SAVED, State.CLOSED])
def test_in_an_exam_the_card_is_the_same_wherever_the_key_is(state: State):
    given = None if state is State.OPEN else {"chosen": [0]}
    frog, toad = (
        json.dumps(card_data(READER, in_exam(secret_question(right), item(state=state, response=given)), None, 7))
        for right in ("frog", "toad")
    )

    assert frog == toad
    assert SECRET not in frog
    assert json.loads(frog)["feedback"] is None
    assert json.loads(frog)["given"] == (given and given["chosen"])


@pytest.mark.parametrize(("behaviour", "told"), [(Behaviour.PRACTICE, "frog"), (Behaviour.EXAM, "")])
def test_the_answer_to_an_earlier_part_is_told_in_practice_only(behaviour: Behaviour, told: str):
    second = question("walk.2", case="walk", part=2, parts=2)
    shown = replace(
        sheet(second), attempt=attempt(behaviour=behaviour), earlier=((question("walk.1", stem="Who hops?"), True),)
    )

    assert card_data(READER, shown, None, None)["earlier"] == [{"stem": "Who hops?", "answer": told}]


def test_what_a_reader_has_settled_reaches_the_card():
    reader = READER.model_copy(update={"text_size": TextSize.LARGEST, "shows_keys": False})
    shown = card_data(reader, sheet(question()), None, None)

    assert (shown["size"], shown["keys"]) == ("largest", False)


def test_after_the_answer_the_card_tells_the_key_and_why(app: App):
    answered = item(state=State.ANSWERED, response={"chosen": [1]}, fraction=0.0)
    told = card_data(READER, sheet(secret_question("frog"), answered, feedback=True), None, 7)["feedback"]

    assert (told["verdict"], told["headline"]) == ("wrong", "Not yet. The answer is: frog.")
    assert all(SECRET in part["why"] for part in told["review"]["options"][:2])
    assert told["sources"] == ["Brehm A. Illustrirtes Thierleben. 1864."]
    assert told["practice"].startswith("In practice: emergency")
    assert told["safety"].startswith("Study material, not medical advice.")


@pytest.mark.parametrize(
    ("response", "verdict", "headline"),
    [
        ({"chosen": [0]}, "right", "Right."),
        ({"chosen": [1]}, "wrong", "Not yet. The answer is: frog."),
        (None, "none", "Not answered. The answer is: frog."),
    ],
)
def test_the_headline_says_how_it_went(app: App, response: dict[str, Any] | None, verdict: str, headline: str):
    state = State.ANSWERED if response else State.OPEN
    told = card_data(READER, sheet(question(), item(state=state, response=response), feedback=True), None, None)[
        "feedback"
    ]

    assert (told["verdict"], told["headline"]) == (verdict, headline)
    assert "safety" not in told


def test_a_partly_right_answer_is_called_so(app: App):
    several = question(choose="several", options=[*frog_options(), option("tree frog", True)])
    shown = sheet(
        several, item(state=State.ANSWERED, response={"chosen": [0]}, arrangement=(0, 1, 2, 3)), feedback=True
    )
    told = card_data(READER, shown, None, None)["feedback"]

    assert (told["verdict"], told["headline"]) == ("part", "Partly right: 1 of 2 right.")


def test_the_card_shows_authors_tags_as_letters():
    shown = card_data(READER, sheet(question(stem="<b>Who</b>?", vignette="<i>Rain</i>")), None, None)

    assert shown["stem"] == "&lt;b&gt;Who&lt;/b&gt;?"
    assert shown["vignette"].strip() == "<p>&lt;i&gt;Rain&lt;/i&gt;</p>"
