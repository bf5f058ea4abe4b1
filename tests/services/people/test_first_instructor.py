"""The first instructor is made by a link printed at the first start, and takes over what a laptop's person did."""

import pytest
from makers import place_of
from services.people.newcomers import OTHER_PASSWORD, PASSWORD, account, enter, rows_of, together

from quizlib.errors import NotFound, Refused
from quizlib.model.person import Purpose, Role, User
from quizlib.services.app import App
from quizlib.services.people import accounts, people
from quizlib.services.people.accounts import Invited
from quizlib.services.people.signing_in import who
from quizlib.services.quizzes import study
from quizlib.services.quizzes.results import result
from quizlib.store.tables import users


@pytest.fixture
def first(app: App) -> str:
    """The key of the link that makes the first instructor."""
    key = accounts.first_link()
    assert key is not None
    return key


def become(key: str, sign_in_name: str = "tilda") -> str:
    return accounts.use_link(key, PASSWORD, name="Tilda Toad", sign_in_name=sign_in_name)


def test_the_link_makes_an_instructor_who_chooses_both_names(app: App, first: str):
    assert accounts.invited(first) == Invited(Purpose.FIRST, "", "")
    tilda = who(become(first, " TILDA "))

    assert (tilda.name, tilda.sign_in_name) == ("Tilda Toad", "tilda")
    assert tilda.roles == set(Role)
    assert who(enter("tilda")) == tilda
    assert len(rows_of(app, users)) == 1


def test_the_first_instructor_takes_over_the_person_of_a_laptop_and_their_history(app: App, learner: User):
    quiz = study.start_fixed(learner, ["frog"])
    shown = study.sheet(learner, quiz)
    study.answer(learner, quiz, shown.item.id, place_of(shown, "frog"), seen=0)
    people.set_time_zone(learner, "Europe/Berlin")
    before = result(learner, quiz)
    key = accounts.first_link()
    assert key is not None
    tilda = who(become(key))

    assert (tilda.id, tilda.name, tilda.time_zone) == (learner.id, "Tilda Toad", "Europe/Berlin")
    assert result(tilda, quiz) == before
    assert len(rows_of(app, users)) == 1


@pytest.mark.parametrize(
    ("name", "sign_in_name", "password"),
    [("", "tilda", PASSWORD), ("Tilda", "til da", PASSWORD), ("Tilda", "tilda", "short"), ("Tilda", "tilda", "tilda")],
)
def test_what_is_refused_leaves_the_link_good_and_makes_nobody(
    app: App, first: str, name: str, sign_in_name: str, password: str
):
    with pytest.raises(Refused):
        accounts.use_link(first, password, name=name, sign_in_name=sign_in_name)
    assert rows_of(app, users) == []

    become(first)


def test_no_link_is_given_once_anybody_can_sign_in(app: App, first: str):
    become(first)

    assert accounts.first_link() is None


def test_the_link_is_useless_once_anybody_has_an_account(app: App, first: str):
    nora = account(app)
    with pytest.raises(NotFound, match="not valid any more"):
        become(first)

    assert accounts.everybody() == [nora]


def test_the_link_works_once(app: App, first: str):
    become(first)
    with pytest.raises(NotFound, match="not valid any more"):
        become(first, "mole")


def test_a_newer_link_of_a_later_start_takes_the_place_of_the_older(app: App, first: str):
    newer = accounts.first_link()
    assert newer is not None
    with pytest.raises(NotFound):
        become(first)

    become(newer)


def test_of_several_uses_at_once_one_makes_an_instructor(app: App, first: str):
    came = together(lambda number: become(first, f"tilda{number}"), 6)

    assert sum(isinstance(one, str) for one in came) == 1
    assert sum(type(one) is NotFound for one in came) == 5
    assert len(accounts.everybody()) == 1


def test_somebody_without_a_password_yet_is_no_hindrance_and_keeps_their_name(app: App, first: str):
    accounts.add_person("Nora Newt", "nora", [])
    with pytest.raises(Refused, match="Somebody signs in as nora already"):
        become(first, "nora")

    assert who(become(first)).instructs


def test_an_instructor_added_from_the_console_takes_over_the_person_of_a_laptop(app: App, learner: User):
    quiz = study.start(learner)
    tilda, key = accounts.add_person("Tilda Toad", "tilda", [Role.INSTRUCTOR])

    assert tilda.id == learner.id
    assert who(accounts.use_link(key, OTHER_PASSWORD)).roles == set(Role)
    assert study.sheet(tilda, quiz).attempt.user_id == learner.id


def test_the_first_instructor_takes_over_also_behind_a_student_and_a_second_one_nothing(app: App, learner: User):
    quiz = study.start(learner)
    nora, _ = accounts.add_person("Nora Newt", "nora", [])
    tilda, _ = accounts.add_person("Tilda Toad", "tilda", [Role.INSTRUCTOR])
    mole, _ = accounts.add_person("Max Mole", "mole", [Role.INSTRUCTOR])

    assert tilda.id == learner.id
    assert study.sheet(tilda, quiz).attempt.id == quiz
    assert len({learner.id, nora.id, mole.id}) == 3
    for somebody in (nora, mole):
        with pytest.raises(NotFound):
            study.sheet(somebody, quiz)
