"""Who acts."""

from enum import StrEnum

from quizlib.model.base import Value


class Role(StrEnum):
    """What a person may do."""

    STUDENT = "student"
    INSTRUCTOR = "instructor"


class TextSize(StrEnum):
    """How large a person wants to read."""

    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


class Purpose(StrEnum):
    """What a one-time link is for."""

    PASSWORD = "password"  # noqa: S105 - the name of a purpose
    FIRST = "first"


class User(Value):
    """A person known to the app."""

    id: int
    name: str
    sign_in_name: str | None = None
    roles: frozenset[Role] = frozenset()
    time_zone: str = "UTC"
    asks_confidence: bool = False
    text_size: TextSize = TextSize.NORMAL
    shows_keys: bool = True

    @property
    def instructs(self) -> bool:
        """Whether this person is an instructor."""
        return Role.INSTRUCTOR in self.roles
