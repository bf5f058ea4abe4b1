"""What is said of answers: first answers of learners, and nobody else's."""

import threading
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from makers import Clock, place_of
from services.classes.people import add

from quizlib.errors import DatabaseProblem, NotAllowed, NotFound
from quizlib.model.person import Role, User
from quizlib.services.analysis import questions
from quizlib.services.analysis.figures import Series
from quizlib.services.app import App
from quizlib.services.authoring import shelf, statistics
from quizlib.services.authoring.shelf import Search
from quizlib.services.people import accounts
from quizlib.services.quizzes import study
from quizlib.store.content import statistics as rows
from quizlib.store.tables import question_statistics

NUMBERS = count()


def answer(actor: User, *texts: str, question_id: str = "frog") -> None:
    """Answer a question, once in each of so many quizzes."""
    for text in texts:
        quiz = study.start_fixed(actor, [question_id])
        shown = study.sheet(actor, quiz)
        study.answer(actor, quiz, shown.item.id, place_of(shown, text), seen=0)


def shown(actor: User, question_id: str = "frog") -> tuple[int, float | None]:
    """Give what the list says of a question."""
    row = next(one for one in shelf.find(actor, Search()).rows if one.id == question_id)
    return row.answers, row.share


def wait() -> None:
    """Wait until nobody counts in the background."""
    for one in threading.enumerate():
        if one.name == "statistics":
            one.join(20)


def test_the_first_answer_of_each_learner_counts(app: App, teacher: User, ann: User, clock: Clock):
    ben = add(app, "Ben Toad")
    answer(ann, "toad", "frog", "frog")
    answer(ben, "frog")

    statistics.refresh(app)

    assert shown(teacher) == (2, 0.5)
    live = questions.of(teacher, "frog")
    assert (live.answers, [one.figures.facility for one in live.series]) == (2, [0.5])


def test_whoever_instructs_counts_never(app: App, teacher: User, ann: User):
    app.settings = replace(app.settings, sign_in="accounts")
    answer(teacher, "toad")
    answer(ann, "frog")
    assert questions.of(teacher, "frog").answers == 1

    accounts.set_roles(ann, [Role.INSTRUCTOR])
    statistics.refresh(app)

    assert shown(teacher) == (0, None)
    assert questions.of(teacher, "frog") == questions.QuestionAnalysis(0, ())


def test_without_sign_in_the_one_person_learns_as_well(app: App, teacher: User):
    answer(teacher, "toad")

    assert questions.of(teacher, "frog").answers == 1


def test_the_list_says_as_of_when_and_counts_again_after_a_while(app: App, teacher: User, ann: User, clock: Clock):
    first = statistics.state(teacher)
    wait()
    assert (first.as_of, first.counting) == (None, True)
    counted_at = clock()
    answer(ann, "frog")

    clock.move(minutes=9)
    assert statistics.state(teacher) == statistics.State(counted_at, counting=False)
    assert shown(teacher) == (0, None)

    clock.move(minutes=2)
    assert statistics.state(teacher) == statistics.State(counted_at, counting=True)
    wait()
    assert statistics.state(teacher).as_of == counted_at + timedelta(minutes=11)
    assert shown(teacher) == (1, 1.0)


def test_one_process_counts_once_at_a_time(app: App, teacher: User, monkeypatch: pytest.MonkeyPatch):
    counted, may_end = [], threading.Event()

    def slowly(_app: App, **_how: bool) -> None:
        counted.append(1)
        may_end.wait(20)

    monkeypatch.setattr(statistics, "refresh", slowly)
    for _ in range(5):
        assert statistics.state(teacher).counting
    may_end.set()
    wait()

    assert len(counted) == 1


def test_a_database_that_is_away_is_tried_again_later(app: App, teacher: User, monkeypatch: pytest.MonkeyPatch):
    def away(_app: App, **_how: bool) -> None:
        raise DatabaseProblem("Away.")

    with monkeypatch.context() as patched:
        patched.setattr(statistics, "refresh", away)
        statistics.state(teacher)
        wait()
    assert statistics.state(teacher) == statistics.State(None, counting=True)
    wait()
    assert statistics.state(teacher).as_of is not None


def test_learners_answer_while_it_counts(app: App, teacher: User, ann: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(statistics, "BATCH", 1)
    store, stored = rows.store, []

    def answered_meanwhile(connection: sa.Connection, *what: object) -> None:
        store(connection, *what)  # type: ignore[arg-type]
        stored.append(1)

    monkeypatch.setattr(rows, "store", answered_meanwhile)
    counting = threading.Thread(target=statistics.refresh, args=(app,))
    counting.start()
    answer(ann, "frog", "toad", "newt")
    counting.join(20)

    assert len(stored) == 4
    statistics.refresh(app)
    assert shown(teacher) == (1, 1.0)


def test_what_has_not_changed_is_not_written_again(app: App, teacher: User, monkeypatch: pytest.MonkeyPatch):
    statistics.refresh(app)
    written: list[object] = []
    monkeypatch.setattr(rows, "store", lambda _, counted, __: written.extend(counted))

    statistics.refresh(app)

    assert written == []


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=6)
@given(given_=st.lists(st.sampled_from(["frog", "toad", "newt"]), min_size=1, max_size=3))
def test_the_cache_says_what_is_counted_live(app: App, teacher: User, given_: list[str]):
    answer(add(app, f"Student {next(NUMBERS)}"), *given_)

    statistics.refresh(app)

    live = questions.of(teacher, "frog")
    assert shown(teacher) == (live.answers, live.series[0].figures.facility)
    with app.database.read() as connection:
        kept = rows.read_figures(connection, "frog")
    assert kept is not None
    assert tuple(Series.model_validate(one) for one in kept.figures) == live.series
    with app.database.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(question_statistics)) == 4


def test_only_instructors_are_told(app: App, ann: User, teacher: User):
    with pytest.raises(NotAllowed):
        questions.of(ann, "frog")
    with pytest.raises(NotAllowed):
        statistics.state(ann)
    with pytest.raises(NotFound):
        questions.of(teacher, "unicorn")
