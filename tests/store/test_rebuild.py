"""Steps are the only truth: every cache can be recomputed from them, and damage is found."""

from typing import Any

import pytest
import sqlalchemy as sa
from driving.behind import behind
from makers import Clock, place_of

from quizlib.engine.attempt import replay
from quizlib.model.attempt import Confidence
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.quizzes import study
from quizlib.store.answers import rebuild
from quizlib.store.answers.rebuild import Difference
from quizlib.store.tables import items, questions, versions


@pytest.fixture
def quiz(learner: User, clock: Clock) -> int:
    """A quiz in which one question was answered, one answered wrongly, one skipped and flagged, one left alone."""
    number = study.start(learner)
    for position, name in ((1, "frog"), (2, "toad")):
        clock.move(seconds=20)
        shown = study.sheet(learner, number, position)
        study.flag(learner, number, shown.item.id, position == 1)
        study.answer(
            learner, number, shown.item.id, place_of(shown, name), seen=1, confidence=Confidence.SURE, elapsed_ms=19_000
        )
    third = study.sheet(learner, number, 3).item.id
    study.skip(learner, number, third)
    study.flag(learner, number, third, True)
    return number


def differences(app: App) -> list[Difference]:
    with app.database.read() as connection:
        last = rebuild.next_learned(connection)
        assert last is not None
        assert rebuild.next_learned(connection, last) is None
        return rebuild.compare(connection, replay, rebuild.START, last).differences


def damage(app: App, table: sa.Table, row: Any, **values: Any) -> None:
    """Change a row behind the app's back."""
    with app.database.write() as connection:
        connection.execute(sa.update(table).where(table.c.id == row).values(**values))


def test_after_real_answers_every_cache_is_what_the_steps_say(app: App, quiz: int):
    assert differences(app) == []


def test_items_are_compared_batch_by_batch(app: App, quiz: int):
    with app.database.read() as connection:
        middle = rebuild.next_learned(connection, batch=3)
        assert middle is not None
        last = rebuild.next_learned(connection, middle, batch=3)
        assert last is not None
        assert rebuild.compare(connection, replay, rebuild.START, middle).items == 3
        assert rebuild.compare(connection, replay, middle, last).items == 1
        assert rebuild.count_items(connection) == 4
        assert rebuild.next_learned(connection, last, batch=3) is None


@pytest.mark.parametrize(
    "planted",
    [
        {"seq": 9},
        {"state": "open"},
        {"flagged": False},
        {"first": False},
        {"fraction": 0.25},
        {"response": {"chosen": [2]}},
        {"confidence": "guess"},
        {"answered_at": None},
    ],
    ids=lambda planted: next(iter(planted)),
)
def test_planted_damage_is_found_and_repaired(app: App, learner: User, quiz: int, planted: dict[str, Any]):
    before = study.sheet(learner, quiz, 1).item
    damage(app, items, before.id, **planted)
    (found,) = differences(app)
    (name,) = planted

    assert found.item_id == before.id
    assert [one for one in found.stored if found.stored[one] != found.rebuilt[one]] == [name]
    with app.database.write() as connection:
        rebuild.write_cache(connection, found)
    assert differences(app) == []
    assert study.sheet(learner, quiz, 1).item == before


def test_an_answer_in_the_cache_without_a_step_is_found(app: App, learner: User, quiz: int):
    untouched = study.sheet(learner, quiz, 4).item
    damage(app, items, untouched.id, state="answered", fraction=1.0)

    assert [found.item_id for found in differences(app)] == [untouched.id]


def test_a_second_answer_to_a_question_that_claims_to_be_the_first_is_found(app: App, learner: User, quiz: int):
    asked = study.sheet(learner, quiz, 1).item.question_id
    again = study.sheet(learner, study.start_fixed(learner, [asked]))
    study.answer(learner, again.attempt.id, again.item.id, place_of(again, "frog"), seen=0)
    assert differences(app) == []
    damage(app, items, again.item.id, first=True)

    assert [found.item_id for found in differences(app)] == [again.item.id]


def test_a_version_whose_content_was_changed_by_hand_is_found(app: App):
    with app.database.read() as connection:
        assert rebuild.versions_with_a_wrong_hash(connection) == []
        row = connection.execute(sa.select(versions).limit(1)).mappings().one()
    damage(app, versions, row["id"], content={**row["content"], "takeaway": "Toads jump."})

    with app.database.read() as connection:
        assert rebuild.versions_with_a_wrong_hash(connection) == [row["id"]]


def test_a_question_that_lost_its_version_is_found(app: App):
    with app.database.read() as connection:
        assert rebuild.questions_without_version(connection) == []
    damage(app, questions, "frog", version_id=99)

    with app.database.read() as connection:
        assert rebuild.questions_without_version(connection) == ["frog"]


def test_steps_that_lost_their_item_are_found(app: App, learner: User, quiz: int):
    lost = study.sheet(learner, quiz, 1).item.id
    with app.database.read() as connection:
        assert rebuild.steps_without_item(connection) == []
    behind(app.settings.database_url, f"DELETE FROM items WHERE id = {lost}")

    with app.database.read() as connection:
        assert rebuild.steps_without_item(connection) == [lost]
