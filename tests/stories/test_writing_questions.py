"""An instructor writes a question of every type from empty fields, sees what is weak, tries it out, publishes."""

import re
import time

import pytest
from driving.authors import Author
from driving.looks import ONE_DATABASE
from driving.school import School, add
from playwright.sync_api import Browser, expect

from quizlib.services.authoring import drafts

pytestmark = [pytest.mark.browser, pytest.mark.server]

WHY = "Its hind legs are the longest, which is what a leap takes."


def fill_choice(author: Author) -> None:
    """Two options at first, the second a wrong one; too few, until a third is there and one is right."""
    author.write(
        {
            "Question": "Which of these animals leaps over the stream?",
            "Option 1": "The frog",
            "Why it is right or wrong#1": WHY,
            "Option 2": "The toad",
            "Why it is right or wrong#2": "It walks, since its legs are short; it would be right for a beetle hunt.",
            "Option 3": "The newt",
            "Why it is right or wrong#3": "It swims with its tail; it would be right if the stream were to be crossed.",
        }
    )
    author.finish_words()
    author.sees("No option is marked as right")
    author.tick("Right#1")


def fill_short_text(author: Author) -> None:
    author.write(
        {
            "Question": "What is the leaping animal at the stream called?",
            "Answers that count (one a line)": "frog\ntree frog",
            "Why": WHY,
        }
    )
    author.finish_words()


def fill_numeric(author: Author) -> None:
    author.write({"Question": "How far does a frog leap, in metres?", "Answer": "two", "Unit": "m", "Why": WHY})
    author.finish_words()
    author.sees("It is not a number")
    author.write({"Answer": "2.5", "give or take": "0.5"})


def fill_matching(author: Author) -> None:
    author.write({"Question": "Which animal gets over the stream in which way?"})
    for number, (left, right) in enumerate([("frog", "leaps"), ("newt", "swims"), ("toad", "walks round")], start=1):
        author.write({f"This {number}": left, f"goes with#{number}": right, f"Why#{number}": f"A {left} {right}."})
    author.finish_words()


def fill_ordering(author: Author) -> None:
    author.write({"Question": "Put the life of a frog in order."})
    for number, what in enumerate(["spawn", "tadpole", "froglet", "frog"], start=1):
        author.write({f"What stands here {number}": what})
    author.write({"Why this order": "Each comes out of the one before it."})
    author.finish_words()


def fill_cloze(author: Author) -> None:
    author.write(
        {
            "Question": "Fill in the missing word.",
            "Text with gaps": "The {a} leaps over the stream.",
            "To be written: what counts (one a line)": "frog",
            "Why, where it is written": WHY,
        }
    )
    author.finish_words()


def try_choice(author: Author) -> None:
    card = author.preview()
    card.get_by_text("The frog").click()
    card.get_by_role("button", name="Check").click()


def try_text(author: Author) -> None:
    card = author.preview()
    expect(card.locator(".stem")).not_to_be_empty(timeout=15_000)
    card.get_by_role("textbox").fill("2.5 m" if "metres" in card.inner_text() else "frog")
    card.get_by_role("button", name="Check").click()


def try_matching(author: Author) -> None:
    card = author.preview()
    wanted = {"frog": "leaps", "newt": "swims", "toad": "walks round"}
    for chooser in card.get_by_role("combobox").all():
        name = chooser.evaluate("node => node.getAttribute('aria-label') || node.labels[0].textContent")
        chooser.select_option(next(right for left, right in wanted.items() if left in name))
    card.get_by_role("button", name="Check").click()


KINDS = {
    "Choice": (fill_choice, try_choice),
    "Short answer": (fill_short_text, try_text),
    "Number": (fill_numeric, try_text),
    "Matching": (fill_matching, try_matching),
    "Ordering": (fill_ordering, None),
    "Fill the gaps": (fill_cloze, try_text),
}


def test_a_question_of_every_type_is_written_tried_out_and_published(school: School, browser: Browser) -> None:
    with school.opened() as app:
        _, token = add(app, "Ms Pond", instructs=True)
    author = Author(browser, school.url, token=token)

    for kind, (fill, try_out) in KINDS.items():
        author.begin(kind)
        expect(author.page.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
        author.choose_topic("Anatomy")
        fill(author)
        author.preview()
        author.reload()
        if try_out is not None:
            try_out(author)
            expect(author.preview().locator(".headline")).to_have_text("Right.", timeout=15_000)
        made = author.publish()
        author.sees("Published. Students are asked this version from now on.")
        author.sees("Nobody has answered it yet.")
        assert made

    pulled = school.console("bank", "pull", str(school.settings.questions.parent / "pulled"))
    assert pulled
    checked = school.console("bank", "check", str(school.settings.questions.parent / "pulled"))
    assert checked["errors"] == []
    assert author.troubles == []
    for server in school.servers:
        assert "Traceback" not in server.log


def test_pasted_text_becomes_a_question_and_its_weak_points_are_told(school: School, browser: Browser) -> None:
    with school.opened() as app:
        _, token = add(app, "Mr Heron", instructs=True)
    author = Author(browser, school.other_url, token=token, width=390)

    author.paste(
        "Which of these leaps over the stream?\n"
        "A. toad\n"
        "*B. the green frog with its very long hind legs, which leaps over any stream there is\n"
        "C. newt"
    )

    expect(author.field("Option 2")).to_have_value(re.compile("^the green frog"))
    author.sees(re.compile("The right option has .* characters"))
    author.write({"Option 2": "frog"})
    expect(author.page.get_by_text(re.compile("The right option has .* characters"))).to_be_hidden()
    author.reload()
    expect(author.field("Option 2")).to_have_value("frog")
    assert author.troubles == []


@ONE_DATABASE
def test_what_is_typed_in_two_tabs_and_before_a_reload_is_all_there(school: School, browser: Browser) -> None:
    with school.opened() as app:
        teacher, token = add(app, "Ada Reed", instructs=True)
        draft = drafts.from_text(teacher, "Which of these leaps?\nA. toad\n*B. frog\nC. newt", "anatomy")
    first, second = (Author(browser, school.url, token=token) for _ in range(2))
    for one in (first, second):
        one.open(f"/write?draft={draft}")

    first.write({"Take away, in one sentence": "Frogs leap.", "Option 1": "the toad"})
    kept(school, draft, "the toad")  # else the second tab may be the first to change the option
    second.write({"Option 1": "a toad"})

    second.sees("Another tab changed this draft as well, and both are put together.")
    second.sees("the toad")  # what the other tab had
    expect(second.field("Take away, in one sentence")).to_have_value("Frogs leap.")
    expect(second.field("Option 1")).to_have_value("a toad")
    second.press("I have read it")
    second.settle()
    second.field("Question").press_sequentially(" And swims?", delay=20)
    kept(school, draft, "And swims?")
    second.reload()
    expect(second.field("Question")).to_have_value(re.compile("And swims"))
    assert first.troubles == second.troubles == []


def kept(school: School, draft: int, words: str) -> None:
    """Wait until a draft holds the words: they were typed, and their field was not left."""
    for _ in range(40):
        with school.opened() as app, app.database.read() as connection:
            found = connection.exec_driver_sql(f"SELECT content FROM drafts WHERE id = {draft}").scalar()
        if words in str(found):
            return
        time.sleep(0.25)
    raise AssertionError(f"“{words}” was not kept")
