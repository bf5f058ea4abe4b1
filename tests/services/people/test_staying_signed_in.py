"""A token is looked up at every run: it opens what it may today, and nothing after a sign-out."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from makers import NOON, Clock
from services.people.newcomers import account, enter, rows_of

from quizlib.errors import DatabaseProblem, SignedOut
from quizlib.model.person import Role, User
from quizlib.services.app import App
from quizlib.services.people import accounts, people, privacy
from quizlib.services.people.signing_in import LASTS, hash_of, places, sign_out, sign_out_everywhere, who
from quizlib.store.tables import sign_ins


def seen_at(app: App, token: str):
    (row,) = (row for row in rows_of(app, sign_ins) if row["token_hash"] == hash_of(token))
    return row["seen_at"]


def is_signed_out(token: str | None) -> bool:
    try:
        who(token)
    except SignedOut:
        return True
    return False


@pytest.mark.parametrize("forged", [None, "", "forged", "x" * 201, "x" * 1_000_000, "' OR 1=1 --", "nor\0a"])
def test_a_forged_token_is_nobodys(nora: User, forged: str | None):
    enter()

    assert is_signed_out(forged)


def test_a_token_that_differs_by_its_last_letter_or_is_the_hash_itself_is_nobodys(nora: User):
    token = enter()

    assert is_signed_out(token[:-1])
    assert is_signed_out(f"{token}x")
    assert is_signed_out(hash_of(token))


def test_a_token_lasts_sixty_days_and_no_longer_however_often_it_is_used(nora: User, clock: Clock):
    token = enter()
    for _ in range(59):
        clock.move(days=1)
        who(token)
    clock.move(hours=23, minutes=59)
    assert who(token) == nora
    clock.move(minutes=1)

    assert clock.now == NOON + LASTS
    assert is_signed_out(token)
    assert places(nora) == []


def test_a_token_of_somebody_who_was_erased_is_nobodys(nora: User):
    token = enter()
    privacy.erase(nora, "Nora Newt")

    assert is_signed_out(token)


def test_signing_out_ends_it_in_every_tab_and_in_no_other_browser(nora: User):
    library, home = enter(), enter()
    one_tab = other_tab = library
    sign_out(one_tab)

    assert is_signed_out(other_tab)
    assert who(home) == nora


def test_signing_out_twice_leaves_it_ended_at_the_first_time(app: App, nora: User, clock: Clock):
    token = enter()
    sign_out(token)
    clock.move(hours=1)
    sign_out(token)

    assert [row["ended_at"] for row in rows_of(app, sign_ins)] == [NOON]


def test_signing_out_everywhere_ends_it_in_every_browser_of_this_person_only(app: App, nora: User):
    tilda = account(app, "tilda", name="Tilda Toad")
    tokens, other = [enter(), enter()], enter("tilda")
    sign_out_everywhere(nora)

    assert [is_signed_out(token) for token in tokens] == [True, True]
    assert who(other) == tilda


def test_where_somebody_is_signed_in_is_told_last_used_first(app: App, nora: User, clock: Clock):
    account(app, "tilda", name="Tilda Toad")
    home, library, gone = (enter(device=device) for device in ("Home", "Library", "Gone"))
    enter("tilda", device="Tilda's")
    sign_out(gone)
    clock.move(minutes=11)
    who(home)

    assert [(one.device, one.token_hash) for one in places(nora)] == [
        ("Home", hash_of(home)),
        ("Library", hash_of(library)),
    ]


def test_when_a_token_was_used_is_written_at_most_every_ten_minutes(app: App, nora: User, clock: Clock):
    token, written = enter(), set()
    for _ in range(100):
        clock.move(seconds=30)
        who(token)
        written.add(seen_at(app, token))

    assert sorted(written) == [NOON + timedelta(minutes=m) for m in (0, 10.5, 21, 31.5, 42)]


def test_a_database_that_cannot_be_written_still_tells_who_is_here(
    app: App, nora: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    token = enter()
    clock.move(hours=1)

    @contextmanager
    def full(turn: int | None = None):
        raise DatabaseProblem("The disk of the database is full.")
        yield

    monkeypatch.setattr(app.database, "write", full)

    assert who(token, "Europe/Berlin") == nora


def test_a_newcomers_time_zone_is_taken_from_the_browser_once(app: App, nora: User):
    token = enter()

    assert who(token, "Europe/Berlin").time_zone == "Europe/Berlin"
    assert who(token, "Asia/Tokyo").time_zone == "Europe/Berlin"
    assert who(enter()).time_zone == "Europe/Berlin"


@pytest.mark.parametrize("zone", [None, "", "Pond/Lily", "../../etc/passwd"])
def test_a_time_zone_that_is_none_is_not_taken(nora: User, zone: str | None):
    assert who(enter(), zone).time_zone == "UTC"


@pytest.mark.parametrize(("chosen", "shown"), [("America/Lima", "America/Lima"), ("UTC", "Etc/UTC")])
def test_a_time_zone_that_was_chosen_stays(nora: User, chosen: str, shown: str):
    token = enter()
    people.set_time_zone(nora, chosen)

    assert who(token, "Europe/Berlin").time_zone == shown


def test_what_somebody_may_do_is_seen_at_their_next_page(nora: User):
    token = enter()
    accounts.set_roles(nora, [Role.INSTRUCTOR])
    assert who(token).roles == {Role.STUDENT, Role.INSTRUCTOR}
    accounts.set_roles(nora, [])

    assert who(token).roles == {Role.STUDENT}
    assert not who(token).instructs
