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


class Plan(StrEnum):
    """How the questions of an attempt are chosen."""

    RANDOM = "random"
    MISTAKES = "mistakes"
    FIXED = "fixed"


class Action(StrEnum):
    """What a step records."""

    SUBMIT = "submit"
    SKIP = "skip"
    FLAG = "flag"
    UNFLAG = "unflag"


class State(StrEnum):
    """Where an item stands after its last step."""

    OPEN = "open"
    SKIPPED = "skipped"
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
    """One recorded action on an item; steps are the only truth about learners."""

    seq: int
    action: Action
    at: datetime
    actor_id: int
    state: State
    response: Json | None = None
    confidence: Confidence | None = None
    fraction: float | None = None
    elapsed_ms: int | None = None


class Item(Value):
    """One question version inside one attempt, with its option order; its state is that of its last step."""

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


class Place(NamedTuple):
    """An item as an overview shows it: where it is and where it stands."""

    item_id: int
    position: int
    state: State
    flagged: bool


class Filter(Value):
    """Which questions an attempt was drawn from; empty means all."""

    topics: tuple[str, ...] = ()


class Attempt(Value):
    """One sitting of one learner."""

    id: int
    user_id: int
    plan: Plan
    behaviour: Behaviour
    filter: Filter
    seed: int
    asks_confidence: bool = False
    started_at: datetime
    finished_at: datetime | None = None
