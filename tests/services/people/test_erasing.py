"""Who erases themself is nobody any more; what they answered stays, without them."""

import pytest
from makers import Clock, items_of, place_of
from services.people.conftest import OpenClass
from services.people.newcomers import OTHER_PASSWORD, PASSWORD, account, enter, rows_of

from quizlib.errors import NotFound, Refused
from quizlib.model.person import Role, TextSize, User
from quizlib.services import maintenance
from quizlib.services.app import App
from quizlib.services.classes import classes
from quizlib.services.people import accounts, people
from quizlib.services.people.people import local_person
from quizlib.services.people.privacy import erase
from quizlib.services.people.signing_in import who
from quizlib.services.quizzes import choosing, study
from quizlib.store.people.personal import PERSONAL
from quizlib.store.tables import attempts, items, links, memberships, sign_ins, steps, users


@pytest.fixture
def answered(nora: User) -> int:
    """A quiz that Nora began, with one answer and one question left."""
    quiz = study.start(nora, number=2)
    shown = study.sheet(nora, quiz)
    study.answer(nora, quiz, shown.item.id, place_of(shown, "toad"), seen=0)
    return quiz


def test_nothing_in_the_row_says_who_it_was(app: App, nora: User, answered: int, clock: Clock):
    blank = account(app, "blank", name="Blank")
    people.settle(nora, asks_confidence=True, shows_keys=False, text_size=TextSize.LARGEST)
    people.set_time_zone(nora, "Europe/Berlin")
    accounts.set_roles(nora, [Role.INSTRUCTOR])
    choosing.start(nora, choosing.Choice())
    clock.move(days=1)
    before, untouched = rows_of(app, users)
    erase(nora, "Nora Newt")
    after, other = rows_of(app, users)

    # that it was an instructor stays: their own answers are no learner's
    kept = {name: before[name] for name in ("id", "created_at", "roles")} | {"erased_at": clock.now}
    empty = {"name": "", "sign_in_name": None, "password": None}
    assert after == {**untouched, **kept, **empty}
    assert other == untouched
    changed = {name for name in before if before[name] != after[name]}
    assert changed == set(before) - {"id", "created_at", "subject_hash", "roles", "invented"}
    assert blank.id == other["id"]


def test_where_somebody_was_their_links_and_their_classes_are_gone(
    app: App, nora: User, teacher: User, pond_watchers: OpenClass, clock: Clock
):
    classes.join(nora, pond_watchers.code)
    enter(device="Firefox on Linux")
    kept = accounts.reset(teacher)
    accounts.reset(nora)
    clock.move(days=1)
    erase(nora, "Nora Newt")

    assert [row["user_id"] for row in rows_of(app, links)] == [teacher.id]
    assert [row["user_id"] for row in rows_of(app, memberships)] == [teacher.id]
    (ended,) = rows_of(app, sign_ins)
    assert (ended["device"], {ended["made_at"], ended["seen_at"], ended["ended_at"]}) == ("", {clock.now})
    assert accounts.invited(kept).sign_in_name == "tilda"
    assert [one.name for one in classes.view(teacher, pond_watchers.id).members] == ["Tilda Toad"]


def test_every_answer_stays_as_it_was(app: App, nora: User, answered: int):
    before = [rows_of(app, table) for table in (attempts, items, steps)]
    erase(nora, "Nora Newt")

    assert [rows_of(app, table) for table in (attempts, items, steps)] == before
    assert [one.fraction for one in items_of(app, answered)] == [0, None]
    assert maintenance.find_damage(app) == []


def test_the_name_is_free_for_somebody_else_who_has_nothing_of_the_first(app: App, nora: User, answered: int):
    erase(nora, "Nora Newt")
    with pytest.raises(Refused):
        enter("nora", PASSWORD)
    second, key = accounts.add_person("Nora Newt", "nora", [])
    again = who(accounts.use_link(key, OTHER_PASSWORD))

    assert again.id == second.id != nora.id
    with pytest.raises(NotFound):
        study.sheet(again, answered)
    assert [row["user_id"] for row in rows_of(app, attempts)] == [nora.id]


def test_who_was_erased_is_nowhere_found(nora: User):
    erase(nora, "Nora Newt")

    assert accounts.everybody() == []
    for name in ("nora", f"#{nora.id}"):
        with pytest.raises(NotFound):
            accounts.find(name)


@pytest.mark.parametrize("typed", ["Nora Newt", " nora newt ", "NORA NEWT"])
def test_the_own_name_is_taken_in_any_case(app: App, nora: User, typed: str):
    erase(nora, typed)

    assert accounts.everybody() == []


@pytest.mark.parametrize("typed", ["", "nora", "Nora", "Tilda Toad", "Nora Newt!"])
def test_any_other_name_erases_nothing(app: App, nora: User, answered: int, typed: str):
    token, before = enter(), rows_of(app, users)
    with pytest.raises(Refused, match="write your name as it stands: Nora Newt"):
        erase(nora, typed)

    assert rows_of(app, users) == before
    assert who(token) == nora


def test_the_only_instructor_of_a_class_stays_until_another_takes_over(
    app: App, nora: User, teacher: User, pond_watchers: OpenClass
):
    mole = account(app, "mole", Role.INSTRUCTOR, name="Max Mole")
    for one in (nora, mole):
        classes.join(one, pond_watchers.code)
    with pytest.raises(Refused, match="the only instructor of Pond watchers"):
        erase(teacher, "Tilda Toad")
    assert who(enter("tilda")) == teacher
    classes.make_instructor(teacher, pond_watchers.id, mole.id)
    erase(teacher, "Tilda Toad")

    assert [one.name for one in classes.view(mole, pond_watchers.id).instructors] == ["Max Mole"]


def test_one_class_without_another_instructor_is_enough_to_erase_nothing(
    app: App, teacher: User, pond_watchers: OpenClass
):
    mole = account(app, "mole", Role.INSTRUCTOR, name="Max Mole")
    classes.join(mole, pond_watchers.code)
    classes.make_instructor(teacher, pond_watchers.id, mole.id)
    meadow = classes.make(teacher, "Meadow watchers")
    classes.join(mole, classes.view(teacher, meadow).group.join_code or "")
    with pytest.raises(Refused, match="the only instructor of Meadow watchers"):
        erase(teacher, "Tilda Toad")

    assert len(rows_of(app, memberships)) == 4


def test_a_class_in_which_nobody_else_is_does_not_keep_its_instructor(
    app: App, teacher: User, pond_watchers: OpenClass
):
    erase(teacher, "Tilda Toad")

    assert rows_of(app, memberships) == []
    with pytest.raises(Refused, match="No class has this code"):
        classes.name_for_code(pond_watchers.code)


def test_a_student_of_a_class_with_one_instructor_may_go(nora: User, teacher: User, pond_watchers: OpenClass):
    classes.join(nora, pond_watchers.code)
    erase(nora, "Nora Newt")

    assert accounts.everybody() == [teacher]


def test_the_one_person_of_a_laptop_begins_anew(app: App, learner: User):
    quiz = study.start(learner)
    erase(learner, "you")
    after = local_person()

    assert after.id != learner.id
    assert (after.name, after.roles) == ("You", set(Role))
    assert local_person() == after
    with pytest.raises(NotFound):
        study.sheet(after, quiz)


def test_who_began_anew_on_a_laptop_is_still_the_first_instructor(app: App, learner: User):
    erase(learner, "you")
    after = local_person()
    tilda, _ = accounts.add_person("Tilda Toad", "tilda", [Role.INSTRUCTOR])

    assert tilda.id == after.id


def test_what_stays_says_nothing_about_anybody(app: App, nora: User, answered: int):
    enter(device="Firefox on Linux")
    erase(nora, "Nora Newt")
    left = str([rows_of(app, one.table) for one in PERSONAL])

    assert not any(word in left for word in ("Nora", "nora", "Firefox", "argon2"))
