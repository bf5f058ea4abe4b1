"""A case in a mock exam: its parts open in order and close behind."""

from pathlib import Path

import pytest
from makers import items_of, place_of, pond, write_bank, write_case

from quizlib.config import Settings
from quizlib.model.attempt import Behaviour, Filter, Plan, State
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.maintenance import find_damage
from quizlib.services.quizzes import choosing, exam, study
from quizlib.services.quizzes.choosing import Choice
from quizlib.services.quizzes.sheets import Sheet


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Four single questions, and a case of three parts on the topic of walks."""
    folder = write_bank(tmp_path / "questions", pond())
    with (folder / "topics.yaml").open("a", encoding="utf-8") as topics:
        topics.write("walks: {title: Walks, about: What one meets.}\n")
    write_case(folder, topic="walks")
    return Settings(database_url=database_url, questions=folder)


def sit(learner: User, *topics: str) -> int:
    choice = Choice(filter=Filter(topics=topics), plan=Plan.RANDOM, behaviour=Behaviour.EXAM, minutes=10)
    return choosing.start(learner, choice)


@pytest.fixture
def case(learner: User) -> int:
    """An exam of ten minutes with the three parts of the case."""
    return sit(learner, "walks")


def save(learner: User, shown: Sheet, text: str = "frog") -> Sheet:
    return exam.save(learner, shown.attempt.id, shown.item.id, place_of(shown, text), seen=shown.item.seq)


def go(learner: User, shown: Sheet, position: int) -> Sheet:
    return exam.go_to(learner, shown.attempt.id, shown.item.id, position)


def fractions(app: App, quiz: int) -> list[float | None]:
    return [one.fraction for one in items_of(app, quiz)]


def test_going_on_through_a_case_closes_each_part_behind(app: App, learner: User, case: int):
    first = save(learner, study.sheet(learner, case), "toad")
    second = go(learner, first, 2)
    third = go(learner, save(learner, second), 3)
    back = go(learner, third, 1)

    assert [first.closes, second.closes, third.closes] == [True, True, False]
    assert [one.state for one in items_of(app, case)] == [State.CLOSED, State.CLOSED, State.OPEN]
    assert [one.id for one, _ in third.earlier] == ["walk.1", "walk.2"]
    assert (back.item.position, back.item.response) == (1, {"chosen": [1]})
    assert save(learner, back) == back
    study.finish(learner, case)
    assert fractions(app, case) == [0, 1, None]
    assert find_damage(app) == []


def test_a_part_left_without_an_answer_stays_without(app: App, learner: User, case: int):
    second = go(learner, study.sheet(learner, case), 2)
    save(learner, study.sheet(learner, case, 1))
    save(learner, second)
    study.finish(learner, case)

    assert fractions(app, case) == [None, 1, None]


def test_going_on_twice_from_the_same_page_closes_one_part(app: App, learner: User, case: int):
    first = study.sheet(learner, case)

    assert go(learner, first, 2) == go(learner, first, 2)
    assert [one.state for one in items_of(app, case)] == [State.CLOSED, State.OPEN, State.OPEN]


def test_a_jump_to_a_part_that_is_not_open_leads_to_the_first_that_is(app: App, learner: User, case: int):
    first = study.sheet(learner, case)

    assert go(learner, first, 3).item.position == 1
    second = go(learner, first, 2)
    assert go(learner, first, 3).item.position == 2
    assert second.item.position == 2
    assert [one.state for one in items_of(app, case)] == [State.CLOSED, State.OPEN, State.OPEN]


def test_a_jump_into_a_case_from_elsewhere_leads_to_its_first_open_part(app: App, learner: User):
    quiz = sit(learner)
    places = {one.question_id: one.position for one in items_of(app, quiz)}
    elsewhere = study.sheet(learner, quiz, places["frog"])
    first = go(learner, elsewhere, places["walk.3"])
    assert first.question.id == "walk.1"

    assert go(learner, first, places["frog"]).question.id == "frog"
    assert go(learner, elsewhere, places["walk.2"]).question.id == "walk.1"
    assert {one.state for one in items_of(app, quiz)} == {State.OPEN}
