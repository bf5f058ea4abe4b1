"""The lines of one pasted question, sorted by what they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from quizlib.interop.pasted.lines import Label, Line, read_line, reason_within
from quizlib.interop.pasted.places import is_list, option_places

TAKEN_AS_REASON = "What stands below an option was taken as its reason."


@dataclass
class Option:
    """An option with the line on which it begins; `gap` says that an empty line stood below it."""

    mark: str
    line: Line
    text: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    gap: bool = False


@dataclass
class Sorted:
    """The lines of one question by what they belong to; `after` is text behind the options without a label."""

    stem: list[Line] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    sections: dict[Label, list[Line]] = field(default_factory=dict)
    after: list[Line] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def sort_lines(lines: Sequence[Line]) -> Sorted:
    """Give each line its place: question line, option, reason, or what a label announces."""
    places, guess = option_places(lines)
    found = Sorted(remarks=[guess] if guess else [])
    last = places[-1] if places else -1
    begins = set(places)
    current: Label | None = None
    for place, line in enumerate(lines):
        option = found.options[-1] if found.options else None
        if place in begins:
            found.options.append(_option(line, marked=not guess))
            current = None
        elif line.label is not None:
            current = _labelled(found, line, option, before_last=place < last)
        elif current is not None:
            current = _continued(found, line, current, option, before_last=place < last)
        elif option is None:
            found.stem.append(line)
        elif not line.whole:
            option.gap = True
        elif option.gap and place > last:
            found.after.append(line)
        else:
            _below(found, option, line)
    return found


def joined(lines: Sequence[Line]) -> str:
    """Join lines to paragraphs; the entries of a list keep lines of their own."""
    written = ""
    gap = False
    for line in lines:
        if not line.whole:
            gap = bool(written)
            continue
        joint = "" if not written else "\n\n" if gap else "\n" if is_list(line) else " "
        written += joint + line.whole
        gap = False
    return written


def _option(line: Line, *, marked: bool) -> Option:
    text, why = reason_within(line.text if marked or line.starred or line.right is not None else line.whole)
    return Option(line.mark, line, [text], [why] if why else [])


def _labelled(found: Sorted, line: Line, option: Option | None, *, before_last: bool) -> Label | None:
    """Take a line with a label, and tell what the lines below it continue."""
    label = line.label or Label.OTHER
    if option is not None and (label is Label.WHY or (label is Label.EXPLANATION and before_last)):
        if before_last or not option.gap:
            option.why.append(line.said)
            return Label.WHY
        label = Label.EXPLANATION
    if label is Label.WHY:
        label = Label.EXPLANATION if found.options else Label.WHY
    if label is Label.KEY and not found.options and before_last and not line.said:
        label = Label.OPTIONS  # "Answers:" above the options
    if label is Label.STEM:
        found.stem.append(read_line(line.said)._replace(label=None, mark=""))
        return None
    if label is Label.OPTIONS:
        if line.said:
            found.remarks.append(f"Not understood: {line.whole}")
        return None
    if label is Label.OTHER:
        found.remarks.append(f"Not taken over: {line.whole}")
        return None
    if label is Label.KEY and label in found.sections:
        found.remarks.append(f"A second answer was not taken: {line.said or line.whole}")
        return None
    found.sections.setdefault(label, []).append(read_line(line.said)._replace(label=None, whole=line.said))
    return label


def _continued(found: Sorted, line: Line, current: Label, option: Option | None, *, before_last: bool) -> Label | None:
    """Take a line below a label's own, and tell what the next one continues."""
    if current is Label.WHY and option is not None and current not in found.sections:
        if line.whole:
            option.why.append(line.whole)
            return current
        option.gap = True
        return None
    section = found.sections[current]
    filled = any(one.whole for one in section)
    if current is Label.EXPLANATION or (not filled and not line.whole):
        section.append(line)
        return current
    if not line.whole or (filled and current in (Label.KEY, Label.LEVEL, Label.TAGS)):
        if line.whole:
            (found.stem if option is None and before_last else found.after).append(line)
        elif option is not None:
            option.gap = True
        return None
    section.append(line)
    return current


def _below(found: Sorted, option: Option, line: Line) -> None:
    """Take a line below an option: the rest of its text, or the reason for it."""
    deeper = line.indent > option.line.indent + 1
    wrapped = line.whole[:1].islower() or not (deeper or line.mark or option.gap)
    if option.why or not wrapped:
        option.why.append(line.text if line.mark == "-" else line.whole)
        found.remarks.append(TAKEN_AS_REASON)
    else:
        option.text.append(line.whole)
