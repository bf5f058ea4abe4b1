"""Signing in through a provider, as a school has one: a real one runs beside the app."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from driving.choices import only_choices
from driving.people import Instructor
from driving.provider import Provider
from driving.school import School
from driving.server import Server
from playwright.sync_api import Browser, Page, expect

from quizlib.config import Settings

pytestmark = [pytest.mark.browser, pytest.mark.server]


@dataclass(frozen=True)
class Campus:
    """The app, and the provider that vouches for people."""

    school: School
    provider: Provider

    def known(self) -> dict[str, list[str]]:
        """Give whom the app knows, with their roles."""
        return {one["name"]: one["roles"] for one in self.school.console("people", "list")}


@pytest.fixture(scope="module")
def campus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campus]:
    folder = tmp_path_factory.mktemp("campus")
    with ExitStack() as stack:
        provider = stack.enter_context(Provider(folder / "provider"))
        provider.knows("newt-7", name="Nora Newt", email="nora@pond.example", email_verified=True)
        provider.knows("toad-1", name="Tilda Toad", email="tilda@pond.example", email_verified=True)
        provider.knows("toad-2", name="Tod Toad", email="tilda@pond.example", email_verified=False)
        server = school_server(folder, instructors="tilda@pond.example")
        write_secrets(folder, provider.secrets(server.url))
        stack.enter_context(server)
        settings = Settings(f"sqlite:///{folder / 'quiz.db'}", server.questions)
        yield Campus(School(settings, (server,)), provider)


def school_server(folder: Path, **settings: str) -> Server:
    questions = str(only_choices(folder / "questions"))
    return Server(folder, home=folder / "home", sign_in="oidc", questions=questions, **settings)


def write_secrets(folder: Path, text: str) -> None:
    (folder / "home" / ".streamlit").mkdir(parents=True)
    (folder / "home" / ".streamlit" / "secrets.toml").write_text(text, encoding="utf-8")


class Guest(Instructor):
    """Somebody who signs in through the provider."""

    def sign_in(self, sign_in_name: str) -> None:
        """Go to the provider and say there who one is."""
        self.press("Sign in")
        self.page.locator("input[name=sub]").fill(sign_in_name)
        self.press("Authorize")
        self.at_home()

    def comes(self, sign_in_name: str) -> "Guest":
        """Open the app and sign in."""
        self.open()
        self.sign_in(sign_in_name)
        return self


def asked_to_sign_in(page: Page) -> None:
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible(timeout=15_000)
    expect(page.get_by_role("heading", name="Topics", exact=True)).to_be_hidden()


def test_the_first_sign_in_makes_a_student(campus: Campus, browser: Browser) -> None:
    nora = Guest(browser, campus.school.url)
    nora.open("/account")
    asked_to_sign_in(nora.page)
    assert "Nora Newt" not in campus.known()

    nora.sign_in("newt-7")
    expect(nora.page.get_by_role("link", name="Classes")).to_be_hidden()
    nora.open("/account")
    nora.sees("Nora Newt.")
    nora.sees(re.compile(f"^Signed in through {re.escape(campus.provider.url)}, since"))
    expect(nora.page.get_by_text("Password")).to_be_hidden()
    nora.open("/classes")
    nora.sees("Only instructors can do this.")

    assert campus.known()["Nora Newt"] == ["student"]
    assert nora.troubles == []
    nora.context.close()


def test_an_address_on_the_list_makes_an_instructor_where_the_provider_has_verified_it(
    campus: Campus, browser: Browser
) -> None:
    tilda, tod = Guest(browser, campus.school.url).comes("toad-1"), Guest(browser, campus.school.url).comes("toad-2")

    tilda.page.get_by_role("link", name="Classes").click()
    expect(tilda.page.get_by_label("Name of the class")).to_be_visible(timeout=15_000)
    expect(tod.page.get_by_role("link", name="Classes")).to_be_hidden()
    assert campus.known()["Tilda Toad"] == ["instructor", "student"]
    assert campus.known()["Tod Toad"] == ["student"]
    tilda.context.close()
    tod.context.close()


def test_a_role_that_is_taken_away_is_gone_at_the_next_press(campus: Campus, browser: Browser) -> None:
    tilda = Guest(browser, campus.school.url).comes("toad-1")
    tilda.make_class("Pond watchers")
    number = next(one["id"] for one in campus.school.console("people", "list") if one["name"] == "Tilda Toad")
    campus.school.console("people", "role", f"#{number}", "student")
    tilda.press("New code")

    tilda.sees("This class is not here.")
    expect(tilda.page.get_by_role("heading", name="Pond watchers")).to_be_hidden()
    expect(tilda.page.get_by_role("link", name="Classes")).to_be_hidden()
    tilda.context.close()


def test_signing_out_in_one_tab_ends_the_other_and_a_new_sign_in_opens_both(campus: Campus, browser: Browser) -> None:
    nora = Guest(browser, campus.school.url).comes("newt-7")
    before = campus.known()
    other = nora.new_tab()
    other.goto(f"{nora.url}/account")
    expect(other.get_by_role("heading", name="Where you are signed in")).to_be_visible(timeout=15_000)

    other.get_by_role("button", name="Sign out", exact=True).click()
    other.wait_for_url(re.compile("/oauth2/end_session"))
    nora.page.get_by_role("button", name=re.compile("^(Start|Go on)")).first.click()
    asked_to_sign_in(nora.page)
    nora.reload()
    asked_to_sign_in(nora.page)

    nora.sign_in("newt-7")
    other.goto(f"{nora.url}/account")
    expect(other.get_by_text("Nora Newt.")).to_be_visible(timeout=15_000)
    assert campus.known() == before
    nora.context.close()


def test_who_is_erased_is_signed_out_and_comes_back_as_somebody_new(campus: Campus, browser: Browser) -> None:
    campus.provider.knows("heron-1", name="Hal Heron", email="hal@pond.example")
    hal = Guest(browser, campus.school.url).comes("heron-1")
    number = next(one["id"] for one in campus.school.console("people", "list") if one["name"] == "Hal Heron")
    campus.school.console("person", "erase", f"#{number}", "--yes")
    hal.reload()
    asked_to_sign_in(hal.page)

    assert "Hal Heron" not in campus.known()
    hal.context.close()


def test_names_are_text_and_no_one_elses_sign_in_form_is_here(campus: Campus, browser: Browser) -> None:
    campus.provider.knows("frog-9", name="*Anna* <b>Frog</b> :material/home:")
    anna = Guest(browser, campus.school.url).comes("frog-9")
    anna.open("/account")
    anna.sees("*Anna* <b>Frog</b> :material/home:.")
    anna.open("/sign-in")

    anna.at_home()
    anna.context.close()


@pytest.mark.parametrize(
    "secrets", [None, "", '[auth]\nredirect_uri = "http://localhost/oauth2callback"\n'], ids=["none", "empty", "half"]
)
def test_where_the_provider_is_not_set_up_the_page_says_so_and_the_log_says_what(
    tmp_path: Path, browser: Browser, secrets: str | None
) -> None:
    if secrets is not None:
        write_secrets(tmp_path, secrets)
    with school_server(tmp_path) as server:
        nobody = Guest(browser, server.url)
        nobody.open()
        nobody.press("Sign in")

        nobody.sees("Nobody can sign in yet: the sign-in of your school is not set up here.")
        expect(nobody.page.get_by_text("Traceback")).to_be_hidden()
        assert "secrets.toml" in server.log
        assert "Traceback" not in server.log
        nobody.context.close()
