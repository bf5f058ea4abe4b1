"""Flaws of options: cues that give the answer to whoever does not know it, and needless trouble."""

import re
from collections.abc import Iterator
from itertools import pairwise

from quizlib.bank.lint.flaw import Flaw
from quizlib.bank.lint.words import content_words, listed, words
from quizlib.kinds import kind_of
from quizlib.kinds.base import Options
from quizlib.model.question import Question

MUCH_LONGER, MORE_LETTERS = 1.35, 12
ABSOLUTE = listed("always never only all every none completely entirely must impossible")
HEDGED = listed("may can might could sometimes usually often likely possibly")
VAGUE = listed("usually often frequently sometimes rarely commonly generally")
_PAIRS = listed(
    """
    with/without increases/decreases increase/decrease increased/decreased above/below more/less left/right can/cannot
    rises/falls before/after early/late higher/lower larger/smaller faster/slower improves/worsens better/worse
    stronger/weaker opens/closes inside/outside raised/lowered normal/abnormal present/absent flexion/extension
    longer/shorter reduces/raises
    """
)
OPPOSITES = {frozenset(pair.split("/")) for pair in _PAIRS}
_THE_ABOVE = re.compile(r"\b(all|none|both|any|neither) of (these|them|the (above|others?|options|answers))\b", re.I)
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"^\W*(?:about |over |under |up to |less than |more than |at least )?(-?\d+(?:[.,]\d+)?)", re.I)


def longest_key(question: Question) -> Iterator[Flaw]:
    """Find a right option that is much longer than every wrong one."""
    for group in _one_of(question):
        right, wrong = _sides(group)
        longest = max(map(len, wrong))
        if len(right[0]) >= MUCH_LONGER * longest and len(right[0]) - longest >= MORE_LETTERS:
            what = f"The right option has {len(right[0])} characters, the longest wrong one {longest}."
            yield Flaw(group.path, what, "Make the wrong options as full, or say the right one in fewer words.")


def clang(question: Question) -> Iterator[Flaw]:
    """Find a word of the question line that stands in the right option and in no wrong one."""
    asked = content_words(question.stem)
    for group in kind_of(question).options(question.body):
        right, wrong = _sides(group)
        for word in sorted(asked & content_words(" ".join(right)) - content_words(" ".join(wrong))):
            what = f"“{word}…” stands in the question line and, of the options, only in a right one."
            yield Flaw(group.path, what, "Say it in another word, or use the word in a wrong option too.")


def absolute_wrong(question: Question) -> Iterator[Flaw]:
    """Find words such as always and never that stand in wrong options only."""
    yield from _on_one_side(
        question, ABSOLUTE, wrong=True, fix="Say what somebody believes in plain words; absolute ones give it away."
    )


def hedged_key(question: Question) -> Iterator[Flaw]:
    """Find words such as may and usually that stand in the right option only."""
    yield from _on_one_side(
        question, HEDGED, wrong=False, fix="Hedge a wrong option as well, or say the right one straight."
    )


def of_the_above(question: Question) -> Iterator[Flaw]:
    """Find options that stand for others."""
    for path, text in _texts(question):
        if _THE_ABOVE.search(text):
            yield Flaw(path, f"“{text}” stands for other options.", "Ask with `choose: several`, or leave it out.")


def vague_frequency(question: Question) -> Iterator[Flaw]:
    """Find options that claim a frequency without saying how often."""
    for path, text in _texts(question):
        for word in VAGUE & set(words(text)):
            yield Flaw(path, f"“{word}” means another number to everybody.", "Say how often, or leave the word out.")


def overlapping_ranges(question: Question) -> Iterator[Flaw]:
    """Find two ranges of numbers that share one."""
    for group in kind_of(question).options(question.body):
        found = [(float(match[1]), float(match[2]), text) for text, _ in group.texts if (match := _RANGE.search(text))]
        found.sort()
        for (_, end, one), (start, _, other) in pairwise(found):
            if start <= end:
                yield Flaw(group.path, f"“{one}” and “{other}” overlap.", "Let one end before the other begins.")


def unordered_numbers(question: Question) -> Iterator[Flaw]:
    """Find options that are numbers and do not stand in their order."""
    for group in kind_of(question).options(question.body):
        matches = [_NUMBER.match(text) for text, _ in group.texts]
        if len(matches) < 3 or not all(matches):
            continue
        numbers = [float(match[1].replace(",", ".")) for match in matches if match]
        if group.shuffled or numbers not in (sorted(numbers), sorted(numbers, reverse=True)):
            yield Flaw(group.path, "The options are numbers out of order.", "Put them in order, with `order: fixed`.")


def opposites(question: Question) -> Iterator[Flaw]:
    """Find two options that differ in one pair of opposite words, one of them right."""
    for group in _one_of(question):
        pairs = [
            (one, other, one_right or other_right)
            for place, (one, one_right) in enumerate(group.texts)
            for other, other_right in group.texts[place + 1 :]
            if _opposite(one, other)
        ]
        if len(pairs) == 1 and len(group.texts) > 2 and pairs[0][2]:
            one, other, _ = pairs[0]
            what = f"“{one}” and “{other}” are opposites, so that the answer is one of the two."
            yield Flaw(group.path, what, "Give another wrong option its opposite too, or change one of the pair.")


def convergence(question: Question) -> Iterator[Flaw]:
    """Find a right option all of whose elements are shared with others, where no wrong option's are."""
    for group in _one_of(question):
        lists = [(_elements(text), right) for text, right in group.texts]
        if len(lists) < 3 or any(len(elements) < 2 for elements, _ in lists):
            continue
        shared = [
            right
            for place, (elements, right) in enumerate(lists)
            if all(any(one in other for n, (other, _) in enumerate(lists) if n != place) for one in elements)
        ]
        if shared == [True]:
            what = "Every element of the right option stands in another option too, and of no wrong option's do all."
            yield Flaw(group.path, what, "Let a wrong option share its elements as well.")


def _one_of(question: Question) -> Iterator[Options]:
    """Give the groups of options of which one is right."""
    return (one for one in kind_of(question).options(question.body) if sum(right for _, right in one.texts) == 1)


def _sides(group: Options) -> tuple[list[str], list[str]]:
    return [text for text, right in group.texts if right], [text for text, right in group.texts if not right]


def _texts(question: Question) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for group in kind_of(question).options(question.body):
        for place, (text, _) in enumerate(group.texts):
            yield (*group.path, place, "text"), text


def _on_one_side(question: Question, telling: frozenset[str], *, wrong: bool, fix: str) -> Iterator[Flaw]:
    for group in kind_of(question).options(question.body):
        right_side, wrong_side = ({word for text in side for word in words(text)} for side in _sides(group))
        here, there = (wrong_side, right_side) if wrong else (right_side, wrong_side)
        found = sorted(telling & here)
        if found and not telling & there:
            where = "wrong options" if wrong else "the right option"
            yield Flaw(group.path, f"“{found[0]}” stands in {where} only.", fix)


def _opposite(one: str, other: str) -> bool:
    left, right = words(one), words(other)
    if abs(len(left) - len(right)) == 1:  # “is” against “is not”
        longer, shorter = (left, right) if len(left) > len(right) else (right, left)
        return any(
            word in ("not", "no") and longer[:place] + longer[place + 1 :] == shorter
            for place, word in enumerate(longer)
        )
    different = [frozenset(pair) for pair in zip(left, right, strict=False) if len(set(pair)) == 2]
    return len(left) == len(right) > 1 and len(different) == 1 and different[0] in OPPOSITES


def _elements(text: str) -> list[str]:
    return [" ".join(words(part)) for part in re.split(r",|;|/|\band\b|\bwith\b", text) if words(part)]
