"""Learners who answer through the real server, whatever happens to it."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Sequence
from typing import Any

from driving.protocol import Tab
from websockets.exceptions import WebSocketException

LOST = (OSError, WebSocketException, TimeoutError, EOFError)


class Visitor:
    """Somebody whose browser sends again what was not answered, and goes on at another server when one is gone."""

    def __init__(self, urls: Sequence[str], seed: int) -> None:
        self._urls, self._rng = list(urls), random.Random(seed)
        self._tab: Tab | None = None
        self.quiz = 0
        self._at: tuple[int, int] | None = None
        # what was sent and not answered yet: the card's id, and the message
        self._sent: tuple[str, dict[str, object]] | None = None
        self.troubles: list[str] = []
        self.moved = 0
        self.sent_again = 0

    async def go_on_while(self, wanted: Callable[[], bool]) -> None:
        """Do one thing after another."""
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
        card = tab.data("card") if tab.has("card") else {"trouble": tab.text()}
        if tab.has("card") and "trouble" not in card:
            await self._do(tab, card)
        elif tab.has("topic-pond"):
            await self._begin(tab)
            if tab.has("again"):  # a quiz that cannot begin is told on the page that was to begin it
                self.troubles.append(tab.text())
                await asyncio.sleep(0.2)
        else:
            self.troubles.append(card["trouble"])
            await asyncio.sleep(0.2)
            await (self._send_again(tab) if self._sent else tab.rerun())
            self._look(tab)

    async def _do(self, tab: Tab, card: dict[str, Any]) -> None:
        raise NotImplementedError

    async def _begin(self, tab: Tab) -> None:
        raise NotImplementedError

    def _told(self, card: dict[str, Any]) -> None:
        """Note what a card says is stored."""
        raise NotImplementedError

    async def _open(self) -> Tab:
        query = f"quiz={self.quiz}&q={self._at[1]}" if self._at else ""
        self._tab = tab = Tab(self._urls[0], page="practice" if self._at else "", query=query)
        # a page that stayed open reconnects without a run; what it sends comes first
        await tab.open(run=self._sent is None)
        if self._sent is not None:
            await self._send_again(tab)
        self._look(tab)
        return tab

    async def _send_again(self, tab: Tab) -> None:
        assert self._sent is not None
        element, message = self._sent
        self.sent_again += 1
        await tab.trigger_by_id(element, "act", message)

    async def _act(self, tab: Tab, name: str, **more: object) -> None:
        card = tab.data("card")
        about = {"item": card["item"], "seen": card["seen"], "position": card["position"], "nonce": 1}
        self._sent = (tab.find("card").id, {"act": name, **about, **more})
        await tab.trigger("card", "act", self._sent[1])
        self._look(tab)

    def _look(self, tab: Tab) -> None:
        """Look at what came back: an answer to what was sent, or the question where the learner was."""
        if not tab.has("card") or "trouble" in tab.data("card"):
            return
        card = tab.data("card")
        if self._sent is None and self._at:
            assert card["item"] == self._at[0]
        self._sent = None
        self.quiz, self._at = card["quiz"], (card["item"], card["position"])
        self._told(card)


class Sitting(Visitor):
    """A learner who answers quiz after quiz, and notes what was acknowledged."""

    def __init__(self, urls: Sequence[str], seed: int) -> None:
        super().__init__(urls, seed)
        self.acknowledged: list[int] = []

    async def _do(self, tab: Tab, card: dict[str, Any]) -> None:
        if card["feedback"] and card["last"]:
            self._at = None
            await tab.go("")
        elif card["feedback"]:
            await self._act(tab, "next")
        else:
            await self._act(tab, "check", given=[self._rng.randrange(2)], elapsed=1)

    async def _begin(self, tab: Tab) -> None:
        self._at = None
        await tab.click("topic-pond")
        self._look(tab)

    def _told(self, card: dict[str, Any]) -> None:
        if card["feedback"] and card["item"] not in self.acknowledged:
            self.acknowledged.append(card["item"])


class Examinee(Visitor):
    """A learner who chooses and chooses again in one mock exam, and notes what the page says is saved."""

    def __init__(self, urls: Sequence[str], seed: int, quiz: int, first_item: int) -> None:
        super().__init__(urls, seed)
        self.quiz, self._at = quiz, (first_item, 1)
        self.saved: dict[int, list[int]] = {}
        self.chosen: dict[int, list[int]] = {}

    async def _do(self, tab: Tab, card: dict[str, Any]) -> None:
        if self._rng.random() < 0.3:
            await self._act(tab, "go", wanted_position=self._rng.randint(1, card["total"]))
        else:
            self.chosen[card["item"]] = [self._rng.randrange(2)]
            await self._act(tab, "save", given=self.chosen[card["item"]])

    def _told(self, card: dict[str, Any]) -> None:
        assert card["feedback"] is None
        item = card["item"]
        # what is shown was saved and told, or was on its way to be saved when a server died
        assert card["given"] in (self.saved.get(item), self.chosen.get(item)), "a choice that was saved is gone"
        if card["given"] is not None:
            self.saved[item] = card["given"]


async def sit(sittings: Sequence[Visitor], meanwhile: Callable[[], object]) -> None:
    """Let everybody answer while something happens to the servers, and a second longer."""
    going = True
    people = [asyncio.create_task(one.go_on_while(lambda: going)) for one in sittings]
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
