"""A learner looks at what they did, does something about it, and finds an example before there is anything."""

import re

import pytest
from driving.looks import violations
from driving.past import fill_past
from driving.people import Person
from driving.server import Server
from playwright.sync_api import Browser, expect

from quizlib.config import Settings
from quizlib.services.app import open_app, use
from quizlib.services.people.people import local_person

pytestmark = [pytest.mark.browser, pytest.mark.server]
ONLY_CHOICES = True
LOOKS = [("light", 1280), ("dark", 390)]
FOLDS = ("Filter by date", "Calendar", "Time for a question", "How well I judge myself", "Download my answers")


def test_before_the_first_quiz_an_example_shows_what_will_stand_there(server: Server, browser: Browser) -> None:
    for scheme, width in LOOKS:
        person = Person(browser, server.url, scheme=scheme, width=width)
        person.open("/history")
        expect(
            person.page.locator("[role=graphics-document][aria-label^='An example, not your scores']")
        ).to_be_visible()
        assert violations(person) == []

    person.press("Start")
    expect(person.page.get_by_text("1 of 10", exact=True)).to_be_visible()
    person.open("/history")
    person.sees("0 of 10 answered")
    person.press("Go on")
    expect(person.page.get_by_text("1 of 10", exact=True)).to_be_visible()
    assert person.troubles == []


@pytest.fixture(scope="module")
def past(server: Server) -> Server:
    """Give the server, whose one person has taken 30 quizzes in ten weeks."""
    with open_app(Settings(f"sqlite:///{server.database}", server.questions)) as app:
        use(app)
        fill_past(app, local_person("Europe/Berlin"), 30, 10, days=70)
        use(None)
    return server


def test_what_was_taken_is_found_and_gone_over_again(past: Server, browser: Browser) -> None:
    person = Person(browser, past.url, width=390)
    page = person.page
    person.open()
    page.get_by_role("link", name="History", exact=True).click()
    person.sees(re.compile(r"^This week \d+ answers on \d days?\."))
    person.sees("20 of 30 quizzes")
    person.press("Show more")
    person.sees("30 of 30 quizzes")
    rows = page.locator("[class*='st-key-quiz-']")
    score = rows.first.locator(".facts b").inner_text()
    assert re.fullmatch(r"\d+ of 10", score)

    rows.first.get_by_role("link").click()
    expect(page.get_by_role("heading", name=score)).to_be_visible()
    page.get_by_role("button", name="History").click()
    person.sees("of 30 quizzes")
    rows.first.get_by_role("button", name="Repeat").click()
    page.get_by_text("The same questions", exact=True).click()
    expect(page.get_by_text("1 of 10", exact=True)).to_be_visible()

    person.open("/history")
    person.press("Repeat my open mistakes")
    expect(page.get_by_text("1 of 10", exact=True)).to_be_visible()
    person.open("/history")
    person.unfold("Filter by date")
    page.get_by_role("button", name="Dermatomes", exact=True).click()
    person.sees("Shown: Dermatomes.")
    expect(page.get_by_text("of 30 quizzes")).to_be_hidden()
    person.press("Show all")
    person.sees("of 30 quizzes")
    assert person.troubles == []


@pytest.mark.parametrize("look", LOOKS, ids=lambda one: f"{one[0]}-{one[1]}")
def test_the_page_has_no_violation_with_everything_open(past: Server, browser: Browser, look: tuple[str, int]) -> None:
    scheme, width = look
    person = Person(browser, past.url, scheme=scheme, width=width)
    person.open("/history")
    for words in FOLDS:
        person.unfold(words)
        person.settle()
    for toggle in person.page.get_by_text("Show the figures as a table").all():
        toggle.click()
        person.settle()
    expect(person.page.locator("table.figures")).to_have_count(4)
    assert violations(person) == []
    assert person.troubles == []
