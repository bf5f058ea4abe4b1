"""Every type of question, a case, a mock exam that runs out of time, a set-up that matches nothing, a share code."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from driving.quiz import Learner
from driving.server import Server
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.server]

TYPES = ("Short answer", "Number", "Matching", "Ordering", "Fill the gaps")


@pytest.fixture(params=[("light", 1280), ("dark", 390)], ids=lambda p: f"{p[0]}-{p[1]}")
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    scheme, width = request.param
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    yield context.new_page()
    context.close()


def press(page: Page, label: str) -> None:
    """Press a chip and wait until the page has taken it."""
    page.locator("[data-testid=stButtonGroup] button", has_text=re.compile(f"^{re.escape(label)}$")).click()
    page.wait_for_timeout(500)


def choose(page: Page, server: Server, *labels: str, more: tuple[str, ...] = ()) -> None:
    """Open the set-up afresh and press chips."""
    page.goto(f"{server.url}/choose")
    expect(page.get_by_text("How many")).to_be_visible()
    page.wait_for_timeout(500)
    page.locator("details summary", has_text="More").click()
    for chip in page.locator("[data-testid=stButtonGroup] button[aria-pressed=true]").all_inner_texts():
        if chip in TYPES:
            press(page, chip)
    for label in (*labels, *more):
        press(page, label)


def begin(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Start")).first.click()
    expect(page.locator(".answers > *").first).to_be_visible()


def violations(page: Page) -> list[tuple[str, list[str]]]:
    page.wait_for_timeout(300)
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("name", TYPES)
def test_every_type_of_question_is_asked_checked_and_explained(server: Server, page: Page, name: str) -> None:
    choose(page, server, "5", "Surprise me", "At once", more=(name,))
    begin(page)
    learner = Learner(page, server.url)
    assert violations(page) == []
    learner.give()
    page.get_by_role("button", name="Check").click()
    learner.told()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert learner.troubles == []


def test_a_case_unfolds_part_by_part(one_case: Server, page: Page) -> None:
    page.goto(one_case.url)
    page.get_by_role("button", name=re.compile("^Start")).first.click()
    learner = Learner(page, one_case.url)
    learner.at(1, of=3)
    expect(page.locator(".story")).to_be_hidden()
    for part in (2, 3):
        learner.give()
        page.get_by_role("button", name="Check").click()
        learner.told()
        learner.next()
        expect(page.get_by_text(f"The case so far (part {part} of 3)")).to_be_visible()
    assert violations(page) == []


def test_a_mock_exam_runs_out_of_time_with_a_reload_in_the_middle(server: Server, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    choose(page, server, "5", "Surprise me", "At the end (mock exam)")
    page.get_by_text("Time limit").click()
    minutes = page.get_by_label("Minutes")
    minutes.fill("1")
    minutes.press("Enter")
    page.wait_for_timeout(800)
    begin(page)
    learner = Learner(page, server.url)
    learner.give()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible(timeout=10_000)
    expect(page.locator(".headline")).to_be_hidden()
    page.reload()
    expect(page.locator(".chip.given")).to_have_count(1)
    page.locator(".chip").nth(1).click()
    expect(page.get_by_text("2 of 5", exact=True)).to_be_visible()
    page.locator(".more summary").click()
    page.get_by_role("button", name="Hand in", exact=True).first.click()
    expect(page.get_by_text(re.compile("4 open"))).to_be_visible()
    page.get_by_role("button", name="Not yet").click()
    expect(page.get_by_role("heading", name=re.compile("^[01] of 5$"))).to_be_visible(timeout=90_000)
    page.close()


def test_a_choice_that_matches_nothing_says_why_and_offers_to_drop_it(lone_server: Server, page: Page) -> None:
    choose(page, lone_server, "Flagged")
    expect(page.get_by_text("No question matches.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name=re.compile("^Today’s mix instead")).click()
    expect(page.locator(".answers > *").first).to_be_visible()


def test_a_share_code_gives_the_same_paper(server: Server, page: Page) -> None:
    choose(page, server, "5", "Surprise me", "At once")
    begin(page)
    first = page.locator(".stem").inner_text()
    page.locator(".more summary").click()
    page.get_by_role("button", name="End here").click()
    page.get_by_role("button", name=re.compile("^Yes, end")).click()
    page.locator("details summary", has_text="By topic, level and time").click()
    code = page.locator("[data-testid=stCode] code").inner_text().strip()

    page.goto(f"{server.url}/choose")
    page.locator("details summary", has_text="I have a share code").click()
    page.get_by_label("Share code").fill(code.lower())
    page.get_by_label("Share code").press("Enter")
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Open this quiz").click()
    expect(page.locator(".stem")).to_have_text(first)

    page.goto(f"{server.url}/choose")
    page.locator("details summary", has_text="I have a share code").click()
    page.get_by_label("Share code").fill(code[:-1] + ("3" if code[-1] == "2" else "2"))
    page.get_by_label("Share code").press("Enter")
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Open this quiz").click()
    expect(page.get_by_text("This share code has a typing error.")).to_be_visible()
