"""What instructors do with questions, and learners with their mistakes in them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from quizlib.model.base import Value

Json = dict[str, Any]


class Status(StrEnum):
    """Whether learners are asked a question."""

    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"


class Origin(StrEnum):
    """Where a question came from."""

    FILE = "file"
    BROWSER = "browser"
    IMPORT = "import"


class Judgement(StrEnum):
    """What an instructor thinks of a version."""

    APPROVE = "approve"
    CHANGE = "change"


class About(StrEnum):
    """What a learner says is wrong with a question."""

    KEY = "key"
    UNCLEAR = "unclear"
    TYPO = "typo"
    SOURCE = "source"
    OTHER = "other"


class Tidings(StrEnum):
    """What a notice tells."""

    MARKED_AGAIN = "marked_again"
    MARKED_BACK = "marked_back"
    REPLY = "reply"


class Draft(Value):
    """Work on a question that is not a version yet: its content as in a file, sound or not.

    `question_id` is None for a question that does not exist yet, and `version_id` is the one the work began from.
    `seq` counts the times it was kept.
    """

    id: int
    user_id: int
    question_id: str | None
    version_id: int | None
    topic: str
    content: Json
    seq: int
    changed_at: datetime


class Verdict(Value):
    """An instructor's judgement of a version."""

    version_id: int
    user_id: int
    name: str
    judgement: Judgement
    comment: str
    at: datetime


class Approval(Value):
    """By whom and when a version was approved."""

    name: str
    at: datetime


class Complaint(Value):
    """A learner's report that something is wrong with a question, and what was answered."""

    id: int
    user_id: int
    item_id: int
    question_id: str
    version_id: int
    about: About
    text: str
    at: datetime
    closed_at: datetime | None = None
    reply: str | None = None


class Covered(Value):
    """A version whose answers a decision is about, and what they were graded by before: None is its own key."""

    version_id: int
    graded_by: int | None = None
    rescoring_id: int | None = None


class Rescoring(Value):
    """A decision to mark past answers by the key of a version, or to undo such a decision.

    `answers` it has marked, `changed` of them are worth something else since, `learners` gave those. `name` is of whom
    decided, `number` that of the version.
    """

    id: int
    question_id: str
    version_id: int
    number: int
    undoes_id: int | None
    reason: str
    made_by: int
    name: str
    made_at: datetime
    covers: tuple[Covered, ...]
    answers: int
    changed: int
    learners: int


class MarkedAgain(Value):
    """When an answer was marked again, and why."""

    at: datetime
    reason: str


class Notice(Value):
    """What a person finds on the home page until they put it away.

    `text` is the reason for marking again, or the answer to a complaint; `stem` is what the question asks by now.
    """

    id: int
    about: Tidings
    question_id: str
    attempt_id: int | None
    stem: str
    text: str
    at: datetime
