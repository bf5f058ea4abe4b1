"""A question is known by the hash of its content; hashes in databases and files are held for ever."""

import pytest
from makers import frog_options, option, question

from quizlib.kinds import asked_hash, content_hash
from quizlib.model.question import Question

# Computed once, on 21 November 2026. If one of them changes, every database takes every file as new.
GOLDEN = {
    "plain": (
        question(),
        "dc1fb2190c13d4cfedd2559c3c968b31aef3446cd2be7f5239e2da242ec2ea8e",
        "f9a0ba4ada6a76d4f2bb06c96bc180b2b13ab276477d5ff320ce254e02322111",
    ),
    "several": (
        question(options=[option("frog", True), option("toad", True), option("cat"), option("dog")], choose="several"),
        "084765d4bd1af3c51801d50e3182087b7e0ae87bf325ba7c54e96964c3efe113",
        "6a2aacff6fae0a768147085e586f2fc21cc5f31c584188caa5e01beaa7b018ca",
    ),
    "kept in order": (
        question(order="fixed", options=[*frog_options(), option("none of them", keep="last")]),
        "4ef4fea0a061674d24c06db9b29703f7f367eb872cabb1a0f18cc035ad6f549a",
        "8e4b49d5a22f00bc77ed63ed5b19c82258310a9e3f48c561ed65f750868632fb",
    ),
    "letters of all kinds": (
        question(vignette="Ein Fröschlein — 蛙 🐸", stem="“Quak”: who\nsays it?", tags=["L5", "frog-calls"]),
        "65b90867ec023e4991eea739237136d22682bf5d91b7453493542667ff115844",
        "39ed4816d91023d09bad1a159034c6d812d81a8752bfa43c593bf1678da2f3d9",
    ),
    "every field": (
        question(
            level="analyse",
            vignette="It sits in the grass.",
            often_said="Toads jump.",
            studies_show="Toads walk.",
            corrects="A03",
            action="urgent",
            clinician="Dr Newt, 2026-11-20",
            waive={"long-stem": "A pond is deep."},
            sources=[{"reference": "R-FR-1"}, {"document": "field-guide", "section": "Calls"}],
        ),
        "2363f9913484cab3d23637739077c5b7e1f3bab3f8f3e67e4e1c78bdb4cb823f",
        "f60862be29768bc61dc0d6a9ba4af6c335f1230a20e95057e5d9f0e22e0dfb38",
    ),
    "a picture": (
        question(picture={"file": "frog.png", "description": "A green frog on a leaf."}),
        "88932b1b82ac85e028f56ead0ed58ad1572c119fcaab8ac46a059d0978ecb5c7",
        "f635e27e8ddfd79940afbb13580275c21b42323a2b287e28040762971172919e",
    ),
}


@pytest.mark.parametrize(("asked", "content", "seen"), GOLDEN.values(), ids=GOLDEN)
def test_the_hashes_of_six_questions_are_held_for_ever(asked: Question, content: str, seen: str):
    assert (content, seen) == (content_hash(asked), asked_hash(asked))


def test_moving_the_key_changes_the_content_but_not_what_is_asked():
    before, after = question(), question(options=frog_options(right="toad"))

    assert content_hash(before) != content_hash(after)
    assert asked_hash(before) == asked_hash(after)


@pytest.mark.parametrize(
    "defaults",
    [
        {"vignette": ""},
        {"picture": None},
        {"clinician": ""},
        {"action": ""},
        {"tags": []},
        {"waive": {}},
        {"choose": "one", "order": "shuffle"},
        {"options": [{**one, "misconception": "", "keep": ""} for one in frog_options()]},
        {"sources": [{"reference": "R-FR-1", "document": "", "section": ""}]},
    ],
    ids=" and ".join,
)
def test_a_default_that_is_written_out_changes_no_hash(defaults: dict[str, object]):
    assert content_hash(question()) == content_hash(question(**defaults))
    assert asked_hash(question()) == asked_hash(question(**defaults))


def test_a_new_reason_changes_the_content_but_not_what_is_asked():
    reworded = [{**one, "why": "It hops."} for one in frog_options()]

    assert content_hash(question()) != content_hash(question(options=reworded))
    assert asked_hash(question()) == asked_hash(question(options=reworded))


@pytest.mark.parametrize(
    "change",
    [
        {"stem": "Which of them walks?"},
        {"vignette": "It rains."},
        {"order": "fixed"},
        {"options": frog_options()[::-1]},
        {"options": [option("tree frog", True), option("toad"), option("newt")]},
    ],
    ids=lambda given: next(iter(given)),
)
def test_a_change_that_a_learner_sees_changes_both_hashes(change: dict[str, object]):
    assert content_hash(question()) != content_hash(question(**change))
    assert asked_hash(question()) != asked_hash(question(**change))


def test_the_topic_is_part_of_the_content_but_not_of_what_is_asked():
    assert content_hash(question()) != content_hash(question(topic="meadow"))
    assert asked_hash(question()) == asked_hash(question(topic="meadow"))


def test_the_same_question_under_another_id_has_the_same_hashes():
    twin = question("twin", stem=question().stem)

    assert content_hash(question()) == content_hash(twin)
    assert asked_hash(question()) == asked_hash(twin)
