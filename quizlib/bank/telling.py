"""What pydantic refuses, told as problems that an author can act on."""

import re
import unicodedata
from typing import Any, NamedTuple

from pydantic import ValidationError

from quizlib.bank.yaml_text import Located, Path
from quizlib.errors import Problem

GUIDE = "docs/authoring.md lists the fields."
NAMES: dict[Path, str] = {("id",): "file", ("topic",): "folder"}
NO_FIELDS = ("It holds no fields.", "Write `name: value` lines below it.")
# by pydantic's type of error; each way in which a date or a number is none has a type that begins alike
SENTENCES = {
    "missing": ("The field is missing.", "Add `{field}:`."),
    "extra_forbidden": ("There is no such field.", "Correct its name, or take it out; {guide}"),
    "string_too_short": ("The field is empty.", "Write it, or take the question out."),
    "string_too_long": ("It has more than {number} characters.", "Say it in fewer."),
    "string_type": ("It is not one text.", "Write one text, in quotes where it starts with a bracket or a brace."),
    "string_pattern_mismatch": ("It has characters that it cannot have.", "Use letters, digits and hyphens only."),
    "enum": ("{message}.", "Choose one of these."),
    "literal_error": ("{message}.", "Choose one of these."),
    "bool": ("It is neither true nor false.", "Write `true`, or leave the field out."),
    "date": ("It is not a date.", "Write it as 2026-11-21."),
    "float": ("It is not a number.", "Write it in digits with a point, such as 2.5."),
    "finite": ("It is not a number.", "Write it in digits with a point, such as 2.5."),
    "greater": ("It is too small.", "Write a larger number, or take the field out."),
    "int": ("It is not a whole number.", "Write it in digits, or leave the field out."),
    "tuple_type": ("It is not a list.", "Write each entry on a line of its own, after `- `."),
    "too_short": ("It is too short: at least {number} must stand here.", "Add what is missing."),
    "too_long": ("It is too long: at most {number} may stand here.", "Take some out."),
    "dict_type": NO_FIELDS,
    "model_type": NO_FIELDS,
}


class Refusal(NamedTuple):
    """One thing that pydantic refuses: the field, pydantic's type of error and its message, and what was given."""

    path: Path
    kind: str
    message: str
    given: Any


def refusals(error: ValidationError, within: Path = ()) -> list[Refusal]:
    """Give each error once, under the field that it is about; `within` leads to the fields in what was checked."""
    errors = [(_in_file(one["loc"][len(within) :]), one) for one in error.errors()]
    found = []
    for path, one in errors:
        # pydantic does not count the entries that it refuses
        if one["type"] == "too_short" and any(other != path == other[: len(path)] for other, _ in errors):
            continue
        message = one["msg"].removeprefix("Value error, ")
        named, colon, rest = message.partition(": ")
        if colon and not path and named.isidentifier():  # a rule over several fields names the field itself
            found.append(Refusal((named,), one["type"], rest[:1].upper() + rest[1:], one["input"]))
        else:
            found.append(Refusal(path, one["type"], message, one["input"]))
    return found


def told(error: ValidationError, where: str, located: Located, within: Path = (), guide: str = GUIDE) -> list[Problem]:
    """Tell each error with file, line and field.

    `within` leads to the file's content in what was checked; `guide` says where the fields can be looked up.
    """
    problems = [_problem(one, where, located, guide) for one in refusals(error, within)]
    return list(dict.fromkeys(problems))  # each branch of a union says the same


def _in_file(path: Path) -> Path:
    """Leave out the branches of a union, which pydantic names and no file has."""
    return tuple(part for part in path if part != "constrained-str")


def _problem(refused: Refusal, where: str, located: Located, guide: str) -> Problem:
    path = refused.path
    if path in NAMES:
        return _bad_name(where, NAMES[path], str(refused.given))
    field_name = ".".join(str(part) for part in path if isinstance(part, str))
    what, fix = _sentences(refused.kind, refused.message, field_name, guide)
    place = f"{where}:{located.line(path)}" + (f", {field_name}" if field_name else "")
    return Problem(place, what, fix)


def _bad_name(where: str, kept_in: str, name: str) -> Problem:
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    better = re.sub(r"[^a-z0-9]+", "-", plain)[:80].strip("-")
    to = f" to {better}{'.yaml' if kept_in == 'file' else ''}" if better else ""
    what = f"The {kept_in}'s name “{name}” cannot be an id."
    rule = "An id is lower-case letters, digits and hyphens, 80 at most."
    return Problem(f"{where}:1", what, f"{rule} Rename the {kept_in}{to}.")


def _sentences(kind: str, message: str, field_name: str, guide: str) -> tuple[str, str]:
    found = SENTENCES.get(kind) or SENTENCES.get(kind.partition("_")[0])
    if found is None:
        return message.rstrip(".") + ".", ""
    number = re.search(r"\d+", message)
    words = {
        "guide": guide,
        "field": field_name.split(".")[-1],
        "message": message.replace("Input", "It", 1),
        "number": number[0] if number else "",
    }
    what, fix = found
    return what.format(**words), fix.format(**words)
