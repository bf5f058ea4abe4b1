"""What a learner does."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import Field

from quizlib.model.base import Value

Json = dict[str, Any]


class Behaviour(StrEnum):
    """When an answer is graded and what may be shown."""

    PRACTICE = "practice"
    EXAM = "exam"


class Plan(StrEnum):
    """How the questions of an attempt are chosen."""

    MIXED = "mixed"
    NEW = "new"
    MISTAKES = "mistakes"
    FLAGGED = "flagged"
    RANDOM = "random"
    FIXED = "fixed"


class Action(StrEnum):
    """What a step records."""

    SUBMIT = "submit"
    SAVE = "save"
    CLOSE = "close"
    SKIP = "skip"
    FLAG = "flag"
    UNFLAG = "unflag"
    RESCORE = "rescore"


class State(StrEnum):
    """Where an item stands after its last step."""

    OPEN = "open"
    SKIPPED = "skipped"
    SAVED = "saved"
    CLOSED = "closed"
    ANSWERED = "answered"


class Confidence(StrEnum):
    """How sure a learner was."""

    GUESS = "guess"
    THINK_SO = "think_so"
    SURE = "sure"


class Grade(Value):
    """A fraction from 0 to 1, with one line that says how it came about."""

    fraction: float = Field(ge=0, le=1)
    remark: str = ""

    @property
    def right(self) -> bool:
        """Whether everything is right."""
        return self.fraction >= 1

    @property
    def partly(self) -> bool:
        """Whether something is right, but not everything."""
        return 0 < self.fraction < 1


class Step(Value):
    """One recorded action on an item; steps are the only truth about learners.

    `graded_by` is the version by whose key the fraction was found, where that is not the item's own; a step that marks
    again names the decision to do so.
    """

    seq: int
    action: Action
    at: datetime
    actor_id: int
    state: State
    response: Json | None = None
    confidence: Confidence | None = None
    fraction: float | None = None
    elapsed_ms: int | None = None
    graded_by: int | None = None
    rescoring_id: int | None = None


class Item(Value):
    """One question version inside one attempt, with its option order; its state is that of its last step.

    `graded_by` is the version by whose key it was marked, where that is not its own.
    """

    id: int
    attempt_id: int
    position: int
    question_id: str
    version_id: int
    topic: str
    arrangement: tuple[int, ...] = ()
    seq: int = 0
    state: State = State.OPEN
    flagged: bool = False
    response: Json | None = None
    confidence: Confidence | None = None
    fraction: float | None = None
    answered_at: datetime | None = None
    graded_by: int | None = None
    elapsed_ms: int | None = None


class Place(NamedTuple):
    """An item as an overview shows it: where it is and where it stands."""

    item_id: int
    position: int
    state: State
    flagged: bool
    given: bool
    question_id: str = ""


class Filter(Value):
    """Which questions an attempt was drawn from; empty means all."""

    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class Attempt(Value):
    """One sitting of one learner."""

    id: int
    user_id: int
    plan: Plan
    behaviour: Behaviour
    filter: Filter
    seed: int
    asks_confidence: bool = False
    number: int | None = None
    started_at: datetime
    due_at: datetime | None = None
    finished_at: datetime | None = None
    assignment_id: int | None = None

    @property
    def endless(self) -> bool:
        """Whether questions go on until the learner ends the quiz."""
        return self.number == 0
