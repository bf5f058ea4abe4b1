"""How invented students answer: a simple model, of which every figure that pages show of them follows.

A student of ability θ either knows the answer to a question, with the chance 1 / (1 + exp(-a (θ - b))) for a question
of difficulty b and slope a, or picks one of the options by how tempting each is. With m options that are equally
tempting this is the three-parameter logistic model with guessing at 1/m (Birnbaum, in Lord & Novick, Statistical
Theories of Mental Test Scores, 1968, chapter 17). Of wrong options those with a misconception tempt more, and each
student has misconceptions that tempt more than others.

Ability grows with the logarithm of what was answered before: much at first, then ever less. What was asked before is
known better for some weeks.

Two questions differ, so that there is something to find. In one, a rule of thumb leads to the right option, and the
more a student knows the likelier a wrong one looks like the better answer (`lure`). In the other, one wrong option is
so plainly wrong that nobody takes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from random import Random
from typing import Any, NamedTuple

from quizlib.kinds import kind_of
from quizlib.model.attempt import Confidence
from quizlib.model.question import Level, Question
from quizlib.services.invented.cast import Student

_HARDER = {Level.RECALL: -0.3, Level.APPLY: 0.0, Level.ANALYSE: 0.4}
TEMPTING = 2.5  # a misconception, against 1 of the right option for who does not know
GROWS_BY = 40.0  # answers
REMEMBERED, FADES_IN = 1.6, 30.0  # logits at once, days until 1/e of them is left
SLIPS_BY = 7.0  # logits in a whole term
WORDS_A_SECOND = 3.5
# from which ability on the lure works and how steeply, and how tempting the right option is by rule of thumb
LURED_FROM, LURED, BY_THUMB = 0.9, 2.0, 8.0
PICKS_RIGHT, PICKS_WRONG = 0.65, 0.3  # of several right ones, by who does not know


class Answered(NamedTuple):
    """An answer: the places of the chosen options in the author's order, how sure, and how long it took."""

    chosen: list[int]
    confidence: Confidence
    seconds: float


@dataclass(frozen=True)
class Traits:
    """What one question is like: difficulty, slope, how tempting each option is, and the seconds that reading takes."""

    difficulty: float
    slope: float
    right: frozenset[int]
    tempting: tuple[float, ...]
    misconceptions: Mapping[int, str]
    seconds: float
    lure: int | None = None

    @property
    def one(self) -> bool:
        """Whether one option is right."""
        return len(self.right) == 1


def traits(question: Question, seed: int, *, lures: bool = False, has_dead: bool = False) -> Traits:
    """Give what a question is like, the same for the same seed; `lures` and `has_dead` make it one of the two."""
    rng = Random(f"{seed}:{question.id}")
    kind: Any = kind_of(question)
    (options,) = kind.options(question.body)
    right = frozenset(place for place, (_, correct) in enumerate(options.texts) if correct)
    named = {int(path[1]): name for path, name in kind.misconceptions(question.body)}
    tempting = [
        1.0 if place in right else rng.lognormvariate(0, 0.5) * (TEMPTING if place in named else 1)
        for place in range(len(options.texts))
    ]
    wrong = [place for place in range(len(tempting)) if place not in right]
    words = len(question.vignette.split()) + len(question.stem.split())
    words += sum(len(text.split()) for text, _ in options.texts)
    difficulty = rng.gauss(-0.3, 0.9) + _HARDER[question.level]
    if lures:
        tempting = [BY_THUMB if place in right else weight for place, weight in enumerate(tempting)]
    if has_dead:
        difficulty = 1.2
        tempting[min(wrong, key=tempting.__getitem__)] = 0.0
    return Traits(
        difficulty=difficulty,
        slope=rng.lognormvariate(0.1, 0.25),
        right=right,
        tempting=tuple(tempting),
        misconceptions=named,
        seconds=(7 + words / WORDS_A_SECOND) * rng.lognormvariate(0, 0.3),
        lure=max(wrong, key=tempting.__getitem__) if lures else None,
    )


def ability(student: Student, answered: int, elapsed: float) -> float:
    """Give a student's ability after so many answers, when this share of the term has passed."""
    slipped = SLIPS_BY * max(0.0, elapsed - student.slips)
    return student.ability + student.gain * log(1 + answered / GROWS_BY) - slipped


def remembered(days: float) -> float:
    """Give what having been told the answer so many days ago adds to ability."""
    return REMEMBERED * exp(-days / FADES_IN)


def answer(student: Student, theta: float, asked: Traits, rng: Random) -> Answered:
    """Have a student of this ability answer."""
    knows = rng.random() < _logistic(asked.slope * (theta - asked.difficulty))
    lured = asked.lure if asked.lure is not None and rng.random() < _logistic(LURED * (theta - LURED_FROM)) else None
    if lured is not None:
        chosen = [lured]
    elif knows and asked.lure is None:
        chosen = sorted(asked.right)
    elif asked.one:
        weights = [_weight(student, asked, place) for place in range(len(asked.tempting))]
        chosen = rng.choices(range(len(weights)), weights)
    else:
        chosen = _some(asked, rng)
    seconds = asked.seconds * student.pace * rng.lognormvariate(0, 0.35) * (1.0 if knows else 1.3)
    return Answered(chosen, _confidence(student, knows or lured is not None, rng), seconds)


def _weight(student: Student, asked: Traits, place: int) -> float:
    name = asked.misconceptions.get(place)
    own = Random(f"{student.name}:{name}").lognormvariate(0, 0.6) if name else 1.0
    return asked.tempting[place] * own


def _some(asked: Traits, rng: Random) -> list[int]:
    """Pick several options without knowing which: some right ones, some wrong ones, at least one."""
    chances = [PICKS_RIGHT if place in asked.right else PICKS_WRONG for place in range(len(asked.tempting))]
    chosen = [place for place, chance in enumerate(chances) if rng.random() < chance]
    return chosen or [rng.randrange(len(chances))]


def _confidence(student: Student, knows: bool, rng: Random) -> Confidence:
    felt = rng.gauss(0.8 if knows else 0.45, 0.17) + student.nerve
    if felt < 0.45:
        return Confidence.GUESS
    return Confidence.THINK_SO if felt < 0.75 else Confidence.SURE


def _logistic(logits: float) -> float:
    return 1 / (1 + exp(-logits))
