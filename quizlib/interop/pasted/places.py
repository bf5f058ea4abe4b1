"""Where in a pasted text the options stand, and where its second question begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizlib.interop.pasted.lines import Label, Line, number_of_question

LONGEST_OPTION = 200  # of a line without a mark, which could as well be a sentence
SEPARATORS = "-=_*~"
_BESIDE = (Label.EXPLANATION, Label.WHY)


def option_places(lines: Sequence[Line]) -> tuple[list[int], str]:
    """Give the lines on which options begin, and a sentence where that was guessed."""
    for found in (_lettered(lines), _of_marks(lines, ("[x]", "[ ]")), _of_marks(lines, ("-",)), _numbered(lines)):
        if len(found) > 1:
            return found, ""
    return _unmarked(lines)


def second_question(lines: Sequence[Line]) -> int:
    """Give the line on which a second question begins, or the number of lines."""
    start = next((n for n, line in enumerate(lines) if line.whole), len(lines))
    walk = _Walk(lines, number_of_question(lines[start].whole)[0] if start < len(lines) else None)
    for place in range(start, len(lines)):
        if lines[place].whole and (found := walk.step(place, first=place == start)) is not None:
            return found
    return len(lines)


@dataclass
class _Walk:
    """A walk down the lines: what of the first question has been seen, and its number if it has one.

    `key` is the line of its key, `label` the last line with a label, `letter` that of the last option.
    """

    lines: Sequence[Line]
    number: int | None
    options: bool = False
    letter: str = ""
    bullets: int = 0
    key: int | None = None
    label: int = 0

    def step(self, place: int, *, first: bool) -> int | None:
        """Go on to a line; give where the second question begins if it has been reached."""
        line = self.lines[place]
        if not first and (self.options or self.key is not None) and self._is_over(place):
            return place
        if line.label is Label.KEY and (line.said or self.options or not self._heads_options(place)):
            found = _behind(self.lines, self.label) if self.key is not None else place
            self.key = self.label = place
            return found if found < place else None
        if line.label is not None:
            self.label = place
        elif line.mark in ("-", "[x]", "[ ]"):
            self.bullets += 1
            self.options = self.options or self.bullets > 1
        elif line.mark.isalpha():
            return self._letter(place)
        return None

    def _heads_options(self, place: int) -> bool:
        below = next((line for line in self.lines[place + 1 :] if line.whole), None)
        return below is not None and below.mark in ("A", "1", "-", "[ ]", "[x]")

    def _is_over(self, place: int) -> bool:
        line, before = self.lines[place], self.lines[place - 1]
        if _is_separator(line.whole):
            return True
        number, behind = number_of_question(line.whole)
        if number is None or not line.whole.lstrip("#*_ ")[:1].isdigit():  # "Question 4" says so itself
            return number is not None
        return self.number is not None and number == self.number + 1 and bool(behind) and not before.mark.isdigit()

    def _letter(self, place: int) -> int | None:
        mark = self.lines[place].mark
        if mark == "A" and self.options:
            if _tells_reasons(self.lines, place):
                self.letter = "Z"
                return None
            bare = self.key is not None and self.key == self.label and self.lines[self.key].said
            return min(place, _behind(self.lines, self.label) if bare else _paragraph(self.lines, place))
        if mark == "A":
            self.letter = mark
        elif self.letter and mark == chr(ord(self.letter) + 1):
            self.letter, self.options = mark, True
        return None


def is_list(line: Line) -> bool:
    """Whether the line is an entry of a list rather than the rest of a sentence."""
    return bool(line.mark) or line.whole.split(" ")[0].rstrip(".)") in ("I", "II", "III", "IV", "V", "VI")


def asks(text: str) -> bool:
    """Whether a text ends as a question line does."""
    return text.rstrip("*_ )").endswith(("?", ":", "…", "...", "_"))


def _is_separator(text: str) -> bool:
    return len(text) >= 3 and text[0] in SEPARATORS and not text.strip(text[0] + " ")


def _tells_reasons(lines: Sequence[Line], place: int) -> bool:
    """Whether the letters from here on name options again: nothing but an explanation's first words stands between."""
    for line in reversed(lines[:place]):
        if line.label in _BESIDE:
            return True
        if line.label is not None or line.mark or asks(line.whole):
            return False
    return False


def _behind(lines: Sequence[Line], place: int) -> int:
    """Give where the text behind a label's own begins."""
    start = place + 1 if lines[place].said else _filled(lines, place + 1) + 1
    if lines[place].label is not Label.KEY:  # a key is one line, all else is a paragraph
        while start < len(lines) and lines[start].whole:
            start += 1
    return _filled(lines, start)


def _paragraph(lines: Sequence[Line], place: int) -> int:
    """Give where the paragraph above a line begins."""
    start = place
    while start and not lines[start - 1].whole:
        start -= 1
    while start and lines[start - 1].whole and lines[start - 1].label is None and not lines[start - 1].mark:
        start -= 1
    return _filled(lines, start)


def _filled(lines: Sequence[Line], start: int) -> int:
    while start < len(lines) and (not lines[start].whole or _is_separator(lines[start].whole)):
        start += 1
    return start


def _lettered(lines: Sequence[Line]) -> list[int]:
    found: list[int] = []
    for place, line in enumerate(lines):
        if not line.mark.isalpha():
            continue
        if not found or (line.mark == "A" and len(found) == 1):
            found = [place] if line.mark == "A" else []
        elif 0 < ord(line.mark) - ord(lines[found[-1]].mark) <= 2 and not _key_between(lines, found[-1], place):
            found.append(place)
    return found


def _numbered(lines: Sequence[Line]) -> list[int]:
    found: list[int] = []
    for place, line in enumerate(lines):
        if not line.mark.isdigit():
            continue
        if int(line.mark) == 1:
            found = [place] if len(found) < 2 else found
        elif found and int(line.mark) == int(lines[found[-1]].mark) + 1 and not _key_between(lines, found[-1], place):
            found.append(place)
    return found if found and any(line.whole for line in lines[: found[0]]) else []


def _key_between(lines: Sequence[Line], start: int, end: int) -> bool:
    return any(line.label is Label.KEY and line.said for line in lines[start:end])


def _of_marks(lines: Sequence[Line], marks: tuple[str, ...]) -> list[int]:
    found: list[int] = []
    for place, line in enumerate(lines):
        if line.label in (Label.KEY, Label.EXPLANATION) and found:
            break
        if line.mark in marks:
            found.append(place)
    return found


def _unmarked(lines: Sequence[Line]) -> tuple[list[int], str]:
    """Find options without marks: below a question line, one a line."""
    end = next((n for n, line in enumerate(lines) if line.label is not None and _told_before(lines, n)), len(lines))
    filled = [n for n, line in enumerate(lines[:end]) if line.whole and line.label in (None, Label.STEM)]
    guess = "The lines below the question were taken as its options."
    if len(filled) < 3:
        return [], ""
    if [lines[n].text.casefold().rstrip(".") for n in filled[-2:]] in (["true", "false"], ["false", "true"]):
        return filled[-2:], ""
    marked = [n for n in filled if lines[n].right or lines[n].starred or lines[n].bold]
    asking = [n for n in filled[:-2] if asks(lines[n].whole)]
    below = [n for n in filled if n > asking[-1]] if asking else []
    if below and not any(len(lines[n].whole) > LONGEST_OPTION for n in below):
        key = next((line.said.casefold().strip(" .") for line in lines[end:] if line.label is Label.KEY), None)
        together = any(not line.whole for line in lines[asking[-1] : below[0]]) and below[-1] - below[0] + 1 == len(
            below
        )
        if together or set(marked) & set(below) or key in [lines[n].text.casefold().rstrip(" .") for n in below]:
            return below, guess
    if marked and marked[0] != filled[0] and not all(n in marked for n in filled[1:]):
        return filled[1:], guess
    return [], ""


def _told_before(lines: Sequence[Line], place: int) -> bool:
    """Whether a label stands behind the question rather than before it."""
    return lines[place].label not in (Label.STEM, Label.VIGNETTE, Label.OPTIONS, Label.OTHER) or any(
        asks(line.whole) for line in lines[:place]
    )
