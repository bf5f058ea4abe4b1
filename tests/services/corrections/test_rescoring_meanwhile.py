"""Others answer while past answers are marked again: none of them meets an error, and no answer keeps the old key."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from makers import Clock, on_postgres, place_of
from services.classes.people import add
from services.corrections.keys import WHY, assert_whole, correct, give, item, steps

from quizlib.engine import attempt as rules
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.corrections import rescoring
from quizlib.services.quizzes import study

LEARNERS, ROUNDS = 6, 4


@pytest.fixture
def crowd(app: App) -> list[User]:
    return [add(app, f"Learner {number}") for number in range(LEARNERS)]


def test_answers_flags_and_decisions_at_once_leave_everything_by_the_key_that_stands(
    app: App, teacher: User, crowd: list[User]
):
    quizzes: list[int] = []
    keys: list[int] = []
    done = threading.Event()

    def learn(actor: User) -> None:
        for number in range(100):
            if done.is_set() and number >= ROUNDS:
                return
            quiz = give(actor, ("frog", "toad", "newt")[number % 3])
            quizzes.append(quiz)
            for wanted in (True, False):
                study.flag(actor, quiz, item(app, quiz).id, wanted)

    def decide() -> None:
        for right in ("toad", "newt", "frog"):
            keys.append(correct(app, right))
            decision = rescoring.rescore(teacher, "frog", keys[-1], WHY).rescoring_id
            rescoring.undo(teacher, decision or 0, "Wait.")
            rescoring.rescore(teacher, "frog", keys[-1], WHY)
        done.set()

    with ThreadPoolExecutor(LEARNERS + 1) as pool:
        waiting = [pool.submit(decide), *(pool.submit(learn, actor) for actor in crowd)]
        for one in waiting:
            one.result()

    assert rescoring.preview(teacher, "frog", keys[-1]).answers == 0
    for quiz in quizzes:
        one = item(app, quiz)
        assert one.response is not None
        # the frog is right again, and every option keeps its place in the file
        assert one.fraction == float(one.response["chosen"] == [0])
    assert_whole(app)


@on_postgres
@pytest.mark.parametrize("when", ["before the decision is stored", "after"])
def test_an_answer_that_has_read_the_old_key_is_marked_again_as_soon_as_it_is_stored(
    app: App, teacher: User, ann: User, clock: Clock, when: str, monkeypatch: pytest.MonkeyPatch
):
    """On PostgreSQL an answer and a decision do not wait for each other; on SQLite one is over before the other."""
    shown = study.sheet(ann, study.start_fixed(ann, ["frog"]))
    key = correct(app)
    has_read, may_go_on = threading.Event(), threading.Event()
    honest: Callable[..., float] = rules.fraction_of

    def slow(*given: object) -> float:
        if threading.current_thread() is learner:
            has_read.set()
            assert may_go_on.wait(20)
        return honest(*given)

    monkeypatch.setattr(rules, "fraction_of", slow)
    given = place_of(shown, "frog")
    learner = threading.Thread(
        target=study.answer, args=(ann, shown.attempt.id, shown.item.id, given), kwargs={"seen": 0}
    )
    teaching = threading.Thread(target=rescoring.rescore, args=(teacher, "frog", key, WHY))
    learner.start()
    try:
        assert has_read.wait(20)
        if when == "after":
            teaching.start()
            while not rescoring.history(teacher, "frog"):
                time.sleep(0.02)
            assert teaching.is_alive(), "it waits for the answer that is under way"
    finally:
        may_go_on.set()
        learner.join()
    if when != "after":
        teaching.start()
    teaching.join()

    assert [step.graded_by for step in steps(app, shown.attempt.id)] == [None, key]
    assert item(app, shown.attempt.id).fraction == 0
    assert [one.answers for one in rescoring.history(teacher, "frog")] == [1]
    assert_whole(app)
