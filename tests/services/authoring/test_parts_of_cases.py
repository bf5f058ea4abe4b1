"""A part of a case is written by itself, but its place, its story and whether it is asked are those of the case."""

import pytest
from makers import write_case
from services.authoring.writing import asked, changed, status

from quizlib.model.authoring import Status
from quizlib.model.person import User
from quizlib.services import bank
from quizlib.services.app import App
from quizlib.services.authoring import bulk, meeting, reviewing, saving, versions
from quizlib.services.authoring.meeting import Way

PARTS = ["walk.1", "walk.2", "walk.3"]


@pytest.fixture(autouse=True)
def walk(app: App) -> None:
    """A case of three parts by the pond."""
    write_case(app.settings.questions)
    assert bank.sync(app).problems == []


def topics(actor: User) -> set[str]:
    return {asked(actor, one).topic for one in PARTS}


def test_an_old_version_of_a_part_comes_back_where_its_case_is_now(teacher: User):
    old = versions.opened(teacher, "walk.2").newest
    bulk.move(teacher, ["walk.1"], "meadow")

    versions.restore(teacher, "walk.2", old.id, versions.opened(teacher, "walk.2").newest.id)

    assert topics(teacher) == {"meadow"}


def test_a_part_that_was_changed_while_its_case_moved_moves_too(teacher: User):
    draft = changed(teacher, "walk.2", takeaway="Frogs bound.")
    bulk.move(teacher, ["walk.1"], "meadow")
    draft = meeting.go_on(teacher, draft.id, draft.seq, Way.MINE)

    saving.save(teacher, draft.id, draft.seq, "shorter", publish=True)

    assert topics(teacher) == {"meadow"}
    assert asked(teacher, "walk.2").takeaway == "Frogs bound."


def test_the_parts_of_a_case_keep_one_story(app: App, teacher: User):
    old = versions.opened(teacher, "walk.2").newest
    write_case(app.settings.questions, vignette="A walk through the reeds.")
    bank.sync(app)

    versions.restore(teacher, "walk.2", old.id, versions.opened(teacher, "walk.2").newest.id)

    assert {asked(teacher, one).vignette for one in PARTS} == {"A walk through the reeds."}


def test_a_case_is_withdrawn_and_asked_again_whole(teacher: User):
    reviewing.retire(teacher, "walk.2")
    assert {status(teacher, one) for one in PARTS} == {Status.RETIRED}

    reviewing.publish(teacher, "walk.1")
    assert {status(teacher, one) for one in PARTS} == {Status.LIVE}
