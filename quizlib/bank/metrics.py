"""Figures of a whole bank, each beside its target."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random
from statistics import fmean, median
from typing import TypeVar

from quizlib.bank.lint import Found, lint_question
from quizlib.bank.lint.words import reading_grade
from quizlib.kinds import kind_of
from quizlib.kinds.base import Options
from quizlib.model.attempt import Json
from quizlib.model.catalogue import Catalogue
from quizlib.model.question import Level, Question

LEVEL_SHARES = {Level.RECALL: 0.28, Level.APPLY: 0.48, Level.ANALYSE: 0.24}
LETTERS = "ABCD"
SHUFFLES = 20
T = TypeVar("T")


@dataclass(frozen=True)
class Metric:
    """One figure, the range it should be in, and whether it is."""

    value: float
    least: float | None = None
    most: float | None = None

    @property
    def met(self) -> bool:
        """Whether the figure is in its range."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    @property
    def target(self) -> str:
        """The range in words."""
        if self.least is not None and self.most is not None:
            return f"{self.least:g} to {self.most:g}"
        return f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"

    def as_json(self) -> Json:
        """Give figure, target and whether it is met."""
        return {"value": round(self.value, 3), "target": self.target, "met": self.met}


def measure(questions: Mapping[str, Question], found: Found, catalogue: Catalogue) -> dict[str, Metric]:
    """Measure questions that are written out; `found` is what the linter found in them."""
    every = list(questions.values())
    if not every:
        return {}
    single = [(one, group) for one in every for group in _ones(one)]
    four = [(one, group) for one, group in single if len(group.texts) == 4]
    flaws = Counter(rule for name, rule, _ in found.flaws if name in questions)
    measured = {
        "key_longest": Metric(_share(four, lambda pair: _key_is_longest(pair[1])), 0.20, 0.30),
        "key_length": Metric(fmean(_key_length(group) for _, group in single) if single else 1.0, 0.9, 1.1),
        **_positions(four),
        "negative_stems": Metric(flaws["negative-stem"] / len(every), most=0.02),
        "of_the_above": Metric(flaws["of-the-above"], most=0),
        "absolute_wrong": Metric(flaws["absolute-wrong"] / len(every), most=0.03),
        "clang": Metric(_with_flaw(found, questions, "clang") / len(every), most=0.05),
        "near_duplicates": Metric(flaws["near-duplicate"], most=0),
        "repeated_reasons": Metric(flaws["same-why"] / max(1, sum(map(_reasons, every))), most=0.03),
        "options_with_reason": Metric(_reasoned(every), least=1),
        "corrections_with_both_sides": Metric(
            _share([one for one in every if one.corrects], lambda one: bool(one.often_said and one.studies_show)), 1
        ),
        "misconceptions": Metric(_named_mix_ups(every), least=0.30),
        "reading_grade": Metric(median(reading_grade(one.explanation) for one in every), most=12),
        "vignettes": Metric(_share(every, lambda one: bool(one.vignette)), least=0.45),
        "choice_of_one": Metric(_share(every, _is_choice_of_one), 0.70, 0.80),
        "cases": Metric(len({one.case for one in every if one.case}), least=8),
    }
    levels = Counter(one.level for one in every)
    for level, share in LEVEL_SHARES.items():
        at_level = levels[level] / len(every)
        measured[f"level_{level.value}"] = Metric(at_level, round(share - 0.05, 2), round(share + 0.05, 2))
    if catalogue.ideas:
        asked = Counter(idea for one in every for idea in one.ideas)
        enough = sum(asked[name] >= idea.at_least for name, idea in catalogue.ideas.items())
        measured["ideas_with_enough_questions"] = Metric(enough, least=len(catalogue.ideas))
    return measured


def measure_instances(instances: Mapping[str, Question]) -> dict[str, Metric]:
    """Measure the instances of families by themselves: cues that a template repeats."""
    every = list(instances.values())
    single = [(one, group) for one in every for group in _ones(one)]
    if not single:
        return {}
    flaws = Counter(rule for one in every for rule in {rule for rule, _ in lint_question(one)})
    return {
        "family_key_longest": Metric(_share(single, lambda pair: _key_is_longest(pair[1])), most=0.35),
        "family_key_length": Metric(fmean(_key_length(group) for _, group in single), 0.9, 1.1),
        "family_absolute_wrong": Metric(flaws["absolute-wrong"] / len(every), most=0.03),
        "family_clang": Metric(flaws["clang"] / len(every), most=0.05),
    }


def _ones(question: Question) -> Sequence[Options]:
    groups = kind_of(question).options(question.body)
    return [one for one in groups if one.path == ("options",) and sum(right for _, right in one.texts) == 1]


def _is_choice_of_one(question: Question) -> bool:
    return bool(_ones(question))


def _share(items: Sequence[T], holds: Callable[[T], bool]) -> float:
    return sum(map(holds, items)) / len(items) if items else 1.0


def _key_is_longest(group: Options) -> bool:
    key = next(len(text) for text, right in group.texts if right)
    return key > max(len(text) for text, right in group.texts if not right)


def _key_length(group: Options) -> float:
    key = next(len(text) for text, right in group.texts if right)
    return key / fmean(len(text) for text, right in group.texts if not right)


def _positions(four: Sequence[tuple[Question, Options]]) -> dict[str, Metric]:
    """Give how often the right one of four options stands at each letter, over the shuffles of many attempts."""
    letters = Counter[str]()
    for seed, (question, group) in product(range(SHUFFLES), four):
        order = kind_of(question).arrange(question.body, Random(f"{seed}:{question.id}"))
        letters[LETTERS[[group.texts[place][1] for place in order].index(True)]] += 1
    total = max(1, letters.total())
    return {f"key_at_{letter}": Metric(letters[letter] / total, 0.20, 0.30) for letter in LETTERS} if four else {}


def _with_flaw(found: Found, questions: Mapping[str, Question], rule: str) -> int:
    return len({name for name, other, _ in found.flaws if other == rule and name in questions})


def _reasons(question: Question) -> int:
    return sum(1 for _ in kind_of(question).reasons(question.body))


def _reasoned(questions: Sequence[Question]) -> float:
    """Give the share of options that say why."""
    options = [1 for one in questions for group in kind_of(one).options(one.body) for _ in group.texts]
    reasons = [
        1 for one in questions for path, text in kind_of(one).reasons(one.body) if "options" in path and text.strip()
    ]
    return len(reasons) / max(1, len(options))


def _named_mix_ups(questions: Sequence[Question]) -> float:
    """Give the share of wrong options that name the mix-up they rest on."""
    wrong = sum(not right for one in questions for group in kind_of(one).options(one.body) for _, right in group.texts)
    named = sum("options" in path for one in questions for path, _ in kind_of(one).misconceptions(one.body))
    return named / max(1, wrong)
