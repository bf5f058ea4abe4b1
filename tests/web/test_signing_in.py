"""The page that signs in: its refusals, its cookie, and what ends a sign-in."""

import pytest
from makers import Clock
from services.people.newcomers import PASSWORD, rows_of
from web.visitor import INSIDE, Visitor

from quizlib.errors import DatabaseProblem
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.people import privacy, signing_in
from quizlib.services.people.signing_in import LASTS, TOO_MANY, WRONG, hash_of
from quizlib.store.tables import sign_ins
from quizlib.web.forms import COOKIE

SECURE = {"secure": True, "httponly": True, "samesite": "lax", "path": "/"}


def inside(visitor: Visitor) -> bool:
    """Tell whether the browser gets past the gate."""
    return visitor.get("/account").text == INSIDE


def carrying(token: str, **more: str) -> Visitor:
    """Give another browser that holds this cookie."""
    other = Visitor(**more)
    other.cookies[COOKIE] = token
    return other


@pytest.mark.usefixtures("nora")
def test_name_and_password_lead_in_and_to_the_page_that_was_wanted(visitor: Visitor):
    led = visitor.get("/practice?quiz=3")
    form = visitor.get(led.to)
    came = visitor.sign_in(to="/practice?quiz=3")

    assert (led.status, led.to) == (303, "/sign-in?to=%2Fpractice%3Fquiz%3D3")
    assert 'name="to" value="/practice?quiz=3"' in form.text
    assert (came.status, came.to) == (303, "/practice?quiz=3")
    assert visitor.get(came.to).text == INSIDE


@pytest.mark.usefixtures("nora")
def test_a_wrong_password_and_a_name_that_nobody_has_get_the_same_page(visitor: Visitor):
    wrong = visitor.sign_in(password="under the old willow")
    unknown = visitor.sign_in(name="toad")

    assert (wrong.status, unknown.status) == (401, 401)
    assert wrong.trouble == WRONG
    assert wrong.text.replace('value="nora"', 'value="toad"') == unknown.text
    assert visitor.cookies == {}


def test_a_password_is_never_sent_back(visitor: Visitor):
    assert "old willow" not in visitor.sign_in(password="under the old willow").text


@pytest.mark.usefixtures("nora")
def test_the_sixth_try_is_told_to_wait_even_with_the_right_password(visitor: Visitor, clock: Clock):
    tries = [visitor.sign_in(password="under the old willow").status for _ in range(5)]
    sixth = visitor.sign_in()
    clock.move(minutes=16)

    assert tries == [401] * 5
    assert (sixth.status, sixth.trouble) == (429, TOO_MANY)
    assert sixth.token is None
    assert visitor.sign_in().status == 303


@pytest.mark.usefixtures("nora")
def test_behind_a_proxy_the_tries_are_counted_by_the_address_that_it_saw(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("QUIZ_BEHIND_PROXY", "yes")
    for number in range(5):
        # what comes before the last comma is what the visitor made up
        visitor.sign_in(password="under the old willow", x_forwarded_for=f"192.0.2.{number}, 198.51.100.1")

    assert visitor.sign_in(x_forwarded_for="198.51.100.1").status == 429
    assert visitor.sign_in(x_forwarded_for="198.51.100.2").status == 303


@pytest.mark.usefixtures("nora")
def test_without_a_proxy_nobody_gets_new_tries_by_making_up_an_address(visitor: Visitor):
    tries = [
        visitor.sign_in(password="under the old willow", x_forwarded_for=f"192.0.2.{number}").status
        for number in range(6)
    ]

    assert tries == [401] * 5 + [429]


@pytest.mark.usefixtures("nora")
def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(visitor: Visitor):
    plain = visitor.sign_in().token
    https = Visitor(scheme="https").sign_in().token

    assert plain is not None
    assert https is not None
    assert {name: plain[name] for name in SECURE} == {**SECURE, "secure": ""}
    assert {name: https[name] for name in SECURE} == SECURE
    assert plain["domain"] == ""
    assert plain["max-age"] == str(int(LASTS.total_seconds()))
    assert len(plain.value) > 40


@pytest.mark.usefixtures("nora")
def test_what_a_proxy_says_about_https_is_believed_of_our_own_proxy_only(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
):
    alone = visitor.sign_in(x_forwarded_proto="https").token
    monkeypatch.setenv("QUIZ_BEHIND_PROXY", "yes")
    behind = visitor.sign_in(x_forwarded_proto="https").token
    plain = visitor.sign_in(x_forwarded_proto="https, http").token

    assert alone is not None
    assert behind is not None
    assert plain is not None
    assert [one["secure"] for one in (alone, behind, plain)] == ["", True, ""]


@pytest.mark.usefixtures("nora")
def test_a_cookie_that_was_there_before_does_not_become_the_sign_in(visitor: Visitor):
    """Session fixation: whoever put a cookie into the browser must not share what is opened with it."""
    visitor.cookies[COOKIE] = "a-token-that-an-attacker-knows"
    visitor.sign_in()

    assert inside(visitor)
    assert not inside(carrying("a-token-that-an-attacker-knows"))


@pytest.mark.usefixtures("nora")
def test_who_signs_in_again_ends_what_the_browser_had_open(visitor: Visitor):
    visitor.sign_in()
    first = visitor.token
    visitor.sign_in()

    assert visitor.token != first
    assert inside(visitor)
    assert not inside(carrying(first))


@pytest.mark.usefixtures("nora")
@pytest.mark.parametrize("token", ["", "forged", "x" * 100_000, "Ã¼", "a b", '"', "%00", "../../nora"])
def test_a_forged_cookie_opens_nothing(visitor: Visitor, token: str):
    visitor.cookies[COOKIE] = token

    assert visitor.get("/account").to == "/sign-in?to=%2Faccount"
    assert visitor.sign_in().status == 303


@pytest.mark.usefixtures("nora")
def test_a_cookie_runs_out(visitor: Visitor, clock: Clock):
    visitor.sign_in()
    clock.now += LASTS
    assert not inside(visitor)


def test_the_cookie_of_somebody_who_erased_themself_opens_nothing(visitor: Visitor, nora: User):
    visitor.sign_in()
    privacy.erase(nora, nora.name)

    assert not inside(visitor)


@pytest.mark.usefixtures("nora")
def test_signing_out_ends_the_token_wherever_it_is_and_takes_the_cookie_away(visitor: Visitor):
    visitor.sign_in()
    token = visitor.token
    other = Visitor()
    other.sign_in()
    came = visitor.post("/sign-out", {})

    assert (came.status, came.to) == (303, "/sign-in")
    assert visitor.cookies == {}
    assert not inside(carrying(token))
    assert inside(other)


def test_a_page_learns_whether_the_same_person_is_still_signed_in_and_nothing_more(visitor: Visitor, nora: User):
    assert (visitor.get("/here").status, visitor.get("/here").text) == (200, "")
    visitor.sign_in()
    first, sign = visitor.token, visitor.get("/here").text
    assert sign == visitor.get("/here").text
    assert sign not in (first, hash_of(first))
    assert len(sign) == 16
    assert visitor.get("/here").headers["cache-control"] == "no-store"
    visitor.sign_in()
    assert visitor.get("/here").text not in ("", sign)
    assert carrying(first).get("/here").text == ""
    visitor.post("/sign-out", {})
    assert visitor.get("/here").text == ""


def test_who_is_not_signed_in_may_sign_out_all_the_same(visitor: Visitor):
    assert visitor.post("/sign-out", {}).to == "/sign-in"


def test_a_picture_or_a_link_cannot_sign_out(visitor: Visitor, nora: User):
    visitor.sign_in()
    visitor.get("/sign-out")

    assert inside(visitor)


@pytest.mark.usefixtures("nora")
def test_what_was_typed_is_shown_as_it_was_typed_and_is_no_html(visitor: Visitor):
    typed = '"><script>croak()</script>'
    page = visitor.sign_in(name=typed, to=f"/{typed}")

    assert "<script" not in page.text
    assert 'value="&#34;&gt;&lt;script&gt;croak()&lt;/script&gt;"' in page.text


@pytest.mark.usefixtures("nora")
@pytest.mark.parametrize("name", ["", " ", "\x00", "nora\x00", "n" * 9_000, "😀", "\u202enora", "' OR 1=1 --"])
def test_an_odd_name_gets_the_same_sentence(visitor: Visitor, name: str):
    came = visitor.sign_in(name=name)

    assert (came.status, came.trouble) == (401, WRONG)


@pytest.mark.usefixtures("nora")
@pytest.mark.parametrize(
    ("body", "more"),
    [
        (b"name=nora&password=" + b"x" * 20_000, {}),
        (b"&".join(b"f%d=1" % number for number in range(50)), {}),
        (b"", {}),
        (b'{"name": "nora"}', {"content_type": "application/json"}),
        (b"--x\r\nbroken", {"content_type": "multipart/form-data; boundary=x"}),
        (b"--x\r\nbroken", {"content_type": "multipart/form-data"}),
        (
            b'--x\r\nContent-Disposition: form-data; name="name"; filename="a"\r\n\r\nnora\r\n--x--\r\n',
            {"content_type": "multipart/form-data; boundary=x"},
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n+2AA-\r\n--x--\r\n',
            {"content_type": "multipart/form-data; boundary=x; charset=utf-7"},
        ),
    ],
    ids=["long", "many fields", "empty", "json", "broken", "no boundary", "a file", "half a letter"],
)
def test_a_form_that_is_none_of_ours_is_refused(visitor: Visitor, body: bytes, more: dict[str, str]):
    came = visitor.post("/sign-in", body, **more)

    assert came.status in (400, 401)
    assert "Traceback" not in came.text
    assert visitor.cookies == {}


def test_a_password_longer_than_any_is_not_even_hashed(visitor: Visitor, nora: User, monkeypatch: pytest.MonkeyPatch):
    seen: list[int] = []
    real = signing_in.passwords.matches
    monkeypatch.setattr(
        signing_in.passwords, "matches", lambda given, stored: seen.append(len(given)) or real(given, stored)
    )
    visitor.sign_in(password=PASSWORD + "x" * 9_000)

    assert max(seen) <= 201


def test_nothing_that_the_plain_pages_say_is_kept_by_the_browser(visitor: Visitor, nora: User):
    pages = [
        visitor.get("/sign-in"),
        visitor.get("/welcome"),
        visitor.get("/welcome?code=NOTACODE"),
        visitor.get("/link?key=used"),
        visitor.get("/account"),
        visitor.sign_in(password="under the old willow"),
        visitor.sign_in(),
        visitor.post("/sign-out", {}),
        visitor.sign_in(origin="https://evil.example"),
    ]

    assert [one.headers.get("cache-control") for one in pages] == ["no-store"] * len(pages)
    assert all(one.headers["content-security-policy"] for one in pages)


@pytest.mark.usefixtures("nora")
def test_a_database_that_cannot_be_used_is_told_and_nobody_is_signed_out_by_it(
    visitor: Visitor, accounts_app: App, monkeypatch: pytest.MonkeyPatch
):
    visitor.sign_in()

    def fails(*_: object, **__: object) -> None:
        raise DatabaseProblem("The pond is dry.")

    for name in ("sign_in", "sign_out"):
        monkeypatch.setattr(signing_in, name, fails)
    left, again = visitor.post("/sign-out", {}), visitor.sign_in()

    assert (left.status, left.trouble) == (503, "You are still signed in. The pond is dry.")
    assert (again.status, again.trouble) == (503, "The pond is dry.")
    assert visitor.token
    assert [row["ended_at"] for row in rows_of(accounts_app, sign_ins)] == [None]
