"""An answer to one question is never another one misspelt, whatever is asked in which order; nothing is lost by it."""

from dataclasses import replace
from typing import Any

import pytest
from makers import on_sqlite
from services.authoring.writing import SOUND, asked, filled, published, saved

from quizlib.errors import Refused
from quizlib.kinds import kind_of
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.authoring import bulk, reviewing, saving, versions
from quizlib.services.quizzes import study
from quizlib.store.content import drafts as draft_rows

FLOOR = "Which nerve of the pelvic floor is meant?"


def typed(answer: str, **changes: Any) -> dict[str, Any]:
    """Give the content of a question whose answer is written."""
    content = {name: value for name, value in SOUND.items() if name != "options"}
    stem = f"Which nerve begins with {answer[0]}?"
    return {**content, "kind": "short_text", "stem": stem, "answers": [answer], "why": "It runs there.", **changes}


def worth(teacher: User, question_id: str, text: str) -> float:
    question = asked(teacher, question_id)
    kind = kind_of(question)
    return kind.grade(question.body, kind.read(question.body, (), text)).fraction


def test_a_draft_that_is_published_later_is_told_apart_from_what_was_written_meanwhile(teacher: User):
    draft = filled(teacher, typed("peroneal"))
    first = saving.save(teacher, draft.id, draft.seq, publish=False)
    second = published(teacher, typed("perineal", slips=True, stem=FLOOR))
    assert worth(teacher, second.question_id, "peroneal") == 1
    reviewing.publish(teacher, first.question_id)

    assert worth(teacher, second.question_id, "peroneal") == 0


def test_what_is_asked_again_is_told_apart_from_what_was_written_meanwhile(teacher: User):
    first = published(teacher, typed("perineal", slips=True, stem=FLOOR))
    reviewing.retire(teacher, first.question_id)
    published(teacher, typed("peroneal"))
    reviewing.publish(teacher, first.question_id)

    assert worth(teacher, first.question_id, "peroneal") == 0


def test_what_is_asked_again_with_many_others_is_told_apart_too(teacher: User):
    first = published(teacher, typed("perineal", slips=True, stem=FLOOR))
    bulk.retire(teacher, [first.question_id])
    published(teacher, typed("peroneal"))
    bulk.ask(teacher, [first.question_id, "frog"])

    assert worth(teacher, first.question_id, "peroneal") == 0


def test_what_waits_for_approval_waits_on_and_keeps_its_author(app: App, teacher: User, colleague: User):
    made = published(teacher, typed("perineal", slips=True, stem=FLOOR))
    app.settings = replace(app.settings, must_be_approved=True)
    assert saved(teacher, made.question_id, takeaway="The floor has a nerve.").waits
    app.settings = replace(app.settings, must_be_approved=False)
    published(colleague, typed("peroneal"))

    opened = versions.opened(teacher, made.question_id)
    assert opened.row.proposed_id == opened.newest.id == max(one.id for one in opened.versions)
    assert (opened.newest.question.takeaway, opened.newest.saved_by) == ("The floor has a nerve.", teacher.id)
    assert opened.asked.question.takeaway == "Frogs croak."
    assert worth(teacher, made.question_id, "peroneal") == 0


@on_sqlite  # which gives the ids of rows that were not stored once more
def test_a_save_that_fails_at_its_end_leaves_nothing_in_memory(
    app: App, teacher: User, ann: User, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object, **_more: object) -> None:
        raise Refused("The disk is full.")

    draft = filled(teacher, typed("sural"))
    with monkeypatch.context() as patched:
        patched.setattr(draft_rows, "drop_draft", fail)
        with pytest.raises(Refused):
            saving.save(teacher, draft.id, draft.seq, publish=True)
    made = published(teacher)

    quiz = study.start_fixed(ann, [made.question_id])
    assert study.sheet(ann, quiz).question.id == made.question_id
