"""Sentences about fields for people who see a form rather than a file."""

import re

from quizlib.bank.telling import SENTENCES, Refusal

_NO_NUMBER = ("It is not a number.", "Write it in digits, with a point if need be: 2.5.")
_NO_LIST = ("It cannot be read.", "Empty it and fill it in again.")
_NO_CHOICE = ("It is none of the choices.", "Choose one of them.")
# where the words for files say how to write YAML
_REFUSED = {
    **SENTENCES,
    "missing": ("It is missing.", "Write it."),
    "extra_forbidden": ("There is no such field here.", "Take it out."),
    "string_too_short": ("It is empty.", "Write it."),
    "string_type": ("It is not a text.", "Write it as a text."),
    "string_unicode": ("It has characters that cannot be stored.", "Take them out."),
    "enum": _NO_CHOICE,
    "literal_error": _NO_CHOICE,
    "kind": ("There is no such type of question.", "Choose one."),
    "bool": ("It is neither yes nor no.", "Choose one of the two."),
    "date": ("It is not a date.", "Write it as 2026-11-21."),
    "float": _NO_NUMBER,
    "finite": _NO_NUMBER,
    "int": _NO_NUMBER,
    "greater": ("It is too small.", "Write a larger number, or leave it empty."),
    "too_short": ("There are too few: at least {number}.", "Add what is missing."),
    "too_long": ("There are too many: at most {number}.", "Take some out."),
    "tuple_type": _NO_LIST,
    "dict_type": _NO_LIST,
    "model_type": _NO_LIST,
}
_BY_FIELD = {
    ("id",): ("The name cannot be used.", "Use lower-case letters, digits and hyphens, 80 characters at most."),
    ("topic",): ("The topic is missing.", "Choose one."),
    ("sources",): ("It is missing.", "Choose one from the list, or add it there first."),
}
_IN_WORDS = (
    ("marked correct", "marked as right"),
    ("Mark one with `correct: true`", "Mark one as right"),
    ("or say `choose: several` above them", "or let several be chosen"),
    ("Ask with `choose: several`", "Let several be chosen"),
    ("in order, with `order: fixed`", "in order, and let them not be shuffled"),
    ("the same `left:`", "the same left side"),
    ("with another `right:`", "with another right side"),
    ("Add `why:` beside `answers:`", "Write why they are right"),
    ("`why:` belongs", "The reason belongs"),
    ("neither `low:` nor `high:`", "neither a lowest nor a highest number"),
    ("`low:` is more than `high:`", "The lowest number is more than the highest"),
    ("with a number, or both `low:` and `high:`", "as a number, or both ends of a range"),
    ("Write `answer:`, or `low:` and `high:`, but not both", "Keep the number or the range"),
    ("or move `low:` and `high:`", "or move the ends of the range"),
    ("not less than `high:`", "not less than the highest number"),
    ("or write `answer:`", "or write one number"),
    ("`reference: KEY` or `{document: NAME, section: HEADING}`", "a reference or a section of an article"),
    ("Write `answer:`", "Write the answer"),
    ("A question with `corrects:`", "A question that corrects a document"),
    ("`often_said:` and `studies_show:`", "what is often said and what studies show"),
)
# where the sentence for files says only what is wrong
_FIXES = {
    "says both": "Write the other one too.",
    "needs the section": "Choose the section.",
    "exactly once": "Put it where it belongs, once.",
    "is either a reference": "Choose one of the two.",
}
_TO_THE_GAPS = re.compile(r"Add `[^`]*` under `gaps:`")
_QUOTED = re.compile(r"`([^`:]*):?[^`]*`")
LONGEST = 300


def refused_in_words(refused: Refusal) -> tuple[str, str]:
    """Say what is wrong with a field, and what to do, in words of the form."""
    if refused.path in _BY_FIELD and refused.kind != "too_long":
        return _BY_FIELD[refused.path]
    found = _REFUSED.get(refused.kind) or _REFUSED.get(refused.kind.partition("_")[0])
    if found is None:
        what, stop, fix = in_words(refused.message[:LONGEST]).partition(". ")
        fix = fix or next((one for words, one in _FIXES.items() if words in what), "Change it.")
        return (what + stop.strip()).rstrip(".") + ".", fix
    number = re.search(r"\d+", refused.message)
    words = {"number": number[0] if number else "", "message": refused.message, "field": "", "guide": ""}
    return found[0].format(**words), found[1].format(**words)


def in_words(sentence: str) -> str:
    """Give a sentence that was written for files without their signs."""
    for written, said in _IN_WORDS:
        sentence = sentence.replace(written, said)
    sentence = _TO_THE_GAPS.sub("Add it to the gaps, or take it out of the text", sentence)
    return _QUOTED.sub(lambda found: found[1].replace("_", " "), sentence)
