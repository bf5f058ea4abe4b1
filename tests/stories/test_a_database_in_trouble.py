"""Whatever is wrong with the database is one sentence on every page and in the log, and heals by itself."""

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest
from driving.protocol import Tab
from driving.server import Server

pytestmark = pytest.mark.server

PAGES = ("", "practice", "result", "choose", "topics", "account", "about")


async def texts(url: str) -> dict[str, str]:
    found = {}
    for page in PAGES:
        async with Tab(url, page=page, query="quiz=1") as tab:
            found[page] = tab.text()
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


def test_a_database_that_another_program_locks_for_good_and_then_lets_go(tmp_path: Path) -> None:
    with Server(tmp_path) as server:

        async def press() -> str:
            async with Tab(server.url) as tab:
                await tab.click("topic-anatomy")
                return tab.text() if not tab.has("card") else "a question"

        holder = sqlite3.connect(tmp_path / "quiz.db", isolation_level=None)
        asyncio.run(press())
        holder.execute("BEGIN IMMEDIATE")
        told = asyncio.run(press())
        holder.execute("ROLLBACK")
        holder.close()

        assert "locked by another program" in told
        time.sleep(0.1)
        assert asyncio.run(press()) == "a question"
