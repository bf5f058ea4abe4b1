"""A one-time link and the code of a class: what they open, once and to whom."""

import pytest
from makers import Clock
from services.people.newcomers import OTHER_PASSWORD, PASSWORD, account, rows_of
from web.visitor import INSIDE, Visitor

from quizlib.model.person import Role, User
from quizlib.services.app import App
from quizlib.services.classes import classes
from quizlib.services.people import accounts, people, signing_in
from quizlib.services.people.accounts import LINK_LASTS, NO_CODE, NO_LINK
from quizlib.store.tables import users
from quizlib.web.forms import COOKIE

SCRIPT = "<script>croak()</script>"
ESCAPED = "&lt;script&gt;croak()&lt;/script&gt;"


@pytest.fixture
def tilda(accounts_app: App) -> User:
    return account(accounts_app, "tilda", Role.INSTRUCTOR, name="Tilda Toad")


@pytest.fixture
def pond_watchers(tilda: User) -> int:
    return classes.make(tilda, "Pond watchers")


@pytest.fixture
def code(tilda: User, pond_watchers: int) -> str:
    return classes.new_code(tilda, pond_watchers)


def newcomer(code: str, **changes: str) -> dict[str, str]:
    return {"code": code, "name": "Tom Toad", "sign_in_name": "tom", "password": PASSWORD, **changes}


def test_a_link_greets_its_person_and_lets_them_choose_a_password_once(visitor: Visitor, nora: User):
    key = accounts.reset(nora)
    page = visitor.get(f"/link?key={key}")
    first = visitor.post("/link", {"key": key, "password": OTHER_PASSWORD})
    second = Visitor().post("/link", {"key": key, "password": "three green frogs"})

    assert "Hello Nora Newt. You sign in as <strong>nora</strong>." in page.text
    assert (first.status, first.to, visitor.get("/").text) == (303, "/", INSIDE)
    assert (second.status, second.trouble, second.token) == (404, NO_LINK, None)
    assert Visitor().get(f"/link?key={key}").status == 404
    assert Visitor().sign_in(password=OTHER_PASSWORD).status == 303
    assert Visitor().sign_in(password=PASSWORD).status == 401


def test_looking_at_a_link_does_not_use_it_up(visitor: Visitor, nora: User):
    """Programs that look at messages open the links in them."""
    key = accounts.reset(nora)

    assert [visitor.get(f"/link?key={key}").status for _ in range(3)] == [200] * 3
    assert visitor.cookies == {}


def test_a_password_that_is_no_good_leaves_the_link_good(visitor: Visitor, nora: User):
    key = accounts.reset(nora)
    short = visitor.post("/link", {"key": key, "password": "frog"})

    assert (short.status, short.token) == (400, None)
    assert "too short" in short.trouble
    assert f'name="key" value="{key}"' in short.text
    assert visitor.post("/link", {"key": key, "password": OTHER_PASSWORD}).status == 303


@pytest.mark.parametrize("query", ["", "?key=", "?key=forged", "?key=%00", "?key=" + "x" * 5_000, "?other=1"])
def test_a_link_that_never_was_is_told_in_a_sentence(visitor: Visitor, query: str):
    came = visitor.get(f"/link{query}")

    assert (came.status, came.trouble) == (404, NO_LINK)


def test_a_link_runs_out(visitor: Visitor, nora: User, clock: Clock):
    key = accounts.reset(nora)
    clock.now += LINK_LASTS

    assert visitor.get(f"/link?key={key}").status == 404
    assert visitor.post("/link", {"key": key, "password": OTHER_PASSWORD}).status == 404


def test_who_uses_a_link_ends_every_other_sign_in_of_its_person_and_that_of_the_browser(visitor: Visitor, nora: User):
    elsewhere = Visitor()
    elsewhere.sign_in()
    visitor.cookies[COOKIE] = "a-token-that-an-attacker-knows"
    visitor.post("/link", {"key": accounts.reset(nora), "password": OTHER_PASSWORD})

    assert visitor.token != "a-token-that-an-attacker-knows"
    assert elsewhere.get("/").to == "/sign-in"


def test_the_first_link_makes_the_first_instructor_and_nobody_after(visitor: Visitor, accounts_app: App):
    key = accounts.first_link()
    assert key is not None
    page = visitor.get(f"/link?key={key}")
    fields = {"key": key, "name": "Anna Frog", "sign_in_name": "Anna", "password": PASSWORD}
    bad = visitor.post("/link", {**fields, "sign_in_name": "anna frog"})
    came = visitor.post("/link", fields)

    assert "Become the first instructor" in page.text
    assert (bad.status, 'value="Anna Frog"' in bad.text) == (400, True)
    assert (came.status, came.to) == (303, "/")
    assert [(one.name, one.sign_in_name, one.instructs) for one in accounts.everybody()] == [
        ("Anna Frog", "anna", True)
    ]
    assert Visitor().get(f"/link?key={key}").status == 404
    assert accounts.first_link() is None


def test_a_code_makes_an_account_in_its_class(visitor: Visitor, tilda: User, pond_watchers: int, code: str):
    page = visitor.get(f"/welcome?code={code}")
    came = visitor.post("/welcome", newcomer(code))

    assert "Join Pond watchers" in page.text
    assert f"/sign-in?to=/join%3Fcode%3D{code}" in page.text
    assert (came.status, came.to, visitor.get("/").text) == (303, "/", INSIDE)
    assert [one.name for one in classes.view(tilda, pond_watchers).students] == ["Tom Toad"]
    assert not signing_in.who(visitor.token).instructs


def test_a_code_is_read_as_it_is_written_on_a_board(visitor: Visitor, code: str):
    written = f"{code[:4]}+{code[4:]}".lower()

    assert visitor.get(f"/welcome?code={written}").status == 200


@pytest.mark.parametrize("wrong", ["NOTACODE", "%00", "%3Cscript%3E", "x" * 5_000, "%F0%9F%90%B8"])
def test_a_wrong_code_is_told_and_asked_for_again(visitor: Visitor, tilda: User, wrong: str):
    came = visitor.get(f"/welcome?code={wrong}")

    assert (came.status, came.trouble) == (404, NO_CODE)
    assert 'name="code"' in came.text
    assert "<script" not in came.text


def test_the_code_of_a_class_that_takes_nobody_new_opens_nothing(
    visitor: Visitor, tilda: User, pond_watchers: int, code: str, accounts_app: App
):
    classes.close(tilda, pond_watchers)
    came = visitor.post("/welcome", newcomer(code))

    assert visitor.get(f"/welcome?code={code}").trouble == NO_CODE
    assert (came.status, came.trouble, came.token) == (404, NO_CODE, None)
    assert [row["name"] for row in rows_of(accounts_app, users)] == ["Tilda Toad"]


def test_without_a_code_the_page_asks_for_one(visitor: Visitor):
    assert (visitor.get("/welcome").status, visitor.get("/welcome").trouble) == (200, "")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": " "}, "Write a name."),
        ({"sign_in_name": "tom toad"}, "cannot be a name to sign in with"),
        ({"sign_in_name": "Tilda"}, "Somebody signs in as tilda already"),
        ({"password": "frog"}, "too short"),
        ({"password": "1234567890"}, "one of the first that others would try"),
    ],
)
def test_what_cannot_be_taken_is_told_and_the_rest_stays_filled_in(
    visitor: Visitor, code: str, changes: dict[str, str], says: str
):
    came = visitor.post("/welcome", newcomer(code, **changes))

    assert (came.status, came.token) == (400, None)
    assert says in came.trouble
    assert f'name="code" value="{code}"' in came.text
    assert PASSWORD not in came.text


def test_names_are_text_wherever_a_plain_page_shows_them(visitor: Visitor, tilda: User, nora: User):
    people.rename(nora, SCRIPT)
    group = classes.make(tilda, SCRIPT)
    code = classes.new_code(tilda, group)
    pages = [
        visitor.get(f"/link?key={accounts.reset(nora)}").text,
        visitor.get(f"/welcome?code={code}").text,
        visitor.post("/welcome", newcomer(code, name=SCRIPT, sign_in_name=SCRIPT)).text,
    ]

    assert [("<script" in page, ESCAPED in page) for page in pages] == [(False, True)] * 3
