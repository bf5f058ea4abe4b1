"""Which questions a quiz gets, in which order, and where it goes on."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import NOON, option, question

from quizlib.engine.selection import (
    Unit,
    arrangement,
    draw,
    family_of,
    filled_up,
    fitting,
    next_position,
    open_mistakes,
    size_of,
    unseen,
    whole_cases,
    within_caps,
)
from quizlib.model.attempt import Place, State
from quizlib.services.quizzes.sheets import next_open

O, S, A = State.OPEN, State.SKIPPED, State.ANSWERED  # noqa: E741 - three letters for a row of items
MANY = [option(f"frog {n}", n == 0) for n in range(8)]


words = st.text("abcdefgh", min_size=1, max_size=4)
singles = st.lists(words, unique=True)
CASES = [("pond.1", "pond.2", "pond.3"), ("wood.1", "wood.2")]


def flat(units: list[Unit]) -> list[str]:
    return [one for unit in units for one in unit]


@given(singles, st.integers(0, 20), st.integers())
def test_a_draw_repeats_nothing_and_gives_as_many_as_there_are(found: list[str], number: int, seed: int):
    drawn = draw(found, [], number, Random(seed))

    assert len(drawn) == len(set(drawn)) == min(number, len(found))
    assert set(flat(drawn)) <= set(found)
    assert drawn == draw(found, [], number, Random(seed))


def test_every_candidate_is_drawn_sometimes_and_in_every_order():
    drawn = {tuple(draw(["frog", "toad", "newt"], [], 2, Random(seed))) for seed in range(100)}

    assert len(drawn) == 6


@given(st.permutations([("a",), ("b",), *CASES]), st.integers(0, 8))
def test_a_case_fits_whole_or_not_at_all_and_counts_as_its_parts(found: list[Unit], number: int):
    taken = fitting(found, number)

    assert set(taken) <= set(found)
    assert sum(map(len, taken)) <= number


@given(singles, st.integers(0, 20), st.integers())
def test_a_case_is_drawn_whole_or_not_at_all(found: list[str], number: int, seed: int):
    drawn = draw(found, CASES, number, Random(seed))

    assert set(drawn) <= {*((one,) for one in found), *CASES}
    assert len(drawn) == len(set(drawn))
    assert sum(map(len, drawn)) <= number
    assert sum(map(len, drawn)) >= min(number, len(found))


@pytest.mark.parametrize("seed", range(20))
def test_single_questions_are_found_among_many_cases_that_do_not_fit(seed: int):
    cases = [(f"case-{n}.1", f"case-{n}.2", f"case-{n}.3") for n in range(500)]

    assert set(flat(draw(["frog", "toad"], cases, 2, Random(seed)))) == {"frog", "toad"}


def test_the_parts_of_a_case_are_joined_in_order_and_an_incomplete_case_is_left_out():
    found = [("pond.3", "pond", 3), ("pond.2", "pond", 3), ("pond.1", "pond", 3)]
    ten = [(f"wood.{part}", "wood", 10) for part in (10, 2, 1, 3, 4, 5, 6, 7, 8, 9)]

    assert whole_cases(found) == [("pond.1", "pond.2", "pond.3")]
    assert whole_cases(ten) == [tuple(f"wood.{part}" for part in range(1, 11))]
    assert whole_cases(found[:-1]) == whole_cases(found[1:]) == []


def test_a_case_that_lost_its_last_part_is_asked_without_it():
    found = [("pond.1", "pond", 2), ("pond.2", "pond", 2), ("pond.3", "pond", 3)]

    assert whole_cases(found) == [("pond.1", "pond.2")]


def test_what_is_refused_is_not_drawn_and_its_case_neither():
    def refused(ids: Sequence[str]) -> set[str]:
        return {"toad", "pond.2"}

    drawn = [set(flat(draw(["frog", "toad"], CASES, 7, Random(seed), refused))) for seed in range(20)]

    assert all(one == {"frog", "wood.1", "wood.2"} for one in drawn)


def test_the_few_that_are_not_refused_are_found_among_many():
    found = [f"frog-{n}" for n in range(5000)]

    def refused(ids: Sequence[str]) -> set[str]:
        return set(ids) - {"frog-7", "frog-4711"}

    assert set(flat(draw(found, [], 20, Random(1), refused))) == {"frog-7", "frog-4711"}


def mix(found: list[str], answered: list[str], number: int, seed: int) -> list[Unit]:
    new = draw(found, CASES, number, Random(seed), lambda _: answered)
    return filled_up(new, found, CASES, answered, number, Random(seed))


def test_todays_mix_is_what_was_never_answered_and_then_the_oldest():
    found, answered = ["frog", "toad", "newt", "mole"], ["toad", "frog"]

    def mixed(number: int) -> set[str]:
        new = draw(found, [], number, Random(1), lambda _: answered)
        return set(flat(filled_up(new, found, [], answered, number, Random(1))))

    assert mixed(1) < mixed(2) == {"newt", "mole"}
    assert mixed(3) == {"newt", "mole", "toad"}
    assert mixed(4) == set(found)


@given(singles, st.data(), st.integers(0, 20), st.integers())
def test_todays_mix_repeats_nothing_and_splits_no_case(found: list[str], data: st.DataObject, number: int, seed: int):
    answered = data.draw(st.lists(st.sampled_from([*found, *flat(CASES), "gone"]), unique=True))
    drawn = mix(found, answered, number, seed)

    assert set(drawn) <= {*((one,) for one in found), *CASES}
    assert len(drawn) == len(set(drawn))
    assert sum(map(len, drawn)) <= number
    assert sum(map(len, drawn)) >= min(number, len(found))


def of_families(units: list[Unit]) -> Counter[str]:
    return Counter(family for family in map(family_of, flat(units)) if family)


def test_an_instance_knows_its_family_and_a_part_of_a_case_has_none():
    assert family_of("key-point.c5") == "key-point"
    assert family_of("walk.2") is None
    assert family_of("frog") is None


@given(st.integers(1, 40), st.integers())
def test_instances_keep_to_their_share_where_there_is_enough_else(number: int, seed: int):
    written = [f"frog-{n}" for n in range(60)]
    instances = [f"family-{family}.row-{row}" for family in range(20) for row in range(20)]
    drawn = draw([*written, *instances], CASES, number, Random(seed))
    families = of_families(drawn)

    assert size_of(drawn) == number
    assert families.total() <= 35 * number // 100
    assert max(families.values(), default=0) <= max(1, 3 * number // 20)


@given(st.integers(1, 30), st.integers())
def test_where_only_instances_match_they_fill_the_quiz(number: int, seed: int):
    found = [*(f"key-point.row-{n}" for n in range(40)), "frog"]

    assert size_of(draw(found, [], number, Random(seed))) == number
    assert not within_caps(found, [], 10)
    assert within_caps([*found, *(f"toad-{n}" for n in range(9))], [], 10)


def test_few_questions_are_varied_enough_when_all_of_them_are_wanted():
    assert within_caps(["frog", "toad"], [], 10)
    assert within_caps(["frog"], CASES, 6)
    assert not within_caps(["frog", "key-point.a", "key-point.b"], [], 3)


@given(st.integers(1, 20), st.integers())
def test_todays_mix_prefers_old_questions_to_too_many_new_instances(number: int, seed: int):
    written, instances = [f"frog-{n}" for n in range(30)], [f"key-point.row-{n}" for n in range(40)]
    seen = frozenset(written)
    new = draw([*written, *instances], [], number, Random(seed), lambda _: seen, relaxed=False)
    drawn = filled_up(new, [*written, *instances], [], written, number, Random(seed))

    assert size_of(drawn) == number
    assert of_families(drawn).total() <= min(35 * number // 100, max(1, 3 * number // 20))


def test_new_is_what_was_never_answered_in_any_part():
    assert unseen(["frog", "toad"], [("pond.1", "pond.2")], {"pond.2", "toad"}) == (["frog"], [])
    assert unseen(["frog"], [("pond.1", "pond.2")], {"toad"}) == (["frog"], [("pond.1", "pond.2")])


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("answers", "is_open"),
    [
        ([(NOON, 0.0)], True),
        ([(NOON, 0.5)], True),
        ([(NOON, 1.0)], False),
        ([(NOON, 0.0), (NOON + DAY, 1.0)], True),
        ([(NOON, 0.0), (NOON + DAY, 1.0), (NOON + DAY, 1.0)], True),
        ([(NOON, 0.0), (NOON + DAY, 1.0), (NOON + 2 * DAY, 1.0)], False),
        ([(NOON, 0.0), (NOON + DAY, 1.0), (NOON + 2 * DAY, 1.0), (NOON + 3 * DAY, 0.0)], True),
    ],
)
def test_a_mistake_is_open_until_right_on_two_days(answers: list[tuple[datetime, float]], is_open: bool):
    assert open_mistakes({"frog": answers}, UTC) == ({"frog"} if is_open else set())


def test_the_day_of_a_mistake_is_the_learners_own():
    late = NOON.replace(hour=23)  # in Berlin the next day has begun
    answers = {"frog": [(NOON - DAY, 0.0), (late - timedelta(hours=2), 1.0), (late, 1.0)]}

    assert open_mistakes(answers, UTC) == {"frog"}
    assert open_mistakes(answers, ZoneInfo("Europe/Berlin")) == set()


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
    return [
        Place(number, number, state, flagged=False, given=state is State.ANSWERED)
        for number, state in enumerate(states, start=1)
    ]


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
