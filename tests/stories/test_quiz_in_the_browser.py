"""Ten questions by mouse, by keyboard and by touch, and what may come between."""

import re

import pytest
from driving.quiz import Learner
from driving.server import Server
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.server]
ONLY_CHOICES = True


def test_ten_questions_by_mouse(server: Server, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    learner = Learner(page, server.url)
    learner.start()
    for number in range(1, 11):
        learner.at(number)
        learner.choose()
        learner.check()
        learner.next()
    expect(page.get_by_role("heading", name=re.compile(r"^\d+ of 10$"))).to_be_visible()
    expect(page.locator(".line").last).to_be_visible()
    assert learner.troubles == []

    if page.get_by_role("button", name=re.compile("Repeat my")).count():
        page.get_by_role("button", name=re.compile("Repeat my")).click()
        expect(page.get_by_role("button", name="Check")).to_be_visible()
    page.close()


def test_keys_alone_with_no_time_between_letter_and_enter(server: Server, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    learner = Learner(page, server.url)
    learner.start()
    for number in range(1, 11):
        learner.at(number)
        last = page.locator(".option").count() - 1
        letters = learner.letters()
        wanted = [0, 1] if len(letters) == 2 else [last]
        for place in wanted:
            page.keyboard.press("abcdefghi"[place])
        page.keyboard.press("Enter")
        learner.told()
        marked = page.locator(".option").evaluate_all("all => all.map(one => one.classList.contains('chosen'))")
        assert [place for place, chosen in enumerate(marked) if chosen] == wanted
        page.wait_for_timeout(450)
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile(r"^\d+ of 10$"))).to_be_visible()
    page.close()


def test_keys_grade_what_is_on_the_screen_when_the_network_is_slow(server: Server, browser: Browser) -> None:
    page = browser.new_page()

    def slow(socket) -> None:
        upstream = socket.connect_to_server()
        socket.on_message(lambda message: (page.wait_for_timeout(200), upstream.send(message)))

    page.route_web_socket(re.compile("/_stcore/stream"), slow)
    learner = Learner(page, server.url)
    learner.start()
    for number in (1, 2, 3):
        learner.at(number)
        letters = learner.letters()
        page.keyboard.press("b")
        page.keyboard.press("b" if len(letters) == 2 else "a")
        for letter in letters:
            page.keyboard.press(letter)
        page.keyboard.press("Enter")
        learner.told()
        marked = page.locator(".option").evaluate_all("all => all.map(one => one.classList.contains('chosen'))")
        assert [place for place, chosen in enumerate(marked) if chosen] == list(range(len(letters)))
        page.wait_for_timeout(450)
        page.keyboard.press("Enter")
    page.close()


def test_ten_questions_by_touch_on_a_phone(server: Server, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    learner = Learner(page, server.url)
    page.goto(server.url)
    start = page.get_by_role("button", name=re.compile("^(Start|Go on)")).first
    box = start.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 500
    page.get_by_role("button", name=re.compile("^Anatomy")).tap()
    for number in range(1, 11):
        learner.at(number)
        for place in range(len(learner.letters())):
            learner.option(place).tap()
        page.get_by_role("button", name="Check").tap()
        learner.told()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.wait_for_timeout(450)
        page.locator(".actions .main").tap()
    expect(page.get_by_role("heading", name=re.compile(r"^\d+ of 10$"))).to_be_visible()
    context.close()


# presses Check, and Next in the very frame in which it appears: a test on a busy machine is too slow for that
PRESS_TWICE = """async card => {
  card.querySelector(".actions .main").click();
  while (card.querySelector(".headline").hidden) await new Promise(requestAnimationFrame);
  card.querySelector(".actions .main").click();
}"""


def test_next_ignores_a_double_press(server: Server, browser: Browser) -> None:
    page = browser.new_page()
    learner = Learner(page, server.url)
    learner.start()
    learner.choose()
    page.locator(".card").evaluate(PRESS_TWICE)
    page.wait_for_timeout(300)
    expect(page.locator(".headline")).to_be_visible()
    expect(page.get_by_text("1 of 10", exact=True)).to_be_visible()
    page.close()


def test_next_stands_where_check_stood(server: Server, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    learner = Learner(page, server.url)
    learner.start()
    before = page.get_by_role("button", name="Check").bounding_box()
    learner.choose()
    learner.check()
    after = page.get_by_role("button", name="Next").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2
    assert abs(before["height"] - after["height"]) < 2
    page.close()


def test_a_held_enter_does_not_run_through_the_quiz(server: Server, browser: Browser) -> None:
    page = browser.new_page()
    learner = Learner(page, server.url)
    learner.start()
    learner.choose()
    page.keyboard.down("Enter")
    learner.told()
    for _ in range(12):
        page.wait_for_timeout(60)
        page.keyboard.down("Enter")  # a second `down` without `up` is what a held key sends
    page.keyboard.up("Enter")
    expect(page.locator(".headline")).to_be_visible()
    expect(page.get_by_text("1 of 10", exact=True)).to_be_visible()
    page.close()


def test_the_address_brings_back_question_and_answers(server: Server, browser: Browser) -> None:
    page = browser.new_page()
    learner = Learner(page, server.url)
    learner.start()
    learner.choose()
    learner.check()
    said = page.locator(".headline").inner_text()
    page.reload()
    expect(page.locator(".headline")).to_have_text(said)
    learner.next()
    learner.at(2)
    page.reload()
    learner.at(2)
    address = page.url
    page.close()

    again = browser.new_page()
    again.goto(address)
    Learner(again, server.url).at(2)
    again.go_back()
    again.close()


def test_back_shows_the_question_before_with_its_feedback(server: Server, browser: Browser) -> None:
    page = browser.new_page()
    learner = Learner(page, server.url)
    learner.start()
    learner.choose()
    learner.check()
    said = page.locator(".headline").inner_text()
    learner.next()
    learner.at(2)
    page.go_back()
    expect(page.get_by_text("1 of 10", exact=True)).to_be_visible()
    expect(page.locator(".headline")).to_have_text(said)
    page.close()


def test_two_tabs_store_one_answer_and_the_late_one_is_shown_what_is_stored(server: Server, browser: Browser) -> None:
    context = browser.new_context()
    first, second = context.new_page(), context.new_page()
    one, two = Learner(first, server.url), Learner(second, server.url)
    one.start()
    second.goto(first.url)
    two.at(1)
    one.choose()
    one.check()
    said = first.locator(".headline").inner_text()
    last = second.locator(".option").count() - 1
    second.locator(".option .row").nth(last).click()
    two.check()
    expect(second.locator(".headline")).to_have_text(said)
    context.close()


def test_skip_flag_and_end_here(server: Server, browser: Browser) -> None:
    page = browser.new_page()
    learner = Learner(page, server.url)
    learner.start()
    page.get_by_role("button", name="Flag this question").click()
    expect(page.locator(".flag")).to_have_attribute("aria-pressed", "true")
    page.locator(".more summary").click()
    page.get_by_role("button", name="Skip for now").click()
    learner.at(2)
    learner.choose()
    learner.check()
    page.locator(".more summary").click()
    page.get_by_role("button", name="End here").click()
    page.get_by_role("button", name="Yes, end with 1 of 10 answered").click()
    expect(page.get_by_role("heading", name=re.compile("^[01] of 1$"))).to_be_visible()
    expect(page.get_by_text("9 questions left unanswered")).to_be_visible()
    page.close()


def test_save_and_leave_offers_to_go_on(server: Server, browser: Browser) -> None:
    page = browser.new_page()
    learner = Learner(page, server.url)
    learner.start()
    learner.choose()
    learner.check()
    page.get_by_role("button", name="Save and leave").click()
    page.get_by_role("button", name="Go on").click()
    learner.at(2)
    page.close()


def test_asked_how_sure_the_three_buttons_check(server: Server, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{server.url}/account")
    page.get_by_text("Ask how sure I am").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto(server.url)
    page.get_by_role("button", name=re.compile("^Anatomy")).click()
    learner = Learner(page, server.url)
    expect(page.get_by_role("button", name="Guess")).to_be_visible()
    learner.choose()
    page.get_by_role("button", name="Think so").click()
    learner.told()
    page.goto(f"{server.url}/account")
    page.get_by_text("Ask how sure I am").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.close()
