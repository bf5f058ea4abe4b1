"""Which options the key of a pasted question names."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_ONE = r"(?:(?:option|choice|answer)s? )?[(\[]?(?P<{}>[A-Za-z]|\d{{1,2}})(?![\w'’°%])[)\]]?"
_FIRST = re.compile(r"[\"“”'*_ ]*" + _ONE.format("mark") + r"[\"“”'*_]*", re.I)
_NEXT = re.compile(r" ?(?:,? and|,? or|[,;&/+])[ ]?[*_]*" + _ONE.format("mark") + r"[*_]*", re.I)
_PAIRED = re.compile(r" ?(?:[-–—=]|→|->) ?[A-Za-z\d](?!\w)")  # "1-a, 2-b": what goes with what, not what is right
_QUOTES = "\"“”'‘’*_. "


class Key(NamedTuple):
    """The options that a key names, by place, and what it says besides."""

    places: tuple[int, ...]
    besides: str = ""


def key_of(said: str, marks: Sequence[str], texts: Sequence[str]) -> Key:
    """Read a key that names options by letter, number or text; one that names none has no places."""
    folded = [_folded(text) for text in texts]
    if _folded(said) in folded:
        return Key((folded.index(_folded(said)),))
    letters = said.strip(_QUOTES)
    names = [mark if mark.isalnum() else str(place) for place, mark in enumerate(marks, start=1)]
    if 1 < len(letters) <= len(names) and letters.isupper() and list(letters) == sorted(set(letters) & set(names)):
        return Key(tuple(names.index(letter) for letter in letters))
    by_letter = _by_letter(said, names, folded)
    if by_letter is not None:
        return by_letter
    for divider in (";", ",", " and ", "/"):
        parts = [_folded(part) for part in said.split(divider) if _folded(part)]
        if len(parts) > 1 and all(part in folded for part in parts):
            return Key(tuple(sorted({folded.index(part) for part in parts})))
    return Key((), said)


def _by_letter(said: str, names: Sequence[str], folded: Sequence[str]) -> Key | None:
    found = _FIRST.match(said)
    if not found or found["mark"].upper() not in names:
        return None
    places = [names.index(found["mark"].upper())]
    end = found.end()
    while (another := _NEXT.match(said, end)) and another["mark"].upper() in names:
        places.append(names.index(another["mark"].upper()))
        end = another.end()
    if _PAIRED.match(said, end):
        return None
    besides = said[end:].lstrip(" .):]-–—,*_").strip()
    article = len(places) == 1 and said[:1] in "aAiI" and said[1:2] == " " and besides[:1].islower()
    if article and _folded(besides) not in folded:
        return None  # "A root of the plexus": an answer in words
    if _folded(besides) in [folded[place] for place in places]:
        besides = ""
    return Key(tuple(sorted(set(places))), besides)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(_QUOTES)
