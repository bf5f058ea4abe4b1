"""What stands in a field of a form ↔ what a draft holds."""

import math
import re
from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
# 1,500 may be a thousand and more, or one and a half
_BETWEEN_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(,\d{3})+")


def listed(value: Any) -> list[Any]:
    """Give what stands in a list; a draft may be older than the app and hold anything."""
    return value if isinstance(value, list) else []


def keyed(value: Any) -> Json:
    """Give what stands under names, likewise."""
    return value if isinstance(value, dict) else {}


def digits(value: Any) -> str:
    """Write a number as people do."""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def number(text: str) -> float | str | None:
    """Give a number, or what was written where it is none, or could be two: the check says so."""
    text = text.strip()
    if not text or _BETWEEN_THOUSANDS.fullmatch(text):
        return text or None
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        return text
    return found if math.isfinite(found) else text


def worths(known: Mapping[str, Any]) -> str:
    """Write names and what they are worth, one a line."""
    return "\n".join(f"{name} = {digits(one)}" for name, one in known.items())


def worth(line: str) -> tuple[str, Any]:
    """Read a line of a name and what it is worth."""
    name, _, said = line.partition("=")
    return name.strip(), number(said) if said.strip() else ""
