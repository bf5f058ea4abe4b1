"""What instructors and students of a class do in a browser, for stories."""

import csv
import io
import re
import zipfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from driving.quiz import UNFOLDED, Learner, Line

PASSWORD = "three green frogs"


class Person:
    """Somebody with a browser of their own, which talks to one server process."""

    def __init__(
        self, browser: Browser, url: str, *, token: str = "", width: int = 1280, scheme: str = "light"
    ) -> None:
        self.url = url
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            timezone_id="Europe/Berlin",
            # the certificate of a story is signed by nobody
            ignore_https_errors=True,
        )
        if token:
            self.context.add_cookies([{"name": "quiz_sign_in", "value": token, "url": url, "httpOnly": True}])
        self.troubles: list[str] = []
        self.page = self.new_tab()

    def new_tab(self) -> Page:
        """Open another tab, and note what its scripts complain of."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        return page

    def open(self, path: str = "/") -> None:
        """Go to an address of the app, and wait until the page stands."""
        self.page.goto(self.url + path)
        self.settle()

    def reload(self) -> None:
        """Reload the page, and wait until it stands."""
        self.page.reload()
        self.settle()

    def settle(self) -> None:
        """Wait until the server has drawn the page that is asked for."""
        settle(self.page)

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def sees(self, words: str | re.Pattern[str]) -> None:
        """Expect words on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=15_000)

    def unfold(self, words: str) -> None:
        """Open what is folded under these words, unless it is open."""
        folded = self.page.locator("details").filter(has=self.page.locator("summary", has_text=words))
        expect(folded).to_have_count(1)
        if folded.get_attribute("open") is None:
            folded.locator("summary").click()
        # a click misses what is still unfolding
        folded.locator("summary").evaluate(UNFOLDED)
        expect(folded).to_have_attribute("open", "")

    def choose_password(self, path: str, *, name: str = "", sign_in_name: str = "") -> None:
        """Open a one-time link and choose a password; the first instructor says their names too."""
        self.page.goto(self.url + path)
        if name:
            self.page.get_by_label("Your name").fill(name)
            self.page.get_by_label("Name to sign in with").fill(sign_in_name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name=re.compile("^(Begin|Save and sign in)$")).click()
        self.at_home()

    def sign_in(self, sign_in_name: str) -> None:
        """Fill the form on the page and send it."""
        self.page.get_by_label("Name or e-mail").fill(sign_in_name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in")
        self.page.wait_for_url(lambda at: "/sign-in" not in at)

    def sign_out(self) -> None:
        """Press Sign out on the account page."""
        self.open("/account")
        self.press("Sign out")
        self.is_signed_out()

    def is_signed_out(self) -> None:
        """Expect the form to sign in."""
        expect(self.page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=15_000)

    def at_home(self) -> None:
        """Expect the home page."""
        expect(self.page.get_by_role("heading", name="Topics", exact=True)).to_be_visible(timeout=20_000)
        self.settle()


class Instructor(Person):
    """Somebody who has classes."""

    def make_class(self, name: str) -> str:
        """Make a class, which is then on the screen, and give its join code."""
        self.page.get_by_role("link", name="Classes").click()
        self.page.get_by_label("Name of the class").fill(name)
        self.press("Make a class")
        self.sees("Nobody has joined yet.")
        return self.page.get_by_text(re.compile("^[A-Z0-9]{4} [A-Z0-9]{4}$")).inner_text()

    def offer_list(self, file: Path) -> None:
        """Choose a file as the list of students of the class on the screen, and wait for what it would do."""
        self.unfold("Take in a list of students")
        self.page.locator("input[type=file]").set_input_files(file)
        expect(self.page.get_by_role("button", name=re.compile("^Take in"))).to_be_visible(timeout=15_000)

    def take_in(self, words: str) -> dict[str, str]:
        """Take the list in, and download the links: by name, the path that each opens."""
        self.press(words)
        with self.page.expect_download() as waiting:
            self.press("Download the links")
        text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
        _, *rows = csv.reader(io.StringIO(text))
        assert all(link.startswith(f"{self.url}/link?key=") for _, _, link in rows)
        return {name: link.removeprefix(self.url) for name, _, link in rows}

    def give(self, title: str, number: int) -> None:
        """Give the class on the screen questions to practise."""
        self.begin_to_give(title, number)
        self.press("Give it to the class")
        expect(self.page.get_by_role("heading", name=title)).to_be_visible(timeout=15_000)
        self.settle()

    def give_exam(self, title: str, number: int, minutes: int) -> None:
        """Give the class on the screen an exam with a time limit, to sit once, whose answers are told by hand."""
        self.begin_to_give(title, number)
        self.page.get_by_role("radio", name="At the end (mock exam)").click()
        self.settle()
        self.unfold("Opening, time limit, attempts, when answers are shown")
        for switch in ("Limit the number of attempts", "Time limit"):
            self.page.get_by_role("switch", name=switch).press("Space")
            self.settle()
        self.page.get_by_label("Minutes").fill(str(minutes))
        self.page.get_by_label("Minutes").press("Enter")
        self.page.get_by_role("radio", name="When I say so").click()
        self.settle()
        self.press("Give it to the class")
        expect(self.page.get_by_role("heading", name=title)).to_be_visible(timeout=15_000)
        self.settle()

    def begin_to_give(self, title: str, number: int) -> None:
        """Open the form of a new assignment and fill in what is asked first."""
        self.press("New assignment")
        self.page.get_by_label("Title").fill(title)
        self.page.get_by_label("Title").press("Enter")
        self.page.get_by_label("Number of questions").fill(str(number))
        self.page.get_by_label("Number of questions").press("Enter")
        expect(self.page.get_by_text("Write a title")).to_be_hidden()
        self.settle()

    def choose_student(self, name: str) -> None:
        """Choose one student of the class on the screen, for what is done for one."""
        chooser = self.page.get_by_role("combobox", name="For one student")
        chooser.click()
        chooser.press_sequentially(name)
        self.page.get_by_role("option", name=re.compile(f"^{re.escape(name)} ")).click()
        expect(self.page.get_by_text("Extra time in assignments with a time limit")).to_be_visible(timeout=15_000)

    def standings(self) -> dict[str, list[str]]:
        """Read the table of the assignment on the screen: by name, points, state and attempts."""
        # the page of the class, from which one comes, has a table as well
        table = self.page.get_by_role("table").filter(has_text="Attempts")
        expect(table).to_be_visible(timeout=15_000)
        self.settle()
        rows = table.get_by_role("row").all()[1:]
        cells = [[cell.inner_text().strip() for cell in row.locator("th, td").all()] for row in rows]
        return {name: rest for name, *rest in cells}


class Student(Person):
    """Somebody who has assignments."""

    def __init__(self, browser: Browser, url: str, **how: object) -> None:
        super().__init__(browser, url, **how)  # type: ignore[arg-type]
        self.learner = Learner(self.page, url)

    def join_by_code(self, code: str, name: str, sign_in_name: str) -> None:
        """Come to the sign-in page with a code from the board, and make an account with it."""
        self.page.goto(self.url)
        self.page.get_by_role("link", name="I have a code").click()
        self.page.get_by_label("Code of your class").fill(code)
        self.press("Go on")
        self.page.get_by_label("Your name").fill(name)
        self.page.get_by_label("Name to sign in with").fill(sign_in_name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Join")
        self.at_home()

    def card(self, title: str) -> str:
        """Read what the home page says about an assignment."""
        return self.of(title).inner_text()

    def of(self, title: str):
        """Give the card of an assignment on the home page."""
        cards = self.page.locator("[class*='st-key-due-']")
        return cards.filter(has=self.page.get_by_text(title, exact=True))

    def begin(self, title: str, of: int) -> None:
        """Begin an assignment from the home page."""
        self.of(title).get_by_role("button", name="Begin").click()
        expect(self.page.get_by_text(f"1 of {of}", exact=True)).to_be_visible(timeout=15_000)

    def practise(self, number: int) -> None:
        """Answer every question of the practice on the screen, and come to its result; reload in the middle."""
        for place in range(1, number + 1):
            self.learner.at(place, of=number)
            self.page.reload()
            self.learner.at(place, of=number)
            self.learner.choose()
            self.learner.check()
            self.learner.next()
        self.sees(re.compile(f"^\\d of {number}$"))

    def sit(self, number: int) -> None:
        """Answer what is open in the exam on the screen, from here to its last question."""
        place = self.page.locator(".place")
        expect(place).to_have_text(re.compile(rf"^\d+ of {number}$"), timeout=15_000)
        for at in range(int(place.inner_text().split()[0]), number + 1):
            expect(place).to_have_text(f"{at} of {number}", timeout=15_000)
            if not self.learner.chosen():
                self.learner.choose()
                expect(self.page.locator(".saved")).to_have_text("Saved", timeout=15_000)
            if at < number:
                self.page.locator(".actions .main").click()

    def hand_in(self) -> None:
        """Hand the exam in."""
        self.page.locator(".more summary").click()
        self.page.get_by_role("button", name="Hand in", exact=True).first.click()
        again = self.page.get_by_role("button", name="Hand in now")
        again.click()

    def seconds_left(self) -> int:
        """Read the clock of the exam."""
        clock = self.page.locator(".clock")
        expect(clock).to_have_text(re.compile(r"^\d+:\d\d$"))
        minutes, seconds = clock.inner_text().split(":")
        return 60 * int(minutes) + int(seconds)

    def download(self) -> zipfile.ZipFile:
        """Download everything that is stored about this person."""
        with self.page.expect_download() as waiting:
            self.press("Download everything about me")
        return zipfile.ZipFile(waiting.value.path())

    def erase(self, name: str) -> None:
        """Erase oneself on the account page."""
        self.unfold("Erase me")
        field = self.page.get_by_label("Write your name as it stands above")
        field.fill(name)
        field.press("Tab")
        self.settle()
        self.press("Erase me for good")


def settle(page: Page) -> None:
    """Wait until the server has drawn the page that is asked for, or the plain one to sign in."""
    drawn = page.locator("[data-testid=stApp][data-test-script-state=notRunning], body > main")
    expect(drawn).to_be_attached(timeout=20_000)


def connect_anew(page: Page, line: Line) -> None:
    """Let the line between a page and the server break, as a laptop that is shut and opened does."""
    app = page.locator("[data-testid=stApp]")
    line.cut()
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED", timeout=15_000)
    line.mend()
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=30_000)
    settle(page)
