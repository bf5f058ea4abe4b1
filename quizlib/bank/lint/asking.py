"""Flaws of what is asked."""

import re
from collections.abc import Iterator

from quizlib.bank.lint.flaw import Flaw
from quizlib.bank.lint.words import listed
from quizlib.kinds import kind_of
from quizlib.model.question import Question

STEM_WORDS, VIGNETTE_WORDS = 40, 120
_TURNED = re.compile(r"(?<!\bat )\b(except|least|incorrect|untrue|(?:(?<=is )|(?<=are ))false)\b")
# the question's own verb denied; a "who" or "that" before it begins a clause about somebody else
_DENIED = re.compile(
    r"\b[Ww](?:hich|hat)\b(?:(?! who | that | which |[,?]).){0,80}?"
    r"\b(?:is|are|was|were|does|do|did|would|should|can|could|has|have|will|may|might|must)(n['’]t| not| never)\b"
)
_UNFOCUSED = re.compile(
    r"^(which|what)( one)?( of (the following|these|the)( statements| options| answers)?)?"
    r"( (statements?|options?|answers?|sentences?|claims?))?"
    r"( (is|are|holds?|applies|apply|fits?|would be))( most| all| best)?( likely)?( (true|correct|right|false|best))?"
    r"( here| about (it|this|them))?\W*$",
    re.I,
)
_ABBREVIATION = re.compile(r"\b[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*s?\b")
_LEVEL = re.compile(r"^[CTLS]\d{1,2}$")
KNOWN = listed("MRI MR CT UK US USA NHS WHO GP DNA UTC NOT EXCEPT LEAST TV AM PM")


def negative_stem(question: Question) -> Iterator[Flaw]:
    """Find a question that asks for what is not so without saying it in capitals."""
    lead = _sentence_asked(question.stem)
    if found := _TURNED.search(lead) or _DENIED.search(lead):
        word = found[1].strip()
        yield Flaw(("stem",), f"“{word}” turns the question round.", f"Ask for what is so, or write {word.upper()}.")


def unfocused_stem(question: Question) -> Iterator[Flaw]:
    """Find a question line that asks nothing by itself."""
    if _UNFOCUSED.match(_sentence_asked(question.stem)):
        what = "The line asks nothing that could be answered with the options covered."
        yield Flaw(("stem",), what, "Ask for one thing: which root, which step, which cause.")


def article_cue(question: Question) -> Iterator[Flaw]:
    """Find a question line that ends in an article, which fits some options only."""
    if found := re.search(r"\b(an?)\W*$", question.stem.strip()):
        yield Flaw(("stem",), f"The line ends in “{found[1]}”.", "Put the article into the options.")


def abbreviation(question: Question) -> Iterator[Flaw]:
    """Find abbreviations that the question does not spell out."""
    options = [text for group in kind_of(question).options(question.body) for text, _ in group.texts]
    read = " ".join([question.vignette, question.discloses, question.stem, *options])
    for short in sorted({found.removesuffix("s") for found in _ABBREVIATION.findall(read)}):
        if short in KNOWN or _LEVEL.match(short) or len(short) > 8 or re.fullmatch(r"[A-Z]?\d+[A-Z]?|[IVX]+", short):
            continue
        spelt = re.search(
            rf"\({re.escape(short)}s?[,;)]|\b{re.escape(short)}s? \([a-z]|\b{re.escape(short)},? the ", read
        )
        if not spelt:
            yield Flaw(
                ("stem",), f"“{short}” is not spelt out.", f"Write it out at its first use, with ({short}) behind."
            )


def long_stem(question: Question) -> Iterator[Flaw]:
    """Find what takes long to read on a phone."""
    for name, text, most in (("stem", question.stem, STEM_WORDS), ("vignette", question.vignette, VIGNETTE_WORDS)):
        if len(text.split()) > most:
            yield Flaw((name,), f"It has {len(text.split())} words.", f"Say it in {most} at most.")


def _sentence_asked(stem: str) -> str:
    """Give the last sentence of the stem, which is the one that asks, without hints such as how many to choose."""
    parts = [part for part in re.split(r"(?<=[.?!:])\s+", stem.strip()) if part]
    asked = [part for part in parts if part.endswith("?")]
    return (asked or parts or [""])[-1]
