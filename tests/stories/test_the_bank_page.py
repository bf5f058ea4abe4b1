"""An instructor looks through the bank in a browser: search, filters, sorting, one question, many at once."""

import io
import re
import time
import zipfile
from pathlib import Path

import pytest
from driving.librarian import Librarian
from driving.looks import LOOKS, ONE_DATABASE, violations
from driving.school import School, add
from playwright.sync_api import Browser, expect

from quizlib.services.authoring import drafts, shelf
from quizlib.services.authoring.shelf import Search

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture(scope="module")
def desk(school: School) -> str:
    """The token of an instructor, who has begun a question."""
    with school.opened() as app:
        teacher, token = add(app, "Ms Pond", instructs=True)
        begun = drafts.read(teacher, drafts.begin(teacher)).draft
        content = {**begun.content, "stem": "Which root is it that *hurts*?"}
        drafts.keep(teacher, begun.id, begun.seq, topic="anatomy", content=content)
        assert shelf.find(teacher, Search()).rows
    return token


@pytest.fixture
def teacher(school: School, browser: Browser, desk: str) -> Librarian:
    return Librarian(browser, school.url, token=desk)


def number(school: School, **wanted: object) -> int:
    """Count what the service finds."""
    with school.opened() as app:
        someone, _ = add(app, f"Counter {time.monotonic_ns()}", instructs=True)
        return len(shelf.find(someone, Search(**wanted)).rows)


def test_search_filters_and_order_stay_through_opening_reload_and_back(school: School, teacher: Librarian):
    found, choices = number(school, text="nerve"), number(school, text="nerve", topics=("anatomy",))
    teacher.look()
    teacher.find("nerve")
    teacher.finds(found)
    teacher.page.get_by_role("button", name="Question", exact=True).click()
    teacher.settle()
    teacher.unfold("Filter")
    teacher.page.locator(".st-key-topic").get_by_role("button", name="Anatomy").click()
    teacher.finds(choices)
    expect(teacher.page.get_by_role("button", name="Drop 1 filter")).to_be_visible()
    first = teacher.titles.first.inner_text()

    teacher.titles.first.click()
    expect(teacher.page.get_by_role("heading", level=1)).to_contain_text(first[:20], timeout=15_000)
    teacher.page.go_back()
    teacher.finds(choices)
    expect(teacher.titles.first).to_have_text(first)
    teacher.reload()
    teacher.finds(choices)
    expect(teacher.titles.first).to_have_text(first)
    expect(teacher.page.get_by_role("columnheader", name="Question")).to_have_attribute("aria-sort", "ascending")

    teacher.press("Drop 1 filter")
    teacher.finds(found)
    teacher.find("no such words anywhere")
    teacher.sees("No question matches.")
    teacher.press("Show all questions")
    teacher.finds(number(school), how="")
    assert teacher.troubles == []


@ONE_DATABASE
def test_an_address_that_says_nonsense_shows_all(school: School, teacher: Librarian):
    teacher.look("?topic=nowhere&sort=sideways&order=round&suggestion=%3Cb%3E")

    teacher.finds(number(school), how="")


@ONE_DATABASE
def test_unfinished_work_stands_on_top_and_is_gone_on_with(school: School, teacher: Librarian):
    teacher.look()
    teacher.sees("Your unfinished work")
    teacher.page.get_by_role("link", name=re.compile("Which root is it that hurts")).click()

    teacher.page.wait_for_url(re.compile(r"/write\?draft=\d+"), timeout=15_000)


@ONE_DATABASE
def test_it_goes_by_keyboard_alone(school: School, teacher: Librarian):
    teacher.look()
    page = teacher.page
    teacher.lines.first.locator("input").focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "Space", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.get_by_text("2 selected")).to_be_visible()
    expect(teacher.lines.nth(2)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    rows = int(page.get_by_role("grid").get_attribute("aria-rowcount") or 0)
    expect(page.locator(f".line[aria-rowindex='{rows}'] a")).to_be_focused()
    page.keyboard.press("Home")
    expect(page.locator(".line[aria-rowindex='2'] a")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Clear")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/question\?question="), timeout=15_000)


def test_many_are_tagged_withdrawn_and_saved_as_files_at_once(school: School, teacher: Librarian):
    teacher.look("?type=Choice&sort=id&order=up")
    teacher.pick(0, 1, 2)
    expect(teacher.page.get_by_text("3 selected")).to_be_visible()
    with teacher.with_these("Add a tag") as dialog:
        dialog.get_by_label("Tag").fill("told together")
        dialog.get_by_role("button", name="Add the tag").click()
        expect(dialog.get_by_text("tagged.")).to_be_visible(timeout=15_000)
        said = dialog.locator(".st-key-done").inner_text()
    tagged = int(said.split()[0])
    assert number(school, text="told-together") == tagged

    expect(teacher.page.get_by_text("3 selected")).to_be_visible()
    with teacher.with_these("Withdraw") as dialog:
        dialog.get_by_role("button", name="Withdraw them").click()
        expect(dialog.get_by_text("withdrawn.")).to_be_visible(timeout=15_000)
    assert number(school, statuses=("retired",)) >= 3
    expect(teacher.lines.first).to_contain_text("Withdrawn")
    with teacher.with_these("Ask again") as dialog:
        dialog.get_by_role("button", name="Ask them").click()
        expect(dialog.get_by_text("asked now.")).to_be_visible(timeout=15_000)
    assert number(school, statuses=("retired",)) == 0

    with teacher.with_these("Save as files") as dialog, teacher.page.expect_download() as waiting:
        dialog.get_by_role("button", name="Download the files").click()
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as file:
        assert len(file.namelist()) == 3
        assert all(name.endswith(".yaml") for name in file.namelist())


@ONE_DATABASE
def test_what_can_be_no_tag_is_told_and_nothing_is_lost(school: School, teacher: Librarian):
    teacher.look()
    teacher.pick(0)
    with teacher.with_these("Add a tag") as dialog:
        dialog.get_by_label("Tag").fill("<script>")
        dialog.get_by_role("button", name="Add the tag").click()
        expect(dialog.get_by_text("A tag is made of letters")).to_be_visible(timeout=15_000)
    expect(teacher.page.get_by_text("1 selected")).to_be_visible()


@ONE_DATABASE
@LOOKS
def test_the_page_has_no_violation(school: School, browser: Browser, desk: str, look: tuple[str, int]):
    scheme, width = look
    teacher = Librarian(browser, school.url, token=desk, width=width, scheme=scheme)
    found = {}
    teacher.look()
    found["list"] = violations(teacher)
    teacher.pick(0, 1)
    found["selected"] = violations(teacher)
    teacher.press("With these …")
    expect(teacher.page.get_by_role("dialog")).to_be_visible(timeout=15_000)
    found["dialog"] = violations(teacher)
    teacher.page.keyboard.press("Escape")
    teacher.unfold("Filter")
    found["filters"] = violations(teacher)
    teacher.open("/questions?find=zzzzz&type=Choice")
    teacher.sees("No question matches.")
    found["nothing"] = violations(teacher)

    assert {name: those for name, those in found.items() if those} == {}


@ONE_DATABASE
def test_a_student_is_shown_no_list(school: School, browser: Browser):
    with school.opened() as app:
        _, token = add(app, "Ann Frog")
    student = Librarian(browser, school.url, token=token)
    student.open("/questions")

    student.sees("Only instructors can do this.")
