"""What a form must show for a model: one control for each of its fields, the first ones and the folded ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from quizlib.model.base import Upfront

LINE = 400


class Control(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    YES = "yes"
    ONE_OF = "one of"
    NUMBER = "number"
    LINES = "lines"
    WORTHS = "worths"
    ROWS = "rows"
    NAMED = "named"


@dataclass(frozen=True)
class Field:
    """One field of a form.

    `values` are what can be chosen, `of` is the model of each row, and `fewest` and `most` say how many there may be.
    """

    name: str
    title: str
    control: Control
    folded: bool
    values: tuple[str, ...] = ()
    of: type[BaseModel] | None = None
    fewest: int = 0
    most: int = 0
    longest: int = 0
    default: Any = None


def fields_of(model: type[BaseModel], leave_out: frozenset[str] = frozenset()) -> list[Field]:
    """Give the fields of a model in its order, without those that the app fills in."""
    return [_field(name, info) for name, info in model.model_fields.items() if name not in leave_out]


def _field(name: str, info: FieldInfo) -> Field:
    control, of, values = _control(info.annotation, info)
    limits = {limit: value for one in info.metadata for limit, value in _limits(one)}
    folded = not info.is_required() and not any(isinstance(one, Upfront) for one in info.metadata)
    longest = limits.get("max_length", 0)
    if control is Control.TEXT and 0 < longest <= LINE:
        control = Control.LINE
    return Field(
        name,
        info.title or name.replace("_", " ").capitalize(),
        control,
        folded,
        values,
        of,
        limits.get("min_length", 0),
        longest,
        longest if control in (Control.LINE, Control.TEXT) else 0,
        None if info.is_required() else info.get_default(call_default_factory=True),
    )


def _control(annotation: Any, info: FieldInfo) -> tuple[Control, type[BaseModel] | None, tuple[str, ...]]:
    annotation = _bare(annotation, info)
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation is bool:
        return Control.YES, None, ()
    if annotation in (int, float):
        return Control.NUMBER, None, ()
    if origin is Literal:
        return Control.ONE_OF, None, tuple(map(str, inner))
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return Control.ONE_OF, None, tuple(one.value for one in annotation)
    if origin is tuple:
        row = _bare(inner[0], info)
        return (Control.ROWS, row, ()) if _is_model(row) else (Control.LINES, None, ())
    if origin is dict:
        row = _bare(inner[1], info)
        return (Control.NAMED, row, ()) if _is_model(row) else (Control.WORTHS, None, ())
    return Control.TEXT, None, ()


def _bare(annotation: Any, info: FieldInfo) -> Any:
    """Take off what only says more about a type, and gather it with the field."""
    while True:
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            annotation = inner[0]
        elif origin in (Union, UnionType) and NoneType in inner:
            annotation = next(one for one in inner if one is not NoneType)
        else:
            return annotation


def _limits(one: Any) -> Iterator[tuple[str, int]]:
    for limit in ("min_length", "max_length"):
        value = getattr(one, limit, None)
        if isinstance(value, int):
            yield limit, value


def _is_model(row: Any) -> bool:
    return isinstance(row, type) and issubclass(row, BaseModel)
