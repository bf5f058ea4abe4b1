"""Pictures: what a question says about one, and what is stored of it."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from quizlib.model.base import Value

NAME = r"^[a-z0-9][a-z0-9._-]*\.(png|jpg|jpeg|webp)$"
LONGEST_NAME = 80
FEWEST_LETTERS = 10


def _named(name: str) -> str:
    if not re.match(NAME, name):
        raise ValueError(
            "A picture's name is lower-case letters, digits, dots and hyphens, and ends in .png, .jpg or .webp."
        )
    return name


def _told(description: str) -> str:
    if len(description) < FEWEST_LETTERS:
        raise ValueError("The picture is not described: say what whoever cannot see it needs to answer.")
    return description


class Picture(Value):
    """A picture that belongs to what is asked; the description stands for it where it cannot be seen."""

    file: Annotated[
        str,
        StringConstraints(max_length=LONGEST_NAME),
        AfterValidator(_named),
        Field(json_schema_extra={"pattern": NAME}),
    ]
    description: Annotated[
        str,
        StringConstraints(max_length=600),
        AfterValidator(_told),
        Field(json_schema_extra={"minLength": FEWEST_LETTERS}),
    ]


class PictureFile(Value):
    """The bytes of a picture under its name, with its media type and its size in pixels."""

    name: str
    type: str
    width: int
    height: int
    content_hash: str
    content: bytes
