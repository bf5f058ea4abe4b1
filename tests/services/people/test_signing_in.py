"""Name and password: who has both gets a token, and nobody else learns which of the two was wrong."""

import pytest
from argon2 import PasswordHasher
from makers import NOON, Clock
from services.people.conftest import CountingHasher
from services.people.newcomers import PASSWORD, account, enter, rows_of, together

from quizlib.errors import Refused, SignedOut
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.people import accounts, passwords
from quizlib.services.people.signing_in import LASTS, hash_of, places, sign_out, who
from quizlib.store.tables import sign_ins, users


def test_name_and_password_give_a_token_that_says_who_is_here(nora: User):
    assert who(enter()) == nora


@pytest.mark.parametrize("typed", ["NORA", "  nora ", "ｎｏｒａ"])
def test_a_name_is_known_however_it_is_typed(nora: User, typed: str):
    assert who(enter(typed)) == nora


@pytest.mark.parametrize("typed", [PASSWORD.upper(), f"{PASSWORD} ", f" {PASSWORD}", PASSWORD[:-1], ""])
def test_a_password_is_not_known_unless_typed_exactly(nora: User, typed: str):
    with pytest.raises(Refused):
        enter(password=typed)


def test_a_wrong_password_and_an_unknown_name_are_told_in_the_same_sentence_after_the_same_work(
    app: App, nora: User, hasher: CountingHasher
):
    with pytest.raises(Refused) as wrong:
        enter(password="over the lily pods")
    with pytest.raises(Refused) as unknown:
        enter("nobody")

    assert (type(wrong.value), str(wrong.value)) == (type(unknown.value), str(unknown.value))
    assert len(hasher.checked) == 2
    assert not any(hasher.check_needs_rehash(one) for one in hasher.checked)
    assert rows_of(app, sign_ins) == []


def test_who_has_not_chosen_a_password_yet_is_refused_in_the_same_sentence_after_the_same_work(
    app: App, hasher: CountingHasher
):
    accounts.add_person("Nora Newt", "nora", [])
    for password in ("", PASSWORD, "nobody's password, for names that nobody has"):
        with pytest.raises(Refused, match="do not belong together"):
            enter(password=password)

    assert len(hasher.checked) == 3


@pytest.mark.parametrize("name", ["", "nor\0a", "n" * 9_999, "' OR 1=1 --", "%"])
def test_a_name_that_nobody_can_have_is_a_wrong_name(nora: User, name: str):
    with pytest.raises(Refused, match="do not belong together"):
        enter(name)


@pytest.mark.parametrize("password", [f"{PASSWORD}\0", "x" * 9_999])
def test_a_password_that_nobody_can_have_is_a_wrong_password(nora: User, password: str):
    with pytest.raises(Refused, match="do not belong together"):
        enter(password=password)


def test_the_database_knows_a_token_by_its_hash_only(app: App, nora: User):
    token = enter(device="Firefox on Linux")
    (row,) = rows_of(app, sign_ins)

    assert row["token_hash"] == hash_of(token) != token
    assert token not in str(row)
    assert (row["user_id"], row["device"]) == (nora.id, "Firefox on Linux")
    assert (row["made_at"], row["expires_at"]) == (NOON, NOON + LASTS)


def test_every_sign_in_has_a_token_of_its_own(nora: User):
    assert len({enter() for _ in range(3)}) == 3


def test_signing_in_ends_what_the_browser_had_before_and_never_takes_it_over(app: App, nora: User):
    account(app, "tilda", name="Tilda Toad")
    planted = enter("tilda")
    token = enter(before=planted)

    assert token != planted
    assert who(token) == nora
    with pytest.raises(SignedOut):
        who(planted)


def test_a_token_that_somebody_planted_in_the_browser_opens_nothing_after_signing_in(nora: User):
    enter(before="planted-by-a-toad")

    with pytest.raises(SignedOut):
        who("planted-by-a-toad")


def test_a_failed_try_leaves_the_browser_signed_in(nora: User):
    here = enter()
    with pytest.raises(Refused):
        enter(password="a wrong password", before=here)

    assert who(here) == nora


def test_another_browser_stays_signed_in(nora: User):
    library = enter()
    enter()

    assert who(library) == nora


def test_a_password_that_is_changed_while_it_is_checked_opens_nothing(
    app: App, nora: User, monkeypatch: pytest.MonkeyPatch
):
    key = accounts.reset(nora)

    def slowly(password: str, stored: str | None) -> bool:
        monkeypatch.undo()
        accounts.use_link(key, "a brand new password")
        return True

    monkeypatch.setattr(passwords, "matches", slowly)
    with pytest.raises(Refused, match="do not belong together"):
        enter()
    assert len(places(nora)) == 1


def test_a_hash_of_another_cost_is_made_anew_at_the_next_right_password(
    app: App, nora: User, monkeypatch: pytest.MonkeyPatch
):
    (before,) = rows_of(app, users)
    today = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", today)
    passwords._nobodys.cache_clear()
    enter()
    (after,) = rows_of(app, users)

    assert after["password"] != before["password"]
    assert not today.check_needs_rehash(after["password"])
    assert who(enter()) == nora


def test_what_ran_out_long_ago_is_deleted(app: App, nora: User, clock: Clock):
    old = enter()
    clock.move(days=2 * LASTS.days)
    enter()
    assert hash_of(old) in [row["token_hash"] for row in rows_of(app, sign_ins)]
    clock.move(seconds=1)
    enter()

    assert hash_of(old) not in [row["token_hash"] for row in rows_of(app, sign_ins)]


def test_many_who_sign_in_at_once_all_get_in(app: App):
    names = [f"frog{number}" for number in range(12)]
    for name in names:
        account(app, name, name=name.title())
    tokens = together(lambda number: enter(names[number], address="192.0.2.7"), 12)

    assert [who(token).sign_in_name for token in tokens] == names


def test_signing_out_without_a_token_or_with_an_unknown_one_does_nothing(nora: User):
    here = enter()
    for token in (None, "", "unknown"):
        sign_out(token)

    assert who(here) == nora
