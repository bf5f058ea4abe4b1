"""No mouse: every page and every type of question by Tab, arrow keys, Enter, Space and letters."""

import re
from collections.abc import Iterator

import pytest
from driving.quiz import Keys
from driving.server import Server
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.server]

TYPES = ("Choice", "Short answer", "Number", "Matching", "Ordering", "Fill the gaps")
ON_NEXT = re.compile("^(Next|See the result)$")


@pytest.fixture(scope="module", params=[("light", 1280), ("dark", 390)], ids=lambda p: f"{p[0]}-{p[1]}")
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """Give one context for all tests of a width: Streamlit's own files are loaded once."""
    scheme, width = request.param
    # without motion a row stands where it is said to stand
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    yield page
    page.close()


def open_more(keys: Keys) -> None:
    """Open what else can be chosen, and let go of the types that were chosen last time."""
    keys.open("More")
    kinds = keys.page.get_by_role("toolbar", name="Types (none means all)")
    expect(kinds).to_be_visible()
    for label in kinds.get_by_role("button", pressed=True).all_inner_texts():
        keys.chip(label)


def begin(keys: Keys, url: str, *labels: str, kind: str = "") -> None:
    """Choose five questions by chips, or as many as there are of the type that is named, and start."""
    keys.page.goto(f"{url}/choose")
    for label in ("5", "Surprise me", *labels):
        expect(keys.page.get_by_role("radio", name=label, exact=True)).to_be_visible()
        if not keys.page.get_by_role("radio", name=label, exact=True, checked=True).count():
            keys.chip(label)
    open_more(keys)
    if kind:
        keys.chip(kind)
    keys.enter("button", re.compile("^Start [2-5] questions$"))
    expect(keys.page.locator(".place")).to_have_text(re.compile("^1 of [2-5]$"))


def give(keys: Keys) -> None:
    """Answer whatever is asked, rightly or not."""
    answers = keys.page.locator(".answers")
    if answers.locator(".options").count():
        keys.press(*("ab" if answers.locator(".options.several").count() else "a"))
    elif answers.locator(".steps").count():
        move(keys)
    else:
        fill(keys)


def fill(keys: Keys) -> None:
    """Give every list another of its lines and every field a 2."""
    for place in range(keys.page.locator(".answers .field").count()):
        field = keys.page.locator(".answers .field").nth(place)
        keys.focus_on(field, f"field {place + 1}")
        if field.evaluate("field => field.localName") == "select":
            lines = field.locator("option").count() - 1
            keys.press(*["ArrowDown"] * (1 + place % lines))
            expect(field).to_have_value(str(place % lines))
        else:
            keys.press("2")
            expect(field).to_have_value("2")


def move(keys: Keys) -> None:
    """Move the first row to the second place, and the last row up."""
    rows = keys.page.locator(".steps .text")
    before = rows.all_inner_texts()
    keys.focus_on(keys.page.locator(".steps .handle").first, "the first row")
    keys.press("Space", "ArrowDown")
    expect(keys.page.locator(".order .spoken")).to_have_text(f"{before[0]}: place 2 of {len(before)}")
    keys.press("Space")
    expect(keys.page.locator(".order .spoken")).to_have_text("Put down")
    keys.press(*["ArrowDown"] * (len(before) - 2), "Alt+ArrowUp")
    wanted = [before[1], before[0], *before[2:]]
    wanted[-2:] = reversed(wanted[-2:])
    assert rows.all_inner_texts() == wanted
    keys.press("Space", "ArrowUp", "Escape")
    assert rows.all_inner_texts() == wanted


def check(keys: Keys) -> None:
    """Check, and expect that the feedback is shown, is spoken, and that the focus is where Check was."""
    keys.enter("button", "Check")
    headline = keys.page.locator(".headline")
    expect(headline).to_be_visible()
    assert keys.page.locator(".card > .spoken").inner_text() == headline.inner_text()
    assert keys.has_focus(keys.page.get_by_role("button", name=ON_NEXT))


def go_on(keys: Keys) -> None:
    """Press Next, after the moment in which it ignores presses."""
    keys.page.wait_for_timeout(450)
    keys.press("Enter")


@pytest.mark.parametrize("kind", TYPES[1:])
def test_every_type_of_question_is_chosen_answered_checked_and_read(server: Server, page: Page, kind: str) -> None:
    keys = Keys(page)
    begin(keys, server.url, "At once", kind=kind)
    give(keys)
    check(keys)
    expect(page.get_by_text(re.compile("^(Your answer|Your place|You had it)")).first).to_be_visible()
    go_on(keys)
    expect(page.locator(".place")).to_have_text(re.compile("^2 of [2-5]$"))
    expect(page.locator(".headline")).to_be_hidden()
    assert keys.has_focus(page.locator(".stem"))


def test_a_typed_answer_needs_no_tab_and_enter_checks_it(server: Server, page: Page) -> None:
    keys = Keys(page)
    begin(keys, server.url, "At once", kind="Number")
    keys.press("1", "2", "Enter")
    expect(page.locator(".headline")).to_be_visible()
    expect(page.locator(".answers").get_by_text(re.compile(r"^12\b"))).to_be_visible()
    assert keys.has_focus(page.get_by_role("button", name=ON_NEXT))


def test_a_case_unfolds_part_by_part(one_case: Server, page: Page) -> None:
    keys = Keys(page)
    page.goto(one_case.url)
    keys.enter("button", re.compile("^Start"))
    asked = []
    for part in (1, 2, 3):
        expect(page.get_by_text(f"{part} of 3", exact=True)).to_be_visible()
        if part > 1:
            story = page.locator(".story")
            summary = story.locator("summary")
            expect(summary).to_have_text(f"The case so far (part {part} of 3)")
            keys.focus_on(summary, "the case so far")
            if story.get_attribute("open") is None:
                keys.press("Enter")
            for stem in asked:
                expect(story.get_by_text(stem)).to_be_visible()
            keys.press("Enter")
            expect(story.get_by_text(asked[0])).to_be_hidden()
        asked.append(page.locator(".stem").inner_text())
        give(keys)
        check(keys)
        go_on(keys)
    expect(page.get_by_role("heading", name=re.compile("^[0-3] of 3$"))).to_be_visible()
    keys.focus_on(page.locator(".line > summary").first, "the first line of the result")
    keys.press("Enter")
    expect(page.locator(".line .headline").first).to_be_visible()


def test_a_mock_exam_is_changed_flagged_looked_over_and_handed_in(server: Server, page: Page) -> None:
    keys = Keys(page)
    begin(keys, server.url, "At the end (mock exam)", kind="Choice")
    saved, chosen = page.locator(".saved"), page.locator(".option input:checked")
    several = bool(page.locator(".options.several").count())
    keys.press(*("ab" if several else "a"))
    expect(saved).to_have_text("Saved")
    keys.press(*("bc" if several else "b"))
    expect(saved).to_have_text("Saved")
    wanted = ["0", "2"] if several else ["1"]
    assert [box.input_value() for box in chosen.all()] == wanted
    expect(page.locator(".headline")).to_be_hidden()

    keys.enter("button", "Flag this question")
    expect(page.get_by_role("button", name="Flagged: take the flag away")).to_have_attribute("aria-pressed", "true")
    assert keys.has_focus(page.locator(".flag"))

    overview = page.locator(".overview")
    if overview.get_attribute("open") is None:
        keys.focus_on(overview.locator("summary"), "Overview")
        keys.press("Enter")
    expect(page.get_by_role("button", name="Question 1, answered, flagged")).to_have_attribute("aria-current", "true")
    keys.focus("button", "Question 3, open")
    keys.press(*("cc" if several else "b"))
    expect(saved).to_have_text("Saved")
    assert keys.has_focus(page.get_by_role("button", name="Question 3, open"))
    keys.press("Enter")
    expect(page.get_by_text("3 of 5", exact=True)).to_be_visible()
    assert keys.has_focus(page.locator(".stem"))
    keys.press(*("ab" if page.locator(".options.several").count() else "a"), "Enter")
    expect(page.get_by_text("4 of 5", exact=True)).to_be_visible()
    keys.enter("button", "Question 1, answered, flagged")
    expect(page.get_by_text("1 of 5", exact=True)).to_be_visible()
    assert [box.input_value() for box in chosen.all()] == wanted

    hand_in(keys)
    keys.enter("button", "Not yet")
    expect(page.get_by_role("button", name="Hand in now")).to_be_hidden()
    assert keys.has_focus(page.locator(".actions .main"))
    hand_in(keys)
    keys.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("^[0-2] of 5$"))).to_be_visible()
    expect(page.get_by_text("3 questions left unanswered.")).to_be_visible()


def hand_in(keys: Keys) -> None:
    """Ask to hand in; expect to be told what is open, and to stand on the button that does it."""
    keys.focus_on(keys.page.locator(".more summary"), "More")
    keys.press("Enter")
    keys.enter("button", "Hand in")
    now = keys.page.get_by_role("button", name="Hand in now")
    expect(now).to_be_visible()
    assert keys.has_focus(now)
    expect(now).to_have_accessible_description("3 open, 1 flagged. After handing in nothing can be changed.")


def test_what_empties_a_choice_is_dropped(lone_server: Server, page: Page) -> None:
    keys = Keys(page)
    page.goto(f"{lone_server.url}/choose")
    keys.chip("Flagged")
    expect(page.get_by_text("No question matches.")).to_be_visible()
    keys.enter("button", re.compile(r"^Today’s mix instead: \d+ match$"))
    expect(page.locator(".answers > *").first).to_be_visible()


def test_a_share_code_is_typed_and_opened(server: Server, page: Page) -> None:
    keys = Keys(page)
    begin(keys, server.url, "At once")
    first = page.locator(".stem").inner_text()
    keys.focus_on(page.locator(".more summary"), "More")
    keys.press("Enter")
    keys.enter("button", "End here")
    keys.enter("button", "Yes, end with 0 of 5 answered")
    keys.open("By topic, level and time")
    code = page.locator("[data-testid=stCode] code").inner_text().strip()

    page.goto(f"{server.url}/choose")
    keys.open("I have a share code")
    keys.focus("textbox", "Share code")
    page.keyboard.type(code.lower())
    keys.enter("button", "Open this quiz")
    expect(page.get_by_text("1 of 5", exact=True)).to_be_visible()
    expect(page.locator(".stem")).to_have_text(first)
