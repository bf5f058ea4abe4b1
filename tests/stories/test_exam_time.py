"""An exam with an end: what the clock says, a laptop that sleeps past the end, the same exam in two tabs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from driving.choices import only_choices
from driving.quiz import Line
from driving.server import Server
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.server]

# quiz_app.py, with a clock that a file beside it puts forward
LATE_APP = """\
from datetime import timedelta
from pathlib import Path

import streamlit as st

if __name__ == "__main__":
    from quizlib.ui.frame import main

    main()
else:
    from quizlib.config import settings_from
    from quizlib.services.app import open_app, use, utc_now
    from quizlib.web import lifespan, middleware, routes

    LATER = Path(__file__).with_name("later")
    use(open_app(settings_from(), clock=lambda: utc_now() + timedelta(seconds=float(LATER.read_text()))))
    app = st.App(__file__, routes=routes(), middleware=middleware(), lifespan=lifespan)
"""


class Time:
    """The time of a server, and of the browsers that are there."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "later"
        self._later = 0.0
        self._tell()

    def pass_by(self, seconds: float, *pages: Page) -> None:
        """Let the server's time pass by, and then the pages', as for a laptop that was shut: timers fire once."""
        self._later += seconds
        self._tell()
        for page in pages:
            page.clock.fast_forward(round(seconds * 1000))

    def _tell(self) -> None:
        fresh = self._file.with_suffix(".new")
        fresh.write_text(str(self._later), encoding="ascii")
        fresh.replace(self._file)  # the server may be reading


@pytest.fixture(scope="module")
def time_and_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Time, Server]]:
    """Give a server whose clock can be put forward, and its clock."""
    folder = tmp_path_factory.mktemp("late")
    script = folder / "late_app.py"
    script.write_text(LATE_APP, encoding="utf-8")
    time = Time(folder)
    with Server(folder, script=script, questions=str(only_choices(folder / "questions"))) as running:
        yield time, running


@pytest.fixture
def time(time_and_server: tuple[Time, Server]) -> Time:
    return time_and_server[0]


@pytest.fixture
def late_server(time_and_server: tuple[Time, Server]) -> Server:
    return time_and_server[1]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return new_page(context)


def new_page(context: BrowserContext) -> Page:
    """Open a page whose time can be made to pass by."""
    page = context.new_page()
    page.clock.install()
    return page


def sit_exam(page: Page, server: Server, minutes: int) -> None:
    """Choose a mock exam of five questions with a time limit, and start it."""
    page.goto(f"{server.url}/choose")
    for label in ("5", "Surprise me", "At the end (mock exam)"):
        chip = page.get_by_role("radio", name=label, exact=True)
        chip.click()
        expect(chip).to_be_checked()
    # the time limit comes and goes with the mock exam
    expect(page.get_by_role("heading", name=re.compile("surprise me, answers at the end"))).to_be_visible()
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    page.locator("details summary", has_text="More").click()
    limited = page.get_by_role("switch", name="Time limit")
    expect(limited).to_be_attached()
    if not limited.is_checked():  # it is remembered
        limited.press("Space")  # a click may miss what is still unfolding
    expect(limited).to_be_checked()
    page.get_by_label("Minutes").fill(str(minutes))
    page.get_by_label("Minutes").press("Enter")
    page.get_by_role("button", name="Start 5 questions").click()
    expect(page.get_by_text("1 of 5", exact=True)).to_be_visible()


def choose(page: Page, *places: int) -> list[str]:
    """Choose options of the question on the screen and let go of the others; give the words of what is chosen."""
    boxes, several = page.locator(".option input"), page.locator(".options.several").count()
    wanted = places if several else places[:1]
    for place, box in enumerate(boxes.all()):
        if box.is_checked() != (place in wanted) and (several or place in wanted):
            page.locator(".option .row").nth(place).click()
    expect(page.locator(".saved")).to_have_text("Saved")
    return chosen(page)


def chosen(page: Page) -> list[str]:
    return page.locator(".option:has(input:checked) .text").all_inner_texts()


def alert(page: Page, words: str) -> Locator:
    """Give what a screen reader says at once."""
    return page.get_by_role("alert").filter(has_text=re.compile(f"^{re.escape(words)}$"))


def seconds_left(page: Page) -> int:
    """Read the clock of the exam."""
    expect(page.locator(".clock")).to_have_text(re.compile(r"^\d+:\d\d$"))
    minutes, seconds = page.locator(".clock").inner_text().split(":")
    return 60 * int(minutes) + int(seconds)


def result(page: Page) -> tuple[str, list[str]]:
    """Wait for the result and give its score and its lines."""
    heading = page.get_by_role("heading", name=re.compile("^[0-5] of 5$"))
    expect(heading).to_be_visible(timeout=20_000)
    expect(page.get_by_role("heading", name="All questions")).to_be_visible()
    return heading.inner_text(), page.locator(".line .what").all_inner_texts()


def test_five_minutes_and_one_are_told_and_told_too_when_the_clock_is_hidden(
    late_server: Server, time: Time, page: Page
) -> None:
    sit_exam(page, late_server, 6)
    expect(page.get_by_role("button", name="6 minutes left. Press to hide.")).to_be_visible()
    time.pass_by(seconds_left(page) - 302, page)
    expect(page.locator(".clock")).to_have_text(re.compile("^5:0"))
    expect(alert(page, "5 minutes left.")).to_be_visible(timeout=10_000)
    choose(page, 0, 1)
    expect(alert(page, "5 minutes left.")).to_be_visible()

    page.get_by_role("button", name="5 minutes left. Press to hide.").click()
    hidden = page.get_by_role("button", name="Show the time left")
    expect(hidden).to_have_text("Show time")
    expect(page.get_by_text(re.compile(r"^\d+:\d\d$"))).to_be_hidden()
    time.pass_by(60, page)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("2 of 5", exact=True)).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(hidden).to_have_text("Show time")
    time.pass_by(177, page)
    expect(alert(page, "1 minute left.")).to_be_visible(timeout=20_000)
    expect(hidden).to_have_text("Show time")
    hidden.click()
    assert 45 <= seconds_left(page) <= 60


def test_a_laptop_that_slept_over_a_mark_is_told_what_is_left(late_server: Server, time: Time, page: Page) -> None:
    sit_exam(page, late_server, 6)
    time.pass_by(seconds_left(page) - 200, page)
    expect(alert(page, "4 minutes left.")).to_be_visible()
    time.pass_by(150, page)
    expect(alert(page, "1 minute left.")).to_be_visible()


def test_looking_into_the_menu_does_not_put_the_clock_back(late_server: Server, time: Time, page: Page) -> None:
    sit_exam(page, late_server, 20)
    time.pass_by(600, page)
    expect(page.locator(".clock")).to_have_text(re.compile("^9:"))
    page.locator(".more summary").click()
    expect(page.get_by_role("button", name="Hand in", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Hand in", exact=True)).to_be_hidden()
    page.clock.run_for(1000)
    assert seconds_left(page) < 600


def test_an_exam_that_ends_while_the_laptop_sleeps_shows_what_was_saved(
    late_server: Server, time: Time, page: Page
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    line = Line(page)
    sit_exam(page, late_server, 1)
    kept = choose(page, 1, 2)
    line.cut()
    time.pass_by(120, page)
    expect(alert(page, "Time is up. What you chose is being handed in.")).to_be_visible()
    said = "No connection. Your answer is saved. The time is up; what was not sent before then does not count."
    expect(page.get_by_text(said)).to_be_visible(timeout=10_000)
    line.mend()
    score, lines = result(page)
    expect(page.get_by_text("4 questions left unanswered.")).to_be_visible()
    mine = next(one for one in lines if one.startswith("1. "))
    assert all(text in mine for text in kept)
    page.reload()
    assert result(page) == (score, lines)
    assert errors == []
    assert "Traceback" not in late_server.log


def test_a_laptop_whose_clock_jumps_ahead_does_not_end_the_exam(late_server: Server, page: Page) -> None:
    sit_exam(page, late_server, 1)
    page.clock.fast_forward(3_600_000)
    expect(alert(page, "Time is up. What you chose is being handed in.")).to_be_visible()
    expect(page.locator(".option input").first).to_be_disabled()
    page.clock.fast_forward(6_000)  # the page asks the server then
    expect(page.locator(".option input").first).to_be_enabled(timeout=15_000)
    expect(page.locator(".clock")).to_have_text(re.compile(r"^0:[2-5]\d$"))
    expect(page.get_by_role("alert")).to_be_hidden()
    choose(page, 0, 1)


@pytest.mark.parametrize("end", ["handed in in one", "time is up"])
def test_an_exam_in_two_tabs_has_one_set_of_answers_and_one_end(
    late_server: Server, time: Time, context: BrowserContext, page: Page, end: str
) -> None:
    sit_exam(page, late_server, 2)
    other = new_page(context)
    other.goto(page.url)
    expect(other.get_by_text("1 of 5", exact=True)).to_be_visible()
    said = choose(page, 0, 1)
    other.get_by_role("button", name="Flag this question").click()
    expect(other.locator(".saved")).to_have_text("Saved")
    assert chosen(other) == said
    said = choose(other, 1, 2)
    page.bring_to_front()
    page.reload()
    expect(page.locator(".flag")).to_have_attribute("aria-pressed", "true")
    assert chosen(page) == said

    if end == "time is up":
        time.pass_by(130, page, other)
    else:
        page.locator(".more summary").click()
        page.get_by_role("button", name="Hand in", exact=True).click()
        page.get_by_role("button", name="Hand in now").click()
        expect(page.get_by_role("heading", name=re.compile("^[0-5] of 5$"))).to_be_visible()
        other.bring_to_front()
        other.locator(".option .row").first.click()  # too late
    assert result(page) == result(other)
    expect(other.get_by_text("4 questions left unanswered.")).to_be_visible()
    first = next(one for one in result(other)[1] if one.startswith("1. "))
    assert all(text in first for text in said)
