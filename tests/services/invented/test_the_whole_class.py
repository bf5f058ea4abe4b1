"""Sixty students over three months with the real questions, as `quiz demo load` makes them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from makers import Clock, opened
from services.invented.invented import given, rows_of, sat

from quizlib.config import Settings
from quizlib.services import maintenance
from quizlib.services.analysis import questions
from quizlib.services.app import App, use
from quizlib.services.classes import classes
from quizlib.services.invented import loading
from quizlib.services.invented.loading import Loaded
from quizlib.services.invented.term import LONG
from quizlib.services.people.people import local_person
from quizlib.store.tables import complaints

QUESTIONS = Path(__file__).parents[3] / "questions"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    database = f"sqlite:///{tmp_path_factory.mktemp('whole') / 'quiz.db'}"
    with opened(Settings(database, QUESTIONS), Clock()) as one:
        use(one)
        yield one
        use(None)


@pytest.fixture(scope="module")
def whole(app: App) -> Loaded:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading.statistics, "refresh", lambda *_, **__: None)
        return loading.load(app, [local_person()])


def test_it_is_as_large_as_it_should_be(app: App, whole: Loaded):
    terms = given(app, whole.class_id)

    assert (whole.students, whole.assignments) == (60, 13)
    assert 20_000 <= whole.answers <= 25_000
    assert timedelta(days=80) < terms[-1].opens_at - terms[0].opens_at < timedelta(days=95)
    assert maintenance.find_damage(app) == []


def test_some_have_done_what_is_due_next_and_some_have_not_begun(app: App, whole: Loaded):
    newest = classes.view(local_person(), whole.class_id).progress[0]

    assert newest.done + newest.begun >= 10
    assert newest.not_begun >= 10


def test_they_learn_in_the_evening_and_on_sundays(app: App, whole: Loaded):
    begun = [one.started_at for one in sat(app)]
    days = [sum(at.weekday() == day for at in begun) for day in range(7)]

    assert max(days) == days[6]
    assert sum(at.hour >= 16 for at in begun) > len(begun) / 2
    assert sum(at.hour < 7 for at in begun) < len(begun) / 50


def test_one_question_looks_as_if_its_key_were_wrong(app: App, whole: Loaded):
    (reported,) = {one.question_id for one in rows_of(app, complaints)}
    (series,) = questions.of(local_person(), reported).series

    assert series.figures.n_rest >= 30
    assert series.figures.discrimination_index is not None
    assert series.figures.discrimination_index < 0


def test_pages_have_something_to_suggest(app: App, whole: Loaded):
    mock = next(one for one in given(app, whole.class_id) if one.number == LONG)
    found = {
        remark.sign
        for name in mock.drawn_ids
        for one in questions.of(local_person(), name).series
        for remark in one.figures.remarks
    }

    assert {"negative_discrimination", "complained_about", "unused_option"} <= found
