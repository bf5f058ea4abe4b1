"""An instructor looks how a class goes: who needs help, which question, and shows it to everybody without names."""

from typing import NamedTuple

import pytest
from driving.looks import LOOKS, ONE_DATABASE, violations
from driving.people import Instructor
from driving.school import School, add
from makers import place_of
from playwright.sync_api import Browser, expect

from quizlib.model.classes import Terms
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.classes import assignments, classes
from quizlib.services.quizzes import study

pytestmark = [pytest.mark.browser, pytest.mark.server, ONE_DATABASE]
NAMES = ("Ann Frog", "Ben Toad", "Cleo Newt", "Dan Heron", "Eva Swan", "Finn Pike")


class Pond(NamedTuple):
    """A class of six: Ann falls from the fourth lesson on, and in the last one five miss the first question."""

    teacher: str
    group: int
    given: int
    ann: int
    first: Question


@pytest.fixture(scope="module")
def pond(school: School) -> Pond:
    with school.opened() as app:
        teacher, token = add(app, "Ms Pond", instructs=True)
        group = classes.make(teacher, "Frogs 101")
        code = classes.view(teacher, group).group.join_code or ""
        students = [add(app, name)[0] for name in NAMES]
        for one in students:
            classes.join(one, code)
        asked = [one for one in app.bank.questions.values() if one.body.choose == "one" and not one.case][:3]
        ids = tuple(one.id for one in asked)
        for lesson in range(1, 7):
            given = assignments.give(teacher, group, Terms(title=f"Lesson {lesson}", question_ids=ids))
            for one in students:
                falls = 3 if one is students[0] and lesson > 3 else 0
                sit(one, given, falls or int(lesson == 6 and one is not students[-1]))
        return Pond(token, group, given, students[0].id, asked[0])


def sit(actor: User, given: int, wrong: int) -> None:
    """Sit an assignment; the first questions are answered wrongly, by the first option that is."""
    quiz = assignments.begin(actor, given)
    for position in range(1, 4):
        shown = study.sheet(actor, quiz, position)
        body = shown.question.body
        options = [option for option in body.options if option.correct == (position > wrong)]
        study.answer(actor, quiz, shown.item.id, place_of(shown, options[0].text), seen=shown.item.seq)
    study.finish(actor, quiz)


def test_from_the_class_to_the_wall_and_to_one_student(school: School, browser: Browser, pond: Pond) -> None:
    teacher = Instructor(browser, school.url, token=pond.teacher)
    page = teacher.page
    options = pond.first.body.options
    right, chosen = (next(one.text for one in options if one.correct is so) for so in (True, False))
    teacher.open(f"/class?class={pond.group}")
    teacher.sees("1 student is slipping")
    teacher.sees("5 of 6 missed it")
    page.get_by_role("link", name="Show in class").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(pond.first.stem[:30], timeout=15_000)
    expect(page.get_by_role("button", name="Reveal")).to_be_visible()
    for secret in ("Right answer", pond.first.takeaway, *NAMES):
        assert secret not in page.content()
        expect(page.get_by_text(secret)).to_have_count(0)
    page.keyboard.press("ArrowRight")
    bar = page.get_by_role("listitem").filter(has_text=right)
    expect(bar).to_contain_text("Right answer", timeout=15_000)
    expect(bar).to_contain_text("1 · 17%")
    expect(page.get_by_role("listitem").filter(has_text=chosen)).to_contain_text("5 · 83%")
    for name in NAMES:
        expect(page.get_by_text(name)).to_have_count(0)
    page.keyboard.press("PageDown")
    expect(page.locator(".place")).to_have_text("Lesson 6: question 2 of 3", timeout=15_000)
    expect(page.get_by_role("button", name="Reveal")).to_be_visible()
    expect(page.get_by_text("Right answer")).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".place")).to_have_text("Lesson 6: question 1 of 3", timeout=15_000)
    expect(page.get_by_text("Right answer")).to_have_count(0)

    teacher.press("Back to the assignment")
    page.get_by_role("link", name="Scores").click()
    expect(page.get_by_role("heading", name="Scores: Frogs 101")).to_be_visible(timeout=15_000)
    teacher.sees("Shown: Lesson 6.")
    expect(page.get_by_role("row").filter(has_text="Finn Pike")).to_contain_text("3 of 3")
    teacher.press("Show all")
    expect(page.get_by_role("columnheader", name="Lesson 1")).to_be_visible(timeout=15_000)
    page.get_by_role("link", name="Ann Frog").click()
    expect(page.get_by_role("heading", name="Ann Frog")).to_be_visible(timeout=15_000)
    teacher.sees("Slipping.")
    teacher.sees("does not share practice with you")
    assert teacher.troubles == []


@LOOKS
def test_no_page_about_a_class_has_a_violation(
    school: School, browser: Browser, pond: Pond, look: tuple[str, int]
) -> None:
    scheme, width = look
    teacher = Instructor(browser, school.url, token=pond.teacher, scheme=scheme, width=width)
    teacher.open(f"/class?class={pond.group}")
    teacher.sees("Needs a look")
    assert violations(teacher) == []
    teacher.open(f"/scores?class={pond.group}")
    for folded in ("Misconceptions", "Filter by student, assignment, topic or date", "Download what is shown here"):
        teacher.unfold(folded)
        teacher.settle()
    assert violations(teacher) == []
    teacher.open(f"/student?class={pond.group}&student={pond.ann}")
    teacher.sees("Every attempt")
    assert violations(teacher) == []
    teacher.open(f"/show?assignment={pond.given}")
    expect(teacher.page.get_by_role("button", name="Reveal")).to_be_visible(timeout=15_000)
    assert violations(teacher) == []
    teacher.press("Reveal")
    expect(teacher.page.get_by_text("Right answer")).to_be_visible(timeout=15_000)
    assert violations(teacher) == []
