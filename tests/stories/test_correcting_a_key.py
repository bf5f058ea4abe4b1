"""A wrong key is corrected, marked again, taken back; two instructors meet at one question, and nothing is lost."""

import re

import pytest
from driving.authors import Author
from driving.people import Student
from driving.school import School, add
from playwright.sync_api import Browser, expect

from quizlib.model.person import User
from quizlib.services.quizzes import study

pytestmark = [pytest.mark.browser, pytest.mark.server]

PASTED = """\
Which of these animals leaps over the stream?
*A. The toad
B. The frog
C. The newt
"""
REASONS = ("It walks on short legs.", "Its hind legs are long.", "It swims with its tail.")


def test_a_key_is_corrected_marked_again_and_taken_back(school: School, browser: Browser) -> None:
    with school.opened() as app:
        _, pond = add(app, "Ms Pond", instructs=True)
        _, heron = add(app, "Mr Heron", instructs=True)
        ann, ann_token = add(app, "Ann Frog")
        ben, ben_token = add(app, "Ben Toad")
    teacher, colleague = Author(browser, school.url, token=pond), Author(browser, school.other_url, token=heron)
    question = written_and_approved(teacher, colleague)

    right, wrong = Student(browser, school.other_url, token=ann_token), Student(browser, school.url, token=ben_token)
    quizzes = answered(school, question, {right: (ann, "The frog"), wrong: (ben, "The toad")})
    teacher.look_at(question)
    teacher.sees("too few answers; shown from 5 answers on (2 first answers so far)")

    corrects(teacher, question)
    teacher.sees("Done.")
    teacher.sees(re.compile("Marked by version 2 on .* 2 answers of 2 learners changed"))
    told(right, quizzes[right], "Marked again", "1 of 1", "Frogs leap, toads walk.")
    told(wrong, quizzes[wrong], "Marked again", "0 of 1", "Frogs leap, toads walk.")

    teacher.press("Take it back")
    field = teacher.page.get_by_label("Why; students read it")
    field.fill("It was a toad after all.")
    field.press("Tab")
    teacher.settle()
    teacher.press("Take it back now")
    teacher.sees(re.compile("Taken back on .* 2 answers of 2 learners changed"))
    teacher.sees("Done.")
    told(right, quizzes[right], "Marked as before", "0 of 1", "It was a toad after all.")
    told(wrong, quizzes[wrong], "Marked as before", "1 of 1", "It was a toad after all.")
    for one in (teacher, colleague, right, wrong):
        assert one.troubles == []
    for server in school.servers:
        assert "Traceback" not in server.log


def test_two_instructors_at_one_question_lose_nothing(school: School, browser: Browser) -> None:
    with school.opened() as app:
        _, one = add(app, "Ada Reed", instructs=True)
        _, other = add(app, "Bea Rush", instructs=True)
    first, second = Author(browser, school.url, token=one), Author(browser, school.other_url, token=other)
    question = writes(first)
    first.change(question)
    second.change(question)
    second.sees("Ada Reed is working on this question too.")

    first.write({"Take away, in one sentence": "A frog leaps, and a toad walks."})
    first.save("shorter")
    first.saved()
    second.write({"Explanation": "Legs decide: long ones leap, short ones walk, and a tail swims across the stream."})
    second.sees("Ada Reed saved another version meanwhile")
    second.sees("A frog leaps, and a toad walks.")
    expect(second.page.get_by_role("button", name="Save as a new version")).to_be_disabled()
    second.press("Put both together")
    expect(second.page.get_by_text("saved another version meanwhile")).to_be_hidden()
    second.save("legs decide")
    second.saved()

    second.sees("Version 3")
    with school.opened() as app, app.database.read() as connection:
        from quizlib.store.content.versions import versions_of

        newest = versions_of(connection, question)[0].question
    assert newest.takeaway == "A frog leaps, and a toad walks."
    assert newest.explanation.startswith("Legs decide")


def writes(author: Author) -> str:
    """Paste a question whose key is wrong, fill in the rest, and publish it; give its id."""
    author.paste(PASTED)
    author.choose_topic("Anatomy")
    author.write({f"Why it is right or wrong#{place}": why for place, why in enumerate(REASONS, start=1)})
    author.finish_words()
    return author.publish()


def written_and_approved(author: Author, other: Author) -> str:
    """Write a question, and have somebody else ask for changes, then approve it."""
    question = writes(author)
    author.sees("You wrote this version.")
    other.look_at(question)
    other.press("Ask for changes")
    other.sees("Say what should change")
    other.press("Approve")
    other.sees(re.compile("^Approved by Mr Heron on "))
    return question


def answered(school: School, question: str, who: dict[Student, tuple[User, str]]) -> dict[Student, int]:
    """Let students answer the question in the browser; give their quizzes."""
    with school.opened():
        quizzes = {student: study.start_fixed(user, [question]) for student, (user, _) in who.items()}
    for student, (_, choice) in who.items():
        student.open(f"/practice?quiz={quizzes[student]}")
        student.page.locator(".option .row").filter(has_text=choice).click()
        student.learner.check()
        student.sees(re.compile("Approved by Mr Heron in "))
        student.learner.next()
        student.sees(re.compile("^[01] of 1$"))
    return quizzes


def corrects(author: Author, question: str) -> None:
    """Move the key from the toad to the frog, see what that changes, and mark past answers again."""
    author.change(question)
    author.tick("Right#1")
    author.tick("Right#2")
    author.sees("This changes the marks of 2 past answers of 2 learners (1 up, 1 down).")
    note = author.page.get_by_label("What changed, and why")
    note.fill("Frogs leap, toads walk.")
    note.press("Tab")
    author.settle()
    expect(author.page.get_by_role("button", name="Save as a new version")).to_be_disabled()
    author.page.get_by_text("Mark them again; the students are told why").click()
    author.settle()
    author.press("Save as a new version")
    author.saved()


def told(student: Student, quiz: int, what: str, score: str, why: str) -> None:
    """Expect the news on the home page, and the new score with its reason in the result."""
    student.open()
    student.sees(re.compile(f"^{what}: “Which of these animals leaps"))
    student.sees(re.compile(re.escape(why)))
    student.press("Put away")
    expect(student.page.get_by_text(re.compile(f"^{what}: "))).to_be_hidden(timeout=15_000)
    student.open(f"/result?quiz={quiz}")
    student.sees(score)
    if what == "Marked again":
        student.sees(re.compile("Marked again on .*" + re.escape(why)))
