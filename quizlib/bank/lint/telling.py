"""Flaws of what is told after the answer."""

import re
from collections.abc import Iterator

from quizlib.bank.lint.flaw import Flaw
from quizlib.bank.lint.words import reading_grade
from quizlib.kinds import kind_of
from quizlib.model.question import Question

WHY_WORDS = 8
EXPLANATION_WORDS = (35, 130)
HARDEST = 14.0
_REFERS = re.compile(
    r"\b([Oo]ptions?|[Aa]nswers?|[Cc]hoices?) ([A-I]|[1-9])\b"
    r"|\b(first|second|third|fourth|fifth|last|next|previous|above|other) (option|answer|choice)s?\b"
    r"|\b(option|answer|choice)s? (above|below)\b"
    r"|\b[Bb]oth [A-I] and [A-I]\b|^[A-I] and [A-I]$|\b[A-I] is (right|wrong)\b"
)


def short_why(question: Question) -> Iterator[Flaw]:
    """Find reasons too short to name a fact."""
    for path, text in kind_of(question).reasons(question.body):
        if len(text.split()) < WHY_WORDS:
            number = len(text.split())
            what = f"The reason has {number} word{'' if number == 1 else 's'}."
            yield Flaw(path, what, "Name the fact that decides, and for a wrong option when it would be right.")


def explanation_length(question: Question) -> Iterator[Flaw]:
    """Find explanations that are too short to explain or too long to be read."""
    number, (fewest, most) = len(question.explanation.split()), EXPLANATION_WORDS
    if not fewest <= number <= most:
        yield Flaw(("explanation",), f"It has {number} words.", f"Say it in {fewest} to {most}.")


def hard_reading(question: Question) -> Iterator[Flaw]:
    """Find explanations in sentences too long, of words too long."""
    grade = reading_grade(question.explanation)
    if grade > HARDEST:
        what = f"It reads like school grade {grade:.1f}; {HARDEST:.0f} is the most."
        yield Flaw(("explanation",), what, "Cut long sentences in two and choose shorter words.")


def refers_to_option(question: Question) -> Iterator[Flaw]:
    """Find texts that name an option by letter or place, which the shuffle moves."""
    texts: list[tuple[tuple[str | int, ...], str]] = [
        (("takeaway",), question.takeaway),
        (("explanation",), question.explanation),
        *kind_of(question).reasons(question.body),
    ]
    for group in kind_of(question).options(question.body):
        texts += [((*group.path, place, "text"), text) for place, (text, _) in enumerate(group.texts)]
    for path, text in texts:
        if found := _REFERS.search(text):
            yield Flaw(path, f"“{found[0]}” names an option by its place.", "Name it by its words; places change.")
