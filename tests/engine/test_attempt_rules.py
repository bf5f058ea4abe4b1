"""The state machine of an item: which action makes which step."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import NOON, attempt, frog_options, item, question

from quizlib.engine.attempt import LONGEST_MS, Key, after, apply, fraction_of, replay, rescore
from quizlib.engine.behaviour import visible
from quizlib.model.attempt import Action, Behaviour, Confidence, Item, State, Step

FROG, TOAD = {"chosen": [0]}, {"chosen": [1]}
JUMPING = question()


def act(at: Item, action: Action, **more: Any) -> Step | None:
    if action is Action.SUBMIT:
        more = {"question": JUMPING, "response": FROG, **more}
    if action is Action.SAVE:
        more = {"response": FROG, **more}
    return apply(at, action, **{"now": NOON, "actor_id": 1, **more})


def done(at: Item, *actions: Action) -> Item:
    for action in actions:
        step = act(at, action)
        at = at if step is None else after(at, step)
    return at


SUBMIT, SKIP, FLAG, UNFLAG = Action.SUBMIT, Action.SKIP, Action.FLAG, Action.UNFLAG
SAVE, CLOSE = Action.SAVE, Action.CLOSE


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
        ([], SAVE, State.SAVED),
        ([FLAG], SAVE, State.SAVED),
        ([SAVE], SAVE, None),
        ([SKIP], SAVE, None),
        ([CLOSE], SAVE, None),
        ([SUBMIT], SAVE, None),
        ([SAVE], SUBMIT, State.ANSWERED),
        ([SAVE], SKIP, None),
        ([SAVE], FLAG, State.SAVED),
        ([], CLOSE, State.CLOSED),
        ([SAVE], CLOSE, State.CLOSED),
        ([SAVE, CLOSE], CLOSE, None),
        ([SKIP], CLOSE, None),
        ([SUBMIT], CLOSE, None),
        ([CLOSE], SKIP, None),
        ([CLOSE], FLAG, State.CLOSED),
        ([SAVE, CLOSE], SUBMIT, State.ANSWERED),
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


def test_a_save_takes_the_place_of_the_one_before_and_is_worth_nothing_yet():
    saved = done(item(), SAVE)
    step = act(saved, SAVE, response=TOAD)
    assert step is not None
    again = after(saved, step)

    assert step == Step(seq=2, action=SAVE, at=NOON, actor_id=1, state=State.SAVED, response=TOAD)
    assert (saved.response, again.response) == (FROG, TOAD)
    assert (again.fraction, again.answered_at) == (None, None)


def test_a_save_without_response_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="needs a response"):
        act(item(), SAVE, response=None)


def test_closing_keeps_what_was_saved():
    closed = done(item(), SAVE, CLOSE)

    assert (closed.response, closed.fraction, closed.answered_at) == (FROG, None, None)


@pytest.mark.parametrize("action", [SKIP, FLAG, CLOSE])
def test_skipping_flagging_and_closing_leave_the_answer_alone(action: Action):
    changed = done(item(), action)

    assert (changed.response, changed.fraction, changed.confidence, changed.answered_at) == (None, None, None, None)


def held_after(wanted: list[tuple[Action, dict[str, Any], int]]) -> dict[str, Any] | None:
    """Give the response that an item holds in the end: that of the first submit, else that of the last save.

    A save counts until the item was skipped or closed; what was saved cannot be skipped.
    """
    held, state = None, State.OPEN
    for action, response, _ in wanted:
        match action, state:
            case Action.SUBMIT, _:
                return response
            case Action.SAVE, State.OPEN | State.SAVED:
                held, state = response, State.SAVED
            case Action.CLOSE, State.OPEN | State.SAVED:
                state = State.CLOSED
            case Action.SKIP, State.OPEN:
                state = State.SKIPPED
    return held


actions = st.lists(st.tuples(st.sampled_from(Action), st.sampled_from([FROG, TOAD]), st.integers(-60, 60)), max_size=12)


@given(actions)
def test_whatever_a_learner_does_replaying_the_steps_gives_the_item_as_it_stands(
    wanted: list[tuple[Action, dict[str, Any], int]],
):
    now, at, steps = NOON, item(), []
    for action, response, minutes in wanted:
        now += timedelta(minutes=minutes)
        step = act(at, action, now=now, **({"response": response} if action in (SUBMIT, SAVE) else {}))
        if step is not None:
            at, steps = after(at, step), [*steps, step]
    damaged = at.model_copy(update={"state": State.SKIPPED, "flagged": not at.flagged, "fraction": 0.3, "seq": 99})

    assert at == replay(damaged, steps)
    assert [step.seq for step in steps] == list(range(1, len(steps) + 1))
    submits = [step for step in steps if step.action is SUBMIT]
    assert len(submits) == any(action is SUBMIT for action, _, _ in wanted)
    assert (at.state is State.ANSWERED) == bool(submits)
    assert at.response == held_after(wanted)


TOADS = Key(2, question(options=frog_options("toad")))


@pytest.mark.parametrize(("response", "fraction"), [(FROG, 0), (TOAD, 1)])
def test_a_submit_is_graded_by_the_corrected_key_and_says_so(response: dict[str, Any], fraction: float):
    step = act(item(), SUBMIT, response=response, key=TOADS)
    assert step is not None

    assert (step.fraction, step.graded_by) == (fraction, 2)
    assert fraction_of(JUMPING, response, TOADS) == fraction == 1 - fraction_of(JUMPING, response, None)
    assert (after(item(), step).fraction, after(item(), step).graded_by) == (fraction, 2)


@pytest.mark.parametrize("before", [[SUBMIT], [SKIP, FLAG, SUBMIT], [SUBMIT, FLAG]], ids=str)
def test_marking_again_changes_what_an_answer_is_worth_and_nothing_else(before: list[Action]):
    answered = done(item(), *before)
    later = NOON + timedelta(days=1)
    step = rescore(answered.seq + 1, 0.25, 2, now=later, actor_id=9, rescoring_id=3)
    changed = {"seq": answered.seq + 1, "fraction": 0.25, "graded_by": 2}

    assert (step.action, step.at, step.actor_id, step.rescoring_id) == (Action.RESCORE, later, 9, 3)
    assert after(answered, step) == answered.model_copy(update=changed)
    back = rescore(answered.seq + 2, 1, None, now=later, actor_id=9, rescoring_id=4)
    assert after(after(answered, step), back) == answered.model_copy(update={"seq": answered.seq + 2})


def test_what_was_marked_again_takes_no_second_answer_and_can_be_flagged():
    answered = done(item(), SUBMIT)
    marked = after(answered, rescore(2, 0, 2, now=NOON, actor_id=9, rescoring_id=3))

    assert act(marked, SUBMIT, response=TOAD) is None
    assert done(marked, FLAG).flagged


@given(st.lists(st.sampled_from([FLAG, UNFLAG, SKIP, Action.RESCORE, SUBMIT]), max_size=8))
def test_replaying_the_steps_gives_the_item_also_where_it_was_marked_again(wanted: list[Action]):
    at, steps = item(), []
    for number, action in enumerate(wanted):
        step = act(at, action)
        if action is Action.RESCORE and at.state is State.ANSWERED:
            by = number % 3 or None
            step = rescore(at.seq + 1, number / 10, by, now=NOON, actor_id=9, rescoring_id=number)
        if step is not None:
            at, steps = after(at, step), [*steps, step]

    assert at == replay(item(), steps)


def test_feedback_is_shown_of_what_is_answered_and_of_everything_after_the_end():
    practice = attempt().behaviour

    assert not visible(item(), practice, finished=False).feedback
    assert not visible(done(item(), SKIP), practice, finished=False).feedback
    assert visible(done(item(), SUBMIT), practice, finished=False).feedback
    assert visible(item(), practice, finished=True).feedback


@pytest.mark.parametrize("before", [[], [SAVE], [SAVE, CLOSE], [SAVE, SUBMIT]], ids=str)
def test_in_an_exam_nothing_is_shown_before_the_end(before: list[Action]):
    assert not visible(done(item(), *before), Behaviour.EXAM, finished=False).feedback
    assert visible(done(item(), *before), Behaviour.EXAM, finished=True).feedback
