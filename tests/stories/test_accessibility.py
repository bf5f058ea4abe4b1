"""axe-core finds nothing on any page in any state, light or dark, wide or narrow."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from driving.quiz import Learner
from driving.server import Server
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.server]
ONLY_CHOICES = True

# Streamlit's own shell: its hidden announcer region lies outside the landmarks.
OPTIONS = {"rules": {"region": {"enabled": True}}}


@pytest.fixture(params=[("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)], ids=lambda p: f"{p[0]}-{p[1]}")
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    scheme, width = request.param
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[Any]:
    page.wait_for_timeout(300)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]


def test_no_page_has_a_violation(server: Server, page: Page) -> None:
    learner = Learner(page, server.url)
    page.goto(server.url)
    expect(page.get_by_role("heading", name="Topics", exact=True)).to_be_visible()
    assert violations(page) == []

    learner.start()
    assert violations(page) == []
    learner.choose()
    assert violations(page) == []
    page.locator(".more summary").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    learner.check()
    assert violations(page) == []

    page.locator(".more summary").click()
    page.get_by_role("button", name="End here").click()
    page.get_by_role("button", name=re.compile("^Yes, end")).click()
    expect(page.locator(".line").first).to_be_visible()
    page.locator(".line summary").first.click()
    assert violations(page) == []

    for name in ("about", "account", "topics", "choose", "practice?quiz=4711"):
        page.goto(f"{server.url}/{name}")
        expect(
            page.get_by_text("Study material, not medical advice.")
            if "?" not in name
            else page.get_by_text("This quiz is not here")
        ).to_be_visible()
        assert violations(page) == []
