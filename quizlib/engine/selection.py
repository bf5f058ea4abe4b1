"""Which questions an attempt gets, and in which order."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from quizlib.kinds import kind_of
from quizlib.model.question import Question

T = TypeVar("T")


def draw(candidates: Sequence[T], number: int, rng: Random) -> list[T]:
    """Draw up to `number` candidates at random, without repeats, in random order."""
    return rng.sample(candidates, min(number, len(candidates)))


def arrangement(question: Question, seed: int, position: int) -> tuple[int, ...]:
    """Draw the option order of one item; it depends on seed, position and question only."""
    rng = Random(f"{seed}:{position}:{question.id}")
    return kind_of(question).arrange(question.body, rng)


def next_position(open_positions: Sequence[int], after: int) -> int | None:
    """Give the open position that follows, from the start again at the end; None when nothing is open."""
    later = [position for position in open_positions if position > after]
    return min(later or open_positions, default=None)
