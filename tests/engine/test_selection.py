"""Which questions a quiz gets, in which order, and where it goes on."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import option, question

from quizlib.engine.selection import arrangement, draw, next_position
from quizlib.model.attempt import Place, State
from quizlib.services.study import next_open

O, S, A = State.OPEN, State.SKIPPED, State.ANSWERED  # noqa: E741 - three letters for a row of items
MANY = [option(f"frog {n}", n == 0) for n in range(8)]


@given(st.lists(st.integers(), unique=True), st.integers(0, 20), st.integers())
def test_a_draw_repeats_nothing_and_gives_as_many_as_there_are(candidates: list[int], number: int, seed: int):
    drawn = draw(candidates, number, Random(seed))

    assert len(drawn) == len(set(drawn)) == min(number, len(candidates))
    assert set(drawn) <= set(candidates)
    assert drawn == draw(candidates, number, Random(seed))


def test_every_candidate_is_drawn_sometimes_and_in_every_order():
    drawn = {tuple(draw(["frog", "toad", "newt"], 2, Random(seed))) for seed in range(100)}

    assert len(drawn) == 6


def test_the_option_order_depends_on_seed_position_and_question_only():
    asked = question(options=MANY)
    other_key = [{**one, "correct": place == 5} for place, one in enumerate(MANY)]

    assert arrangement(asked, 7, 1) == arrangement(question(options=other_key), 7, 1)
    assert arrangement(asked, 7, 1) != arrangement(asked, 8, 1)
    assert arrangement(asked, 7, 1) != arrangement(asked, 7, 2)
    assert arrangement(asked, 7, 1) != arrangement(question("toad", options=MANY), 7, 1)


def test_the_same_seed_gives_the_same_order_on_any_machine():
    assert arrangement(question(options=MANY), 7, 1) == (0, 4, 2, 5, 7, 6, 3, 1)


@pytest.mark.parametrize(
    ("open_ones", "after", "next_one"),
    [([2, 3], 1, 2), ([2, 3], 2, 3), ([1, 2], 2, 1), ([2], 2, 2), ([3, 1, 2], 1, 2), ([], 1, None), ([4], 0, 4)],
)
def test_the_next_position_is_the_following_one_and_then_from_the_start(
    open_ones: list[int], after: int, next_one: int | None
):
    assert next_one == next_position(open_ones, after)


def row(*states: State) -> list[Place]:
    return [Place(number, number, state, flagged=False) for number, state in enumerate(states, start=1)]


@pytest.mark.parametrize(
    ("states", "here", "there"),
    [
        ((O, O, O), 0, 1),
        ((O, O, O), 1, 2),
        ((A, O, O), 1, 2),
        ((O, A, A), 3, 1),
        ((S, O, A), 1, 2),
        ((S, A, O), 2, 3),
        ((S, O, A), 3, 2),
        ((S, A, S), 1, 3),
        ((S, A, S), 3, 1),
        ((A, S, A), 1, 2),
        ((A, S, A), 2, None),
        ((A, A, O), 3, None),
        ((A, A, A), 1, None),
        ((), 0, None),
    ],
)
def test_open_questions_come_first_then_the_skipped_ones_never_the_one_on_the_screen(
    states: tuple[State, ...], here: int, there: int | None
):
    assert there == next_open(row(*states), here)
