"""What one line of a pasted question says: a label, a mark before an option, a sign that it is right, or plain text."""

import re
from collections.abc import Sequence
from collections.abc import Set as Collection
from enum import Enum, auto
from typing import NamedTuple


class Label(Enum):
    """What the words before a colon announce."""

    KEY = auto()
    WHY = auto()
    EXPLANATION = auto()
    SOURCE = auto()
    TAKEAWAY = auto()
    VIGNETTE = auto()
    STEM = auto()
    LEVEL = auto()
    TAGS = auto()
    OPTIONS = auto()
    OTHER = auto()


_WORDS = {
    Label.KEY: "answer; answers; ans; correct answer; correct answers; right answer; right answers; correct option; "
    "correct options; correct choice; correct response; correct; key; answer key; the correct answer is; "
    "the answer is; the right answer is; the correct answers are; accepted answers",
    Label.WHY: "why; reason; because; feedback",
    Label.EXPLANATION: "explanation; explanations; rationale; rationales; general feedback; discussion; justification; "
    "solution; comment; comments; feedback for all",
    Label.SOURCE: "source; sources; reference; references; ref; refs; citation; citations; literature",
    Label.TAKEAWAY: "takeaway; take-away; take away; take home; take-home; take-home message; take home message; "
    "learning point; key point; bottom line",
    Label.VIGNETTE: "vignette; case; scenario; clinical vignette; case vignette; clinical case; clinical scenario",
    Label.STEM: "question; stem; q; question stem; lead-in",
    Label.LEVEL: "level",
    Label.TAGS: "tags; tag; keywords",
    Label.OPTIONS: "options; choices; answer choices; answer options; possible answers",
    Label.OTHER: "topic; difficulty; points; point; marks; mark; score; category; objective; learning objective; hint; "
    "bloom; bloom level; bloom's level; bloom's taxonomy; type; question type; title; domain; author; subject; "
    "chapter; skill; id; date",
}
LABELS = {word: label for label, words in _WORDS.items() for word in words.split("; ")}
LONGEST_LABEL = max(map(len, LABELS)) + 12
TICKS, CROSSES = "✓✔☑✅√☒", "✗✘❌☐"
NEAR = 3  # lines below one that may begin with the letter that only seemed to stand in it
SIGNS = 10  # as many stand behind one option; a line of a hundred thousand ticks is no option
# a key written without a colon: the words, and then nothing but letters or numbers of options
_BARE_KEY = re.compile(
    r"(?:the )?(?:(?:correct|right) )?(?:answer|ans|key|option)s?\.?(?: (?:is|are))?[ \-–—=]*[ \-–—=.]"
    r"([(\[]?[A-Z\d][)\].]{0,2}(?: ?(?:,|;|&|/|\+|and|or) ?[(\[]?[A-Z\d][)\].]{0,2}){0,9})",
    re.I,
)
_CHECKBOX = re.compile(r"(?:[-*•] )?\[ ?([xX✓✔]?) ?\] *")
_LETTERED = re.compile(
    r"(?:\*\*|__)?(?:(?:option|choice) )?"
    r"(?:[(\[]([A-Z])[)\]](?:[.:]|(?=\W|\w))|([A-Z])(?:[.):\]](?=\s|[^\s.:]|$)| ?[-–—] ))(?:\*\*|__)? *",
    re.I,
)
_NUMBERED = re.compile(r"(?:\*\*)?(?:[(\[](\d{1,2})[)\]]|(\d{1,2})(?:[.):](?=\s|\*|[^\W\d]|$)| [-–—] ))(?:\*\*)? *")
_BULLET = re.compile(r"([-–—•·▪◦‣●○*+] +|[•·▪◦‣●○])")
_NUMBER_OF_QUESTION = re.compile(
    r"[#*_ ]*(?:(?:question|q)[ .]?(?:no\.? ?|nr\.? ?|#)?(\d{1,4})(?: of \d{1,4})?\b[*_]*[.):\-–—]*[*_]* *"
    r"|(\d{1,4})[*_]*[.)][*_]* +)",
    re.I,
)
_SAID_RIGHT = re.compile(r"(?:the )?(?:correct|right answer|answer|key|x|✓|✔)(?: (?:answer|option|one))?[.!]?", re.I)
_SAID_WRONG = re.compile(r"(?:incorrect|wrong|not correct|false answer)(?: (?:answer|option|one))?[.!]?", re.I)
_ARROWED = re.compile(r" *(?:<-+|←|<=) *(?:correct|right answer|answer|key)(?: answer)?$", re.I)
_INLINE = re.compile(r"(?<=\s)\*{0,2}(\(?)([A-Za-z])([.)])(?=.)")
_INLINE_WHY = re.compile(r" [(\[]?(?:why|feedback|reason|rationale|explanation): ", re.I)
_SIGNS_BEFORE = re.compile(r"^[\W_]+")
_BLANKS = str.maketrans(dict.fromkeys("\t\u00a0\u2007\u202f\u3000", " "))
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u00ad\u200e\u200f\u2060\0"))


class Line(NamedTuple):
    """A line: its text, and what it may be.

    `mark` is the letter, number or sign before an option and `text` what follows; `right` is what a sign on it says.
    """

    whole: str
    indent: int = 0
    mark: str = ""
    text: str = ""
    right: bool | None = None
    bold: bool = False
    starred: bool = False
    label: Label | None = None
    said: str = ""


def cleaned(text: str) -> str:
    """Give the text with one kind of line end and of blank, and without what cannot be seen or stored."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = text.replace("\v", "\n").replace("\f", "\n").replace("\t", "    ")
    return text.translate(_UNSEEN).translate(_BLANKS).encode("utf-8", "ignore").decode()


def read_line(raw: str) -> Line:
    """Tell what a line may be; whether a mark makes it an option depends on its neighbours."""
    text = " ".join(raw.split())
    if not text:
        return Line("")
    indent = len(raw) - len(raw.lstrip())
    labelled = _label(text)
    if labelled is not None:
        return Line(text, indent, label=labelled[0], said=labelled[1])
    bare, bold = _unwrapped(text)
    bare, right, starred = _signs_before(bare)
    mark, bare = _mark(bare)
    inner, inner_bold = _unwrapped(bare)
    inner, inside, star_inside = _signs_before(inner) if mark else (inner, None, False)
    inner, behind, star_behind = _signs_behind(inner)
    if mark == "[x]":
        right = True
    signs = [one for one in (right, inside, behind) if one is not None]
    starred = starred or star_inside or star_behind
    return Line(text, indent, mark, inner, (True in signs) if signs else None, bold or inner_bold, starred)


def number_of_question(text: str) -> tuple[int | None, str]:
    """Give the number that stands before a question, such as "12." or "Question 3:", and the text without it."""
    found = _NUMBER_OF_QUESTION.match(text)
    return (int(found[1] or found[2]), text[found.end() :]) if found else (None, text)


def unwrapped(text: str) -> str:
    """Give a text without the bold or heading signs around the whole of it."""
    return _unwrapped(text.lstrip("# ") if text.startswith("#") else text)[0]


def one_a_line(raws: Sequence[str]) -> list[str]:
    """Give the lines, those that hold several options, B) behind A), cut before each."""
    filled = [n for n, raw in enumerate(raws) if raw.strip()]
    firsts = [_LETTERED.match(raws[n].strip(" *")) for n in filled]
    letters = [(found[1] or found[2]).upper() if found else "" for found in firsts]
    after = {n: set(letters[place + 1 : place + 1 + NEAR]) for place, n in enumerate(filled)}
    return [part for n, raw in enumerate(raws) for part in (_cut(raw, after[n]) if n in after else [raw])]


def _cut(raw: str, beginning: Collection[str]) -> list[str]:
    """Cut before every letter that follows the one before it, unless one of the next lines begins with that letter."""
    found = [
        (one.start() - 1, one[2], one[1] + one[3])
        for one in _INLINE.finditer(f" {raw}")
        if one[2].isascii() and one[2].upper() not in beginning - {"A"}
    ]
    cuts: list[tuple[int, str, str]] = []
    first = len(raw) - len(raw.lstrip())
    for place, letter, style in found:
        if cuts and ord(letter) == ord(cuts[-1][1]) + 1 and style == cuts[-1][2]:
            cuts.append((place, letter, style))
        elif len(cuts) < 2 and (raw[first:place].strip("* ") == "" or (letter in "Aa" and ")" in style)):
            cuts = [(place, letter, style)]
    if len(cuts) < 2:
        return [raw]
    starts = [0, *(place for place, _, _ in cuts)]
    return [part for start, end in zip(starts, [*starts[1:], None], strict=True) if (part := raw[start:end]).strip()]


def reason_within(text: str) -> tuple[str, str]:
    """Give an option's text and the reason that stands behind it on the same line."""
    found = _INLINE_WHY.search(text)
    if not found:
        return text, ""
    why = text[found.end() :].strip()
    if found[0].lstrip()[0] in "([" and why[-1:] in ")]":
        why = why[:-1]
    return text[: found.start()].rstrip(" -–—"), why


def _label(text: str) -> tuple[Label, str] | None:
    start = text[:LONGEST_LABEL].replace("：", ":")
    head, colon, _ = start.partition(":")
    word = _SIGNS_BEFORE.sub("", head).lower().replace("(s)", "s").replace("’", "'").rstrip(" *_")
    label = LABELS.get(word) or LABELS.get(word.removesuffix("."))
    if colon and label:
        said = text[len(head) + 1 :].lstrip(" *_")
        # "**Answer: B**" ends in what began before the label
        return label, said.rstrip("*_ ") if "*" in head or "_" in head else said.rstrip()
    plain = text.strip("*_ ")
    if not colon and label and label is not Label.STEM and len(plain) == len(head.strip("*_ ")) and head[:1] in "*#_":
        return label, ""  # a heading
    if not colon and label in (Label.EXPLANATION, Label.OPTIONS) and len(text) == len(head):
        return label, ""
    bare = _BARE_KEY.fullmatch(plain[:120].rstrip(".")) if len(plain) < 120 else None
    return (Label.KEY, bare[1]) if bare else None


def _unwrapped(text: str) -> tuple[str, bool]:
    for sign in ("**", "__"):
        if len(text) > 4 and text.startswith(sign) and text.endswith(sign) and sign not in text[2:-2]:
            return text[2:-2].strip(), True
    return text, False


def _signs_before(text: str) -> tuple[str, bool | None, bool]:
    """Give the text without ticks, crosses and a star before a mark, and what they say."""
    right = None
    if text[:1] in TICKS or text[:1] in CROSSES:
        right = text[:1] in TICKS if text else None
        text = text[1:].lstrip("\ufe0f ") or text
    if text.startswith("*") and not text.startswith("**"):
        behind = text[1:].lstrip()
        stars = behind.removesuffix("*").count("*")
        if _LETTERED.match(behind) or _NUMBERED.match(behind) or (text[1:2] not in ("", " ") and not stars):
            return behind, right, True
    return text, right, False


def _mark(text: str) -> tuple[str, str]:
    if found := _CHECKBOX.match(text):
        behind = text[found.end() :]
        lettered = _LETTERED.match(behind)
        return ("[x]" if found[1] else "[ ]"), behind[lettered.end() :] if lettered else behind
    if found := _LETTERED.match(text):
        return (found[1] or found[2]).upper(), _opened(text, found.end())
    if found := _NUMBERED.match(text):
        return found[1] or found[2], _opened(text, found.end())
    if found := _BULLET.match(text):
        behind = text[found.end() :]
        lettered = _LETTERED.match(behind)
        return ((lettered[1] or lettered[2]).upper(), behind[lettered.end() :]) if lettered else ("-", behind)
    return "", text


def _opened(text: str, end: int) -> str:
    """Give what follows a mark, with the bold sign that the mark's pattern took from it."""
    # "A. **L5**" is bold from the text on, "**A.** L5" on the letter only
    if text[:end].rstrip().endswith("**") and not text.startswith("**"):
        return "**" + text[end:]
    return text[end:]


def _signs_behind(text: str) -> tuple[str, bool | None, bool]:
    """Give the text without a star, a tick or "(correct)" at its end, and what they say."""
    right, starred = None, False
    for _ in range(SIGNS):
        if not text:
            break
        last = text.rstrip("\ufe0f ")
        if last[-1:] and last[-1] in TICKS + CROSSES:
            right, text = last[-1] in TICKS, last[:-1].rstrip()
            continue
        if text.endswith("*") and "*" not in text.rstrip("*"):
            starred, text = True, text.rstrip("*").rstrip()
            continue
        opening = max(text.rfind("("), text.rfind("["))
        if text[-1] in ")]" and opening > 0 and len(text) - opening < 30:
            inside = text[opening + 1 : -1].strip()
            if _SAID_RIGHT.fullmatch(inside) or _SAID_WRONG.fullmatch(inside):
                right, text = bool(_SAID_RIGHT.fullmatch(inside)), text[:opening].rstrip()
                continue
        arrow = max(text.rfind("<"), text.rfind("←"))
        if arrow > 0 and len(text) - arrow < 30 and _ARROWED.fullmatch(text[arrow:]):
            right, text = True, text[:arrow].rstrip()
            continue
        break
    return text, right, starred
