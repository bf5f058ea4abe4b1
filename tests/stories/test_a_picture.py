"""A question with a picture: seen, enlarged, described, and closed to whoever is not signed in."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from drawn import LEAF, encoded, frog, put, shows
from driving.provider import Provider
from driving.quiz import Learner
from driving.server import Server
from makers import question, write_bank
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.server]

NAME = "frog.png"


def leaf_bank(folder: Path) -> Path:
    """Write a bank of two questions, each with a picture of which part is transparent."""
    image = frog(1200, 800).convert("RGBA")
    image.paste((0, 0, 0, 0), (900, 0, 1200, 800))
    asked = [question(name, vignette="A frog sits in the reeds.", **shows()) for name in ("frog", "toad")]
    write_bank(folder, asked)
    put(folder, NAME, encoded(image=image))
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("pictures")
    with Server(folder, questions=str(leaf_bank(folder / "questions"))) as running:
        yield running


@pytest.fixture(params=[("light", 1280), ("dark", 390)], ids=lambda one: f"{one[0]}-{one[1]}")
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    scheme, width = request.param
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    yield context.new_page()
    context.close()


def begin(page: Page, server: Server) -> Learner:
    learner = Learner(page, server.url)
    page.goto(server.url)
    page.get_by_role("button", name=re.compile("^The pond")).click()
    learner.at(1, of=2)
    return learner


def box(part: Locator) -> FloatRect:
    """Give where something is on the page."""
    found = part.bounding_box()
    assert found is not None
    return found


def violations(page: Page) -> list[Any]:
    page.wait_for_timeout(300)
    return [
        (one["id"], [node["html"][:160] for node in one["nodes"]]) for one in Axe().run(page).response["violations"]
    ]


def test_a_picture_is_seen_enlarged_and_seen_again_in_the_result(server: Server, page: Page) -> None:
    learner = begin(page, server)
    picture = page.get_by_role("img", name=LEAF)
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth") == 1200
    story, shown, stem = (box(one) for one in (page.locator(".vignette"), picture, page.locator(".stem")))
    assert story["y"] + story["height"] <= shown["y"] < shown["y"] + shown["height"] <= stem["y"]
    assert shown["height"] <= 844 / 2 + 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []

    page.get_by_role("button", name="Enlarge").click()
    dialog = page.get_by_role("dialog")
    assert box(dialog.get_by_role("img"))["width"] > 1.5 * shown["width"]
    assert violations(page) == []
    for key in ("a", "Escape"):
        page.keyboard.press(key)
    expect(dialog).to_be_hidden()
    assert learner.chosen() == []
    assert page.get_by_role("button", name="Enlarge").evaluate("one => one.getRootNode().activeElement === one")

    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    learner.choose()
    learner.check()
    expect(picture).to_be_visible()
    learner.next()
    learner.at(2, of=2)
    learner.choose()
    learner.check()
    learner.next()
    page.locator(".line summary").first.click()
    expect(page.locator(".inside").first.get_by_role("img", name=LEAF)).to_be_visible()
    page.locator(".inside").first.get_by_role("button", name="Enlarge").click()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert learner.troubles == []


def test_nothing_moves_when_the_picture_comes_late(server: Server, page: Page) -> None:
    held: list[Any] = []
    page.route("**/picture/*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright wants a function
    begin(page, server)
    before = page.locator(".stem").bounding_box()
    while not held:
        page.wait_for_timeout(50)
    held.pop(0).continue_()
    expect(page.get_by_role("img", name=LEAF)).to_be_visible()
    page.wait_for_timeout(500)

    assert page.get_by_role("img", name=LEAF).evaluate("image => image.naturalWidth") == 1200
    assert page.locator(".stem").bounding_box() == before


def test_a_picture_that_cannot_be_loaded_is_told_in_words(server: Server, page: Page) -> None:
    page.route("**/picture/*", lambda route: route.abort())
    begin(page, server)
    words = page.get_by_text(f"The picture could not be loaded. It shows: {LEAF}")
    expect(words).to_be_visible()

    page.unroute("**/picture/*")
    expect(words).to_be_hidden(timeout=15_000)
    expect(page.get_by_role("img", name=LEAF)).to_be_visible()


def test_a_provider_lets_in_to_pictures_as_well(browser: Browser, tmp_path: Path) -> None:
    with Provider(tmp_path / "provider") as provider:
        provider.knows("newt-7", name="Nora Newt")
        questions = str(leaf_bank(tmp_path / "questions"))
        server = Server(tmp_path / "server", home=tmp_path / "home", sign_in="oidc", questions=questions)
        secrets = tmp_path / "home" / ".streamlit" / "secrets.toml"
        secrets.parent.mkdir(parents=True)
        secrets.write_text(provider.secrets(server.url), encoding="utf-8")
        with server:
            address = f"{server.url}/picture/{NAME}"
            with pytest.raises(urllib.error.HTTPError, match="401"):
                urllib.request.urlopen(address)
            page = browser.new_context().new_page()
            page.goto(server.url)
            page.get_by_role("button", name="Sign in").click()
            page.locator("input[name=sub]").fill("newt-7")
            page.get_by_role("button", name="Authorize").click()
            page.get_by_role("button", name=re.compile("^The pond")).click()
            picture = page.get_by_role("img", name=LEAF)
            expect(picture).to_be_visible()

            assert page.context.request.get(address).status == 200
            page.context.clear_cookies()
            assert page.context.request.get(address).status == 401
            page.context.close()
