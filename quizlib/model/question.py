"""What an author writes."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, SerializeAsAny, StringConstraints, model_validator

from quizlib.model.base import Value
from quizlib.model.picture import Picture

Text = Annotated[str, StringConstraints(min_length=1, max_length=8000)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$", max_length=80)]


class Level(StrEnum):
    """What the learner must do; operational definitions are in docs/authoring.md."""

    RECALL = "recall"
    APPLY = "apply"
    ANALYSE = "analyse"


class Urgency(StrEnum):
    """What applies in practice to the condition a question is about."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    SOON = "soon"
    ROUTINE = "routine"

    @property
    def alarming(self) -> bool:
        """Whether missing it could cost health or life."""
        return self in (Urgency.EMERGENCY, Urgency.URGENT)


class SourceRef(Value):
    """A pointer to what supports the key: a reference (or a row of references), or a document's section."""

    reference: str = ""
    document: str = ""
    section: str = ""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.reference) == bool(self.document):
            raise ValueError("A source is either `reference: KEY` or `{document: NAME, section: HEADING}`.")
        if self.document and not self.section:
            raise ValueError("A document needs the `section:` that supports the answer.")
        return self


class Body(Value):
    """What belongs to the kind of a question; each kind has its own.

    `filled` are the fields that the app fills in when it reads the bank: no file holds them.
    """

    filled: ClassVar[frozenset[str]] = frozenset()


class Question(Value):
    """One question as written: what is asked, what is right, and why."""

    id: Slug
    topic: Slug
    kind: str
    level: Level
    vignette: str = ""
    picture: Annotated[Picture | None, BeforeValidator(lambda value: value or None)] = None
    stem: Text
    body: SerializeAsAny[Body]
    takeaway: Text
    explanation: Text
    often_said: str = ""
    studies_show: str = ""
    corrects: str = ""
    action: Annotated[Urgency | None, BeforeValidator(lambda value: value or None)] = None
    sources: Annotated[tuple[SourceRef, ...], Field(min_length=1)]
    checked: date
    clinician: str = ""
    tags: tuple[Slug | Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]+$", max_length=40)], ...] = ()
    ideas: tuple[str, ...] = ()
    case: str = ""
    part: int = 0
    parts: int = 0
    discloses: str = ""
    waive: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _a_correction_has_both_sides(self) -> Self:
        if self.corrects and not (self.often_said and self.studies_show):
            raise ValueError("A question with `corrects:` says both `often_said:` and `studies_show:`.")
        return self
