"""A share code on another computer: the same paper where the questions are the same, and words where they are not."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from driving.server import ROOT, Server
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.server]

TOPIC = "anatomy"
ANOTHER_BANK = (
    "This share code is from another question bank, or from another state of this one. "
    "Both computers need the same questions: update them, then try again."
)


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with one topic of the real questions, and what they point to."""
    folder = tmp_path_factory.mktemp("bank") / "questions"
    shutil.copytree(ROOT / "questions" / TOPIC, folder / TOPIC)
    for file in (ROOT / "questions").glob("*.yaml"):
        shutil.copy(file, folder)
    return folder


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, questions: Path) -> Iterator[Server]:
    """Give the server on which codes are made."""
    with Server(tmp_path_factory.mktemp("here"), questions=str(questions)) as running:
        yield running


@pytest.fixture
def copied(tmp_path: Path, questions: Path) -> Path:
    """Give a copy of the questions, for another server."""
    return Path(shutil.copytree(questions, tmp_path / "questions"))


@pytest.fixture(scope="module")
def made(browser: Browser, here: Server) -> tuple[list[str], str]:
    """Give the questions of a paper, and its code."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    made = make_code(page, here)
    page.close()
    return made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def paper(page: Page) -> list[str]:
    """Walk through the five questions of a quiz without an answer; give what each asks and offers, in their order."""
    asked = []
    for number in range(1, 6):
        expect(page.get_by_text(f"{number} of 5", exact=True)).to_be_visible()
        asked.append(page.locator(".vignette, .stem, .answers").all_inner_texts())
        if number < 5:
            page.locator(".more summary").click()
            page.get_by_role("button", name="Skip for now").click()
    return ["\n".join(texts) for texts in asked]


def make_code(page: Page, server: Server) -> tuple[list[str], str]:
    """Draw five questions at random on a server; give them, and the code of the paper."""
    page.goto(f"{server.url}/choose")
    for label in ("5", "Surprise me", "At once"):
        chip = page.get_by_role("radio", name=label, exact=True)
        chip.click()
        expect(chip).to_be_checked()
    page.get_by_role("button", name="Start 5 questions").click()
    asked = paper(page)
    page.locator(".more summary").click()
    page.get_by_role("button", name="End here").click()
    page.get_by_role("button", name="Yes, end with 0 of 5 answered").click()
    page.locator("summary", has_text="By topic, level and time").click()
    return asked, page.locator("[data-testid=stCode] code").inner_text().strip()


def open_code(page: Page, server: Server, code: str) -> None:
    """Type a code on a server and press the button."""
    page.goto(f"{server.url}/choose")
    page.locator("summary", has_text="I have a share code").click()
    page.get_by_label("Share code").fill(code)
    page.get_by_role("button", name="Open this quiz").click()


def test_a_code_opens_the_same_paper_on_another_computer(
    made: tuple[list[str], str], copied: Path, tmp_path: Path, page: Page
) -> None:
    asked, code = made
    with Server(tmp_path / "server", questions=str(copied)) as there:
        open_code(page, there, code)
        assert paper(page) == asked


@pytest.mark.parametrize("change", ["a question fewer", "a question worded otherwise"])
def test_a_code_is_refused_in_words_where_the_questions_differ(
    made: tuple[list[str], str], copied: Path, tmp_path: Path, page: Page, change: str
) -> None:
    _, code = made
    one = sorted((copied / TOPIC).glob("*.yaml"))[0]
    if change == "a question fewer":
        one.unlink()
    else:
        reworded = re.sub(
            r"^stem: \|\n  ", "stem: |\n  In your own words: ", one.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        assert reworded != one.read_text(encoding="utf-8")
        one.write_text(reworded, encoding="utf-8")
    with Server(tmp_path / "server", questions=str(copied)) as there:
        open_code(page, there, code)
        expect(page.get_by_text(ANOTHER_BANK, exact=True)).to_be_visible()
        expect(page).to_have_url(re.compile("/choose$"))
