"""Whatever a page sends, the answer is one step or one sentence."""

import asyncio
import sqlite3
from typing import Any

import pytest
from driving.protocol import Tab
from driving.server import Server

pytestmark = pytest.mark.server
ONLY_CHOICES = True


def steps(server: Server) -> int:
    with sqlite3.connect(server.database) as connection:
        return int(connection.execute("SELECT count(*) FROM steps").fetchone()[0])


async def begun(server: Server) -> Tab:
    tab = Tab(server.url)
    await tab.open()
    await tab.click("topic-anatomy")
    return tab


def message(tab: Tab, **more: Any) -> dict[str, Any]:
    data = tab.data("card")
    return {"act": "check", "item": data["item"], "seen": data["seen"], "position": 1, "nonce": 7, "given": [0], **more}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"given": [99]}, "not part of this question"),
        ({"given": [-1]}, "not part of this question"),
        ({"given": []}, "Choose an option first"),
        ({"given": None}, "Choose an option first"),
        ({"given": "A"}, "Choose an option first"),
        ({"given": {"chosen": [0]}}, "Choose an option first"),
        ({"given": [True]}, "not part of this question"),
        ({"given": [0, 0]}, "Choose one option only"),
        ({"item": 999_999}, "not part of your quiz"),
        ({"item": "x"}, "not an answer"),
        ({"seen": -5}, "not an answer"),
        ({"act": "drop table"}, "not an answer"),
        ({"extra": 1}, "not an answer"),
        ({"confidence": "certain"}, "not an answer"),
        ({"given": "x" * 1_000_000}, "too large"),
    ],
)
def test_a_forged_answer_gets_a_sentence_and_stores_nothing(server: Server, more: dict[str, Any], says: str) -> None:
    async def story() -> None:
        tab = await begun(server)
        before = steps(server)
        await tab.trigger("card", "act", message(tab, **more))

        assert says in tab.data("card")["notice"]
        assert tab.data("card")["feedback"] is None
        assert tab.exceptions == []
        assert steps(server) == before
        await tab.close()

    asyncio.run(story())


@pytest.mark.parametrize("raw", [None, 7, "x", [], {}, {"act": "check"}, [1, 2, {"a": []}]])
def test_a_message_that_is_none_gets_a_sentence_or_nothing(server: Server, raw: Any) -> None:
    async def story() -> None:
        tab = await begun(server)
        await tab.trigger("card", "act", raw)

        assert tab.exceptions == []
        assert tab.data("card")["position"] == 1
        assert tab.data("card")["feedback"] is None
        await tab.close()

    asyncio.run(story())


def test_the_same_answer_twice_is_one_step(server: Server) -> None:
    async def story() -> None:
        tab = await begun(server)
        sent = message(tab, given=[0, 1] if tab.data("card")["view"]["choose"] == "several" else [0])
        before = steps(server)
        await tab.trigger("card", "act", sent)
        first = tab.data("card")["feedback"]
        await tab.trigger("card", "act", {**sent, "given": [1]})

        assert steps(server) == before + 1
        assert tab.data("card")["feedback"] == first
        await tab.close()

    asyncio.run(story())


def test_an_answer_for_another_quiz_of_mine_is_refused_at_this_address(server: Server) -> None:
    async def story() -> None:
        one, two = await begun(server), await begun(server)
        before = steps(server)
        await one.trigger("card", "act", message(two))

        assert "not part of your quiz" in one.data("card")["notice"]
        assert steps(server) == before
        await one.close()
        await two.close()

    asyncio.run(story())


def test_the_practice_page_has_at_most_twelve_elements(server: Server) -> None:
    async def story() -> None:
        tab = await begun(server)

        assert len([element for element in tab.elements() if element.type != "block"]) <= 12
        await tab.close()

    asyncio.run(story())


def test_a_check_that_arrives_in_a_new_session_is_stored_and_shown(server: Server) -> None:
    """After a reconnect to a fresh process the first run of the session carries the message."""

    async def story() -> None:
        tab = await begun(server)
        sent = message(tab, given=[0, 1] if tab.data("card")["view"]["choose"] == "several" else [0])
        before = steps(server)
        card, page_hash = tab.find("card").id, tab._page_hash
        await tab.close()
        fresh = Tab(server.url, page="practice", query=tab.query)
        fresh._page_hash = page_hash
        await fresh.open(run=False)
        await fresh.trigger_by_id(card, "act", sent)

        assert steps(server) == before + 1
        assert fresh.data("card")["feedback"] is not None
        await fresh.close()

    asyncio.run(story())
