"""A one-time link chooses a password: once, within two weeks, and the newest only."""

import pytest
from makers import Clock
from services.people.conftest import OpenClass
from services.people.newcomers import OTHER_PASSWORD, PASSWORD, account, enter, rows_of, together

from quizlib.errors import NotFound, Refused, SignedOut
from quizlib.model.person import Purpose, Role, User
from quizlib.services.app import App
from quizlib.services.classes import classes, roster
from quizlib.services.people import accounts, privacy
from quizlib.services.people.accounts import Invited
from quizlib.services.people.signing_in import hash_of, places, who
from quizlib.store.tables import links, users


@pytest.fixture
def key(nora: User) -> str:
    """The key of a link for Nora, who has forgotten her password."""
    return accounts.reset(nora)


def is_useless(key: str) -> bool:
    """Tell whether a link is refused at both doors."""
    for door in (lambda: accounts.invited(key), lambda: accounts.use_link(key, OTHER_PASSWORD)):
        try:
            door()
        except NotFound:
            continue
        return False
    return True


def test_a_link_says_for_whom_it_is_and_signs_them_in_with_the_new_password(nora: User, key: str):
    assert accounts.invited(key) == Invited(Purpose.PASSWORD, "Nora Newt", "nora")
    assert who(accounts.use_link(key, OTHER_PASSWORD)) == nora
    assert who(enter(password=OTHER_PASSWORD)) == nora
    with pytest.raises(Refused):
        enter(password=PASSWORD)


def test_looking_at_a_link_does_not_use_it_up(key: str):
    for _ in range(3):
        accounts.invited(key)

    accounts.use_link(key, OTHER_PASSWORD)


def test_a_link_works_once(key: str):
    accounts.use_link(key, OTHER_PASSWORD)

    assert is_useless(key)


def test_a_link_works_for_two_weeks(key: str, clock: Clock):
    clock.move(days=13, hours=23, minutes=59)
    accounts.invited(key)
    clock.move(minutes=1)

    assert is_useless(key)
    clock.move(minutes=-1)
    accounts.use_link(key, OTHER_PASSWORD)


def test_a_newer_link_takes_the_place_of_an_older_one_of_the_same_person(app: App, nora: User, key: str):
    tildas = accounts.reset(account(app, "tilda", name="Tilda Toad"))
    newer = accounts.reset(nora)

    assert is_useless(key)
    assert accounts.invited(newer).sign_in_name == "nora"
    assert accounts.invited(tildas).sign_in_name == "tilda"


@pytest.mark.parametrize("forged", ["", "forged", "nor\0a", "x" * 9_999])
def test_a_forged_link_is_useless(key: str, forged: str):
    assert is_useless(forged)
    assert is_useless(hash_of(key))


def test_a_password_that_is_refused_leaves_the_link_as_good_as_before(nora: User, key: str):
    for password in ("short", "1234567890", "n o r a n e w t"):
        with pytest.raises(Refused):
            accounts.use_link(key, password)
    assert who(enter()) == nora

    accounts.use_link(key, OTHER_PASSWORD)


def test_using_a_link_ends_every_sign_in_of_the_person_and_what_the_browser_had(app: App, nora: User, key: str):
    tilda = account(app, "tilda", name="Tilda Toad")
    library, here, other = enter(), enter("tilda"), enter("tilda")
    token = accounts.use_link(key, OTHER_PASSWORD, device="Firefox", before=here)

    for ended in (library, here):
        with pytest.raises(SignedOut):
            who(ended)
    assert who(token) == nora
    assert who(other) == tilda
    assert [one.device for one in places(nora)] == ["Firefox"]


def test_a_link_opens_a_name_that_was_tried_too_often(nora: User, key: str):
    for _ in range(6):
        with pytest.raises(Refused):
            enter(password="a wrong password")

    assert who(accounts.use_link(key, OTHER_PASSWORD)) == nora


def test_of_several_uses_at_once_one_counts(nora: User, key: str):
    came = together(lambda number: accounts.use_link(key, f"lily pad number {number}"), 6)
    (winner,) = (number for number, one in enumerate(came) if isinstance(one, str))

    assert all(type(one) is NotFound for number, one in enumerate(came) if number != winner)
    assert who(came[winner]) == who(enter(password=f"lily pad number {winner}")) == nora


def test_the_database_knows_a_link_by_its_hash_only(app: App, nora: User, key: str):
    (row,) = rows_of(app, links)

    assert row["token_hash"] == hash_of(key)
    assert key not in str(row)
    assert (row["user_id"], row["used_at"]) == (nora.id, None)


def test_a_link_of_somebody_who_was_erased_is_useless(nora: User, key: str):
    privacy.erase(nora, "Nora Newt")

    assert is_useless(key)


def test_somebody_added_from_the_console_chooses_a_password_by_a_link(app: App, nora: User):
    tilda, key = accounts.add_person("  Tilda   Toad ", " TILDA@pond.example ", [Role.INSTRUCTOR])

    assert (tilda.name, tilda.sign_in_name) == ("Tilda Toad", "tilda@pond.example")
    assert tilda.roles == {Role.STUDENT, Role.INSTRUCTOR}
    assert accounts.everybody() == [nora, tilda]
    assert who(accounts.use_link(key, OTHER_PASSWORD)) == tilda == accounts.find("Tilda@POND.example")


def test_a_name_that_is_taken_is_refused_and_adds_nobody(app: App, nora: User):
    with pytest.raises(Refused, match="Somebody signs in as nora already"):
        accounts.add_person("Norbert", "NORA", [])

    assert accounts.everybody() == [nora]
    assert rows_of(app, links) == []


@pytest.mark.parametrize("sign_in_name", ["", " ", "n", "n" * 81, "no ra", "nor\0a", "nora|newt", "<nora>"])
def test_a_sign_in_name_is_letters_and_digits_without_spaces(app: App, sign_in_name: str):
    with pytest.raises(Refused, match="cannot be a name to sign in with"):
        accounts.add_person("Nora", sign_in_name, [])


@pytest.mark.parametrize("name", ["", "  ", "\0", "n" * 101])
def test_a_name_is_some_text_and_not_too_long(app: App, name: str):
    with pytest.raises(Refused, match="name"):
        accounts.add_person(name, "nora", [])


def test_of_several_who_are_added_at_once_under_one_name_one_is(app: App):
    came = together(lambda number: accounts.add_person(f"Nora {number}", "nora", []), 6)

    assert sum(isinstance(one, tuple) for one in came) == 1
    assert sum(type(one) is Refused for one in came) == 5
    assert len(rows_of(app, users)) == 1


def test_the_console_finds_people_by_name_and_number(nora: User):
    assert accounts.find("nora") == accounts.find(f"#{nora.id}") == nora
    for wrong in ("nobody", "#", "#0", "#²", "#nora", f"#{nora.id + 1}", f"#{2**63}", f"{nora.id}"):
        with pytest.raises(NotFound, match="Nobody signs in as"):
            accounts.find(wrong)


def test_a_teacher_gives_a_link_to_a_student_whose_account_began_with_the_class(
    teacher: User, pond_watchers: OpenClass
):
    token, _ = accounts.register(pond_watchers.code, "Nora Newt", "nora", PASSWORD)
    nora = who(token)
    key = accounts.reset_student(teacher, pond_watchers.id, nora.id)

    assert who(accounts.use_link(key, OTHER_PASSWORD)) == nora


def test_a_teacher_gives_a_link_to_a_student_from_the_list_of_the_class(teacher: User, pond_watchers: OpenClass):
    found = roster.preview(teacher, pond_watchers.id, b"name,username\nNora Newt,nora\n", "list.csv")
    roster.take_in(teacher, pond_watchers.id, found)
    nora = accounts.find("nora")
    key = accounts.reset_student(teacher, pond_watchers.id, nora.id)

    assert who(accounts.use_link(key, OTHER_PASSWORD)) == nora


def test_a_teacher_does_not_get_into_an_account_that_came_from_elsewhere(
    app: App, nora: User, teacher: User, pond_watchers: OpenClass
):
    found = roster.preview(teacher, pond_watchers.id, b"name,username\nNora Newt,nora\n", "list.csv")
    roster.take_in(teacher, pond_watchers.id, found)
    with pytest.raises(Refused, match="was not made for this class"):
        accounts.reset_student(teacher, pond_watchers.id, nora.id)
    token, _ = accounts.register(pond_watchers.code, "Ulf Frog", "ulf", PASSWORD)
    ulf = who(token)
    classes.leave(ulf, pond_watchers.id)
    classes.join(ulf, pond_watchers.code)
    with pytest.raises(Refused, match="was not made for this class"):
        accounts.reset_student(teacher, pond_watchers.id, ulf.id)

    assert rows_of(app, links) == []


def test_nobody_else_gives_a_student_a_link(app: App, nora: User, teacher: User, pond_watchers: OpenClass):
    classes.join(nora, pond_watchers.code)
    other_teacher = account(app, "mole", Role.INSTRUCTOR, name="Max Mole")
    theirs = classes.make(other_teacher, "Meadow watchers")
    for actor, class_id in ((nora, pond_watchers.id), (other_teacher, pond_watchers.id), (other_teacher, theirs)):
        with pytest.raises(NotFound):
            accounts.reset_student(actor, class_id, nora.id)
    accounts.set_roles(teacher, [])
    with pytest.raises(NotFound):
        accounts.reset_student(accounts.find("tilda"), pond_watchers.id, nora.id)

    assert rows_of(app, links) == []


def test_an_instructor_in_the_class_gets_no_link_from_another(app: App, teacher: User, pond_watchers: OpenClass):
    other = account(app, "mole", Role.INSTRUCTOR, name="Max Mole")
    classes.join(other, pond_watchers.code)
    for user_id, name in ((other.id, "Max Mole"), (teacher.id, "Tilda Toad")):
        with pytest.raises(Refused, match=f"{name} is an instructor"):
            accounts.reset_student(teacher, pond_watchers.id, user_id)

    assert rows_of(app, links) == []


def test_a_student_who_left_or_was_erased_gets_no_link(app: App, nora: User, teacher: User, pond_watchers: OpenClass):
    classes.join(nora, pond_watchers.code)
    classes.leave(nora, pond_watchers.id)
    with pytest.raises(NotFound):
        accounts.reset_student(teacher, pond_watchers.id, nora.id)
    privacy.erase(nora, "Nora Newt")
    with pytest.raises(NotFound):
        accounts.reset_student(teacher, pond_watchers.id, nora.id)

    assert rows_of(app, links) == []


def test_a_changed_password_and_a_new_role_end_the_links_that_are_open(nora: User, key: str):
    accounts.change_password(nora, PASSWORD, OTHER_PASSWORD)
    assert is_useless(key)
    later = accounts.reset(nora)
    accounts.set_roles(nora, [Role.INSTRUCTOR])

    assert is_useless(later)
