"""Whatever is wrong with the database is one sentence on every page and in the log, and heals by itself."""

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest
from driving.choices import only_choices
from driving.postgres import Postgres
from driving.protocol import Tab
from driving.quiz import Learner
from driving.server import Server
from driving.upkeep import prepare
from playwright.sync_api import Browser, expect

from quizlib.config import Settings

pytestmark = [pytest.mark.browser, pytest.mark.server]

PAGES = ("", "practice", "result", "choose", "topics", "account", "about")


async def texts(url: str) -> dict[str, str]:
    found = {}
    for page in PAGES:
        async with Tab(url, page=page, query="quiz=1") as tab:
            found[page] = tab.data("card")["trouble"] if tab.has("card") else tab.text()
            assert tab.exceptions == []
    return found


def told_on_every_page(server: Server, says: str) -> None:
    for page, text in asyncio.run(texts(server.url)).items():
        assert says in text or page == "about", (page, text)
        assert "Traceback" not in text
    assert says in server.log
    assert "Traceback" not in server.log


def test_a_database_of_a_newer_program(tmp_path: Path) -> None:
    with Server(tmp_path):
        pass
    with sqlite3.connect(tmp_path / "quiz.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with Server(tmp_path, wait_for="_stcore/health") as server:
        told_on_every_page(server, "was made by a newer version of this program")


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    place = f"sqlite:///{tmp_path / 'file' / 'quiz.db'}"
    with Server(tmp_path, wait_for="_stcore/health", database_url=place) as server:
        told_on_every_page(server, "cannot be used")


def test_a_database_that_another_program_locks_for_good_and_then_lets_go(lone_server: Server) -> None:
    async def press() -> str:
        async with Tab(lone_server.url) as tab:
            await tab.click("topic-anatomy")
            return tab.text() if not tab.has("card") else "a question"

    holder = sqlite3.connect(lone_server.database, isolation_level=None)
    asyncio.run(press())
    holder.execute("BEGIN IMMEDIATE")
    told = asyncio.run(press())
    holder.execute("ROLLBACK")
    holder.close()

    assert "locked by another program" in told
    time.sleep(0.1)
    assert asyncio.run(press()) == "a question"


def test_an_answer_given_while_the_database_is_away_is_stored_when_it_is_back(tmp_path: Path, browser: Browser) -> None:
    with Postgres(durable=True) as database:
        address = database.fresh()
        settings = Settings(address, only_choices(tmp_path / "questions"))
        prepare(settings)
        with Server(tmp_path / "server", database_url=address, questions=str(settings.questions)) as server:
            page = browser.new_page()
            learner = Learner(page, server.url)
            learner.start()
            learner.choose()
            chosen = learner.chosen()
            database.stop()
            page.get_by_role("button", name="Check").click()
            expect(page.get_by_text("The database does not answer.")).to_be_visible(timeout=15_000)
            expect(page.get_by_text("This is sent again by itself.")).to_be_visible()
            assert learner.chosen() == chosen

            reader = browser.new_page()
            reader.goto(page.url)
            expect(reader.get_by_role("button", name="Try again")).to_be_visible(timeout=15_000)
            database.start()
            expect(page.locator(".headline")).to_be_visible(timeout=15_000)
            expect(page.get_by_text("The database does not answer.")).to_be_hidden()
            reader.get_by_role("button", name="Try again").click()
            expect(reader.locator(".headline")).to_be_visible()
            learner.next()
            learner.at(2)
            assert "Traceback" not in server.log
