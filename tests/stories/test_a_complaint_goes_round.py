"""A student reports a question from its feedback, a teacher answers, and the student finds it on the home page."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from driving.looks import LOOKS, ONE_DATABASE
from driving.people import Instructor, Person, Student
from driving.quiz import Keys, Line
from driving.school import School, add
from playwright.sync_api import Browser, expect

from quizlib.model.attempt import Behaviour, Filter, Plan
from quizlib.model.person import User
from quizlib.services.corrections import complaints
from quizlib.services.quizzes import choosing, study
from quizlib.services.quizzes.choosing import Choice

pytestmark = [pytest.mark.browser, pytest.mark.server]

ASK = "Is something wrong with this question?"
THANKS = "Thank you. Your teacher reads it and answers on your home page."
NASTY = "<b>Not</b> <script>alert(1)</script> L4 & *so*\nThe source says L5."


class Two(NamedTuple):
    """A teacher and a student, with their sign-ins."""

    teacher: User
    teachers: str
    ann: User
    anns: str


@pytest.fixture(scope="module")
def two(school: School) -> Two:
    with school.opened() as app:
        return Two(*add(app, "Ms Pond", instructs=True), *add(app, "Ann Frog"))


@pytest.fixture
def ann(school: School, browser: Browser, two: Two) -> Iterator[Student]:
    person = Student(browser, school.url, token=two.anns)
    yield person
    assert person.troubles == []
    person.context.close()


@pytest.fixture
def teacher(school: School, browser: Browser, two: Two) -> Iterator[Instructor]:
    """Work at the other process, where there are two."""
    person = Instructor(browser, school.other_url, token=two.teachers)
    yield person
    assert person.troubles == []
    person.context.close()


def begun(school: School, two: Two, place: int) -> int:
    """Have the student begin to practise two questions, others at each place."""
    with school.opened() as app:
        ids = sorted(one.id for one in app.bank.questions.values() if one.topic == "anatomy")
        return study.start_fixed(two.ann, ids[2 * place : 2 * place + 2])


def begun_exam(school: School, two: Two) -> int:
    """Have the student begin a mock exam of two questions of another topic."""
    wanted = Choice(filter=Filter(topics=("dermatomes",)), plan=Plan.RANDOM, number=2, behaviour=Behaviour.EXAM)
    with school.opened():
        return choosing.start(two.ann, wanted)


def answer_one(student: Student, quiz: int) -> None:
    """Open a practice quiz and answer its first question."""
    student.open(f"/practice?quiz={quiz}")
    expect(student.page.get_by_role("button", name="Check")).to_be_visible(timeout=15_000)
    expect(student.page.get_by_text(ASK)).to_have_count(0)
    student.learner.choose()
    student.learner.check()


def report(person: Person, about: str, words: str = "") -> None:
    """Open the form, fill it in and send it."""
    person.page.get_by_text(ASK).first.click()
    person.page.get_by_label(about, exact=True).check()
    person.page.get_by_label(re.compile("^In your words")).fill(words)
    person.press("Send")


def waiting(school: School, two: Two) -> int:
    """Count the reports that wait for an answer."""
    with school.opened():
        return complaints.open_count(two.teacher)


def violations(person: Person) -> list[Any]:
    """Look at the page on the screen; nothing may lie beyond its right edge either."""
    person.settle()
    person.page.wait_for_timeout(300)
    wide = person.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found = [(one["id"], one["nodes"][0]["html"][:160]) for one in Axe().run(person.page).response["violations"]]
    return found + ([("too wide", wide)] if wide > 0 else [])


def test_a_complaint_goes_round(school: School, two: Two, ann: Student, teacher: Instructor) -> None:
    answer_one(ann, begun(school, two, 0))
    stem = ann.page.locator(".stem").inner_text()
    report(ann, "Right answer", NASTY)
    ann.sees(THANKS)
    expect(ann.page.get_by_text(ASK)).to_have_count(0)
    ann.learner.next()
    ann.learner.at(2, of=2)

    teacher.open("/complaints")
    teacher.sees("1 report waits for an answer.")
    block = teacher.page.locator("[class*='st-key-report-']")
    expect(block).to_contain_text(stem[:40])
    expect(block).to_contain_text("Right answer")
    expect(block).to_contain_text("<b>Not</b> <script>alert(1)</script> L4 & *so*")
    expect(block).to_contain_text("They had answered: ")
    expect(block).to_contain_text(re.compile(r"Reported by 1 learner\. Share right: (100|\d\d?)% \(1 first answer\)"))
    expect(teacher.page.get_by_text("Ann Frog")).to_have_count(0)
    teacher.press("Answer")
    teacher.sees("Write an answer; the learner reads it on the home page.")
    teacher.page.get_by_label("Your answer, which the learner finds on the home page").fill(
        "It is L5,\nsee <i>Gray</i>."
    )
    teacher.press("Answer")
    teacher.sees("Nothing waits for an answer.")
    teacher.unfold("Answered")
    expect(block).to_contain_text("see <i>Gray</i>.")

    ann.open()
    notice = ann.page.locator("[class*='st-key-notice-']")
    expect(notice).to_contain_text(f"You reported a question: “{stem[:40]}")
    expect(notice).to_contain_text("see <i>Gray</i>.")
    button = notice.get_by_role("button", name="Put away")
    assert (button.bounding_box() or {"height": 0})["height"] >= 44
    button.click()
    expect(notice).to_have_count(0)
    ann.at_home()
    ann.reload()
    expect(notice).to_have_count(0)


@ONE_DATABASE
def test_keys_reach_the_form_and_none_of_them_is_taken_for_the_cards(school: School, ann: Student, two: Two) -> None:
    answer_one(ann, begun(school, two, 1))
    keys = Keys(ann.page)
    place = ann.page.locator(".place").inner_text()
    form = ann.page.locator(".complaint")
    keys.focus_on(form.locator("summary"), "the question what is wrong")
    keys.press("Enter")
    expect(form.get_by_role("button", name="Send")).to_be_visible()
    keys.focus("button", "Send")
    keys.press("Enter")
    expect(form.get_by_role("alert")).to_have_text("Choose what is wrong.")
    keys.press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp")
    expect(form.get_by_label("Something else")).to_be_checked()
    keys.press("Tab")
    ann.page.keyboard.type("a b c d r 1 2 reason")
    keys.press("Enter")
    ann.page.keyboard.type("cats", delay=20)
    expect(form.locator("textarea")).to_have_value("a b c d r 1 2 reason\ncats")
    keys.focus("button", "Send")
    keys.press("Space")
    ann.sees(THANKS)
    expect(ann.page.locator(".place")).to_have_text(place)
    expect(ann.page.locator(".headline")).to_be_visible()


@ONE_DATABASE
def test_what_cannot_be_sent_now_is_sent_when_the_line_is_back(school: School, ann: Student, two: Two) -> None:
    line = Line(ann.page)
    answer_one(ann, begun(school, two, 2))
    before = waiting(school, two)
    line.cut()
    report(ann, "Source", "Sent later.")
    ann.sees("This has not arrived yet. It is sent again by itself.")
    line.mend()
    expect(ann.page.get_by_text(THANKS)).to_be_visible(timeout=40_000)

    assert waiting(school, two) == before + 1


@ONE_DATABASE
def test_nothing_is_offered_in_an_exam_before_its_end_and_all_after_it(school: School, ann: Student, two: Two) -> None:
    ann.open(f"/practice?quiz={begun_exam(school, two)}")
    ann.sit(2)
    expect(ann.page.get_by_text(ASK)).to_have_count(0)
    ann.hand_in()
    expect(ann.page.locator(".line")).not_to_have_count(0, timeout=15_000)
    expect(ann.page.get_by_text(ASK)).to_have_count(0)
    before = waiting(school, two)
    line = ann.page.locator(".line").last
    line.locator("summary").first.click()
    report(ann, "Unclear")
    ann.sees(THANKS)
    expect(line).to_have_attribute("open", "")

    assert waiting(school, two) == before + 1


@ONE_DATABASE
@LOOKS
def test_neither_the_form_nor_the_reports_have_a_violation(
    school: School, browser: Browser, two: Two, look: tuple[str, int]
) -> None:
    scheme, width = look
    student = Student(browser, school.url, token=two.anns, scheme=scheme, width=width)
    answer_one(student, begun(school, two, 3 + (width == 390)))
    student.page.get_by_text(ASK).click()
    student.press("Send")
    student.sees("Choose what is wrong.")
    assert violations(student) == []
    for target in student.page.locator(".complaint summary, .abouts label, .complaint .send").all():
        assert (target.bounding_box() or {"height": 0})["height"] >= 44

    one = Instructor(browser, school.url, token=two.teachers, scheme=scheme, width=width)
    one.open("/complaints")
    one.sees("for an answer")
    assert violations(one) == []


@ONE_DATABASE
def test_a_student_does_not_see_what_others_reported(ann: Student) -> None:
    ann.open("/complaints")
    ann.sees("Only instructors can do this.")
