"""Who is not in a class sees none of it: not by changing addresses, not by a code that is closed, not signed out."""

import re
from dataclasses import dataclass

import pytest
from driving.people import Instructor, Person, Student
from driving.school import School, add
from playwright.sync_api import Browser, expect

from quizlib.model.attempt import Behaviour
from quizlib.model.classes import Terms
from quizlib.services.classes import assignments, classes

# two processes are the harder case; the whole story runs on both databases
pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.parametrize("school", ["postgresql"], indirect=True),
]

SECRETS = re.compile("Frogs 101|Ms Pond|Ann Frog|ann.frog|Warming up|Sitting on roots")


@dataclass(frozen=True)
class Pond:
    """A class with a student, a quiz of whom is under way; and the sign-ins of people round it."""

    addresses: tuple[str, ...]
    quiz: int
    code: str
    tokens: dict[str, str]


@pytest.fixture(scope="module")
def pond(school: School) -> Pond:
    with school.opened() as app:
        teacher, teachers = add(app, "Ms Pond", instructs=True)
        ann, anns = add(app, "Ann Frog")
        rival, rivals = add(app, "Mr Marsh", instructs=True)
        heron, herons = add(app, "Hal Heron")
        _, nobodys = add(app, "Nora Nobody")
        group = classes.make(teacher, "Frogs 101")
        marsh = classes.make(rival, "Herons 202")
        code = classes.view(teacher, group).group.join_code or ""
        classes.join(ann, code)
        classes.join(heron, classes.view(rival, marsh).group.join_code or "")
        warm = assignments.give(teacher, group, Terms(title="Warming up", number=3))
        exam = assignments.give(
            teacher, group, Terms(title="Sitting on roots", number=3, behaviour=Behaviour.EXAM, minutes=30)
        )
        quiz = assignments.begin(ann, warm)
    addresses = (
        f"/class?class={group}",
        f"/give?class={group}",
        f"/give?class={group}&assignment={warm}",
        f"/give?class={marsh}&assignment={exam}",
        f"/assignment?assignment={warm}",
        f"/assignment?assignment={exam}",
        f"/scores?class={group}",
        f"/student?class={group}&student={ann.id}",
        f"/show?assignment={warm}",
        f"/analysis?assignment={warm}",
        f"/practice?quiz={quiz}",
        f"/practice?quiz={quiz}&q=2",
        f"/result?quiz={quiz}",
    )
    tokens = {"teacher": teachers, "ann": anns, "rival": rivals, "heron": herons, "nobody": nobodys}
    return Pond(addresses, quiz, code, tokens)


@pytest.mark.parametrize("who", ["rival", "heron", "nobody"])
def test_who_is_not_in_the_class_finds_nothing_at_its_addresses(
    school: School, browser: Browser, pond: Pond, who: str
) -> None:
    person = Person(browser, school.other_url, token=pond.tokens[who])
    person.open()
    expect(person.page.get_by_role("heading", name="To do")).to_be_hidden()
    for address in pond.addresses:
        person.open(address)
        person.sees(re.compile("is not here|names no|are not in|Only instructors"))
        assert not SECRETS.search(person.page.content()), address
    person.open("/classes")
    person.sees("Herons 202" if who == "rival" else "Only instructors can do this.")
    assert not SECRETS.search(person.page.content())


def test_a_student_does_not_come_to_what_is_the_instructors(school: School, browser: Browser, pond: Pond) -> None:
    ann = Student(browser, school.url, token=pond.tokens["ann"])
    for address in pond.addresses[:10]:
        ann.open(address)
        ann.sees(re.compile("is not here"))
        expect(ann.page.get_by_text(pond.code[:4])).to_have_count(0)
    ann.open()
    ann.sees("Warming up")
    expect(ann.page.get_by_role("link", name="Classes")).to_have_count(0)


def test_an_instructor_does_not_read_the_answers_of_a_quiz_that_is_under_way(
    school: School, browser: Browser, pond: Pond
) -> None:
    teacher = Instructor(browser, school.url, token=pond.tokens["teacher"])
    teacher.open(f"/practice?quiz={pond.quiz}")
    teacher.sees("This quiz is not here")


def test_who_is_signed_out_is_led_to_the_form_and_then_to_where_they_wanted(
    school: School, browser: Browser, pond: Pond
) -> None:
    person = Person(browser, school.url)
    for address in (*pond.addresses, "/", "/classes", "/account", "/privacy"):
        person.open(address)
        person.is_signed_out()
        assert not SECRETS.search(person.page.content())
    person.open("/sign-in?to=https://elsewhere.example/")
    assert "elsewhere" not in person.page.content()


def test_a_code_that_was_replaced_or_closed_opens_nothing(school: School, browser: Browser, pond: Pond) -> None:
    teacher = Instructor(browser, school.url, token=pond.tokens["teacher"])
    teacher.open(pond.addresses[0])
    teacher.unfold("Invite students")
    teacher.sees(f"{pond.code[:4]} {pond.code[4:]}")
    teacher.press("Take nobody new")
    teacher.sees("This class takes nobody new.")

    signed_in = Person(browser, school.other_url, token=pond.tokens["nobody"])
    signed_in.open(f"/join?code={pond.code}")
    signed_in.sees("No class has this code, or it takes nobody new.")
    stranger = Person(browser, school.other_url)
    stranger.page.goto(f"{stranger.url}/join?code={pond.code}")
    stranger.sees("No class has this code, or it takes nobody new.")
    assert not SECRETS.search(stranger.page.content() + signed_in.page.content())

    teacher.press("Take students again")
    teacher.sees("Write this on the board")
    stranger.page.reload()
    stranger.sees("No class has this code, or it takes nobody new.")
