"""Who tries passwords is stopped at the sixth; who has the right one is not kept out by others for long."""

import pytest
from makers import NOON, Clock
from services.people.conftest import CountingHasher
from services.people.newcomers import account, enter, rows_of, together

from quizlib.errors import Refused
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.people import signing_in
from quizlib.services.people.signing_in import WINDOW, TooManyTries, who
from quizlib.store.tables import throttles

SCHOOL, HOME = "192.0.2.7", "2001:db8::7"


def fail(times: int, name: str = "nora", address: str = SCHOOL) -> None:
    """Try wrong passwords that are each still looked at."""
    for number in range(times):
        with pytest.raises(Refused) as refusal:
            enter(name, f"wrong password {number}", address=address)
        assert not isinstance(refusal.value, TooManyTries)


def is_stopped(name: str = "nora", address: str = SCHOOL) -> bool:
    """Tell whether even the right password is refused."""
    try:
        enter(name, address=address)
    except TooManyTries:
        return True
    return False


@pytest.mark.parametrize("name", ["nora", "nobody"])
def test_the_sixth_try_is_refused_without_looking_at_the_password(app: App, hasher: CountingHasher, name: str):
    account(app)
    fail(5, name)
    with pytest.raises(TooManyTries, match="Wait a quarter of an hour"):
        enter(name, address=SCHOOL)

    assert len(hasher.checked) == 5


def test_the_fifth_try_with_the_right_password_is_in(nora: User):
    fail(4)

    assert who(enter(address=SCHOOL)) == nora


def test_spelling_the_name_otherwise_is_no_new_beginning(nora: User):
    fail(3, "nora")
    fail(2, " NORA")

    assert is_stopped()


def test_somebody_elses_failures_at_another_address_do_not_keep_the_owner_out(nora: User):
    fail(5, address=SCHOOL)

    assert is_stopped(address=SCHOOL)
    assert not is_stopped(address=HOME)


def test_failures_at_one_name_leave_the_others_at_this_address_alone(app: App, nora: User):
    account(app, "tilda", name="Tilda Toad")
    fail(5)

    assert not is_stopped("tilda")


def test_a_name_that_is_tried_from_everywhere_is_closed_for_a_while(nora: User, clock: Clock):
    for number in range(signing_in.TRIES_AT_NAME):
        fail(1, address=f"192.0.2.{number}")
    assert is_stopped(address=HOME)
    clock.move(minutes=15)

    assert not is_stopped(address=HOME)


def test_an_address_that_tries_many_names_is_closed_for_a_while(
    nora: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(signing_in, "TRIES_FROM_ADDRESS", 7)
    for number in range(7):
        fail(1, f"guess{number}")
    assert is_stopped(address=SCHOOL)
    assert not is_stopped(address=HOME)
    clock.move(minutes=15)

    assert not is_stopped(address=SCHOOL)


def test_a_whole_school_that_signs_in_from_one_address_is_not_taken_for_a_thief(
    nora: User, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(signing_in, "TRIES_FROM_ADDRESS", 3)
    for _ in range(10):
        assert who(enter(address=SCHOOL)) == nora


def test_signing_in_oneself_buys_no_further_guesses_at_others(app: App, monkeypatch: pytest.MonkeyPatch):
    account(app)
    monkeypatch.setattr(signing_in, "TRIES_FROM_ADDRESS", 3)
    fail(1, "guess1")
    enter(address=SCHOOL)
    fail(1, "guess2")
    enter(address=SCHOOL)
    fail(1, "guess3")

    assert is_stopped()


def test_after_a_quarter_of_an_hour_the_right_password_is_in(nora: User, clock: Clock):
    fail(5)
    clock.move(minutes=14, seconds=59)
    assert is_stopped()
    clock.move(seconds=1)

    assert not is_stopped()


def test_after_a_quarter_of_an_hour_there_are_five_tries_again_and_no_more(nora: User, clock: Clock):
    fail(5)
    clock.move(minutes=15)
    fail(5)

    assert is_stopped()


def test_knocking_while_it_is_closed_does_not_keep_it_closed(nora: User, clock: Clock):
    fail(5)
    for _ in range(5):
        clock.move(minutes=3)
        stopped = is_stopped()

    assert not stopped


def test_the_right_password_forgets_the_failures_before_it(nora: User):
    fail(4)
    enter(address=SCHOOL)
    fail(4)

    assert not is_stopped()


@pytest.mark.parametrize("name", ["nora", "nobody"])
def test_of_many_tries_at_once_five_are_looked_at(app: App, hasher: CountingHasher, name: str):
    account(app)
    came = together(lambda number: enter(name, f"wrong password {number}", address=SCHOOL), 20)

    assert sum(type(one) is TooManyTries for one in came) == 15
    assert sum(type(one) is Refused for one in came) == 5
    assert len(hasher.checked) == 5


def test_what_is_kept_about_a_try_tells_neither_name_nor_address(app: App, nora: User):
    fail(1, "nora", SCHOOL)
    kept = rows_of(app, throttles)

    assert [(one["failures"], one["since"]) for one in kept] == [(1, NOON)] * 3
    assert not any(SCHOOL in str(one) or "nora" in str(one) for one in kept)


def test_what_is_kept_about_a_try_vanishes_with_the_next_one_after_its_time(app: App, nora: User, clock: Clock):
    fail(2, "nora", SCHOOL)
    before = {one["key"] for one in rows_of(app, throttles)}
    clock.move(seconds=WINDOW.total_seconds())
    enter("nora", address=HOME)

    assert len(before) == 3
    assert not before & {one["key"] for one in rows_of(app, throttles)}
