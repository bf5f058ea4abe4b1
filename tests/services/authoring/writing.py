"""What instructors do at their forms, in a line each."""

from typing import Any

from makers import frog_options

from quizlib.model.authoring import Draft, Status
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.app import current
from quizlib.services.authoring import drafts, saving, versions
from quizlib.services.authoring.saving import Saved

SOUND: dict[str, Any] = {
    "kind": "choice",
    "level": "recall",
    "stem": "Which of them croaks at night in the reeds?",
    "options": frog_options(),
    "takeaway": "Frogs croak.",
    "explanation": "A pouch at the throat makes the voice.",
    "sources": [{"reference": "R-FR-1"}],
    "checked": "2026-11-20",
}


def filled(actor: User, content: dict[str, Any] | None = None, topic: str = "pond", **changes: Any) -> Draft:
    """Begin a question and fill its form in."""
    draft = drafts.read(actor, drafts.begin(actor)).draft
    return drafts.keep(actor, draft.id, draft.seq, topic=topic, content={**(content or SOUND), **changes})


def published(actor: User, content: dict[str, Any] | None = None, **changes: Any) -> Saved:
    """Write a question and publish it."""
    draft = filled(actor, content, **changes)
    return saving.save(actor, draft.id, draft.seq, publish=True)


def changed(actor: User, question_id: str, **changes: Any) -> Draft:
    """Open a question's form, and change fields."""
    draft = drafts.read(actor, drafts.edit(actor, question_id)).draft
    return drafts.keep(actor, draft.id, draft.seq, topic=draft.topic, content={**draft.content, **changes})


def saved(actor: User, question_id: str, note: str = "because", **changes: Any) -> Saved:
    """Change a question and save it."""
    draft = changed(actor, question_id, **changes)
    return saving.save(actor, draft.id, draft.seq, note, publish=True)


def asked(actor: User, question_id: str) -> Question:
    """Give the version of a question that learners are asked."""
    return versions.opened(actor, question_id).asked.question


def status(actor: User, question_id: str) -> Status:
    return versions.opened(actor, question_id).row.status


def numbers(actor: User, question_id: str) -> list[int]:
    """Give the numbers of a question's versions, the newest first."""
    return [one.number for one in versions.opened(actor, question_id).versions]


def live_ids() -> set[str]:
    """Give the ids of the questions that are asked."""
    from quizlib.model.attempt import Filter
    from quizlib.store.content.questions import candidates

    with current().database.read() as connection:
        return set(candidates(connection, Filter()).single)
