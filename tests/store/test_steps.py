"""Of two that race for the same step of an item, one gets it."""

import pytest
from makers import NOON, question

from quizlib.engine.attempt import after, apply
from quizlib.model.attempt import Action
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.quizzes import study
from quizlib.store.answers import attempts as rows
from quizlib.store.databases.database import Taken


def test_the_second_of_two_steps_with_the_same_number_is_refused(app: App, learner: User):
    item = study.sheet(learner, study.start(learner)).item
    flag = apply(item, Action.FLAG, now=NOON, actor_id=learner.id)
    submit = apply(item, Action.SUBMIT, now=NOON, actor_id=learner.id, question=question(), response={"chosen": [0]})
    assert flag
    assert submit
    with app.database.write() as connection:
        rows.add_step(connection, after(item, flag), flag)
    with pytest.raises(Taken), app.database.write() as connection:
        rows.add_step(connection, after(item, submit), submit)

    with app.database.read() as connection:
        assert rows.read_steps(connection, [item.id]) == {item.id: [flag]}
        assert rows.read_items(connection, item.attempt_id)[0] == after(item, flag)


def test_a_step_comes_back_as_it_was_stored(app: App, learner: User):
    item = study.sheet(learner, study.start(learner)).item
    step = apply(
        item,
        Action.SUBMIT,
        now=NOON,
        actor_id=learner.id,
        question=question(),
        response={"chosen": [1]},
        elapsed_ms=1200,
    )
    assert step
    with app.database.write() as connection:
        rows.add_step(connection, after(item, step), step)

    with app.database.read() as connection:
        assert rows.read_steps(connection, [item.id])[item.id] == [step]
        assert rows.read_items(connection, item.attempt_id)[0] == after(item, step)
