"""A draft keeps what the form holds, sound or not, and belongs to whoever writes it."""

import pytest
from services.authoring.writing import SOUND, changed, filled, live_ids, saved

from quizlib.errors import ChangedElsewhere, NotAllowed, NotFound, Refused
from quizlib.kinds import KINDS
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.authoring import drafts, saving
from quizlib.services.people import privacy
from quizlib.store.content.drafts import read_draft


@pytest.mark.parametrize("kind", KINDS)
def test_every_type_begins_with_empty_fields_that_must_be_filled(teacher: User, kind: str):
    draft = drafts.read(teacher, drafts.begin(teacher, kind)).draft

    checked = saving.check(teacher, draft)

    assert draft.content["kind"] == kind
    assert checked.question is None
    assert {"stem", "explanation", "sources"} <= {str(one.path[0]) for one in checked.problems}


def test_what_was_kept_is_there_after_a_reload_whatever_it_is(teacher: User):
    odd = {"kind": "choice", "stem": "<script>", "options": [{"text": "\U0001f438"}], "explanation": "a\nb"}
    draft = filled(teacher, odd)

    assert drafts.read(teacher, draft.id).draft.content == odd
    assert [one.id for one in drafts.mine(teacher)] == [draft.id]


def test_a_second_tab_does_not_overwrite_the_first_unseen(teacher: User):
    draft = filled(teacher)

    with pytest.raises(ChangedElsewhere):
        drafts.keep(teacher, draft.id, draft.seq - 1, topic="pond", content={"stem": "from another tab"})

    assert drafts.read(teacher, draft.id).draft.content["stem"] == SOUND["stem"]


def test_a_draft_is_nobody_elses(teacher: User, colleague: User):
    draft = filled(teacher)

    with pytest.raises(NotFound):
        drafts.read(colleague, draft.id)
    with pytest.raises(NotFound):
        drafts.keep(colleague, draft.id, draft.seq, topic="pond", content={})
    with pytest.raises(NotFound):
        drafts.discard(colleague, draft.id)
    assert drafts.read(teacher, draft.id).draft == draft


def test_students_write_nothing(ann: User):
    with pytest.raises(NotAllowed):
        drafts.begin(ann)
    with pytest.raises(NotAllowed):
        drafts.edit(ann, "frog")


def test_a_megabyte_of_text_is_refused_and_what_was_kept_before_stays(teacher: User):
    draft = filled(teacher)

    with pytest.raises(Refused, match="200,000 characters"):
        drafts.keep(teacher, draft.id, draft.seq, topic="pond", content={**SOUND, "explanation": "a" * 1_000_000})

    assert drafts.read(teacher, draft.id).draft == draft


def test_too_much_text_at_once_makes_no_draft_that_could_never_be_kept(teacher: User):
    with pytest.raises(Refused, match="Paste at most 200,000 characters"):
        drafts.from_text(teacher, "Which?\nA. one\n*B. two\n\n" * 10_000)

    assert drafts.mine(teacher) == []


def test_editing_goes_on_with_the_draft_there_is(teacher: User):
    draft = changed(teacher, "frog", stem="Who croaks?")

    assert drafts.edit(teacher, "frog") == draft.id
    assert drafts.read(teacher, draft.id).draft.content["stem"] == "Who croaks?"


def test_who_edits_is_told_who_else_does(teacher: User, colleague: User):
    draft = changed(teacher, "frog", stem="Who croaks?")
    changed(colleague, "frog", stem="Who leaps?")

    assert [one.name for one in drafts.read(teacher, draft.id).others] == ["Mr Heron"]


def test_a_draft_thrown_away_leaves_the_question(teacher: User):
    draft = changed(teacher, "frog", stem="Who croaks?")

    drafts.discard(teacher, draft.id)

    assert "frog" in live_ids()
    with pytest.raises(NotFound):
        drafts.read(teacher, draft.id)


def test_a_copy_is_a_new_question_that_says_nothing_of_who_checked_the_first(teacher: User):
    saved(teacher, "frog", clinician="Dr Toad, 2026-01-01")

    copy = drafts.read(teacher, drafts.duplicate(teacher, "frog")).draft

    assert copy.question_id is None
    assert copy.content["stem"]
    assert "clinician" not in copy.content


def test_what_was_begun_and_never_written_in_is_begun_again(teacher: User):
    first = drafts.begin(teacher, "numeric")

    assert drafts.begin(teacher, "numeric", "pond") == first
    assert drafts.begin(teacher, "choice") != first
    assert drafts.read(teacher, first).draft.topic == "pond"


def test_another_type_keeps_what_was_written_for_the_first(teacher: User):
    draft = filled(teacher)

    other = drafts.retype(teacher, draft.id, draft.seq, "numeric")
    assert other.content["stem"] == SOUND["stem"]
    assert "options" not in drafts.said(other.content)
    back = drafts.retype(teacher, draft.id, other.seq, "choice")

    assert drafts.said(back.content) == SOUND


def test_the_type_of_a_question_that_exists_stays(teacher: User):
    draft = changed(teacher, "frog", stem="Who croaks?")

    with pytest.raises(Refused, match="cannot be changed"):
        drafts.retype(teacher, draft.id, draft.seq, "numeric")


def test_drafts_go_with_whoever_erases_themself(app: App, teacher: User, colleague: User):
    draft = filled(teacher)
    kept = filled(colleague)

    privacy.erase(teacher, teacher.name)

    with app.database.read() as connection:
        assert read_draft(connection, draft.id, teacher.id) is None
        assert read_draft(connection, kept.id, colleague.id) == kept


def test_pasted_text_fills_the_fields(teacher: User):
    text = "Which of them jumps?\nA. toad\n*B. frog\nC. newt\nExplanation: Its hind legs are long."

    draft = drafts.read(teacher, drafts.from_text(teacher, text, "pond")).draft

    assert draft.topic == "pond"
    assert [one["text"] for one in draft.content["options"]] == ["toad", "frog", "newt"]
    assert [bool(one.get("correct")) for one in draft.content["options"]] == [False, True, False]
    assert draft.content["explanation"] == "Its hind legs are long."


def test_no_other_question_can_be_edited_than_one_that_is_there(teacher: User):
    with pytest.raises(NotFound):
        drafts.edit(teacher, "basilisk")
