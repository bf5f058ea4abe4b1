"""The shape of a form: what an empty one holds, and what of a filled one is kept."""

import unicodedata
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from quizlib.bank.yaml_text import DEEPEST, Path
from quizlib.kinds import KINDS
from quizlib.model.attempt import Json
from quizlib.model.question import Level, Question

ROWS = {"options": 4, "pairs": 3, "items": 4}
FEWEST_ROWS = 3
FIRST_GAP = "a"
# what has a place in an empty form though a question may do without
_OPTIONAL = ("answer", "unit", "correct")
_MODELS: list[type[BaseModel]] = [Question, *(kind.body for kind in KINDS.values())]
# fields that hold entries by name
_NAMED = {
    name for model in _MODELS for name, field in model.model_fields.items() if get_origin(field.annotation) is dict
}


def blank(kind_name: str) -> Json:
    """Give the content of an empty form for a type of question: what must be filled in, with rows to write into."""
    body = _blank_fields(KINDS[kind_name].body)
    level = next(iter(Level)).value
    if FIRST_GAP in body.get("gaps", {}):
        body["text"] = f"{{{FIRST_GAP}}}"
    common = {"kind": kind_name, "level": level, "stem": ""}
    return {**common, **body, "explanation": "", "takeaway": "", "sources": []}


def tidied(content: Json) -> Json:
    """Give the content without empty fields, empty rows, and what is so anyway.

    The entries of a list that is known by names, such as the gaps of a text, stay even if they are empty.
    """
    kept = _tidied_fields(content, 0)
    kind = KINDS.get(str(kept.get("kind")))
    fields = {**Question.model_fields, **(kind.body.model_fields if kind else {})}
    filled = kind.body.filled if kind else frozenset()
    return {
        name: value
        for name, value in kept.items()
        if name not in filled and not (name in fields and _is_default(value, fields[name].default))
    }


def in_form(content: Json, path: Path) -> Path:
    """Give the place in a content of what stands at a path of the tidied one, where empty rows are left out."""
    found: list[str | int] = []
    here: Any = content
    for part in path:
        place = part
        if isinstance(here, list | tuple) and isinstance(part, int):
            rows = [n for n, row in enumerate(here) if _kept(_tidied(row, len(found) + 1))]
            place = rows[part] if part < len(rows) else part
        found.append(place)
        try:
            here = here[place]
        except (LookupError, TypeError):
            here = None
    return tuple(found)


def reached(path: Path, content: Json, *, existing: bool = False) -> Path:
    """Give as much of a path as leads to a field of the content, or to one that is missing there."""
    here: Any = content
    for depth, part in enumerate(path):
        if not _has(here, part):
            is_field = isinstance(here, dict) and isinstance(part, str) and part != "[key]" and not existing
            return path[: depth + 1] if is_field else path[:depth]
        here = here[part]
    return path


def _has(here: Any, part: str | int) -> bool:
    if isinstance(here, dict):
        return part in here
    return isinstance(here, list) and isinstance(part, int) and 0 <= part < len(here)


def _tidied(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        return None
    if isinstance(value, str):
        return _tidied_text(value)
    if isinstance(value, dict):
        return _tidied_fields(value, depth)
    if isinstance(value, list | tuple):
        return [kept for one in value if _kept(kept := _tidied(one, depth + 1))]
    return value


def _tidied_fields(fields: Json, depth: int) -> Json:
    found = {}
    for name, value in fields.items():
        kept = _tidied(value, depth + 1)
        if depth == 0 and name in _NAMED and isinstance(kept, dict):
            kept = {entry: _tidied(one, depth + 2) for entry, one in value.items() if entry or _kept(one)}
        if _kept(kept):
            found[name] = kept
    return found


def _tidied_text(text: str) -> str:
    """Give a text with one kind of line end, without what no file and no database holds."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))
    return text.strip()


def _kept(value: Any) -> bool:
    if isinstance(value, bool | None):
        return value is True
    return isinstance(value, int | float) or bool(value)


def _is_default(value: Any, default: Any) -> bool:
    return default is not PydanticUndefined and type(value) is type(default) and bool(value == default)


def _blank_fields(model: type[BaseModel]) -> Json:
    fields = {}
    for name, field in model.model_fields.items():
        if field.is_required() or name in _OPTIONAL:
            fields[name] = _blank_field(name, field)
    return fields


def _blank_field(name: str, field: FieldInfo) -> Any:
    kind = _bare(field.annotation)
    inner = [_bare(one) for one in get_args(kind)]
    if get_origin(kind) is tuple:
        row = inner[0]
        return [_blank_fields(row) for _ in range(ROWS.get(name, FEWEST_ROWS))] if _is_model(row) else [""]
    if get_origin(kind) is dict:
        return {FIRST_GAP: _blank_entry(inner[1])}
    return False if kind is bool else ""


def _blank_entry(model: Any) -> Json:
    """Give an entry of which every field may be left out, such as a gap, with rows to choose from."""
    for name, field in model.model_fields.items():
        inner = [_bare(one) for one in get_args(_bare(field.annotation))]
        if inner and _is_model(inner[0]):
            return {name: [_blank_fields(inner[0]) for _ in range(FEWEST_ROWS)]}
    return {}


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
