"""What is measured, once for the app and once for an empty one."""

import asyncio
import random
import re
import statistics
import time
from collections.abc import Callable
from contextlib import AsyncExitStack

from driving.browser import chromium
from driving.protocol import Tab


class EmptyUse:
    """Press the one button of the empty app."""

    script_is_ours = False

    async def begin(self, tab: Tab) -> None:
        """Nothing to begin."""

    async def once(self, tab: Tab) -> float:
        """Press, and give the seconds until the run has finished."""
        return await tab.click("press")


class QuizUse:
    """Answer question after question; the Check is what is timed."""

    script_is_ours = True

    async def begin(self, tab: Tab) -> None:
        """Start a quiz."""
        tab.page, tab.query = "", ""
        await tab.go("")
        await tab.click("topic-anatomy")

    async def once(self, tab: Tab) -> float:
        """Go to an open question, then check an answer; give the seconds of the Check."""
        data = tab.data("card")
        if data["feedback"]:
            if data["last"]:
                await self.begin(tab)
            else:
                await act(tab, "next")
            data = tab.data("card")
        given = [0] if data["view"]["choose"] == "one" else [0, 1]
        return await act(tab, "check", given=given, elapsed=1000)


class ExamUse:
    """Change one's choice at a question of a mock exam; every change is stored."""

    script_is_ours = True

    def __init__(self, quiz: int) -> None:
        self._quiz, self._option = quiz, 0

    async def begin(self, tab: Tab) -> None:
        """Open the exam."""
        await tab.go("practice")
        tab.query = f"quiz={self._quiz}"
        await tab.rerun()

    async def once(self, tab: Tab) -> float:
        """Choose another option; give the seconds until the page says that it is saved."""
        self._option = 1 - self._option
        return await act(tab, "save", given=[self._option])


async def act(tab: Tab, name: str, **more: object) -> float:
    """Send a message of the question card."""
    data = tab.data("card")
    message = {"act": name, "item": data["item"], "seen": data["seen"], "position": data["position"], "nonce": 1}
    return await tab.trigger("card", "act", {**message, **more})


Use = EmptyUse | QuizUse | ExamUse


async def one_learner(url: str, use: Use, times: int) -> list[float]:
    """Give the seconds of each of `times` presses by one person."""
    async with Tab(url) as tab:
        await use.begin(tab)
        for _ in range(10):
            await use.once(tab)
        return [await use.once(tab) for _ in range(times)]


async def many_learners(url: str, use: Use, people: int, seconds: float) -> float:
    """Give the page runs per second of people who press without a pause; every run counts, not only Checks."""
    async with AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(Tab(url)) for _ in range(people)]
        for tab in tabs:
            await use.begin(tab)
        before = sum(tab.runs for tab in tabs)
        started = time.perf_counter()

        async def press(tab: Tab) -> None:
            while time.perf_counter() - started < seconds:
                await use.once(tab)

        await asyncio.gather(*map(press, tabs))
        return (sum(tab.runs for tab in tabs) - before) / (time.perf_counter() - started)


async def with_pauses(url: str, use: QuizUse, people: int, seconds: float, seed: int = 1) -> list[float]:
    """Give the seconds of every Check of people who think 3 to 20 seconds before each press."""
    rng, took = random.Random(seed), list[float]()
    async with AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(Tab(url)) for _ in range(people)]
        end = time.perf_counter() + seconds

        async def think(tab: Tab) -> None:
            await asyncio.sleep(rng.uniform(0, 10))
            await use.begin(tab)
            while time.perf_counter() < end:
                await asyncio.sleep(rng.uniform(3, 20))
                took.append(await use.once(tab))
                assert tab.exceptions == []

        await asyncio.gather(*map(think, tabs))
    return took


async def first_page(url: str) -> float:
    """Open the page once; give the seconds until it stands."""
    started = time.perf_counter()
    async with Tab(url):
        return time.perf_counter() - started


async def memory_each(url: str, use: Use, people: int, memory: Callable[[], int]) -> float:
    """Give the bytes of server memory per open learner."""
    async with AsyncExitStack() as stack:
        warm = [await stack.enter_async_context(Tab(url)) for _ in range(5)]
        for tab in warm:
            await use.begin(tab)
            await use.once(tab)
        before = memory()
        tabs = [await stack.enter_async_context(Tab(url)) for _ in range(people)]
        for tab in tabs:
            await use.begin(tab)
            await use.once(tab)
        return (memory() - before) / people


_PAINTED = """async ([press, changed]) => {
  const deep = (root, wanted) => {
    for (const node of root.querySelectorAll('*')) {
      if (node.matches(wanted)) return node;
      if (node.shadowRoot) { const found = deep(node.shadowRoot, wanted); if (found) return found; }
    }
  };
  const frame = () => new Promise(requestAnimationFrame);
  const started = performance.now();
  const before = deep(document, changed)?.textContent;
  deep(document, press).click();
  for (let i = 0; i < 600; i++) {
    await frame();
    const now = deep(document, changed);
    if (now && !now.hidden && now.textContent !== before) { await frame(); return performance.now() - started; }
  }
  return null;
}"""


def in_browser(url: str, use: Use, times: int) -> float:
    """Give the median seconds from a click to the painted answer in a real Chromium."""
    took = []
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(url)
        if isinstance(use, EmptyUse):
            page.get_by_role("button", name="Press").wait_for()
            for _ in range(times):
                page.mouse.click(5, 5)
                page.wait_for_timeout(150)
                # every second press changes nothing on the page, so a plain rerun stands between
                took.append(page.evaluate(_PAINTED, [".stButton button", "[data-testid=stText]"]))
                page.keyboard.press("r")
                page.wait_for_function("document.querySelector('[data-testid=stText]').textContent.includes('False')")
        else:
            while len(took) < times:
                page.goto(url)
                page.get_by_role("button", name=re.compile("^Anatomy")).click()
                for number in range(1, 11):
                    page.get_by_text(f"{number} of 10").wait_for()
                    page.keyboard.press("a")
                    page.keyboard.press("b")
                    page.wait_for_timeout(150)
                    took.append(page.evaluate(_PAINTED, [".main", ".headline"]))
                    page.wait_for_timeout(600)
                    page.keyboard.press("Enter")
    return statistics.median(one for one in took if one is not None) / 1000
