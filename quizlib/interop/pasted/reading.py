"""Text that was pasted → the fields of one question."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from quizlib.interop.pasted.key import key_of
from quizlib.interop.pasted.lines import (
    Label,
    Line,
    cleaned,
    number_of_question,
    one_a_line,
    read_line,
    unwrapped,
)
from quizlib.interop.pasted.places import asks, second_question
from quizlib.interop.pasted.sorting import TAKEN_AS_REASON, Option, Sorted, joined, sort_lines
from quizlib.interop.pasted.written import read_written

MOST = 200_000
LEVELS = ("recall", "apply", "analyse")
SIGNS = '.,;:*"“”'
_TRUTH = {"true": "True", "t": "True", "false": "False", "f": "False"}


class Pasted(NamedTuple):
    """The fields that a text gave, what was guessed or not understood, and what was left of the text."""

    content: dict[str, Any]
    remarks: tuple[str, ...]
    rest: str = ""


def read_pasted(text: str) -> Pasted:
    """Read one question out of any text: nothing is refused but too much, and no word is lost without a remark."""
    if len(text) > MOST:
        return Pasted({}, (f"The text has more than {MOST:,} characters. Paste one question at a time.",), text)
    raws = one_a_line(cleaned(text).split("\n"))
    lines = [read_line(raw) for raw in raws]
    end = second_question(lines)
    rest = "\n".join(raws[end:]).strip()
    found = sort_lines(lines[:end])
    content = _content(found)
    if rest:
        found.remarks.append(f"This is the first question only; {len(rest):,} characters behind it were left.")
    if not content and not rest:
        found.remarks.append("There is no text. Paste a question with its options.")
    return Pasted(content, tuple(dict.fromkeys(found.remarks)), rest)


def _content(found: Sorted) -> dict[str, Any]:
    sections = {label: joined(lines) for label, lines in found.sections.items()}
    vignette, stem = _asked(found.stem)
    vignette = "\n\n".join(filter(None, [sections.get(Label.VIGNETTE, ""), vignette]))
    key, why = sections.get(Label.KEY, ""), sections.get(Label.WHY, "")
    general = _reasons(found.sections.get(Label.EXPLANATION, []), found.options)
    content, besides = _choice(found, stem, key)
    if not content and (key or stem or vignette):
        content = read_written(vignette, stem, key, why, found.remarks)
        vignette = "" if content["kind"] == "cloze" else vignette
        why = "" if content["kind"] != "choice" else why  # else it stands beside the answer
    after = joined(found.after)
    if after and found.options:
        found.remarks.append("The text behind the options was taken as the explanation.")
    content["vignette"] = vignette
    content["takeaway"] = sections.get(Label.TAKEAWAY, "")
    content["explanation"] = "\n\n".join(filter(None, [besides, why, general, after]))
    _tell(found, sections, content)
    content = {name: value for name, value in content.items() if value not in ("", [])}
    return {"kind": "choice", **content} if content else {}


def _choice(found: Sorted, stem: str, key: str) -> tuple[dict[str, Any], str]:
    """Give the fields of a question with options, if there are any, and what the key says besides."""
    options: list[dict[str, Any]] = _options(found)
    if options:
        besides = _mark_right(found, options, key)
    else:
        said, _, besides = key.partition(" ")
        truth = _TRUTH.get(said.casefold().strip(SIGNS))
        if truth is None:
            return {}, ""
        options = [{"text": text, "correct": True} if text == truth else {"text": text} for text in ("True", "False")]
        besides = besides.lstrip("-–—,;: ")
    right = sum(option.get("correct", False) for option in options)
    if not right:
        found.remarks.append("No option is marked as right. Mark it.")
    content: dict[str, Any] = {"kind": "choice", "stem": stem, "options": options}
    if right > 1:
        content["choose"] = "several"
    if {option["text"].casefold().rstrip(".") for option in options} == {"true", "false"}:
        content["order"] = "fixed"
    return content, besides


def _tell(found: Sorted, sections: dict[Label, str], content: dict[str, Any]) -> None:
    """Take or tell what stands under labels that are no texts of the question."""
    if source := sections.get(Label.SOURCE):
        found.remarks.append(f"Choose its source: {source}")
    level = sections.get(Label.LEVEL, "")
    if level.casefold().strip(". ") in LEVELS:
        content["level"] = level.casefold().strip(". ")
    elif level:
        found.remarks.append(f"Not taken over: Level: {level}")
    if tags := sections.get(Label.TAGS, ""):
        found.remarks.append(f"Not taken over: Tags: {tags}")


def _asked(lines: Sequence[Line]) -> tuple[str, str]:
    """Give vignette and question line: the question is the last paragraph, or begins with the last that asks."""
    first = next((n for n, line in enumerate(lines) if line.whole), 0)
    lines = list(lines[first:])
    if lines:
        whole = number_of_question(unwrapped(lines[0].whole))[1]
        # a mark such as "1." is gone now; without it the line is no entry of a list
        lines[0] = lines[0]._replace(whole=whole, mark="")
    paragraphs = [one for one in joined(lines).split("\n\n") if one]
    asking = [n for n, one in enumerate(paragraphs) if asks(one)]
    start = asking[-1] if asking else max(len(paragraphs) - 1, 0)
    paragraphs = [unwrapped(one) for one in paragraphs]
    return "\n\n".join(paragraphs[:start]), "\n\n".join(paragraphs[start:])


def _options(found: Sorted) -> list[dict[str, Any]]:
    if [bool(option.why) for option in found.options].count(True) == 1 < len(found.options) and found.options[-1].why:
        # a reason at the last option only is that of the question
        last = found.options[-1]
        found.after[:0] = [Line(one) for one in last.why]
        found.remarks = [one for one in found.remarks if one != TAKEN_AS_REASON]
        last.why = []
    return [
        {"text": " ".join(filter(None, option.text))} | ({"why": " ".join(option.why).strip()} if option.why else {})
        for option in found.options
    ]


def _mark_right(found: Sorted, options: list[dict[str, Any]], said: str) -> str:
    """Mark the right options; give what the key says besides."""
    lines = [option.line for option in found.options]
    bold = {n for n, line in enumerate(lines) if line.bold}
    signs = {n for n, line in enumerate(lines) if line.right}
    starred = {n for n, line in enumerate(lines) if line.starred}
    marked = signs or (starred if len(starred) < len(lines) else set()) or (bold if len(bold) < len(lines) else set())
    key = key_of(said, [line.mark for line in lines], [option["text"] for option in options]) if said else None
    if key is not None and key.places:
        if marked and set(key.places) != marked and not marked <= bold:
            found.remarks.append("The signs on the options and the answer below them differ. The answer was taken.")
        marked = set(key.places)
    elif key is not None:
        found.remarks.append(f"The answer is none of the options: {said}")
    for place in marked:
        options[place]["correct"] = True
    return key.besides if key is not None and key.places else ""


def _reasons(lines: Sequence[Line], options: Sequence[Option]) -> str:
    """Give each option the reason that an explanation tells under its letter; give the rest."""
    marks = [option.mark for option in options]
    letters = [line.mark for line in lines if line.mark.isalpha() and line.mark in marks]
    if len(letters) < 2 or sorted(set(letters)) != letters:
        return joined(lines)
    rest: list[Line] = []
    current: Option | None = None
    for line in lines:
        if line.mark in letters:
            current = options[marks.index(line.mark)]
            current.why.append(line.text)
        elif current is not None and line.whole:
            current.why.append(line.whole)
        else:
            current = None
            rest.append(line)
    return joined(rest)
