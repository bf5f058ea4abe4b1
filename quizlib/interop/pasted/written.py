"""A pasted question without options: a word to be written, a number, or gaps to be filled."""

import re
from typing import Any

_FIGURE = r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:[.,]\d+)?"
_UNIT = r"(?:%|°\s?[CF]?|[^\W\d][^\s\d,;]{0,11}|[µμ][a-zA-Z]{1,4})"
_NUMBER = re.compile(rf"(?:about |approximately |~ ?)?({_FIGURE})(?: ?(?:±|\+/-) ?({_FIGURE}))? ?({_UNIT})?\.?", re.I)
_RANGE = re.compile(rf"({_FIGURE}) ?(?:-|–|—|to) ?({_FIGURE}) ?({_UNIT})?\.?", re.I)
_HELD = re.compile(r"\[\[([^\[\]{}\n]{1,200})\]\]|\{([^{}\[\]=~\n]{1,200})\}")
_BLANK = re.compile(r"_{3,}|\.{5,}|…{2,}")
_NAMES = "abcdefghij"
NO_LINE = "Fill in the gaps."


def read_written(vignette: str, stem: str, key: str, why: str, remarks: list[str]) -> dict[str, Any]:
    """Give the fields of a question that is answered in writing; add to the remarks what was guessed.

    What stands above a text with gaps is its question line.
    """
    content = _cloze("\n\n".join(filter(None, [vignette, stem])), key, why, remarks) or _numeric(stem, key, remarks)
    if content:
        return content | ({"why": why} if why and content["kind"] != "cloze" else {})
    if not key:
        remarks.append("Neither options nor an answer were found. Write them.")
        return {"kind": "choice", "stem": stem}
    answers = list(dict.fromkeys(one for one in map(_bare, key.replace("\n", "; ").split(";")) if one))
    return {"kind": "short_text", "stem": stem, "answers": answers} | ({"why": why} if why else {})


def _numeric(stem: str, key: str, remarks: list[str]) -> dict[str, Any] | None:
    said = _bare(key).replace("−", "-")
    if len(said) > 60:
        return None
    if found := _RANGE.fullmatch(said):
        low, high = _value(found[1], remarks), _value(found[2], remarks)
        numbers = {"low": low, "high": high}
        if low >= high:
            return None
        unit = found[3]
    elif found := _NUMBER.fullmatch(said):
        numbers = {"answer": _value(found[1], remarks)}
        if found[2]:
            numbers["tolerance"] = abs(_value(found[2], remarks))
        unit = found[3]
        if not said[0].isdigit() and said[0] not in "+-":
            remarks.append(f"Write how far an answer may be off: {said}")
    else:
        return None
    return {"kind": "numeric", "stem": stem, **numbers} | ({"unit": unit.rstrip(".")} if unit else {})


def _value(figure: str, remarks: list[str]) -> float:
    if re.fullmatch(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", figure):
        plain = figure.replace(",", "")
        remarks.append(f"“{figure}” was read as {plain}.")
    else:
        plain = figure.replace(",", ".")
    value = float(plain)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _cloze(stem: str, key: str, why: str, remarks: list[str]) -> dict[str, Any] | None:
    """Give a text with gaps, where it is plain what fills each of them."""
    *before, text = stem.split("\n\n")
    held = [one[1] or one[2] for one in _HELD.finditer(text)]
    blanks = _BLANK.findall(text)
    if held and not key and not blanks:
        fillings, pattern = held, _HELD
    elif len(blanks) > 1 and not held:
        fillings = next((parts for mark in (";", ",") if len(parts := _parts(key, mark)) == len(blanks)), [])
        pattern = _BLANK
    else:
        return None
    if not 0 < len(fillings) <= len(_NAMES) or re.search(r"[{}]", pattern.sub("", text)):
        return None
    answers = [[one for one in map(_bare, re.split(r"[|;]", filling)) if one] for filling in fillings]
    if not all(answers):
        return None
    names = iter(_NAMES)
    if not before:
        remarks.append("The question line is a guess. Say what is to be filled in.")
    return {
        "kind": "cloze",
        "stem": "\n\n".join(before) or NO_LINE,
        "text": pattern.sub(lambda _: "{" + next(names) + "}", text),
        "gaps": {
            name: {"answers": own} | ({"why": why} if why else {}) for name, own in zip(_NAMES, answers, strict=False)
        },
    }


def _parts(key: str, divider: str) -> list[str]:
    numbered = re.compile(r"^\W*\(?\d{1,2}[.):]\s+")
    return [numbered.sub("", part).strip() for part in key.replace("\n", divider).split(divider) if part.strip()]


def _bare(text: str) -> str:
    return text.strip(' \n*_"“”').removesuffix(".").strip()
