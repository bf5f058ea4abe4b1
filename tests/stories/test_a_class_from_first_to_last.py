"""A class in real browsers, from the first link to an erased student; every page is reloaded in the middle."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from driving.people import Instructor, Student
from driving.school import School
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.server]

ROSTER = "name;username;extra time\nAnn Frog;ann.frog;1.5\nBen Toad;ben.toad;\n"
TOLD = re.compile("Right answer|Your answer, right|Not yet|Take away", re.IGNORECASE)


def test_a_class_works_from_the_first_link_to_an_erased_student(
    school: School, browser: Browser, tmp_path: Path
) -> None:
    teacher = Instructor(browser, school.url)
    comes_in(school, teacher)
    code, links = makes_a_class(teacher, tmp_path)
    gives_two_assignments(teacher)

    ann = Student(browser, school.other_url, width=390, scheme="dark")
    ann.choose_password(links["Ann Frog"])
    cleo = Student(browser, school.url)
    cleo.join_by_code(code.lower(), "Cleo Newt", "Cleo@pond.example")
    assert "30 minutes" in ann.card("Sitting on roots")
    assert "20 minutes" in cleo.card("Sitting on roots")

    for one in (ann, cleo):
        one.begin("Warming up", of=2)
        one.practise(2)
        one.open()
    sits_the_exam(ann, minutes=30)
    sits_the_exam(cleo, minutes=20)

    points = sees_who_is_done_and_tells(teacher, [ann, cleo])
    downloads_and_goes(cleo)
    cannot_sign_in_any_more(cleo)

    teacher.open("/classes")
    teacher.page.get_by_role("link", name="Frogs 101").click()
    teacher.page.get_by_role("link", name="Sitting on roots").click()
    standings = teacher.standings()
    assert standings["Erased student"][0] == points[1]
    assert standings["Ann Frog"][0] == points[0]
    assert "Cleo Newt" not in standings
    for one in (teacher, ann, cleo):
        assert one.troubles == []
    for server in school.servers:
        assert "Traceback" not in server.log


def comes_in(school: School, teacher: Instructor) -> None:
    """Become an instructor by the first link of a laptop, or by a link from the console of a server; sign in."""
    first = school.first_link() if len(school.servers) == 1 else None
    if first:
        teacher.choose_password(first, name="Ms Pond", sign_in_name="Pond")
    else:
        said = school.console("people", "add", "Pond", "--called", "Ms Pond", "--role", "instructor")
        teacher.choose_password(said["link"])
    teacher.sign_out()
    teacher.open("/classes")
    teacher.is_signed_out()
    teacher.sign_in("POND")
    expect(teacher.page.get_by_role("heading", name="Classes")).to_be_visible()


def makes_a_class(teacher: Instructor, folder: Path) -> tuple[str, dict[str, str]]:
    """Make a class, look at a list, reload, take it in; give the code and the links."""
    code = teacher.make_class("Frogs 101")
    file = folder / "class.csv"
    file.write_text(ROSTER, encoding="utf-8")
    teacher.offer_list(file)
    teacher.reload()
    teacher.sees("Nobody has joined yet.")
    teacher.sees(code)

    teacher.offer_list(file)
    links = teacher.take_in("Take in 2 students (2 new accounts)")
    assert sorted(links) == ["Ann Frog", "Ben Toad"]
    teacher.reload()
    teacher.sees("2 students")
    teacher.sees("extra time 1.5 ×, no password yet")
    expect(teacher.page.get_by_role("button", name="Download the links")).to_be_hidden()
    return code, links


def gives_two_assignments(teacher: Instructor) -> None:
    """Give practice and an exam; what was only filled in is not given."""
    teacher.begin_to_give("Half a thought", 3)
    teacher.reload()
    teacher.page.get_by_role("link", name="Back to the class").click()
    teacher.sees("None yet.")

    teacher.give("Warming up", 2)
    teacher.page.get_by_role("link", name="Back to the class").click()
    teacher.give_exam("Sitting on roots", 3, minutes=20)
    teacher.reload()
    teacher.sees("0 done, 0 begun, 2 not begun.")
    teacher.sees(re.compile(r"20 minutes\. 1 attempt\. Answers are told when you say so\."))


def sits_the_exam(student: Student, minutes: int) -> None:
    """Sit the exam with a reload after each answer, and learn nothing from it."""
    student.begin("Sitting on roots", of=3)
    assert 60 * minutes - 60 < student.seconds_left() <= 60 * minutes
    student.learner.choose()
    student.sees("Saved")
    student.page.reload()
    expect(student.page.locator(".chip.given")).to_have_count(1)
    assert 60 * minutes - 120 < student.seconds_left() <= 60 * minutes
    quiz = student.page.url
    student.open()
    expect(student.page.get_by_role("button", name="Go on")).to_have_count(1)
    student.of("Sitting on roots").get_by_role("button", name="Go on").click()
    student.sit(3)
    student.hand_in()
    student.sees("Handed in")
    for address in (student.page.url, quiz):
        student.page.goto(address)
        student.sees("Your teacher shows what was right later")
        expect(student.page.get_by_text(TOLD)).to_have_count(0)
    student.open()
    student.unfold("Other assignments")
    expect(student.of("Sitting on roots").get_by_role("button", name="Once more")).to_be_hidden()
    student.of("Sitting on roots").get_by_role("button", name="Handed in").click()
    student.sees("3 of 3 questions answered.")


def sees_who_is_done_and_tells(teacher: Instructor, students: list[Student]) -> list[str]:
    """See who has sat it, tell the answers, and have the students see them; give what they read as points."""
    teacher.reload()
    teacher.sees("2 done, 0 begun, 1 not begun.")
    before = teacher.standings()
    assert before["Ben Toad"] == ["–", "not begun", "0"]
    assert [before[name][1].startswith("done ") for name in ("Ann Frog", "Cleo Newt")] == [True, True]

    for one in students:
        one.reload()
        one.sees("Handed in")
    expect(teacher.page.get_by_role("button", name="Tell the answers now")).to_be_disabled()
    teacher.page.get_by_text("1 student has not finished. Tell the others all the same").click()
    teacher.press("Tell the answers now")
    teacher.sees("Answers are told.")
    points = []
    for one in students:
        one.reload()
        heading = one.page.get_by_role("heading", name=re.compile("^[0-3] of 3$"))
        expect(heading).to_be_visible(timeout=15_000)
        expect(one.page.locator(".line").first).to_be_visible()
        points.append(heading.inner_text())
    after = teacher.standings()
    # a question that is partly right gives a part of a point, and is not counted as right
    whole = [after[name][0].split(" of ") for name in ("Ann Frog", "Cleo Newt")]
    assert all(float(seen) >= int(told.split()[0]) for (seen, _), told in zip(whole, points, strict=True))
    return [after[name][0] for name in ("Ann Frog", "Cleo Newt")]


def downloads_and_goes(student: Student) -> None:
    """Take everything along, in both forms, and be erased after writing one's name."""
    student.open("/account")
    file = student.download()
    names = set(file.namelist())
    assert {
        "README.txt",
        "users.csv",
        "users.json",
        "memberships.csv",
        "attempts.csv",
        "items.csv",
        "steps.csv",
    } <= names
    (me,) = json.loads(file.read("users.json"))
    assert (me["name"], me["sign_in_name"]) == ("Cleo Newt", "cleo@pond.example")
    rows = list(csv.DictReader(io.StringIO(file.read("attempts.csv").decode("utf-8-sig"))))
    assert len(rows) == len(json.loads(file.read("attempts.json"))) == 2
    everything = b"".join(file.read(name) for name in names)
    assert b"argon2" not in everything
    assert b"Ann Frog" not in everything

    student.erase("Cleo")
    student.sees("Nothing was erased.")
    student.reload()
    student.erase("cleo newt")
    student.sees("You are signed out")


def cannot_sign_in_any_more(student: Student) -> None:
    """Find the way back closed."""
    student.page.goto(student.url)
    student.is_signed_out()
    student.page.get_by_label("Name or e-mail").fill("cleo@pond.example")
    student.page.get_by_label("Password").fill("three green frogs")
    student.press("Sign in")
    student.sees("That name and password do not belong together.")
