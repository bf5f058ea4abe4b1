"""Two processes behind deploy/nginx.conf, of which only the ports and the certificate are replaced."""

import re
import urllib.error
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from driving.choices import only_choices
from driving.nginx import NGINX, OPENSSL, Nginx
from driving.people import PASSWORD, Student
from driving.postgres import Postgres
from driving.school import School
from driving.server import Server
from driving.upkeep import prepare
from playwright.sync_api import Browser, expect

from quizlib.config import Settings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.skipif(not (NGINX and OPENSSL), reason="nginx and openssl are needed, and one is not installed"),
]


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    folder = tmp_path_factory.mktemp("behind")
    with ExitStack() as stack:
        settings = Settings(stack.enter_context(Postgres(durable=True)).fresh(), only_choices(folder / "questions"))
        prepare(settings)
        given = {"database_url": settings.database_url, "questions": str(settings.questions)}
        how = {"sign_in": "accounts", "behind_proxy": "yes"}
        servers = [stack.enter_context(Server(folder / name, **given, **how)) for name in ("one", "two")]
        yield stack.enter_context(Nginx(folder, School(settings, tuple(servers))))


def test_a_browser_stays_with_one_process_and_browsers_spread_over_both(nginx: Nginx) -> None:
    cookies = [nginx.get("/")[0]["Set-Cookie"] for _ in range(20)]
    assert all(re.fullmatch("quiz_node=[0-9a-f]{32}; Path=/; HttpOnly; Secure; SameSite=Lax", one) for one in cookies)
    assert set(nginx.asked("/", 20)) == set(nginx.servers)

    before = len(nginx.asked("/", 20))
    mine = cookies[0].partition(";")[0]
    for _ in range(10):
        assert nginx.get("/", mine)[0]["Set-Cookie"] is None
    assert len(set(nginx.asked("/", before + 10)[before:])) == 1


def test_what_a_browser_made_up_is_no_number(nginx: Nginx) -> None:
    assert "quiz_node=" in nginx.get("/", "quiz_node=u1")[0]["Set-Cookie"]


def test_scripts_arrive_packed_and_what_is_nobodys_business_not_at_all(nginx: Nginx) -> None:
    script = re.search(rb"static/js/[^\"]+", nginx.get("/")[1])
    assert script is not None
    headers, _ = nginx.get(f"/{script[0].decode()}")
    assert headers["Content-Encoding"] == "gzip"
    assert nginx.get("/healthz")[1] == b'{"ok":true}'
    with pytest.raises(urllib.error.HTTPError, match="404"):
        nginx.get("/_stcore/metrics")


def comes_in(nginx: Nginx, browser: Browser, name: str) -> Student:
    """Let somebody choose a password by a link from the console."""
    link = nginx.school.console("people", "add", name)["link"]
    one = Student(browser, nginx.url)
    one.choose_password(link)
    return one


def test_who_signs_in_gets_a_cookie_that_never_goes_without_https(nginx: Nginx, browser: Browser) -> None:
    ann = comes_in(nginx, browser, "ann")
    ann.sign_out()
    ann.open("/account")
    ann.sign_in("ann")
    expect(ann.page.get_by_role("heading", name="Where you are signed in")).to_be_visible(timeout=15_000)

    (cookie,) = [one for one in ann.context.cookies() if one["name"] == "quiz_sign_in"]
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, True, "Lax", "/")
    assert ann.page.url == f"{nginx.url}/account"
    assert ann.troubles == []
    ann.context.close()


def test_the_sixth_wrong_password_from_one_address_has_to_wait_whatever_the_visitor_says_of_it(nginx: Nginx) -> None:
    nginx.school.console("people", "add", "ben")
    fields = {"name": "ben", "password": "under the old willow"}
    statuses = [
        nginx.post("/sign-in", fields, **{"X-Forwarded-For": f"192.0.2.{number}"}).status for number in range(6)
    ]

    assert statuses == [401] * 5 + [429]


def test_another_site_cannot_sign_in_through_nginx(nginx: Nginx) -> None:
    assert nginx.post("/sign-in", {"name": "ann", "password": PASSWORD}, Origin="https://evil.example").status == 403


def test_a_learner_whose_process_is_killed_goes_on_at_the_other(nginx: Nginx, browser: Browser) -> None:
    cleo = comes_in(nginx, browser, "cleo")
    page, learner = cleo.page, cleo.learner
    learner.start()
    learner.choose()
    learner.check()
    learner.next()
    learner.at(2)

    dead = nginx.asked("/_stcore/health")[-1]
    dead.kill()
    learner.choose()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".headline")).to_be_visible(timeout=30_000)
    learner.next()
    learner.at(3)
    page.reload()
    learner.at(3)
    assert nginx.asked("/practice")[-1] is not dead

    dead.start()
    learner.choose()
    learner.check()
    cleo.context.close()


def test_a_flood_of_forms_is_held_back_and_nothing_else_is(nginx: Nginx) -> None:
    """The last of this file: it takes a while until the forms are open to this address again."""
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda _: nginx.ask("/sign-in"), range(200)))
    through = sum(one.status == 200 for one in answers)
    held = [one for one in answers if one.status == 429]

    assert through + len(held) == 200
    assert 60 <= through < 200
    assert "Many people are signing in from where you are." in held[0].text
    assert held[0].headers["Retry-After"] == "15"
    assert nginx.ask("/healthz").status == 200
