"""The server dies, the network goes, the page is old: no acknowledged answer is lost, and words say what happens."""

import re

import pytest
from driving.quiz import Learner
from driving.server import Server
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.server]
ONLY_CHOICES = True


def test_a_killed_server_loses_nothing_and_the_quiz_goes_on(lone_server: Server, browser: Browser) -> None:
    page = browser.new_page()
    learner = Learner(page, lone_server.url)
    learner.start()
    learner.choose()
    learner.check()
    learner.next()
    learner.at(2)

    lone_server.kill()
    chosen = [0, 1] if len(learner.letters()) == 2 else [1]
    for place in chosen:
        learner.option(place).click()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text(re.compile("^No connection. Your answer is saved; this one is sent"))).to_be_visible(
        timeout=10_000
    )
    assert learner.chosen() == chosen

    lone_server.start()
    expect(page.locator(".headline")).to_be_visible(timeout=30_000)
    expect(page.locator(".offline")).to_be_hidden()
    marked = page.locator(".option").evaluate_all("all => all.map(one => one.classList.contains('chosen'))")
    assert [place for place, is_chosen in enumerate(marked) if is_chosen] == chosen
    learner.next()
    learner.at(3)
    page.reload()
    learner.at(3)
    page.close()


def test_a_network_that_drops_is_told_and_the_choice_is_sent_on_return(server: Server, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    gone = {"now": False}

    def line(socket) -> None:
        if gone["now"]:
            socket.close()
            return
        upstream = socket.connect_to_server()

        def to_server(message: str | bytes) -> None:
            if gone["now"]:
                socket.close()
            else:
                upstream.send(message)

        socket.on_message(to_server)

    page.route_web_socket(re.compile("/_stcore/stream"), line)
    learner = Learner(page, server.url)
    learner.start()
    gone["now"] = True
    context.set_offline(True)
    learner.choose()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text(re.compile("^No connection"))).to_be_visible(timeout=10_000)
    gone["now"] = False
    context.set_offline(False)
    expect(page.locator(".headline")).to_be_visible(timeout=30_000)
    context.close()


@pytest.mark.parametrize(
    "address", ["practice", "practice?quiz=999999", "practice?quiz=abc", "result?quiz=77777", "result"]
)
def test_an_address_of_nothing_gets_a_sentence_and_a_way_home(server: Server, browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{server.url}/{address}")
    expect(page.get_by_text(re.compile("^This (address names no quiz|quiz is not here)"))).to_be_visible()
    page.get_by_role("link", name="To the home page").click()
    expect(page.get_by_role("button", name=re.compile("^(Start|Go on)")).first).to_be_visible()
    page.close()
