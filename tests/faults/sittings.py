"""Learners who answer through the real server, whatever happens to it."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Sequence

from driving.protocol import Tab
from websockets.exceptions import WebSocketException

LOST = (OSError, WebSocketException, TimeoutError, EOFError)


class Sitting:
    """One learner: answers, notes what was acknowledged, and goes on at another server when one is gone."""

    def __init__(self, urls: Sequence[str], seed: int) -> None:
        self._urls, self._rng = list(urls), random.Random(seed)
        self._tab: Tab | None = None
        self._quiz = 0
        self._at: tuple[int, int] | None = None
        self.acknowledged: list[int] = []
        self.troubles: list[str] = []
        self.moved = 0

    async def answer_while(self, wanted: Callable[[], bool]) -> None:
        """Answer question after question."""
        while wanted():
            try:
                await asyncio.wait_for(self._once(), 30)
            except LOST:
                await self.close()
                self._urls.append(self._urls.pop(0))
                self.moved += 1
                await asyncio.sleep(0.1)
        await self.close()

    async def close(self) -> None:
        """Close the tab, if there is one."""
        if self._tab is not None:
            with contextlib.suppress(*LOST):
                await self._tab.close()
        self._tab = None

    async def _once(self) -> None:
        tab = self._tab or await self._open()
        assert tab.exceptions == []
        assert "Traceback" not in tab.text()
        if tab.has("topic-pond"):
            await tab.click("topic-pond")
            self._note(tab)
            return
        card = tab.data("card") if tab.has("card") else {"trouble": tab.text()}
        if "trouble" in card:
            self.troubles.append(card["trouble"])
            await asyncio.sleep(0.2)
            await tab.rerun()
            self._expect_the_same(tab)
        elif card["feedback"] and card["last"]:
            await self._begin(tab)
        elif card["feedback"]:
            await self._act(tab, "next")
            self._note(tab)
        else:
            await self._act(tab, "check", given=[self._rng.randrange(2)], elapsed=1)
            told = tab.data("card") if tab.has("card") else {}
            if told.get("feedback") and told["item"] == card["item"]:
                self.acknowledged.append(card["item"])

    async def _open(self) -> Tab:
        query = f"quiz={self._quiz}&q={self._at[1]}" if self._at else ""
        self._tab = Tab(self._urls[0], page="practice" if self._at else "", query=query)
        await self._tab.open()
        self._expect_the_same(self._tab)
        return self._tab

    async def _begin(self, tab: Tab) -> None:
        self._at = None
        await tab.go("")

    def _note(self, tab: Tab) -> None:
        if tab.has("card") and "trouble" not in tab.data("card"):
            card = tab.data("card")
            self._quiz, self._at = card["quiz"], (card["item"], card["position"])

    def _expect_the_same(self, tab: Tab) -> None:
        """The learner is at the question where they were, answered or not."""
        if self._at and tab.has("card") and "trouble" not in tab.data("card"):
            assert tab.data("card")["item"] == self._at[0]
            if self._at[0] not in self.acknowledged and tab.data("card")["feedback"]:
                # stored, but the server died before it could say so: now it says so
                self.acknowledged.append(self._at[0])

    async def _act(self, tab: Tab, name: str, **more: object) -> None:
        card = tab.data("card")
        about = {"item": card["item"], "seen": card["seen"], "position": card["position"], "nonce": 1}
        await tab.trigger("card", "act", {"act": name, **about, **more})


async def sit(sittings: Sequence[Sitting], meanwhile: Callable[[], object]) -> None:
    """Let everybody answer while something happens to the servers, and a second longer."""
    going = True
    people = [asyncio.create_task(one.answer_while(lambda: going)) for one in sittings]
    try:
        await asyncio.sleep(1)
        await asyncio.to_thread(meanwhile)
        await asyncio.sleep(1)
    finally:
        going = False
        done = await asyncio.gather(*people, return_exceptions=True)
    for refusal in done:
        if isinstance(refusal, BaseException):
            raise refusal


def acknowledged(sittings: Sequence[Sitting]) -> list[int]:
    """Give the items that anybody was told are answered."""
    return [item for one in sittings for item in one.acknowledged]
