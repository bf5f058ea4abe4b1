"""A dialog over all questions that stays open while its instructor becomes a student."""

import pytest
from driving.librarian import Librarian
from driving.looks import ONE_DATABASE
from driving.school import School, add
from playwright.sync_api import Browser, expect

from quizlib.model.person import Role
from quizlib.services.authoring import shelf
from quizlib.services.authoring.shelf import Search
from quizlib.services.people import accounts

pytestmark = [pytest.mark.browser, pytest.mark.server]
ONLY_CHOICES = True


@ONE_DATABASE
def test_who_instructs_no_more_withdraws_nothing(school: School, browser: Browser):
    with school.opened() as app:
        person, token = add(app, "Ms Pond", instructs=True)
    teacher = Librarian(browser, school.url, token=token)
    teacher.look()
    teacher.pick(0)
    teacher.press("With these …")
    dialog = teacher.page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Withdraw", exact=True).click()
    teacher.settle()
    with school.opened():
        accounts.set_roles(person, [Role.STUDENT])
    dialog.get_by_role("button", name="Withdraw them").click()

    expect(dialog.get_by_text("Only instructors can do this.")).to_be_visible(timeout=15_000)
    with school.opened() as app:
        other, _ = add(app, "Mr Heron", instructs=True)
        assert not shelf.find(other, Search(statuses=("retired",))).rows
