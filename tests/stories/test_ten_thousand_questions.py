"""Ten thousand questions: opened, searched and flown through with a thumb, without a wait."""

import pytest
from driving.librarian import Librarian
from driving.looks import ONE_DATABASE
from driving.many import fill, fill_texts
from driving.school import School, add
from playwright.sync_api import Browser, expect

from quizlib.services.authoring import shelf
from quizlib.services.authoring.shelf import Search

pytestmark = [pytest.mark.browser, pytest.mark.server]

MANY = 10_000
# whether the middle of the list shows a row whenever it is scrolled
BLANK = """async (list) => {
  const grid = list.querySelector(".grid");
  const frame = () => new Promise(requestAnimationFrame);
  const took = [];
  let blank = 0;
  for (let step = 1; step <= 100; step += 1) {
    grid.scrollTop = (step * grid.scrollHeight) / 101;
    const started = performance.now();
    await frame();
    await frame();
    took.push(performance.now() - started);
    const box = grid.getBoundingClientRect();
    const middle = box.top + box.height / 2;
    const seen = [...grid.querySelectorAll(".rows .line")].some((line) => {
      const at = line.getBoundingClientRect();
      return at.top <= middle && at.bottom >= middle;
    });
    if (!seen) blank += 1;
  }
  return { blank, rows: grid.querySelectorAll(".rows .line").length, median: took.sort((a, b) => a - b)[50] };
}"""


@pytest.fixture(scope="module")
def desk(school: School) -> str:
    """The token of an instructor with so many questions."""
    with school.opened() as app:
        teacher, token = add(app, "Ms Pond", instructs=True)
        shelf.find(teacher, Search())
        fill(app, MANY)
        fill_texts(app)
    return token


@ONE_DATABASE
@pytest.mark.parametrize("width", [390, 1280])
def test_a_thumb_meets_no_blank(school: School, browser: Browser, desk: str, width: int):
    teacher = Librarian(browser, school.url, token=desk, width=width)
    teacher.look()
    teacher.finds(MANY, how="")

    seen = teacher.page.locator(".list").evaluate(BLANK)

    assert seen["blank"] == 0
    assert seen["rows"] < 60
    assert seen["median"] < 200, "two frames"


@ONE_DATABASE
def test_all_are_selected_at_once_and_what_is_found_anew_is_not(school: School, browser: Browser, desk: str):
    teacher = Librarian(browser, school.url, token=desk)
    teacher.look()
    teacher.page.get_by_role("checkbox", name=f"Select all {MANY}").click()
    expect(teacher.page.get_by_text(f"{MANY} selected")).to_be_visible()

    teacher.find("nerve root")

    with school.opened() as app:
        someone, _ = add(app, "Mr Heron", instructs=True)
        found = len(shelf.find(someone, Search(text="nerve root")).rows)
    teacher.finds(found)
    assert 0 < found < MANY
    expect(teacher.page.get_by_text(f"{found} selected")).to_be_visible()
