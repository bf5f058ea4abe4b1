"""Who a provider vouches for is known here from the first page on, with the roles that the settings give."""

from dataclasses import replace
from typing import Any

import pytest
from makers import NOON, Clock
from services.people.newcomers import rows_of, together

from quizlib.config import settings_from
from quizlib.errors import SignedOut
from quizlib.model.person import Role, User
from quizlib.services.app import App
from quizlib.services.people import accounts, privacy
from quizlib.services.people.signing_in import LASTS, places, sign_out_everywhere, sign_out_provider, who_by_provider
from quizlib.services.quizzes import study
from quizlib.store.tables import sign_ins, users

STUDENT, INSTRUCTOR = {Role.STUDENT}, {Role.STUDENT, Role.INSTRUCTOR}


def claims(**changes: Any) -> dict[str, Any]:
    """Give what the provider says about Nora."""
    about = {"name": "Nora Newt", "email": "nora@pond.example", "email_verified": True}
    return {"iss": "https://id.pond.example", "sub": "newt-7", "iat": 1, **about, **changes}


def tell(app: App, **settings: str) -> None:
    """Run the app with the settings of an operator."""
    read = settings_from({f"QUIZ_{name.upper()}": value for name, value in settings.items()})
    app.settings = replace(app.settings, instructors=read.instructors, instructor_claim=read.instructor_claim)


def is_signed_out(given: dict[str, Any]) -> bool:
    try:
        who_by_provider(given)
    except SignedOut:
        return True
    return False


def test_a_person_is_made_at_first_sight_and_found_again(app: App):
    nora = who_by_provider(claims())

    assert (nora.name, nora.roles) == ("Nora Newt", STUDENT)
    assert who_by_provider(claims()) == nora
    assert who_by_provider(claims(iat=2, name="Nora Frog", email="other@pond.example")) == nora
    assert len(rows_of(app, users)) == 1
    assert [row["user_id"] for row in rows_of(app, sign_ins)] == [nora.id] * 2


def test_two_people_are_told_apart_by_provider_and_number(app: App):
    nora = who_by_provider(claims())
    others = [who_by_provider(claims(sub="newt-8")), who_by_provider(claims(iss="https://other.example"))]

    assert len({nora.id, *(one.id for one in others)}) == 3


@pytest.mark.parametrize(
    "nobody", [{}, claims(sub=""), claims(sub=None), {"name": "Nora", "email": "nora@pond.example"}]
)
def test_claims_about_nobody_make_nobody(app: App, nobody: dict[str, Any]):
    assert is_signed_out(nobody)
    assert rows_of(app, users) == []


def test_neither_claims_nor_the_providers_number_are_stored(app: App):
    who_by_provider(claims(sub="newt-number-7"))

    assert not any(word in str(rows_of(app, table)) for table in (users, sign_ins) for word in ("newt-number", "nora@"))


@pytest.mark.parametrize("iats", [(1, 1, 1, 1, 1, 1), (1, 2, 3, 4, 5, 6)], ids=["one browser", "six browsers"])
def test_several_first_pages_at_once_make_one_person(app: App, iats: tuple[int, ...]):
    came = together(lambda number: who_by_provider(claims(iat=iats[number])), 6)

    assert [type(one) for one in came] == [User] * 6
    assert len({one.id for one in came}) == len(rows_of(app, users)) == 1
    assert len(rows_of(app, sign_ins)) == len(set(iats))


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"name": "  Nora \n Newt "}, "Nora Newt"),
        ({"name": "Nora\0Newt"}, "Nora Newt"),
        ({"name": None, "preferred_username": "nora7"}, "nora7"),
        ({"name": " "}, "nora@pond.example"),
        ({"name": "", "email": None}, "Student"),
        ({"name": "n" * 999}, "n" * 100),
    ],
    ids=str,
)
def test_a_name_is_as_tidy_as_one_that_is_typed_here(app: App, told: dict[str, Any], name: str):
    nora = who_by_provider(claims(**told))
    assert nora.name == name

    privacy.erase(nora, name)
    assert rows_of(app, users)[0]["erased_at"] == NOON


def test_the_browsers_time_zone_holds_from_the_first_page_on(app: App):
    assert who_by_provider(claims(), "Europe/Berlin").time_zone == "Europe/Berlin"
    assert who_by_provider(claims(), "Asia/Tokyo").time_zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("email", "verified", "roles"),
    [
        ("nora@pond.example", True, INSTRUCTOR),
        (" Nora@POND.example", "true", INSTRUCTOR),
        ("nora@pond.example", False, STUDENT),
        ("nora@pond.example", "false", STUDENT),
        ("nora@pond.example", None, STUDENT),
        ("tilda@pond.example", True, STUDENT),
        ("ora@pond.example", True, STUDENT),
        ("", True, STUDENT),
        (None, True, STUDENT),
    ],
)
def test_a_verified_address_on_the_list_makes_an_instructor(app: App, email: str, verified: object, roles: set[Role]):
    tell(app, instructors="Max@pond.example, Nora@Pond.example")

    assert who_by_provider(claims(email=email, email_verified=verified)).roles == roles


def test_an_address_of_which_nobody_says_that_it_is_verified_makes_no_instructor(app: App):
    tell(app, instructors="nora@pond.example")
    unsaid = claims()
    del unsaid["email_verified"]

    assert who_by_provider(unsaid).roles == STUDENT


@pytest.mark.parametrize(
    ("groups", "roles"),
    [
        ("teachers", INSTRUCTOR),
        (["frogs", "teachers"], INSTRUCTOR),
        (("teachers",), INSTRUCTOR),
        ("no-teachers", STUDENT),
        (["no-teachers", "frogs"], STUDENT),
        ([["teachers"]], STUDENT),
        ([], STUDENT),
        (None, STUDENT),
        ({"teachers": True}, STUDENT),
    ],
    ids=lambda one: "-".join(sorted(one)) if isinstance(one, set) else str(one),
)
def test_a_claim_makes_an_instructor(app: App, groups: object, roles: set[Role]):
    tell(app, instructor_claim="groups=teachers")

    assert who_by_provider(claims(groups=groups)).roles == roles
    assert who_by_provider(claims(sub="newt-8", circles=groups)).roles == STUDENT


def test_a_new_sign_in_may_give_the_role_and_never_takes_it(app: App):
    tell(app, instructor_claim="groups=teachers")

    assert who_by_provider(claims()).roles == STUDENT
    assert who_by_provider(claims(iat=2, groups=["teachers"])).roles == INSTRUCTOR
    assert who_by_provider(claims()).roles == INSTRUCTOR
    assert who_by_provider(claims(iat=3)).roles == INSTRUCTOR


def test_a_role_given_from_the_console_stays(app: App):
    accounts.set_roles(who_by_provider(claims()), [Role.INSTRUCTOR])

    assert who_by_provider(claims()).roles == INSTRUCTOR
    assert who_by_provider(claims(iat=2)).roles == INSTRUCTOR


def test_a_role_taken_away_is_seen_at_the_next_page(app: App):
    tell(app, instructors="nora@pond.example")
    nora = who_by_provider(claims())
    accounts.set_roles(nora, [])

    assert who_by_provider(claims()).roles == STUDENT


def test_the_first_instructor_takes_over_the_person_of_a_laptop(app: App, learner: User):
    quiz = study.start(learner)
    tell(app, instructors="nora@pond.example")
    nora = who_by_provider(claims())

    assert (nora.id, nora.name) == (learner.id, "Nora Newt")
    assert study.sheet(nora, quiz).attempt.user_id == learner.id
    assert who_by_provider(claims(iat=2)) == nora


def test_a_student_does_not_take_over_the_person_of_a_laptop(app: App, learner: User):
    assert who_by_provider(claims()).id != learner.id


def test_signing_out_keeps_every_tab_out_that_still_shows_the_old_claims(app: App):
    who_by_provider(claims())
    sign_out_provider(claims())

    assert is_signed_out(claims())
    assert is_signed_out(dict(reversed(claims().items())))


def test_a_new_sign_in_gets_in_after_signing_out(app: App):
    nora = who_by_provider(claims())
    sign_out_provider(claims())

    assert who_by_provider(claims(iat=2)) == nora
    assert is_signed_out(claims())


def test_signing_out_in_one_browser_leaves_the_other_signed_in(app: App):
    nora = who_by_provider(claims())
    who_by_provider(claims(iat=2))
    sign_out_provider(claims())

    assert who_by_provider(claims(iat=2)) == nora
    assert len(places(nora)) == 1


def test_signing_out_everywhere_keeps_every_browser_out(app: App):
    nora = who_by_provider(claims())
    who_by_provider(claims(iat=2))
    sign_out_everywhere(nora)

    assert is_signed_out(claims())
    assert is_signed_out(claims(iat=2))


def test_claims_open_nothing_after_sixty_days(app: App, clock: Clock):
    who_by_provider(claims())
    clock.move(seconds=LASTS.total_seconds())

    assert is_signed_out(claims())


def test_who_was_erased_is_not_made_again_by_a_tab_that_is_still_open(app: App):
    nora = who_by_provider(claims())
    privacy.erase(nora, "Nora Newt")
    assert is_signed_out(claims())
    assert accounts.everybody() == []

    assert who_by_provider(claims(iat=2)).id != nora.id
