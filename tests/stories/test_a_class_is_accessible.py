"""axe-core finds nothing on the pages to sign in and on those of a class, light or dark, wide or narrow."""

from typing import NamedTuple

import pytest
from driving.looks import LOOKS, ONE_DATABASE, violations
from driving.people import Instructor, Person, Student
from driving.school import School, add
from playwright.sync_api import Browser, expect

from quizlib.model.attempt import Behaviour
from quizlib.model.classes import Tells, Terms
from quizlib.services.classes import assignments, classes
from quizlib.services.people import accounts

pytestmark = [pytest.mark.browser, pytest.mark.server]


class Pond(NamedTuple):
    """A class with an exam, given by a teacher and open to a student."""

    teacher: str
    ann: str
    group: int
    code: str
    exam: int
    link: str


@pytest.fixture(scope="module")
def pond(school: School) -> Pond:
    with school.opened() as app:
        teacher, teachers = add(app, "Ms Pond", instructs=True)
        ann, anns = add(app, "Ann Frog")
        ben, _ = add(app, "Ben Toad")
        group = classes.make(teacher, "Frogs 101")
        code = classes.view(teacher, group).group.join_code or ""
        for one in (ann, ben):
            classes.join(one, code)
        classes.set_extra_time(teacher, group, ann.id, 1.5)
        over = assignments.give(teacher, group, Terms(title="Warming up", number=3))
        assignments.begin(ann, over)
        assignments.end_now(teacher, over)
        sits = Terms(title="Roots", number=3, behaviour=Behaviour.EXAM, minutes=20, tells=Tells.BY_HAND)
        exam = assignments.give(teacher, group, sits)
        assignments.begin(ben, exam)
        return Pond(teachers, anns, group, code, exam, f"/link?key={accounts.reset(ben)}")


@ONE_DATABASE
@LOOKS
def test_no_page_on_the_way_in_has_a_violation(
    school: School, browser: Browser, pond: Pond, look: tuple[str, int]
) -> None:
    scheme, width = look
    person = Person(browser, school.url, scheme=scheme, width=width)
    for path in ("/sign-in", "/welcome", f"/welcome?code={pond.code}", pond.link, "/link?key=used"):
        person.page.goto(school.url + path)
        assert violations(person) == [], path
    person.page.goto(f"{school.url}/sign-in")
    person.page.get_by_label("Name or e-mail").fill("nobody")
    person.page.get_by_label("Password").fill("nothing at all")
    person.press("Sign in")
    expect(person.page.get_by_role("alert")).to_be_visible()
    assert violations(person) == []


@ONE_DATABASE
@LOOKS
def test_no_page_of_an_instructor_has_a_violation(
    school: School, browser: Browser, pond: Pond, look: tuple[str, int]
) -> None:
    scheme, width = look
    teacher = Instructor(browser, school.url, token=pond.teacher, scheme=scheme, width=width)
    teacher.open("/classes")
    assert violations(teacher) == []
    teacher.open(f"/class?class={pond.group}")
    teacher.choose_student("Ann Frog")
    for folded in ("Invite students", "Take in a list of students", "Name, instructors"):
        teacher.unfold(folded)
    expect(teacher.page.get_by_role("img", name="QR code of the link")).to_be_visible()
    assert violations(teacher) == []

    teacher.open(f"/give?class={pond.group}&assignment={pond.exam}")
    teacher.unfold("Opening, time limit, attempts, when answers are shown")
    expect(teacher.page.get_by_label("Minutes")).to_be_visible()
    assert violations(teacher) == []
    teacher.open(f"/assignment?assignment={pond.exam}")
    expect(teacher.page.get_by_role("table")).to_be_visible()
    assert violations(teacher) == []


@ONE_DATABASE
@LOOKS
def test_no_page_of_a_student_has_a_violation(
    school: School, browser: Browser, pond: Pond, look: tuple[str, int]
) -> None:
    scheme, width = look
    ann = Student(browser, school.url, token=pond.ann, scheme=scheme, width=width)
    ann.open()
    ann.unfold("Other assignments")
    assert violations(ann) == []
    ann.open("/account")
    for folded in ("Name and time zone", "Password", "Erase me"):
        ann.unfold(folded)
    assert violations(ann) == []
    for path in ("/join", f"/join?code={pond.code}", "/privacy"):
        ann.open(path)
        assert violations(ann) == [], path

    ann.context.clear_cookies()
    ann.open("/account")
    ann.is_signed_out()
