"""Classes, who is in them, and what they are given to do."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from quizlib.model.attempt import Behaviour, Filter
from quizlib.model.base import Value
from quizlib.model.person import Role


class Counts(StrEnum):
    """Which of several attempts counts."""

    BEST = "best"
    FIRST = "first"
    LAST = "last"


class Tells(StrEnum):
    """When a learner is told what was right in an assignment."""

    AT_ONCE = "at_once"
    AFTER_DUE = "after_due"
    BY_HAND = "by_hand"


class Class(Value):
    """A class; without a join code nobody new gets in. An invented one is there to look round in."""

    id: int
    name: str
    join_code: str | None
    made_at: datetime
    invented: bool = False


class Member(Value):
    """Somebody in a class; `extra_time` multiplies time limits, `account_made` says that it began with this class.

    `role` is what they are there; an instructor whose role was taken away since may do nothing (`instructs`).
    """

    user_id: int
    name: str
    sign_in_name: str | None = None
    role: Role
    joined_at: datetime
    extra_time: float = 1
    shares_practice: bool = False
    account_made: bool = False
    instructs: bool = False
    has_password: bool = True


class Terms(Value):
    """What an instructor sets for an assignment.

    `question_ids` is a fixed set; without it `number` questions are drawn from `filter`, the same for all or for each
    anew. `minutes` None is no time limit, `attempts_allowed` None as many as wanted.
    """

    title: str = Field(min_length=1, max_length=200)
    filter: Filter = Filter()
    question_ids: tuple[str, ...] | None = None
    number: int = Field(default=10, ge=1, le=200)
    same_for_all: bool = True
    behaviour: Behaviour = Behaviour.PRACTICE
    opens_at: datetime | None = None
    due_at: datetime | None = None
    minutes: float | None = Field(default=None, gt=0, le=300)
    attempts_allowed: int | None = Field(default=None, ge=1, le=100)
    counts: Counts = Counts.BEST
    tells: Tells = Tells.AT_ONCE


class Assignment(Terms):
    """An assignment as it is stored."""

    id: int
    class_id: int
    seed: int
    told_at: datetime | None = None
    withdrawn_at: datetime | None = None

    def told(self, now: datetime) -> bool:
        """Tell whether learners may see what was right, once they have finished."""
        match self.tells:
            case Tells.AT_ONCE:
                return True
            case Tells.AFTER_DUE:
                return self.told_at is not None or (self.due_at is not None and now >= self.due_at)
            case Tells.BY_HAND:
                return self.told_at is not None

    def open(self, now: datetime) -> bool:
        """Tell whether an attempt may be begun now."""
        return (
            self.withdrawn_at is None
            and (self.opens_at is None or now >= self.opens_at)
            and (self.due_at is None or now < self.due_at)
        )
