"""Who knows the code of a class makes an account and is in it."""

import pytest
from services.people.conftest import OpenClass
from services.people.newcomers import PASSWORD, enter, rows_of, together

from quizlib.errors import Refused, SignedOut
from quizlib.model.person import Role, User
from quizlib.services.app import App
from quizlib.services.classes import classes
from quizlib.services.people import accounts
from quizlib.services.people.accounts import NO_CODE
from quizlib.services.people.signing_in import places, who
from quizlib.store.tables import memberships, users


def register(code: str, sign_in_name: str = "nora", password: str = PASSWORD, **more: str) -> User:
    """Make an account for Nora."""
    token, _ = accounts.register(code, "Nora Newt", sign_in_name, password, **more)
    return who(token)


def test_a_code_makes_a_student_of_the_class_who_is_signed_in(teacher: User, pond_watchers: OpenClass):
    token, class_id = accounts.register(pond_watchers.code, " Nora  Newt", "NORA", PASSWORD, device="Firefox")
    nora = who(token)

    assert class_id == pond_watchers.id
    assert (nora.name, nora.sign_in_name, nora.roles) == ("Nora Newt", "nora", {Role.STUDENT})
    assert [one.device for one in places(nora)] == ["Firefox"]
    assert [one.name for one in classes.view(teacher, class_id).students] == ["Nora Newt"]
    assert who(enter()) == nora


def test_a_code_is_known_as_people_copy_it_from_a_wall(pond_watchers: OpenClass):
    spelt = f" {pond_watchers.code[:4].lower()} - {pond_watchers.code[4:].lower()} "

    assert register(spelt).name == "Nora Newt"


def test_a_wrong_code_makes_nobody(app: App, teacher: User, pond_watchers: OpenClass):
    for wrong in ("", " ", "-", pond_watchers.code[:-1], f"{pond_watchers.code}A", "FROGFROG", "nor\0a"):
        with pytest.raises(Refused, match=NO_CODE):
            register(wrong)

    assert accounts.everybody() == [teacher]


def test_a_closed_class_and_an_old_code_take_nobody(app: App, teacher: User, pond_watchers: OpenClass):
    newer = classes.new_code(teacher, pond_watchers.id)
    with pytest.raises(Refused, match=NO_CODE):
        register(pond_watchers.code)
    classes.close(teacher, pond_watchers.id)
    for code in (newer, "", "None"):
        with pytest.raises(Refused, match=NO_CODE):
            register(code)

    assert accounts.everybody() == [teacher]


def test_a_taken_name_is_refused_and_stays_whose_it_is(app: App, teacher: User, pond_watchers: OpenClass):
    with pytest.raises(Refused, match="Somebody signs in as tilda already"):
        register(pond_watchers.code, "TILDA", "a password of mine")

    assert accounts.everybody() == [teacher]
    assert who(enter("tilda")) == teacher


@pytest.mark.parametrize("password", ["short", "1234567890", "Nora Newt", "no.ra@newt"])
def test_a_password_that_others_would_guess_makes_nobody(
    app: App, teacher: User, pond_watchers: OpenClass, password: str
):
    with pytest.raises(Refused, match="password"):
        register(pond_watchers.code, "no.ra@newt", password)

    assert accounts.everybody() == [teacher]


def test_registering_ends_what_the_browser_had_before(teacher: User, pond_watchers: OpenClass):
    before = enter("tilda")
    register(pond_watchers.code, before=before)

    with pytest.raises(SignedOut):
        who(before)


def test_of_several_who_want_one_name_at_once_one_gets_it(app: App, teacher: User, pond_watchers: OpenClass):
    came = together(lambda number: register(pond_watchers.code, password=f"lily pad number {number}"), 6)
    (winner,) = (number for number, one in enumerate(came) if isinstance(one, User))

    assert all(type(one) is Refused for number, one in enumerate(came) if number != winner)
    assert len(rows_of(app, users)) == len(rows_of(app, memberships)) == 2
    assert who(enter(password=f"lily pad number {winner}")) == came[winner]
