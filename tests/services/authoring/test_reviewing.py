"""Another instructor judges a version; where it must be approved, it waits until somebody has."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from makers import Clock
from services.authoring.writing import asked, filled, live_ids, published, saved

from quizlib.config import Settings
from quizlib.errors import ChangedElsewhere, NotAllowed, Refused
from quizlib.model.authoring import Judgement, Status
from quizlib.model.catalogue import Part
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.authoring import reviewing, saving, sources, versions
from quizlib.services.people import privacy
from quizlib.store.content.catalogue import drop_entry


@pytest.fixture
def strict(app: App) -> Iterator[Settings]:
    """What is written in the browser must be approved."""
    before = app.settings
    app.settings = replace(before, must_be_approved=True)
    yield app.settings
    app.settings = before


def approve(actor: User, version_id: int) -> None:
    reviewing.judge(actor, version_id, Judgement.APPROVE)


def test_nobody_approves_what_they_wrote(teacher: User):
    made = published(teacher)

    with pytest.raises(Refused, match="Somebody else"):
        approve(teacher, made.version_id)


def test_an_approval_keeps_who_and_when_and_learners_see_it(app: App, teacher: User, colleague: User):
    made = published(teacher)

    approve(colleague, made.version_id)

    shown = reviewing.approval_shown(made.version_id)
    assert shown is not None
    assert (shown.name, shown.at) == ("Mr Heron", app.clock())


def test_an_approval_is_of_one_version_only(teacher: User, colleague: User):
    made = published(teacher)
    approve(colleague, made.version_id)

    after = saved(teacher, made.question_id, stem="Which of them croaks loudest?")

    assert reviewing.approval_shown(after.version_id) is None


def test_the_last_word_counts(teacher: User, colleague: User):
    made = published(teacher)
    approve(colleague, made.version_id)

    reviewing.judge(colleague, made.version_id, Judgement.CHANGE, "Newts croak too.")

    assert reviewing.approval_shown(made.version_id) is None
    assert [one.comment for one in versions.opened(teacher, made.question_id).verdicts] == ["", "Newts croak too."]


def test_asking_for_changes_needs_a_comment(teacher: User, colleague: User):
    made = published(teacher)

    with pytest.raises(Refused, match="what should change"):
        reviewing.judge(colleague, made.version_id, Judgement.CHANGE, "  ")


def test_an_approval_falls_due_again(app: App, teacher: User, colleague: User, clock: Clock):
    app.settings = replace(app.settings, approval_months=12)
    made = published(teacher)
    approve(colleague, made.version_id)
    clock.move(days=364)
    assert reviewing.approval_shown(made.version_id)

    clock.move(days=2)

    assert reviewing.approval_shown(made.version_id) is None
    assert versions.opened(teacher, made.question_id).due


def test_students_judge_nothing(teacher: User, ann: User):
    made = published(teacher)

    with pytest.raises(NotAllowed):
        approve(ann, made.version_id)
    with pytest.raises(NotAllowed):
        reviewing.retire(ann, made.question_id)


@pytest.mark.usefixtures("strict")
def test_a_new_question_waits_for_its_approval(teacher: User, colleague: User):
    made = published(teacher)
    assert made.waits
    assert made.status is Status.DRAFT
    with pytest.raises(Refused, match="has to approve"):
        reviewing.publish(teacher, made.question_id)

    approve(colleague, made.version_id)
    reviewing.publish(teacher, made.question_id)

    assert made.question_id in live_ids()


@pytest.mark.usefixtures("strict")
def test_until_a_change_is_approved_the_version_before_it_is_asked(teacher: User, colleague: User):
    before = asked(teacher, "frog")

    made = saved(teacher, "frog", stem="Which of them leaps?")

    assert made.waits
    assert asked(teacher, "frog") == before
    approve(colleague, made.version_id)
    reviewing.publish(teacher, "frog")
    assert asked(teacher, "frog").stem == "Which of them leaps?"


@pytest.mark.usefixtures("strict")
def test_work_goes_on_from_the_version_that_waits(teacher: User):
    saved(teacher, "frog", stem="Which of them leaps?")

    saved(teacher, "frog", takeaway="Frogs leap.")

    newest = versions.opened(teacher, "frog").newest.question
    assert (newest.stem, newest.takeaway) == ("Which of them leaps?", "Frogs leap.")


@pytest.mark.usefixtures("strict")
def test_what_came_from_files_needs_no_approval_to_be_asked_again(teacher: User):
    reviewing.retire(teacher, "frog")

    reviewing.publish(teacher, "frog")

    assert "frog" in live_ids()


def test_who_added_to_anothers_work_does_not_let_its_author_approve_it(teacher: User, colleague: User):
    made = published(teacher)
    added = saved(colleague, made.question_id, tags=["pond"])

    with pytest.raises(Refused, match="or part of it"):
        approve(teacher, added.version_id)


@pytest.mark.usefixtures("strict")
def test_a_version_that_waits_can_be_dropped(teacher: User, colleague: User):
    made = saved(teacher, "frog", stem="Which of them leaps?")
    with pytest.raises(ChangedElsewhere):
        reviewing.drop_proposal(colleague, "frog", made.version_id + 1)

    reviewing.drop_proposal(colleague, "frog", made.version_id)

    opened = versions.opened(teacher, "frog")
    assert opened.row.proposed_id is None
    assert [one.number for one in opened.versions] == [2, 1]


def test_what_cites_a_source_that_is_gone_is_not_published(app: App, teacher: User):
    key = sources.add(teacher, "Żaba K. Jak skakać. 1999.", 1999)
    draft = filled(teacher, sources=[{"reference": key}])
    made = saving.save(teacher, draft.id, draft.seq, publish=False)
    with app.database.write() as connection:
        drop_entry(connection, Part.REFERENCES, key)
    app.look()

    with pytest.raises(Refused, match="Change the question first"):
        reviewing.publish(teacher, made.question_id)


def test_a_draft_can_be_judged_before_it_is_asked(teacher: User, colleague: User):
    draft = filled(teacher)
    made = saving.save(teacher, draft.id, draft.seq, publish=False)

    approve(colleague, made.version_id)

    assert versions.opened(teacher, made.question_id).approved is not None


def test_who_approved_and_erased_themself_is_named_to_nobody(app: App, teacher: User, colleague: User):
    made = published(teacher)
    reviewing.judge(colleague, made.version_id, Judgement.APPROVE)
    app.look()
    privacy.erase(colleague, colleague.name)

    shown = reviewing.approval_shown(made.version_id)
    assert shown is not None
    assert shown.name == ""


def test_a_comment_and_a_note_hold_no_character_that_a_database_refuses(teacher: User, colleague: User):
    made = published(teacher)
    reviewing.judge(colleague, made.version_id, Judgement.CHANGE, "Too\0short.\nSay more.")
    saved(teacher, made.question_id, note="said\0more", takeaway="Frogs croak at night.")

    opened = versions.opened(teacher, made.question_id)
    assert [one.comment for one in opened.verdicts] == ["Too short.\nSay more."]
    assert opened.newest.note == "said more"
