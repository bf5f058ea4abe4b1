"""Flaws between questions: too much alike, and one that tells another's answer."""

from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz, process

from quizlib.bank.lint.flaw import Flaw
from quizlib.bank.lint.words import content_words
from quizlib.kinds import kind_of
from quizlib.model.question import Question

ALIKE = 85
TELLING_WORDS = 3


def asked_text(question: Question) -> str:
    """Give what a question is compared by: vignette and question line in lower case, with single blanks."""
    return " ".join(f"{question.vignette} {question.stem}".lower().split())


def near_duplicate(questions: Mapping[str, Question]) -> Iterator[tuple[str, Flaw]]:
    """Find pairs whose vignette and question line share nearly all their words (token-set similarity of 0.85).

    A question line that many questions share, such as "Which root is affected?", tells nothing without its vignette;
    pairs whose right answers differ are told only when the whole text agrees.
    """
    names = [name for name, one in questions.items() if not one.case]
    asked = [asked_text(questions[name]) for name in names]
    scores = process.cdist(asked, asked, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE)
    for place, name in enumerate(names):
        for other in range(place + 1, len(names)):
            if scores[place][other] < ALIKE:
                continue
            short, long = sorted((asked[place], asked[other]), key=len)
            # a short line inside a long vignette scores full marks: what counts is that the whole is alike
            if fuzz.token_sort_ratio(short, long) >= ALIKE:
                what = f"It asks nearly the same as {names[other]}."
                yield name, Flaw(("stem",), what, "Ask for another fact, or take one of the two out.")


def gives_away(questions: Mapping[str, Question]) -> Iterator[tuple[str, Flaw]]:
    """Find a question whose vignette or line holds another's right answer beside most of what that one asks for."""
    asked = {name: content_words(f"{one.vignette} {one.stem}") for name, one in questions.items()}
    for name, one in questions.items():
        for group in kind_of(one).options(one.body):
            keys = [content_words(text) for text, right in group.texts if right]
            if len(keys) != 1 or len(keys[0]) < TELLING_WORDS:
                continue
            line = content_words(one.stem)
            for other, words in asked.items():
                same_case = one.case and questions[other].case == one.case
                if other != name and not same_case and keys[0] <= words and 2 * len(line & words) > len(line):
                    what = f"Its wording tells the answer to {name}."
                    yield other, Flaw(("stem",), what, "Say one of the two differently.")


def same_why(questions: Mapping[str, Question]) -> Iterator[tuple[str, Flaw]]:
    """Find a reason that stands word for word in another question."""
    first: dict[str, str] = {}
    for name, one in questions.items():
        for path, text in kind_of(one).reasons(one.body):
            earlier = first.setdefault(" ".join(text.casefold().split()), name)
            if earlier != name:
                yield name, Flaw(path, f"The same reason stands in {earlier}.", "Name the fact that decides here.")


BANK_RULES = {"near-duplicate": near_duplicate, "gives-away": gives_away, "same-why": same_why}
