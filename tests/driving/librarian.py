"""What instructors do at the page of all questions, for stories."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, expect

from driving.people import Person


class Librarian(Person):
    """Somebody at the page of all questions."""

    @property
    def lines(self) -> Locator:
        """The rows that are in the page."""
        return self.page.locator(".rows .line")

    @property
    def titles(self) -> Locator:
        """The links that open a question."""
        return self.page.locator(".rows .what a")

    def look(self, query: str = "") -> None:
        """Open the page."""
        self.open(f"/questions{query}")
        expect(self.lines.first).to_be_visible(timeout=30_000)

    def find(self, text: str) -> None:
        """Search for words."""
        field = self.page.get_by_label("Find questions")
        field.fill(text)
        field.press("Enter")
        self.settle()

    def finds(self, number: int | None, how: str = " found") -> None:
        """Expect so many questions."""
        words = f"{number} question{'' if number == 1 else 's'}{how}"
        expect(self.page.get_by_text(words, exact=True)).to_be_visible(timeout=15_000)

    def pick(self, *places: int) -> None:
        """Select rows by their place."""
        for place in places:
            self.lines.nth(place).locator("input").click()

    @contextmanager
    def with_these(self, what: str) -> Iterator[Locator]:
        """Open the dialog for what is selected, choose what to do, and close it at the end."""
        self.press("With these …")
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_be_visible(timeout=15_000)
        self.settle()
        dialog.get_by_role("radio", name=what, exact=True).click()
        self.settle()
        yield dialog
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).to_be_hidden()
        self.settle()
