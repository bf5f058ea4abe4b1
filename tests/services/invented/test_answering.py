"""The model by which the invented answer: who knows more is right more often, and what is meant to be odd is odd."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from makers import option, question
from services.invented.invented import large_pond

from quizlib.kinds import kind_of
from quizlib.services.invented.answering import Traits, ability, answer, remembered, traits
from quizlib.services.invented.cast import NAMES, Student, students

ANN = Student("Ann Frog", ability=0, gain=0.35, diligence=1, own=1, hour=20, pace=1, nerve=0)
POND = large_pond(24)
seeds = st.integers(0, 10_000)
asked = st.sampled_from(POND)
abilities = st.floats(-3, 3)
OF = 400


def share_right(of: Traits, theta: float, seed: int) -> float:
    """Give how many of many answers choose just the right options."""
    rng = Random(seed)
    return sum(frozenset(answer(ANN, theta, of, rng).chosen) == of.right for _ in range(OF)) / OF


@given(asked, seeds, abilities)
def test_every_answer_is_one_that_the_card_can_send(one, seed, theta):
    found = answer(ANN, theta, traits(one, seed), Random(seed))
    order = tuple(range(len(one.body.options)))

    assert kind_of(one).read(one.body, order, found.chosen) == {"chosen": found.chosen}
    assert found.seconds > 0


@given(asked, seeds)
def test_who_knows_more_is_right_more_often(one, seed):
    of = traits(one, seed)

    assert share_right(of, 4.0, seed) > share_right(of, -2.0, seed)


@given(seeds)
def test_who_knows_nothing_guesses(seed):
    of = traits(POND[0], seed)
    by_chance = 1 / sum(of.tempting)

    assert abs(share_right(of, -20.0, seed) - by_chance) < 5 * (0.25 / OF) ** 0.5


@given(seeds)
def test_the_lure_takes_those_who_know_more(seed):
    of = traits(POND[0], seed, lures=True)

    assert share_right(of, 3.0, seed) < share_right(of, -1.0, seed)


@given(seeds)
def test_nobody_takes_the_option_that_is_plainly_wrong(seed):
    of = traits(POND[0], seed, has_dead=True)
    dead = of.tempting.index(0)
    rng = Random(seed)

    assert dead not in of.right
    assert all(dead not in answer(ANN, -1.0, of, rng).chosen for _ in range(OF))


def test_a_misconception_tempts_more_than_another_wrong_option():
    named = [option("toad", misconception="toad-for-frog"), option("newt"), option("heron")]
    one = question(options=[option("frog", True), *named])
    more = sum(traits(one, seed).tempting[1] > traits(one, seed).tempting[2] for seed in range(300))

    assert more > 225


@given(st.integers(0, 1000), st.integers(1, 1000), st.floats(0, 1))
def test_practice_makes_abler_and_slipping_less_able(before, more, elapsed):
    slips = Student("Ben Toad", ability=0, gain=0.35, diligence=1, own=1, hour=20, pace=1, nerve=0, slips=0.5)

    assert ability(ANN, before + more, elapsed) > ability(ANN, before, elapsed)
    assert (ability(slips, before, elapsed) < ability(ANN, before, elapsed)) == (elapsed > 0.5)


@given(st.floats(0, 200), st.floats(0.1, 200))
def test_what_was_told_fades(days, more):
    assert remembered(days) > remembered(days + more) > 0


@given(seeds)
def test_some_slip_some_stop_and_some_have_extra_time(seed):
    found = students(len(NAMES), Random(seed))

    assert sum(one.slips < 1 for one in found) == 6
    assert sum(one.stops < 1 for one in found) == 4
    assert sum(one.extra_time > 1 for one in found) == 3
    assert any(one.shares_practice for one in found)


def test_sixty_names_are_sixty_people():
    assert len(set(NAMES)) == len(NAMES) == 60
    assert students(3, Random(0)) == students(3, Random(0))
