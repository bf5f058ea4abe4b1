"""Frames say what was answered, the same on both databases."""

import pandas as pd
import pytest
from makers import Clock, place_of

from quizlib.model.attempt import Behaviour, Filter, Plan
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.quizzes import choosing, exam, study
from quizlib.services.quizzes.choosing import Choice
from quizlib.store import frames


@pytest.fixture
def quizzes(learner: User, clock: Clock) -> list[int]:
    """One quiz done with one mistake in four, one exam with nothing answered, and one that goes on."""
    done = choosing.start(learner, Choice(filter=Filter(), plan=Plan.RANDOM, number=4))
    for position, name in enumerate(("frog", "toad", "frog", "frog"), start=1):
        clock.move(seconds=10)
        shown = study.sheet(learner, done, position)
        study.answer(learner, done, shown.item.id, place_of(shown, name), seen=0, elapsed_ms=4_000)
    sat = choosing.start(learner, Choice(plan=Plan.RANDOM, number=2, behaviour=Behaviour.EXAM))
    exam_sheet = study.sheet(learner, sat, 1)
    exam.save(learner, sat, exam_sheet.item.id, place_of(exam_sheet, "frog"), seen=exam_sheet.item.seq)
    study.finish(learner, sat)
    going = choosing.start(learner, Choice(filter=Filter(topics=("pond",)), plan=Plan.RANDOM, number=3))
    clock.move(seconds=10)
    shown = study.sheet(learner, going, 1)
    study.answer(learner, going, shown.item.id, place_of(shown, "newt"), seen=0)
    return [done, sat, going]


def test_attempts_of_a_learner_have_their_counts_finished_or_not(app: App, learner: User, quizzes: list[int]):
    with app.database.read() as connection:
        found = frames.attempts_of_learner(connection, learner.id)

    assert list(found.attempt_id) == quizzes
    assert list(found.questions) == [4, 2, 3]
    assert list(found.answered) == [4, 1, 1]
    assert list(found.right) == [3, 1, 0]
    assert list(found.points) == [3.0, 1.0, 0.0]
    assert list(found.elapsed_ms.fillna(-1)) == [16_000, -1, -1]
    assert list(found.finished_at.isna()) == [False, False, True]
    assert str(found.started_at.dt.tz) == "UTC"
    assert found.started_at.is_monotonic_increasing


def test_topics_of_a_learner_add_up_to_the_attempts(app: App, learner: User, quizzes: list[int]):
    with app.database.read() as connection:
        by_topic = frames.topics_of_learner(connection, learner.id)
        whole = frames.attempts_of_learner(connection, learner.id)

    sums = by_topic.groupby("attempt_id")[["questions", "answered", "right", "points"]].sum().reset_index(drop=True)
    pd.testing.assert_frame_equal(sums, whole[["questions", "answered", "right", "points"]])
    assert set(by_topic.topic) == {"pond", "meadow"}


def test_answers_of_a_learner_are_in_the_order_they_were_given(app: App, learner: User, quizzes: list[int]):
    with app.database.read() as connection:
        found = frames.answers_of_learner(connection, learner.id)
        last = frames.answers_of_learner(connection, learner.id, attempt_ids=quizzes[2:])

    assert len(found) == 6
    assert found.answered_at.is_monotonic_increasing
    assert list(found["first"]).count(True) == 4
    assert found["first"].dtype == bool
    assert list(last.fraction) == [0.0]


def test_a_learner_without_answers_has_empty_frames_of_the_same_columns(app: App, learner: User):
    with app.database.read() as connection:
        nothing = frames.attempts_of_learner(connection, learner.id)

        assert list(nothing.columns)[-5:] == list(frames.COUNTS)
        assert nothing.empty
        assert frames.topics_of_learner(connection, learner.id).empty
        assert frames.answers_of_learner(connection, learner.id).empty
        assert frames.attempts_of_class(connection, 1).empty
        assert frames.topics_of_class(connection, 1).empty
        assert frames.items_of_assignment(connection, 1).empty
        assert frames.first_answers(connection, ["frog"]).empty
        assert frames.totals_of_learners(connection).empty


def test_first_answers_to_a_question_and_totals_agree(app: App, learner: User, quizzes: list[int]):
    with app.database.read() as connection:
        found = frames.first_answers(connection, ["frog", "heron", "newt"], of_everybody=True)
        totals = frames.totals_of_learners(connection, of_everybody=True)
        nobody = frames.totals_of_learners(connection)

    assert sorted(found.question_id) == ["frog", "heron", "newt"]
    assert list(totals.answered) == [4]
    assert totals.points[0] == pytest.approx(3.0)
    assert nobody.empty  # the one person of a laptop instructs as well
