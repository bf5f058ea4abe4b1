"""An instructor looks at how the questions of an assignment went, and goes to the one that is doubtful."""

from typing import NamedTuple

import pytest
from driving.looks import LOOKS, ONE_DATABASE, violations
from driving.people import Instructor
from driving.school import School, add
from makers import place_of
from playwright.sync_api import Browser, expect

from quizlib.kinds import kind_of
from quizlib.model.classes import Terms
from quizlib.model.person import User
from quizlib.services.classes import assignments, classes
from quizlib.services.quizzes import study

pytestmark = [pytest.mark.browser, pytest.mark.server]


class Given(NamedTuple):
    """An assignment that 32 students have done, and the question of it that the best get wrong."""

    token: str
    assignment: int
    doubtful: str


@pytest.fixture(scope="module")
def given(school: School) -> Given:
    with school.opened() as app:
        teacher, token = add(app, "Ms Pond", instructs=True)
        group = classes.make(teacher, "Frogs 101")
        code = classes.view(teacher, group).group.join_code or ""
        asked = sorted(one.id for one in app.bank.questions.values() if one.kind == "choice")[:6]
        assignment = assignments.give(teacher, group, Terms(title="Warming up", question_ids=tuple(asked)))
        for number in range(32):
            student, _ = add(app, f"Student {number}")
            classes.join(student, code)
            sit(student, assignment, knows=number % 2 == 0)
    return Given(token, assignment, asked[0])


def sit(student: User, assignment: int, *, knows: bool) -> None:
    """Answer rightly what one knows; the first question is right for those who know nothing, and for nobody else."""
    attempt = assignments.begin(student, assignment)
    while (shown := study.sheet(student, attempt)).attempt.finished_at is None:
        (group,) = kind_of(shown.question).options(shown.question.body)
        right = knows is not (shown.item.position == 1)
        text = next(text for text, correct in group.texts if correct is right)
        study.answer(student, attempt, shown.item.id, place_of(shown, text), seen=shown.item.seq)


@ONE_DATABASE
@LOOKS
def test_what_is_striking_stands_first_and_leads_to_its_question(
    school: School, browser: Browser, given: Given, look: tuple[str, int]
) -> None:
    scheme, width = look
    teacher = Instructor(browser, school.url, token=given.token, scheme=scheme, width=width)
    teacher.open(f"/analysis?assignment={given.assignment}")

    teacher.sees("32 finished attempts, 6 questions.")
    first = teacher.page.locator(".st-key-striking-0")
    expect(first).to_contain_text("Discrimination is below 0")
    expect(first).to_contain_text("Check the right answer first")
    expect(teacher.page.locator("table.figures tbody tr")).to_have_count(6)
    teacher.sees("Cronbach’s alpha")
    assert violations(teacher) == []
    with teacher.page.expect_download() as fetched:
        teacher.press("Download every figure (CSV)")
    assert fetched.value.path().read_text(encoding="utf-8-sig").startswith("question,n,")

    first.get_by_role("link").click()
    teacher.sees("Share right: 50% of 32 first answers")
    teacher.sees("The best third prefer")
    teacher.page.get_by_text("Every figure").click()
    teacher.sees("Discriminative efficiency")
    assert violations(teacher) == []
    assert teacher.troubles == []
