"""What somebody changes about their own account."""

import pytest
from services.people.newcomers import OTHER_PASSWORD, PASSWORD, account, enter

from quizlib.errors import Refused, SignedOut
from quizlib.model.person import TextSize, User
from quizlib.services.app import App
from quizlib.services.people import accounts, passwords, people
from quizlib.services.people.signing_in import who, who_by_provider


def test_a_new_password_takes_the_place_of_the_old(nora: User):
    accounts.change_password(nora, PASSWORD, OTHER_PASSWORD)

    assert who(enter(password=OTHER_PASSWORD)) == nora
    with pytest.raises(Refused):
        enter(password=PASSWORD)


def test_a_new_password_ends_every_sign_in_but_this_one(app: App, nora: User):
    tilda = account(app, "tilda", name="Tilda Toad")
    here, library, other = enter(), enter(), enter("tilda")
    accounts.change_password(nora, PASSWORD, OTHER_PASSWORD, here)

    assert who(here) == nora
    assert who(other) == tilda
    with pytest.raises(SignedOut):
        who(library)


@pytest.mark.parametrize("old", ["", OTHER_PASSWORD, PASSWORD.upper()])
def test_without_the_present_password_nothing_changes(nora: User, old: str):
    here = enter()
    with pytest.raises(Refused, match="not your present password"):
        accounts.change_password(nora, old, OTHER_PASSWORD)

    assert who(here) == who(enter()) == nora


@pytest.mark.parametrize("new", ["short", "1234567890", "nora newt", "x" * 201])
def test_a_password_that_others_would_guess_changes_nothing(nora: User, new: str):
    here = enter()
    with pytest.raises(Refused, match="password"):
        accounts.change_password(nora, PASSWORD, new)

    assert who(here) == who(enter()) == nora


def test_who_still_knows_the_old_password_cannot_undo_a_link_that_is_used_meanwhile(
    nora: User, monkeypatch: pytest.MonkeyPatch
):
    key = accounts.reset(nora)

    def slowly(password: str, stored: str | None) -> bool:
        accounts.use_link(key, OTHER_PASSWORD)
        return True

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(passwords, "matches", slowly)
        with pytest.raises(Refused, match="not your present password"):
            accounts.change_password(nora, PASSWORD, "the password of a thief")

    assert who(enter(password=OTHER_PASSWORD)) == nora


def test_who_signs_in_through_a_provider_has_no_password_to_change(app: App):
    nora = who_by_provider({"iss": "https://id.pond.example", "sub": "newt-7", "name": "Nora Newt"})

    with pytest.raises(Refused, match="no password here"):
        accounts.change_password(nora, "", OTHER_PASSWORD)


def test_a_new_name_is_seen_at_the_next_page_and_signs_in_as_before(nora: User):
    here = enter()
    people.rename(nora, "  Nora \n Frog\0")

    assert who(here).name == "Nora Frog"
    assert who(enter("nora")).name == "Nora Frog"


@pytest.mark.parametrize("name", ["", "  ", "\0", "n" * 101])
def test_a_name_that_is_none_changes_nothing(nora: User, name: str):
    with pytest.raises(Refused, match="name"):
        people.rename(nora, name)

    assert who(enter()) == nora


@pytest.mark.parametrize("zone", ["", "Pond/Lily", "../../etc/passwd"])
def test_a_time_zone_that_is_none_changes_nothing(nora: User, zone: str):
    with pytest.raises(Refused, match="is not a time zone"):
        people.set_time_zone(nora, zone)

    assert who(enter()) == nora


def test_what_one_person_chooses_is_nobody_elses(app: App, nora: User):
    tilda = account(app, "tilda", name="Tilda Toad")
    people.settle(nora, asks_confidence=True, shows_keys=False, text_size=TextSize.LARGE)
    people.rename(nora, "Nora Frog")
    people.set_time_zone(nora, "Europe/Berlin")

    changed = {"asks_confidence": True, "shows_keys": False, "text_size": TextSize.LARGE}
    assert who(enter()) == nora.model_copy(update={"name": "Nora Frog", "time_zone": "Europe/Berlin", **changed})
    assert who(enter("tilda")) == tilda
