"""Signing out ends every tab, also at the other process; and a tab shows nothing of who was there before."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from driving.people import PASSWORD, Instructor, Person, Student, connect_anew, settle
from driving.quiz import Learner, Line
from driving.school import School, add, sign_in_again
from playwright.sync_api import Browser, Page, expect

from quizlib.model.attempt import Behaviour
from quizlib.model.classes import Terms
from quizlib.model.person import User
from quizlib.services.classes import assignments, classes
from quizlib.services.people import accounts

# two processes are the harder case; the whole story runs on both databases
pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.parametrize("school", ["postgresql"], indirect=True),
]


@dataclass(frozen=True)
class Pond:
    """A class of two instructors and two students, with practice and an exam."""

    group: int
    quiz: int
    exam: int
    teacher: User
    second: User
    ann: User
    ben: User


@pytest.fixture
def pond(school: School) -> Pond:
    number = len(school.console("people", "list"))
    with school.opened() as app:
        teacher, second = (add(app, f"{name} {number}", instructs=True)[0] for name in ("Ms Pond", "Mr Marsh"))
        ben, _ = add(app, f"Ben Toad {number}")
        group = classes.make(teacher, "Frogs 101")
        code = classes.view(teacher, group).group.join_code or ""
        accounts.register(code, f"Ann Frog {number}", f"ann.frog.{number}", PASSWORD)
        ann = accounts.find(f"ann.frog.{number}")
        for one in (second, ben):
            classes.join(one, code)
        classes.make_instructor(teacher, group, second.id)
        warm = assignments.give(teacher, group, Terms(title="Warming up", number=3))
        sits = Terms(title="Sitting on roots", number=3, behaviour=Behaviour.EXAM, minutes=30)
        exam = assignments.begin(ann, assignments.give(teacher, group, sits))
        return Pond(group, assignments.begin(ann, warm), exam, teacher, second, ann, ben)


def is_out(page: Page, *gone: str) -> None:
    """Expect that a page says so, and that words which stood there do not."""
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible(timeout=15_000)
    settle(page)
    for words in gone:
        expect(page.get_by_text(words)).to_have_count(0)


def test_after_signing_out_in_one_tab_no_other_tab_goes_on(school: School, browser: Browser, pond: Pond) -> None:
    ann = Student(browser, school.url)
    ann.open()
    ann.sign_in(pond.ann.sign_in_name or "")
    ann.at_home()
    home, practice, exam = ann.new_tab(), ann.new_tab(), ann.new_tab()
    # a cookie is for a host, not for a port: one browser at two processes, as behind a proxy that spreads requests
    home.goto(school.other_url)
    expect(home.get_by_text("Warming up")).to_be_visible(timeout=15_000)
    practice.goto(f"{school.other_url}/practice?quiz={pond.quiz}")
    Learner(practice, school.url).at(1, of=3)
    Learner(practice, school.url).choose()
    stem = practice.locator(".stem").inner_text()
    exam.goto(f"{school.url}/practice?quiz={pond.exam}")
    expect(exam.get_by_text("1 of 3", exact=True)).to_be_visible(timeout=15_000)

    ann.sign_out()
    practice.get_by_role("button", name="Check").click()
    is_out(practice, stem)
    Learner(exam, school.url).choose()
    is_out(exam)
    expect(exam.get_by_text("Saved", exact=True)).to_have_count(0)
    home.get_by_role("button", name="Go on").first.click()
    is_out(home, "Warming up", pond.ann.name)
    for page in (home, practice, exam):
        page.reload()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    ann.page.go_back()
    is_out(ann.page, pond.ann.name)

    practice.bring_to_front()
    practice.get_by_label("Name or e-mail").fill(pond.ann.sign_in_name or "")
    practice.get_by_label("Password").fill(PASSWORD)
    practice.get_by_role("button", name="Sign in").click()
    Learner(practice, school.url).at(1, of=3)
    assert practice.locator(".stem").inner_text() == stem
    assert Learner(practice, school.url).chosen() == []
    exam.goto(f"{school.url}/practice?quiz={pond.exam}")
    expect(exam.get_by_text("1 of 3", exact=True)).to_be_visible(timeout=15_000)
    expect(exam.locator(".chip.given")).to_have_count(0)
    assert ann.troubles == []


def test_a_tab_that_is_looked_at_again_after_signing_out_is_loaded_anew(
    school: School, browser: Browser, pond: Pond
) -> None:
    ann = Student(browser, school.url)
    ann.open()
    ann.sign_in(pond.ann.sign_in_name or "")
    ann.at_home()
    left, quiz = ann.new_tab(), ann.new_tab()
    left.goto(f"{school.url}/account")
    expect(left.get_by_text(pond.ann.name).first).to_be_visible(timeout=15_000)
    quiz.goto(f"{school.url}/practice?quiz={pond.quiz}")
    Learner(quiz, school.url).at(1, of=3)
    for page in (left, quiz):
        settle(page)
        look_again(page)
        page.wait_for_timeout(500)
        expect(page.get_by_role("heading", name="Sign in")).to_have_count(0)

    ann.sign_out()
    for page in (left, quiz):
        look_again(page)
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=15_000)
        expect(page.get_by_text(pond.ann.name)).to_have_count(0)
    assert ann.troubles == []


def look_again(page: Page) -> None:
    """Come back to a tab that was behind others."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_a_tab_left_open_by_an_instructor_shows_the_next_one_nothing_of_theirs(
    school: School, browser: Browser, pond: Pond, tmp_path: Path
) -> None:
    teacher = Instructor(browser, school.url, token=sign_in_again(school, pond.teacher))
    line = Line(teacher.page)
    teacher.open(f"/class?class={pond.group}")
    file = tmp_path / "class.csv"
    file.write_text(f"name,username\nCleo Newt,cleo{pond.group}\n", encoding="utf-8")
    teacher.offer_list(file)
    teacher.take_in("Take in 1 student (1 new account)")
    teacher.unfold("Name, instructors")
    field = teacher.page.get_by_label("Name of the class")
    field.fill("What I never sent")

    becomes(teacher, school, pond.second)
    connect_anew(teacher.page, line)
    # the tab belongs to whoever is signed in now
    teacher.press("Download the links")
    is_out(teacher.page, pond.teacher.name, "Ann Frog")
    teacher.page.get_by_role("link", name="Account").click()
    is_out(teacher.page)
    teacher.open(f"/class?class={pond.group}")
    teacher.sees("3 students")
    expect(teacher.page.get_by_role("button", name="Download the links")).to_have_count(0)
    assert "What I never sent" not in teacher.page.content()
    teacher.page.get_by_role("link", name="Account").click()
    teacher.sees(f"{pond.second.name}, signed in as")
    expect(teacher.page.get_by_text(pond.teacher.name)).to_have_count(0)


def test_a_tab_left_open_in_a_quiz_shows_the_next_student_nothing_of_it(
    school: School, browser: Browser, pond: Pond
) -> None:
    ann = Student(browser, school.url, token=sign_in_again(school, pond.ann))
    line = Line(ann.page)
    ann.open(f"/practice?quiz={pond.quiz}")
    ann.learner.at(1, of=3)
    ann.learner.choose()
    stem = ann.page.locator(".stem").inner_text()

    becomes(ann, school, pond.ben)
    connect_anew(ann.page, line)
    ann.press("Check")
    is_out(ann.page, stem)
    ann.page.get_by_role("link", name="Sign in").click()
    ann.sees("This quiz is not here")
    ann.page.get_by_role("link", name="To the home page").click()
    expect(ann.of("Warming up").get_by_role("button", name="Begin")).to_be_visible(timeout=15_000)
    ann.open("/account")
    ann.sees(f"{pond.ben.name}, signed in as")


def becomes(person: Person, school: School, other: User) -> None:
    """Sign out in a second tab, and let somebody else sign in there."""
    link = school.console("people", "reset", other.sign_in_name or "")["link"]
    second = person.new_tab()
    second.goto(f"{school.other_url}/account")
    second.get_by_role("button", name="Sign out", exact=True).click()
    expect(second.get_by_role("heading", name="Sign in")).to_be_visible(timeout=15_000)
    second.goto(school.other_url + link)
    second.get_by_label("Password").fill(PASSWORD)
    second.get_by_role("button", name="Save and sign in").click()
    expect(second.get_by_role("heading", name="Topics", exact=True)).to_be_visible(timeout=15_000)
    person.page.bring_to_front()


def test_signing_out_everywhere_ends_the_laptop_and_the_phone(school: School, browser: Browser, pond: Pond) -> None:
    laptop = Student(browser, school.url, token=sign_in_again(school, pond.ann))
    phone = Student(browser, school.other_url, token=sign_in_again(school, pond.ann), width=390)
    phone.open(f"/practice?quiz={pond.quiz}")
    phone.learner.at(1, of=3)
    laptop.open("/account")
    expect(laptop.page.get_by_text(re.compile("^Chrome on Linux, since"))).to_have_count(2)

    laptop.press("Sign out everywhere")
    is_out(laptop.page, pond.ann.name)
    phone.learner.choose()
    phone.press("Check")
    is_out(phone.page)
    phone.open("/account")
    phone.is_signed_out()


def test_a_link_for_a_new_password_ends_what_the_old_one_opened(school: School, browser: Browser, pond: Pond) -> None:
    teacher = Instructor(browser, school.url, token=sign_in_again(school, pond.teacher))
    thief = Student(browser, school.other_url, token=sign_in_again(school, pond.ann))
    thief.open()
    thief.sees("Warming up")
    teacher.open(f"/class?class={pond.group}")
    teacher.choose_student(pond.ann.name)
    teacher.press("Link for a new password")
    link = teacher.page.locator("[data-testid=stCode] code", has_text="/link?key=").inner_text().strip()

    ann = Student(browser, school.other_url)
    ann.choose_password(link.removeprefix(school.url))
    thief.of("Warming up").get_by_role("button", name="Go on").click()
    is_out(thief.page, "Warming up")
    ann.page.goto(link)
    ann.sees("This link is not valid any more.")
