"""What a learner does on the pages, for stories."""

import re
from contextlib import suppress

from playwright.sync_api import Locator, Page, WebSocketRoute, expect
from playwright.sync_api import TimeoutError as TooLate

MOST_TABS = 60


class Learner:
    """One learner at one page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda line: self.troubles.append(line.text) if line.type == "error" else None)

    def start(self) -> None:
        """Open the home page and start ten questions of one topic; the server has choices only."""
        self.page.goto(self.url)
        self.page.get_by_role("button", name=re.compile("^Anatomy")).click()
        self.at(1)

    def at(self, number: int, of: int = 10) -> None:
        """Expect to be at this question, not yet answered."""
        expect(self.page.get_by_text(f"{number} of {of}", exact=True)).to_be_visible()
        expect(self.page.get_by_role("button", name="Check")).to_be_visible()

    def option(self, number: int):
        """Give an option's row, counted from 0."""
        return self.page.locator(".option .row").nth(number)

    def letters(self) -> str:
        """Give keys that make an answer: one, or two where several may be chosen."""
        return "ab" if self.page.locator(".options.several").count() else "a"

    def choose(self) -> None:
        """Press the first option, or the first two, with the mouse."""
        for number in range(len(self.letters())):
            self.option(number).click()

    def check(self) -> None:
        """Press Check and wait for the feedback."""
        self.page.get_by_role("button", name="Check").click()
        self.told()

    def told(self) -> None:
        """Expect the feedback."""
        expect(self.page.locator(".headline")).to_be_visible()

    def next(self) -> None:
        """Press Next, after the moment in which it ignores presses."""
        self.page.wait_for_timeout(450)
        self.page.locator(".actions .main").click()

    def chosen(self) -> list[int]:
        """Give the options that are chosen now."""
        boxes = self.page.locator(".option input").all()
        return [number for number, box in enumerate(boxes) if box.is_checked()]

    def give(self) -> None:
        """Answer whatever type of question is on the screen, rightly or not."""
        answers = self.page.locator(".answers")
        if answers.locator(".options").count():
            self.choose()
            return
        for chooser in answers.locator("select").all():
            options = chooser.locator("option").count()
            chooser.select_option(index=1 + len(self.given_places) % (options - 1))
            self.given_places.append(1)
        for field in answers.locator("input[type=text], input:not([type])").all():
            field.fill("2")
        ready = answers.get_by_role("button", name="It is in order already")
        if ready.count():
            ready.click()

    @property
    def given_places(self) -> list[int]:
        """Give a note of how many lists were answered, so that each takes another place."""
        if not hasattr(self, "_given_places"):
            self._given_places: list[int] = []
        return self._given_places


# Walks into shadow roots: from outside, the focus of everything in the card is on the card's host.
_FOCUSED = """
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
"""
_IS_ONE_OF = f"all => {{ {_FOCUSED} return all.includes(focused); }}"
_NAME = f"""() => {{ {_FOCUSED}
  const words = (focused.ariaLabel || focused.innerText || "").trim().split("\\n").pop();
  return focused.localName + " " + words.slice(0, 40);
}}"""
# A choice's own radio button is hidden, and its row shows the focus. In a text field the caret shows it too.
_HOW_SEEN = f"""() => {{ {_FOCUSED}
  const shown = focused.closest(".option")?.querySelector(".row") || focused;
  const style = getComputedStyle(shown);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 1;
  const box = shown.getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const covering = shown.getRootNode().elementFromPoint(x, y);
  const drawn = outlined || style.boxShadow !== "none" || focused.localName === "input";
  return {{
    marked: focused.matches(":focus-visible") && drawn,
    uncovered: !!covering && (shown.contains(covering) || covering.contains(shown) && covering.localName !== "footer"),
  }};
}}"""

# What unfolds grows for a while, and the browser does not scroll to a focus that it does not show yet.
UNFOLDED = """async summary => {
  const details = summary.closest("details");
  for (let still = 0; still < 4; still++) {
    await new Promise(requestAnimationFrame);
    if (!details.open || details.getAnimations({ subtree: true }).length) still = 0;
  }
}"""


class Keys:
    """A learner without a mouse: all is reached with Tab and arrow keys, and pressed with Enter or Space."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press one key after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def focus(self, role: str, name: str | re.Pattern[str]) -> Locator:
        """Press Tab until the focus is on what has this role and name, and expect that it can be seen there."""
        exact = isinstance(name, str)
        wanted = self.page.get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type]
        return self.focus_on(wanted, f"{role} {name!r}")

    def focus_on(self, wanted: Locator, said: str) -> Locator:
        """Press Tab until the focus is on one of these."""
        expect(wanted.first).to_be_attached()
        met: list[str] = []
        while not self.has_focus(wanted):
            if len(met) == MOST_TABS:
                raise AssertionError(f"Tab never came to {said}; it came to: {', '.join(dict.fromkeys(met))}")
            self.press("Tab")
            met.append(self.page.evaluate(_NAME))
        self.sees_focus(said)
        return wanted

    def open(self, said: str) -> None:
        """Open what is folded under these words, and wait until it has unfolded."""
        summary = self.page.locator("summary").filter(has_text=re.compile(f"{re.escape(said)}$"))
        self.focus_on(summary, said)
        self.press("Enter")
        summary.evaluate(UNFOLDED)

    def sees_focus(self, said: str) -> None:
        """Expect that the focus shows, and that nothing lies over it."""
        if not all(self.page.evaluate(_HOW_SEEN).values()):
            # what has just opened may still be growing, and the page may still be scrolling
            with suppress(TooLate):
                self.page.wait_for_function(f"Object.values(({_HOW_SEEN})()).every(Boolean)", timeout=2000)
        for how, so in self.page.evaluate(_HOW_SEEN).items():
            assert so, f"the focus on {said} is not {how}"

    def has_focus(self, wanted: Locator) -> bool:
        """Tell whether the focus is on this."""
        return bool(wanted.evaluate_all(_IS_ONE_OF))

    def chip(self, label: str) -> None:
        """Press a chip: Tab goes from group to group, and arrow keys go within one."""
        chip = self.page.locator("[data-testid=stButtonGroup] button", has_text=re.compile(f"^{re.escape(label)}$"))
        expect(chip).to_be_visible()
        group = chip.locator("xpath=ancestor::*[@data-testid='stButtonGroup']").locator("button")
        if not self.has_focus(chip):
            self.focus_on(group, f"the chips around {label!r}")
        for key in ("ArrowRight", "ArrowLeft"):
            for _ in range(group.count()):
                if not self.has_focus(chip):
                    self.press(key)
        assert self.has_focus(chip), f"arrow keys never came to the chip {label!r}"
        self.sees_focus(f"the chip {label!r}")
        before = self.chosen(chip)
        self.press("Space")
        if chip.get_attribute("role") == "radio":
            expect(chip).to_have_attribute("aria-checked", "true")
        else:
            expect(chip).to_have_attribute("aria-pressed", "false" if before else "true")

    def chosen(self, chip: Locator) -> bool:
        """Tell whether a chip is pressed."""
        return "true" in (chip.get_attribute("aria-pressed"), chip.get_attribute("aria-checked"))

    def enter(self, role: str, name: str | re.Pattern[str], key: str = "Enter") -> None:
        """Go to what has this role and name, and press it."""
        self.focus(role, name)
        self.press(key)


class Line:
    """The line between a page and the server, which can be cut and mended; lay it before the page is opened."""

    def __init__(self, page: Page) -> None:
        self._page, self._whole = page, True
        self._sockets: list[WebSocketRoute] = []
        page.route_web_socket(re.compile("/_stcore/stream"), self._connect)

    def cut(self) -> None:
        """Let nothing through, and end what was open: offline alone leaves a WebSocket as it is."""
        self._whole = False
        self._page.context.set_offline(True)
        while self._sockets:
            self._sockets.pop().close()

    def mend(self) -> None:
        """Let everything through again."""
        self._whole = True
        self._page.context.set_offline(False)

    def _connect(self, socket: WebSocketRoute) -> None:
        if not self._whole:
            socket.close()
            return
        socket.connect_to_server()
        self._sockets.append(socket)
