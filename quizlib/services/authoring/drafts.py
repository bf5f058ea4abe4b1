"""Drafts: work on a question that survives a reload, a closed laptop and another instructor's work on the same."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from quizlib.bank.form import blank
from quizlib.engine.selection import family_of
from quizlib.errors import ChangedElsewhere, NotFound, Refused
from quizlib.interop.pasted import read_pasted
from quizlib.kinds import KINDS, content_of
from quizlib.model.authoring import Draft
from quizlib.model.hashing import canonical_json
from quizlib.model.person import User
from quizlib.model.question import Level, Question
from quizlib.services import permissions
from quizlib.services.app import current
from quizlib.store.content import drafts as rows
from quizlib.store.content.drafts import Elsewhere
from quizlib.store.content.versions import QuestionRow, VersionRow, read_row, read_version
from quizlib.store.databases.database import Connection

LARGEST = 200_000
# beside the fields of a question: what was not understood of a pasted text, and the questions that followed in it
REMARKS, REST = "_remarks", "_rest"
# what was written for another type of question
ASIDE = "_aside"
RECENT = timedelta(hours=12)
NO_QUESTION = "This question is not here. It may be in another database."
NO_DRAFT = "This draft is not here. It may have been published or thrown away in another tab."
STALE = "This draft was changed in another tab. What that tab kept is shown now; nothing of it was overwritten."


@dataclass(frozen=True)
class Open:
    """A draft on the screen: its question, where there is one, with the version it began from and the newest one.

    `others` are instructors who work on the same question.
    """

    draft: Draft
    row: QuestionRow | None
    base: VersionRow | None
    newest: VersionRow | None
    others: tuple[Elsewhere, ...] = ()

    @property
    def overtaken(self) -> bool:
        """Whether somebody has saved another version since the work began."""
        return self.newest is not None and self.newest.id != self.draft.version_id


def begin(actor: User, kind: str = "choice", topic: str = "") -> int:
    """Start a new question of a type, or go on with one never written in, and give its draft's id."""
    if kind not in KINDS:
        raise NotFound("There is no such type of question.")
    content = _new(kind)
    empty = next((one for one in mine(actor) if one.question_id is None and one.content == content), None)
    if empty is not None:
        return keep(actor, empty.id, empty.seq, topic=topic or empty.topic, content=content).id
    return _add(actor, topic, content)


def retype(actor: User, draft_id: int, seq: int, kind: str) -> Draft:
    """Let a question that does not exist yet be of another type; what was written for the one before is set aside.

    It stands there again when the type is changed back.
    """
    opened = read(actor, draft_id)
    before = opened.draft.content
    if kind not in KINDS or opened.draft.question_id is not None:
        raise Refused("The type of a question that exists cannot be changed. Make a new one.")
    own_fields = {name for one in KINDS.values() for name in one.body.model_fields}
    aside = {**before.get(ASIDE, {}), before["kind"]: {name: before[name] for name in own_fields & before.keys()}}
    common = {name: value for name, value in before.items() if name not in own_fields}
    own_again = aside.pop(kind, None) or {name: value for name, value in blank(kind).items() if name in own_fields}
    content = {**common, **own_again, "kind": kind, ASIDE: aside}
    return keep(actor, draft_id, seq, topic=opened.draft.topic, content=content)


def from_text(actor: User, text: str, topic: str = "") -> int:
    """Start a new question from pasted text and give its draft's id; what was not understood is told in the draft."""
    pasted = read_pasted(text)
    content = {**_new(pasted.content.get("kind", "choice")), **pasted.content}
    content |= {REMARKS: list(pasted.remarks)} if pasted.remarks else {}
    content |= {REST: pasted.rest} if pasted.rest.strip() else {}
    if _too_large(content):  # else no change of it would ever be kept
        raise Refused(f"This is too much at once. Paste at most {LARGEST // 1000},000 characters of the text.")
    return _add(actor, topic, content)


def said(content: dict[str, Any]) -> dict[str, Any]:
    """Give the content of a draft without what the app notes in it."""
    return {name: value for name, value in content.items() if name not in (REMARKS, REST, ASIDE)}


def edit(actor: User, question_id: str) -> int:
    """Give the id of the actor's draft of a question; it begins as the newest version."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(actor.id) as connection:
        permissions.require_person(connection, actor)
        found = rows.draft_of_question(connection, actor.id, question_id)
        if found is not None:
            return found.id
        row = editable(connection, question_id)
        newest = read_version(connection, row.newest_id)
        if newest is None:
            raise NotFound(NO_QUESTION)
        return rows.add_draft(
            connection,
            actor.id,
            question_id=row.id,
            version_id=newest.id,
            topic=newest.question.topic,
            content=form_of(newest.question),
            now=app.clock(),
        )


def duplicate(actor: User, question_id: str) -> int:
    """Start a new question as a copy of another, and give its draft's id."""
    permissions.require_instructor(actor)
    with current().database.read() as connection:
        permissions.require_person(connection, actor)
        row = read_row(connection, question_id)
        newest = read_version(connection, row.newest_id) if row else None
    if newest is None:
        raise NotFound(NO_QUESTION)
    # what was checked and by whom is said of the one question, not of its copy
    kept_back = ("clinician", "checked", "case", "part", "parts", "discloses", "waive")
    content = {name: value for name, value in form_of(newest.question).items() if name not in kept_back}
    return _add(actor, newest.question.topic, content)


def read(actor: User, draft_id: int) -> Open:
    """Give the actor's own draft with all that its page shows."""
    permissions.require_instructor(actor)
    with current().database.read() as connection:
        permissions.require_person(connection, actor)
        draft = own(connection, actor, draft_id)
        if str(draft.content.get("kind")) not in KINDS:
            raise Refused("This draft is of a type of question that is not here any more. Begin the question anew.")
        if draft.question_id is None:
            return Open(draft, None, None, None)
        row = read_row(connection, draft.question_id)
        base = read_version(connection, draft.version_id) if draft.version_id else None
        newest = base if row is None or row.newest_id == draft.version_id else read_version(connection, row.newest_id)
        others = others_now(connection, actor, draft.question_id)
    return Open(draft, row, base, newest, tuple(others))


def others_now(connection: Connection, actor: User, question_id: str) -> list[Elsewhere]:
    """Give who else has worked on a question today."""
    since = current().clock() - RECENT
    return [one for one in rows.others_at(connection, question_id, actor.id) if one.changed_at > since]


def mine(actor: User) -> list[Draft]:
    """Give the actor's drafts, the one changed last first."""
    permissions.require_instructor(actor)
    with current().database.read() as connection:
        permissions.require_person(connection, actor)
        return rows.drafts_of(connection, actor.id)


def keep(
    actor: User, draft_id: int, seq: int, *, topic: str, content: dict[str, Any], version_id: int | None = None
) -> Draft:
    """Store what the form holds, sound or not, and give the draft as it now stands.

    `seq` is how often it was kept when the form was drawn: raises ChangedElsewhere where another tab has kept it since.
    `version_id` says from which version the work goes on, where that has changed.
    """
    permissions.require_instructor(actor)
    if _too_large(content):
        raise Refused(
            f"This is more than a question can hold ({LARGEST // 1000},000 characters). The last change was not kept; "
            "take some text out."
        )
    app = current()
    with app.database.write(actor.id) as connection:
        permissions.require_person(connection, actor)
        draft = own(connection, actor, draft_id)
        now = app.clock()
        changed = draft.model_copy(
            update={"topic": topic, "content": content, "version_id": version_id or draft.version_id}
        )
        if not rows.keep_draft(connection, changed, seq=seq, now=now):
            raise ChangedElsewhere(STALE)
    return changed.model_copy(update={"seq": seq + 1, "changed_at": now})


def discard(actor: User, draft_id: int) -> None:
    """Throw the actor's own draft away; versions that were saved stay."""
    permissions.require_instructor(actor)
    with current().database.write(actor.id) as connection:
        permissions.require_person(connection, actor)
        rows.drop_draft(connection, own(connection, actor, draft_id).id, actor.id)


def _too_large(content: dict[str, Any]) -> bool:
    return len(canonical_json(content)) > LARGEST


def own(connection: Connection, actor: User, draft_id: int) -> Draft:
    """Give the actor's own draft; raise NotFound otherwise."""
    found = rows.read_draft(connection, draft_id, actor.id)
    if found is None:
        raise NotFound(NO_DRAFT)
    return found


def editable(connection: Connection, question_id: str) -> QuestionRow:
    """Give a question's row; raise NotFound, or Refused where the browser cannot change it."""
    row = read_row(connection, question_id)
    if row is None:
        raise NotFound(NO_QUESTION)
    family = family_of(question_id)
    if family is not None:
        raise Refused(
            f"This question is one of a generated set. Change the set’s file, {row.topic}/{family}.family.yaml, "
            "or make a copy of the question and change that."
        )
    return row


def _new(kind: str) -> dict[str, Any]:
    """Give the content of an empty form; whoever fills it in has its sources before them today."""
    return {**blank(kind), "kind": kind, "level": Level.APPLY, "checked": current().clock().date().isoformat()}


def form_of(question: Question) -> dict[str, Any]:
    """Give a question's content as its form holds it: without what the app fills in."""
    return {name: value for name, value in content_of(question).items() if name not in question.body.filled}


def _add(actor: User, topic: str, content: dict[str, Any]) -> int:
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(actor.id) as connection:
        permissions.require_person(connection, actor)
        return rows.add_draft(
            connection,
            actor.id,
            question_id=None,
            version_id=None,
            topic=topic,
            content=content,
            now=app.clock(),
        )
