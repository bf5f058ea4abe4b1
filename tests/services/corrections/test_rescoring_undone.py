"""Marking again is taken back the same way: what it marked has the marks it had before."""

import pytest
import sqlalchemy as sa
from makers import Clock, question
from services.corrections.keys import WHY, answer, assert_whole, correct, give, item, marks, publish, steps

from quizlib.errors import NotAllowed, NotFound, Refused
from quizlib.model.attempt import Action
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.corrections import rescoring
from quizlib.services.corrections.rescoring import Report
from quizlib.services.maintenance import find_damage
from quizlib.services.quizzes import study
from quizlib.store.tables import items
from quizlib.store.tables import steps as step_rows

BACK = "It was the frog after all."


def decide(app: App, teacher: User, right: str) -> int:
    """Correct the key and mark past answers by it; give the decision."""
    done = rescoring.rescore(teacher, "frog", correct(app, right), WHY).rescoring_id
    assert done is not None
    return done


def test_undone_it_is_as_before_with_one_more_step(app: App, teacher: User, anns: int, bens: int, clock: Clock):
    before = item(app, anns), item(app, bens)
    decision = decide(app, teacher, "toad")
    clock.move(days=1)
    done = rescoring.undo(teacher, decision, BACK)

    assert done == Report(done.rescoring_id, answers=2, changed=2, up=1, down=1, learners=2)
    assert marks(app, anns, bens) == [1, 0]
    last = steps(app, anns)[-1]
    assert (last.seq, last.action, last.at, last.actor_id) == (3, Action.RESCORE, clock(), teacher.id)
    assert (last.fraction, last.graded_by, last.rescoring_id) == (1, None, done.rescoring_id)
    assert tuple(one.model_copy(update={"seq": 1}) for one in (item(app, anns), item(app, bens))) == before
    assert_whole(app)


def test_undone_twice_it_is_undone_once(app: App, teacher: User, anns: int, bens: int):
    decision = decide(app, teacher, "toad")
    first = rescoring.undo(teacher, decision, BACK)

    assert rescoring.undo(teacher, decision, BACK) == Report(first.rescoring_id)
    assert len(steps(app, anns)) == 3
    assert len(rescoring.history(teacher, "frog")) == 2


def test_answers_after_it_are_graded_as_they_would_have_been(
    app: App, teacher: User, ann: User, ben: User, anns: int, clock: Clock
):
    running = study.start_fixed(ann, ["frog"])
    decision = decide(app, teacher, "toad")
    answer(ann, running, "toad")
    direct = give(ben, "toad", clock=clock)
    assert marks(app, anns, running, direct) == [0, 1, 1]
    rescoring.undo(teacher, decision, BACK)

    assert marks(app, anns, running, direct) == [1, 0, 1]
    assert item(app, running).graded_by is None
    assert len(steps(app, direct)) == 1, "it was given to the new version itself"
    assert_whole(app)


def test_what_is_answered_after_it_was_undone_is_graded_by_its_own_key(app: App, teacher: User, ann: User, anns: int):
    running = study.start_fixed(ann, ["frog"])
    rescoring.undo(teacher, decide(app, teacher, "toad"), BACK)
    answer(ann, running, "frog")

    assert (item(app, running).fraction, item(app, running).graded_by) == (1, None)


def test_a_key_corrected_twice_and_undone_twice_ends_where_it_began(
    app: App, teacher: User, ben: User, anns: int, bens: int, clock: Clock
):
    newts = give(ben, "newt", clock=clock)
    every = anns, bens, newts
    first = decide(app, teacher, "toad")
    direct = give(ben, "toad", clock=clock)
    assert marks(app, *every, direct) == [0, 1, 0, 1]
    second = decide(app, teacher, "newt")
    assert marks(app, *every, direct) == [0, 0, 1, 0]
    with pytest.raises(Refused, match="Undo that first"):
        rescoring.undo(teacher, first, BACK)
    assert [one.can_be_undone for one in rescoring.history(teacher, "frog")] == [True, False]

    rescoring.undo(teacher, second, BACK)
    assert marks(app, *every, direct) == [0, 1, 0, 1]
    assert [one.can_be_undone for one in rescoring.history(teacher, "frog")] == [False, False, True]
    rescoring.undo(teacher, first, BACK)
    assert marks(app, *every, direct) == [1, 0, 0, 1]
    assert all(item(app, one).graded_by is None for one in every)
    assert_whole(app)


def test_once_undone_it_can_be_decided_again(app: App, teacher: User, anns: int):
    key = correct(app)
    first = rescoring.rescore(teacher, "frog", key, WHY)
    rescoring.undo(teacher, first.rescoring_id or 0, BACK)
    again = rescoring.rescore(teacher, "frog", key, WHY)

    assert again.rescoring_id not in (None, first.rescoring_id)
    assert marks(app, anns) == [0]
    rescoring.undo(teacher, again.rescoring_id or 0, BACK)
    assert marks(app, anns) == [1]


def test_a_version_whose_own_key_was_corrected_marks_nothing(app: App, teacher: User, anns: int):
    wrong = correct(app, "toad")
    decide(app, teacher, "newt")

    with pytest.raises(Refused, match="Version 2 was corrected itself"):
        rescoring.rescore(teacher, "frog", wrong, WHY)


def test_answers_to_other_words_are_taken_back_by_the_decision_that_took_them_in(
    app: App, teacher: User, ben: User, anns: int
):
    publish(app, question("frog", stem="Which one leaps?"))
    reworded = give(ben, "toad")
    key = correct(app, stem="Which one leaps?")
    narrow = rescoring.rescore(teacher, "frog", key, WHY).rescoring_id
    wide = rescoring.rescore(teacher, "frog", key, WHY, earlier_wordings=True).rescoring_id
    assert marks(app, anns, reworded) == [0, 1]

    rescoring.undo(teacher, narrow or 0, BACK)
    assert marks(app, anns, reworded) == [0, 0]
    rescoring.undo(teacher, wide or 0, BACK)
    assert marks(app, anns, reworded) == [1, 0]


def test_taking_back_cannot_be_taken_back(app: App, teacher: User, anns: int):
    undone = rescoring.undo(teacher, decide(app, teacher, "toad"), BACK).rescoring_id

    with pytest.raises(Refused, match="mark again by the right version"):
        rescoring.undo(teacher, undone or 0, BACK)


def test_taking_back_needs_a_reason_an_instructor_and_something_to_take_back(
    app: App, teacher: User, ann: User, anns: int
):
    decision = decide(app, teacher, "toad")
    with pytest.raises(Refused, match="Say why"):
        rescoring.undo(teacher, decision, " ")
    with pytest.raises(NotAllowed):
        rescoring.undo(ann, decision, BACK)
    with pytest.raises(NotFound, match="no such marking"):
        rescoring.undo(teacher, 999, BACK)
    assert marks(app, anns) == [0]


def test_the_history_says_who_when_why_and_how_far(app: App, teacher: User, anns: int, bens: int, clock: Clock):
    decision = decide(app, teacher, "toad")
    clock.move(days=1)
    rescoring.undo(teacher, decision, BACK)
    back, first = rescoring.history(teacher, "frog")

    assert (first.name, first.reason, first.version) == ("Ms Pond", WHY, 2)
    assert (first.answers, first.changed, first.learners) == (2, 2, 2)
    assert (first.undoes_id, first.undone, first.can_be_undone) == (None, True, False)
    assert (back.undoes_id, back.undone, back.can_be_undone) == (first.id, False, False)
    assert (back.at, back.reason) == (clock(), BACK)
    assert back.at > first.at
    assert rescoring.history(teacher, "heron") == []


def test_an_answer_that_escaped_a_decision_is_told_as_damage_until_it_is_marked(app: App, teacher: User, anns: int):
    version = correct(app, "toad")
    rescoring.rescore(teacher, "frog", version, WHY)
    with app.database.write() as connection:
        connection.execute(sa.delete(step_rows).where(step_rows.c.action == "rescore"))
        before = {"graded_by": None, "seq": 1, "fraction": 1.0}
        connection.execute(sa.update(items).where(items.c.attempt_id == anns).values(**before))

    assert "It is not marked by the key that was decided on." in {one.what for one in find_damage(app)}
    rescoring.rescore(teacher, "frog", version, WHY)

    assert_whole(app)
