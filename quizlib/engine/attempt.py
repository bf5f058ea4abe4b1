"""The state machine of an item: which action makes which step."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from quizlib.kinds import kind_of, read_by
from quizlib.model.attempt import Action, Confidence, Item, Json, State, Step
from quizlib.model.question import Question

LONGEST_MS = 24 * 3600 * 1000


class Key(NamedTuple):
    """The version by whose key answers to another one are graded, since it was corrected."""

    version_id: int
    question: Question


def apply(
    item: Item,
    action: Action,
    *,
    now: datetime,
    actor_id: int,
    question: Question | None = None,
    key: Key | None = None,
    response: Json | None = None,
    confidence: Confidence | None = None,
    elapsed_ms: int | None = None,
) -> Step | None:
    """Give the step that an action adds to an item, or None where it changes nothing.

    The same submit twice makes one step: an answered item takes no further answer. `key` is by whose key it is graded
    where that is not the question's own.
    """

    def step(state: State, **more: object) -> Step:
        return Step(seq=item.seq + 1, action=action, at=now, actor_id=actor_id, state=state, **more)

    match action:
        case Action.SUBMIT if item.state is not State.ANSWERED:
            if question is None or response is None:
                raise ValueError("a submit needs its question and a response")
            elapsed = None if elapsed_ms is None else min(max(elapsed_ms, 0), LONGEST_MS)
            return step(
                State.ANSWERED,
                response=response,
                confidence=confidence,
                fraction=fraction_of(question, response, key),
                elapsed_ms=elapsed,
                graded_by=key.version_id if key else None,
            )
        case Action.SAVE if item.state in (State.OPEN, State.SAVED):
            if response is None:
                raise ValueError("a save needs a response")
            return None if response == item.response else step(State.SAVED, response=response)
        case Action.CLOSE if item.state in (State.OPEN, State.SAVED):
            return step(State.CLOSED)
        case Action.SKIP if item.state is State.OPEN:
            return step(State.SKIPPED)
        case Action.FLAG if not item.flagged:
            return step(item.state)
        case Action.UNFLAG if item.flagged:
            return step(item.state)
    return None


def fraction_of(question: Question, response: Json, key: Key | None) -> float:
    """Grade a response to a question: by the corrected key where there is one."""
    judge = key.question if key else question
    return kind_of(judge).grade(judge.body, read_by(judge, question, response)).fraction


def rescore(
    seq: int, fraction: float, graded_by: int | None, *, now: datetime, actor_id: int, rescoring_id: int
) -> Step:
    """Give the step that marks an answered item again; what was answered, how sure and when stays as it was."""
    return Step(
        seq=seq,
        action=Action.RESCORE,
        at=now,
        actor_id=actor_id,
        state=State.ANSWERED,
        fraction=fraction,
        graded_by=graded_by,
        rescoring_id=rescoring_id,
    )


def later(now: datetime, before: datetime | None) -> datetime:
    """Give now, or the moment after `before`: a clock that jumps back must not reorder a learner's answers."""
    return now if before is None or now > before else before + timedelta(microseconds=1)


def after(item: Item, step: Step) -> Item:
    """Give the item as it stands after a step."""
    change: dict[str, object] = {"seq": step.seq, "state": step.state}
    match step.action:
        case Action.SUBMIT:
            change |= {
                "response": step.response,
                "confidence": step.confidence,
                "fraction": step.fraction,
                "answered_at": step.at,
                "graded_by": step.graded_by,
                "elapsed_ms": step.elapsed_ms,
            }
        case Action.RESCORE:
            change |= {"fraction": step.fraction, "graded_by": step.graded_by}
        case Action.SAVE:
            change["response"] = step.response
        case Action.FLAG | Action.UNFLAG:
            change["flagged"] = step.action is Action.FLAG
    return item.model_copy(update=change)


def replay(item: Item, steps: Iterable[Step]) -> Item:
    """Recompute an item's state from its steps alone."""
    blank = Item(
        id=item.id,
        attempt_id=item.attempt_id,
        position=item.position,
        question_id=item.question_id,
        version_id=item.version_id,
        topic=item.topic,
        arrangement=item.arrangement,
    )
    for step in steps:
        blank = after(blank, step)
    return blank
