"""The ground of all values: frozen, and without unknown fields."""

from typing import Final

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Upfront:
    """Marks a field that has a default and is still among the first that a form shows; the others are folded."""


UPFRONT: Final = Upfront()
