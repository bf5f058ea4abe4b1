"""What instructors do with questions in a browser, for stories."""

import re

from playwright.sync_api import Locator, expect

from driving.people import Person

SOURCE = "Standring"


class Author(Person):
    """Somebody who writes, reviews and corrects questions."""

    def begin(self, kind: str) -> None:
        """Begin a question of a type with empty fields."""
        self.open("/write")
        self.press(kind)
        expect(self.page.get_by_role("heading", name=f"New question: {kind}")).to_be_visible(timeout=15_000)
        self.settle()

    def paste(self, text: str) -> None:
        """Begin a question from pasted text."""
        self.open("/write")
        self.page.get_by_label("Text with its options").fill(text)
        self.page.get_by_label("Text with its options").press("Control+Enter")
        self.settle()
        self.press("Fill in the fields")
        expect(self.page.get_by_role("heading", name=re.compile("^New question: "))).to_be_visible(timeout=15_000)
        self.settle()

    def choose_topic(self, title: str) -> None:
        """Choose the topic of the question in the form."""
        self.choose("Topic", title)

    def choose(self, label: str, value: str) -> None:
        """Choose from a list one can search."""
        chooser = self.page.get_by_role("combobox", name=label)
        chooser.click()
        chooser.press_sequentially(value, delay=5)
        self.page.get_by_role("option", name=value).first.click()
        self.settle()

    def write(self, fields: dict[str, str]) -> None:
        """Fill fields by their labels, one after the other, without waiting for the server in between."""
        for label, text in fields.items():
            field = self.field(label)
            field.fill(text)
            field.press("Tab")
        self.settle()

    def field(self, label: str) -> Locator:
        """Give a field; of several with one label `#2` names the second."""
        name, _, number = label.partition("#")
        found = self.page.locator(".st-key-form").get_by_label(name, exact=True)
        return found.nth(int(number or 1) - 1)

    def tick(self, label: str) -> None:
        """Tick a box, or take the tick away."""
        name, _, number = label.partition("#")
        boxes = self.page.locator(".st-key-form label").filter(has_text=re.compile(f"^{re.escape(name)}$"))
        boxes.nth(int(number or 1) - 1).click()
        self.settle()

    def cite(self) -> None:
        """Choose a source from the list."""
        self.choose("Sources", SOURCE)
        self.page.keyboard.press("Escape")

    def finish_words(self) -> None:
        """Write what every question has beside its answers."""
        self.write(
            {
                "Take away, in one sentence": "The frog leaps since its hind legs are the longest of all.",
                "Explanation": "Long hind legs make a leap. Short legs make a walk, and a tail makes a swimmer. "
                "That is why the frog, of the three, gets over the stream without getting wet.",
            }
        )
        self.cite()

    def preview(self) -> Locator:
        """Give the question beside the form, as a student sees it."""
        card = self.page.locator(".st-key-preview .card")
        expect(card).to_be_visible(timeout=15_000)
        return card

    def publish(self) -> str:
        """Publish the question in the form, and give its id."""
        button = self.page.get_by_role("button", name="Publish", exact=True)
        expect(button).to_be_enabled(timeout=15_000)
        button.click()
        self.page.wait_for_url(re.compile("/question[?]"), timeout=20_000)
        self.settle()
        return self.question_id()

    def save(self, why: str) -> None:
        """Save the question in the form as a new version."""
        note = self.page.get_by_label("What changed, and why")
        note.fill(why)
        note.press("Tab")
        self.settle()
        self.press("Save as a new version")

    def saved(self) -> None:
        """Expect the page of the question after saving."""
        self.page.wait_for_url(re.compile("/question[?]"), timeout=20_000)
        self.settle()

    def question_id(self) -> str:
        """Read the id of the question on the screen from its address."""
        found = re.search(r"[?&]question=([a-z0-9.-]+)", self.page.url)
        assert found, self.page.url
        return found[1]

    def look_at(self, question_id: str) -> None:
        """Open the page of a question."""
        self.open(f"/question?question={question_id}")

    def change(self, question_id: str) -> None:
        """Open the form of a question."""
        self.look_at(question_id)
        self.press("Change it")
        expect(self.page.get_by_role("heading", name=re.compile("^Change the question"))).to_be_visible(timeout=15_000)
        self.settle()
