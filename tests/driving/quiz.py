"""What a learner does on the pages, for stories."""

import re

from playwright.sync_api import Page, expect


class Learner:
    """One learner at one page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda line: self.troubles.append(line.text) if line.type == "error" else None)

    def start(self) -> None:
        """Open the home page and start ten questions of one topic, all of type choice."""
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
