"""A draft becomes a version that learners are asked, and nothing of anybody's work is overwritten unseen."""

from threading import Barrier, Thread
from typing import Any

import pytest
from makers import frog_options, place_of
from services.authoring.writing import SOUND, asked, changed, filled, live_ids, numbers, published, saved, status

from quizlib.errors import ChangedElsewhere, QuizError, Refused
from quizlib.kinds import KINDS, content_of
from quizlib.model.authoring import Status
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.authoring import drafts, meeting, reviewing, saving, sources, versions
from quizlib.services.authoring.meeting import Way
from quizlib.services.authoring.saving import Overtaken
from quizlib.services.quizzes import study
from quizlib.store.content.drafts import keep_draft
from quizlib.store.content.versions import read_version
from quizlib.store.databases.database import Connection


def test_a_question_made_in_the_browser_is_asked(teacher: User, ann: User):
    made = published(teacher)

    assert made.status is Status.LIVE
    assert not made.waits
    assert made.question_id == "them-croaks-night-reeds"
    quiz = study.start_fixed(ann, [made.question_id])
    sheet = study.sheet(ann, quiz)
    assert study.answer(ann, quiz, sheet.item.id, place_of(sheet, "frog"), seen=0).item.fraction == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_every_type_is_stored_as_it_was_written(app: App, teacher: User, kind: str):
    body = KINDS[kind].examples()[0].body.model_dump(mode="json", exclude_defaults=True)
    rest = {name: value for name, value in SOUND.items() if name != "options"}

    made = published(teacher, {**rest, **body, "kind": kind})

    assert content_of(asked(teacher, made.question_id)) == {**rest, **body, "kind": kind}


def test_what_must_be_fixed_is_not_published(teacher: User):
    draft = filled(teacher, options=frog_options("nobody"))

    with pytest.raises(Refused, match="must be fixed"):
        saving.save(teacher, draft.id, draft.seq, publish=True)

    assert drafts.read(teacher, draft.id).draft == draft
    assert live_ids() == {"frog", "heron", "newt", "mole"}


def test_a_draft_that_is_saved_is_not_asked_yet(teacher: User):
    draft = filled(teacher)

    made = saving.save(teacher, draft.id, draft.seq, publish=False)

    assert made.status is Status.DRAFT
    assert made.question_id not in live_ids()
    reviewing.publish(teacher, made.question_id)
    assert made.question_id in live_ids()


def test_two_questions_that_ask_alike_have_ids_of_their_own(teacher: User):
    assert published(teacher).question_id != published(teacher).question_id


def test_a_change_is_a_new_version_with_who_when_and_why(app: App, teacher: User):
    saved(teacher, "frog", "a clearer word", stem="Which of them leaps?")

    newest = versions.opened(teacher, "frog").newest
    assert (newest.number, newest.name, newest.note) == (2, "Ms Pond", "a clearer word")
    assert newest.saved_at == app.clock()
    assert asked(teacher, "frog").stem == "Which of them leaps?"


def test_a_change_without_a_reason_is_refused(teacher: User):
    draft = changed(teacher, "frog", stem="Which of them leaps?")

    with pytest.raises(Refused, match="what changed, and why"):
        saving.save(teacher, draft.id, draft.seq, " ", publish=True)


def test_saving_what_is_there_already_makes_no_version(teacher: User):
    saved(teacher, "frog", stem=asked(teacher, "frog").stem)

    assert numbers(teacher, "frog") == [1]


def test_a_quiz_that_has_begun_keeps_its_version(teacher: User, ann: User):
    quiz = study.start_fixed(ann, ["frog"])
    before = study.sheet(ann, quiz).question

    saved(teacher, "frog", stem="Which of them leaps?")

    assert study.sheet(ann, quiz).question == before


def test_who_saves_second_is_shown_the_first_and_overwrites_nothing(teacher: User, colleague: User):
    late = changed(teacher, "frog", takeaway="Frogs leap.")
    saved(colleague, "frog", "clearer", explanation="Long legs, far jumps.")

    with pytest.raises(Overtaken) as refusal:
        saving.save(teacher, late.id, late.seq, "shorter", publish=True)

    assert "Mr Heron" in str(refusal.value)
    met = meeting.meeting(teacher, late.id)
    assert met is not None
    assert [one.path for one in met.theirs] == [("explanation",)]
    assert [one.path for one in met.mine] == [("takeaway",)]
    assert asked(teacher, "frog").explanation == "Long legs, far jumps."


@pytest.mark.parametrize(
    ("way", "takeaway", "explanation"),
    [
        (Way.BOTH, "Frogs leap.", "Long legs, far jumps."),
        (Way.MINE, "Frogs leap.", "Long hind legs make a jumper."),
        (Way.THEIRS, "Frogs jump.", "Long legs, far jumps."),
    ],
)
def test_the_second_chooses_how_the_two_go_together(
    teacher: User, colleague: User, way: Way, takeaway: str, explanation: str
):
    late = changed(teacher, "frog", takeaway="Frogs leap.")
    saved(colleague, "frog", "clearer", explanation="Long legs, far jumps.")

    on = meeting.go_on(teacher, late.id, late.seq, way)
    saving.save(teacher, on.id, on.seq, "both of us", publish=True)

    now = asked(teacher, "frog")
    assert (now.takeaway, now.explanation) == (takeaway, explanation)


def test_where_both_changed_one_field_they_cannot_just_be_put_together(teacher: User, colleague: User):
    late = changed(teacher, "frog", takeaway="Frogs leap.")
    saved(colleague, "frog", "clearer", takeaway="A frog jumps.")

    met = meeting.meeting(teacher, late.id)

    assert met is not None
    assert not met.both


def test_of_two_saves_at_once_one_is_stored_and_the_other_told(app: App, teacher: User, colleague: User):
    late = {one: changed(one, "frog", takeaway=f"{one.name} says so.") for one in (teacher, colleague)}
    together, told = Barrier(2), []

    def save(actor: User) -> None:
        together.wait()
        try:
            saving.save(actor, late[actor].id, late[actor].seq, "mine", publish=True)
        except QuizError as refusal:
            told.append(refusal)

    threads = [Thread(target=save, args=(one,)) for one in late]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert [type(one) for one in told] == [Overtaken]
    assert numbers(teacher, "frog") == [2, 1]


def test_what_another_tab_keeps_in_the_middle_of_a_save_is_not_lost(teacher: User, monkeypatch: pytest.MonkeyPatch):
    draft = changed(teacher, "frog", takeaway="Frogs leap far.")
    store = saving.store_version

    def meanwhile(app: App, connection: Connection, *given: Any, **more: Any) -> saving.Saved:
        later = draft.model_copy(update={"content": {**draft.content, "takeaway": "Frogs leap furthest."}})
        assert keep_draft(connection, later, seq=draft.seq, now=app.clock())
        return store(app, connection, *given, **more)

    monkeypatch.setattr(saving, "store_version", meanwhile)

    with pytest.raises(ChangedElsewhere, match="another tab"):
        saving.save(teacher, draft.id, draft.seq, "further", publish=True)

    assert drafts.read(teacher, draft.id).draft == draft
    assert numbers(teacher, "frog") == [1]


def test_a_clinician_has_checked_what_they_saw_and_no_more(teacher: User):
    saved(teacher, "frog", clinician="Dr Toad, 2026-01-01")
    saved(teacher, "frog", takeaway="Frogs leap.")
    assert asked(teacher, "frog").clinician == "Dr Toad, 2026-01-01"

    saved(teacher, "frog", options=frog_options("toad"))

    assert asked(teacher, "frog").clinician == ""


def test_the_same_save_twice_makes_one_version(teacher: User):
    draft = changed(teacher, "frog", takeaway="Frogs leap.")
    saving.save(teacher, draft.id, draft.seq, "shorter", publish=True)

    with pytest.raises(QuizError):
        saving.save(teacher, draft.id, draft.seq, "shorter", publish=True)

    assert numbers(teacher, "frog") == [2, 1]


def test_an_answer_to_one_question_is_never_another_one_misspelt(app: App, teacher: User):
    rest = {name: value for name, value in SOUND.items() if name != "options"}
    first = published(teacher, {**rest, "kind": "short_text", "answers": ["peroneal"], "slips": True, "why": "So."})

    published(teacher, {**rest, "kind": "short_text", "stem": "Which?", "answers": ["perineal"], "why": "So."})

    assert asked(teacher, first.question_id).body.confusable == ("perineal",)


def test_a_change_of_the_key_gives_other_marks_and_one_of_words_does_not(teacher: User):
    assert saved(teacher, "frog", options=frog_options("toad")).rescorable
    assert not saved(teacher, "frog", stem="Which of them leaps?").rescorable


def test_old_versions_come_back_as_new_ones(teacher: User):
    saved(teacher, "frog", stem="Which of them leaps?")
    first = versions.opened(teacher, "frog").versions[-1]

    versions.restore(teacher, "frog", first.id, versions.opened(teacher, "frog").row.newest_id)

    assert asked(teacher, "frog") == first.question
    assert numbers(teacher, "frog") == [3, 2, 1]
    assert versions.opened(teacher, "frog").newest.note == "back to version 1"


def test_nothing_is_restored_over_a_version_that_was_not_seen(teacher: User, colleague: User):
    first = versions.opened(teacher, "frog").newest.id
    saved(colleague, "frog", stem="Which of them leaps?")

    with pytest.raises(ChangedElsewhere):
        versions.restore(teacher, "frog", first, first)


def test_no_version_comes_back_whose_source_is_gone(teacher: User):
    key = sources.add(teacher, "Toad A. Of toads. 2001.", 2001)
    made = published(teacher, sources=[{"reference": key}])
    newest = saved(teacher, made.question_id, sources=[{"reference": "R-FR-1"}])
    sources.remove(teacher, key)

    with pytest.raises(Refused, match=f"There is no reference {key}"):
        versions.restore(teacher, made.question_id, made.version_id, newest.version_id)

    assert numbers(teacher, made.question_id) == [2, 1]


def test_versions_are_compared_field_by_field(app: App, teacher: User):
    made = saved(teacher, "frog", stem="Which of them leaps?")
    first = versions.opened(teacher, "frog").versions[-1]

    newest = versions.opened(teacher, "frog").newest
    (change,) = meeting.compared(first.content, newest.content)

    assert newest.id == made.version_id
    assert (change.path, change.after) == (("stem",), "Which of them leaps?")
    with app.database.read() as connection:
        assert read_version(connection, first.id) == first


def test_a_withdrawn_question_is_asked_nobody_and_its_quizzes_go_on(teacher: User, ann: User):
    quiz = study.start_fixed(ann, ["frog"])

    reviewing.retire(teacher, "frog")

    assert "frog" not in live_ids()
    sheet = study.sheet(ann, quiz)
    assert study.answer(ann, quiz, sheet.item.id, place_of(sheet, "frog"), seen=0).item.fraction == 1
    assert status(teacher, "frog") is Status.RETIRED
    reviewing.publish(teacher, "frog")
    assert "frog" in live_ids()
