"""An invented class in front of whoever looks round: on every page it says what it is, and it goes as it came."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from driving.looks import LOOKS, violations
from driving.people import Person
from driving.protocol import Tab
from driving.server import Server
from makers import write_bank
from playwright.sync_api import Browser
from services.invented.invented import large_pond, load_few

from quizlib.config import Settings
from quizlib.services.app import App, open_app, use
from quizlib.services.invented import removing
from quizlib.services.invented.loading import Loaded
from quizlib.services.people.people import local_person
from quizlib.ui import frame
from quizlib.ui.routes import ROUTES

pytestmark = pytest.mark.server

assert frame  # it fills the table of routes
SAYS_SO = "An invented class is loaded"
SOON = 2.5  # seconds within which a process hears of it


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    with Server(folder, questions=str(write_bank(folder / "questions", large_pond()))) as running:
        yield running


@pytest.fixture
def loaded(server: Server) -> Iterator[Loaded]:
    """The class as the command loads it, beside the server, and gone afterwards."""
    with beside(server) as app:
        done = load_few(app, local_person())
    yield done
    with beside(server) as app:
        if app.invented:
            removing.remove(app)


@contextmanager
def beside(server: Server) -> Iterator[App]:
    """Be the process of a command beside the server."""
    with open_app(Settings(f"sqlite:///{server.database}", Path(server.questions))) as app:
        use(app)
        try:
            yield app
        finally:
            use(None)


def test_it_comes_with_its_pages_and_goes_with_them(server: Server):
    async def story() -> None:
        async with Tab(server.url) as tab:
            assert SAYS_SO not in tab.text()
            assert "class" not in {one.url_pathname for one in tab.navigation}
            with beside(server) as app:
                load_few(app, local_person())
            await asyncio.sleep(SOON)
            await tab.rerun()
            assert SAYS_SO in tab.text()
            await tab.go("classes")
            assert "Anatomy, winter term" in tab.text()
            with beside(server) as app:
                removing.remove(app)
            await asyncio.sleep(SOON)
            await tab.go("")
            assert SAYS_SO not in tab.text()
            assert "class" not in {one.url_pathname for one in tab.navigation}

    asyncio.run(story())


def test_every_page_says_so(server: Server, loaded: Loaded):
    async def story() -> None:
        await asyncio.sleep(SOON)
        silent = []
        for name, route in ROUTES.items():
            if route.signed_in:
                continue
            page = "" if name == "home" else name
            async with Tab(server.url, page=page, query=f"class={loaded.class_id}&quiz=1&assignment=1") as tab:
                assert tab.page == page, "it is there without sign-in"
                if SAYS_SO not in tab.text() + str([element.proto for element in tab.elements()]):
                    silent.append(name)
        assert silent == []

    asyncio.run(story())


@pytest.mark.browser
@LOOKS
def test_the_line_can_be_read(server: Server, loaded: Loaded, browser: Browser, look: tuple[str, int]):
    person = Person(browser, server.url, scheme=look[0], width=look[1])
    for path in ("/", f"/class?class={loaded.class_id}"):
        person.open(path)
        person.sees(SAYS_SO)

        assert violations(person) == []
    person.open("/")
    person.page.get_by_role("button", name=re.compile("^Start")).click()
    person.sees(SAYS_SO)
    person.page.locator(".options").wait_for()

    assert violations(person) == []
