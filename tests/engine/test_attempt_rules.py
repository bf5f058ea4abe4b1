"""The state machine of an item: which action makes which step."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import NOON, attempt, item, question

from quizlib.engine.attempt import LONGEST_MS, after, apply, replay
from quizlib.engine.behaviour import visible
from quizlib.model.attempt import Action, Confidence, Item, State, Step

FROG, TOAD = {"chosen": [0]}, {"chosen": [1]}
JUMPING = question()


def act(at: Item, action: Action, **more: Any) -> Step | None:
    if action is Action.SUBMIT:
        more = {"question": JUMPING, "response": FROG, **more}
    return apply(at, action, **{"now": NOON, "actor_id": 1, **more})


def done(at: Item, *actions: Action) -> Item:
    for action in actions:
        step = act(at, action)
        at = at if step is None else after(at, step)
    return at


SUBMIT, SKIP, FLAG, UNFLAG = Action.SUBMIT, Action.SKIP, Action.FLAG, Action.UNFLAG


@pytest.mark.parametrize(
    ("before", "action", "state"),
    [
        ([], SUBMIT, State.ANSWERED),
        ([SKIP], SUBMIT, State.ANSWERED),
        ([FLAG], SUBMIT, State.ANSWERED),
        ([SUBMIT], SUBMIT, None),
        ([], SKIP, State.SKIPPED),
        ([SKIP], SKIP, None),
        ([SUBMIT], SKIP, None),
        ([], FLAG, State.OPEN),
        ([SKIP], FLAG, State.SKIPPED),
        ([SUBMIT], FLAG, State.ANSWERED),
        ([FLAG], FLAG, None),
        ([], UNFLAG, None),
        ([FLAG], UNFLAG, State.OPEN),
        ([SUBMIT, FLAG], UNFLAG, State.ANSWERED),
        ([FLAG, UNFLAG], UNFLAG, None),
    ],
    ids=lambda given: " ".join(map(str, given)) if isinstance(given, list) else str(given),
)
def test_rule(before: list[Action], action: Action, state: State | None):
    step = act(done(item(), *before), action)

    assert state == (step and step.state)
    assert step is None or step.seq == len(before) + 1


@pytest.mark.parametrize(("response", "fraction"), [(FROG, 1), (TOAD, 0)])
def test_a_submit_records_what_was_given_and_what_it_was_worth(response: dict[str, Any], fraction: float):
    step = act(item(), SUBMIT, response=response, confidence=Confidence.SURE, elapsed_ms=2500)

    assert step == Step(
        seq=1,
        action=SUBMIT,
        at=NOON,
        actor_id=1,
        state=State.ANSWERED,
        response=response,
        confidence=Confidence.SURE,
        fraction=fraction,
        elapsed_ms=2500,
    )


def test_after_a_submit_the_item_holds_the_answer():
    answered = done(item(), FLAG, SUBMIT)

    assert (answered.response, answered.fraction, answered.answered_at) == (FROG, 1, NOON)
    assert answered.flagged
    assert answered.seq == 2


@pytest.mark.parametrize(("told", "kept"), [(-5, 0), (0, 0), (2500, 2500), (10**15, LONGEST_MS), (None, None)])
def test_a_browser_that_measures_nonsense_is_kept_within_a_day(told: int | None, kept: int | None):
    step = act(item(), SUBMIT, elapsed_ms=told)

    assert step is not None
    assert step.elapsed_ms == kept


@pytest.mark.parametrize("missing", ["question", "response"])
def test_a_submit_without_question_or_response_is_a_mistake_of_ours(missing: str):
    with pytest.raises(ValueError, match="needs its question and a response"):
        act(item(), SUBMIT, **{missing: None})


@pytest.mark.parametrize("action", [SKIP, FLAG])
def test_skipping_and_flagging_leave_the_answer_alone(action: Action):
    changed = done(item(), action)

    assert (changed.response, changed.fraction, changed.confidence, changed.answered_at) == (None, None, None, None)


actions = st.lists(st.tuples(st.sampled_from(Action), st.sampled_from([FROG, TOAD]), st.integers(-60, 60)), max_size=12)


@given(actions)
def test_whatever_a_learner_does_replaying_the_steps_gives_the_item_as_it_stands(
    wanted: list[tuple[Action, dict[str, Any], int]],
):
    now, at, steps = NOON, item(), []
    for action, response, minutes in wanted:
        now += timedelta(minutes=minutes)
        step = act(at, action, now=now, **({"response": response} if action is SUBMIT else {}))
        if step is not None:
            at, steps = after(at, step), [*steps, step]
    damaged = at.model_copy(update={"state": State.SKIPPED, "flagged": not at.flagged, "fraction": 0.3, "seq": 99})

    assert at == replay(damaged, steps)
    assert [step.seq for step in steps] == list(range(1, len(steps) + 1))
    submits = [step for step in steps if step.action is SUBMIT]
    assert len(submits) == any(action is SUBMIT for action, _, _ in wanted)
    assert (at.state is State.ANSWERED) == bool(submits)
    first = next((response for action, response, _ in wanted if action is SUBMIT), None)
    assert at.response == first


def test_feedback_is_shown_of_what_is_answered_and_of_everything_after_the_end():
    practice = attempt().behaviour

    assert not visible(item(), practice, finished=False).feedback
    assert not visible(done(item(), SKIP), practice, finished=False).feedback
    assert visible(done(item(), SUBMIT), practice, finished=False).feedback
    assert visible(item(), practice, finished=True).feedback
