"""A draft becomes a version: checked, told apart from other answers, and asked from now on, or waiting."""

import re
import unicodedata
from dataclasses import dataclass, replace

from quizlib.bank.form import Checked, check_content, in_form
from quizlib.errors import ChangedElsewhere, Refused
from quizlib.kinds import KINDS, asked_hash, content_hash
from quizlib.model.authoring import Draft, Origin, Status
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services import permissions
from quizlib.services.app import BANK_CHANGE, App, current
from quizlib.services.authoring import drafts, texts
from quizlib.services.authoring.drafts import own
from quizlib.services.authoring.reviewing import may_be_asked, wait_words
from quizlib.services.authoring.telling_apart import Words, tell_others_apart
from quizlib.services.people.people import tidy_name
from quizlib.store.content import drafts as draft_rows
from quizlib.store.content import questions as rows
from quizlib.store.content.versions import QuestionRow, read_row, read_version, taken_ids
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import BANK, Connection

__all__ = [
    "Checked",
    "Overtaken",
    "Saved",
    "as_checked",
    "check",
    "gives_other_marks",
    "new_id",
    "save",
    "store_version",
]

FIRST = "first version"
LONGEST_NOTE = 500
_SLUG_WORDS = 6
_OF_THE_CASE = ("topic", "vignette", "case", "part", "parts", "discloses")
_SMALL = re.compile(
    "an?|and|are|at|by|did|do|does|for|from|how|in|is|of|on|or|that|the|this|to|was|wh(at|en|ere|ich|o|y)|with"
)


@dataclass(frozen=True)
class Saved:
    """What became of a draft.

    `rescorable` says that the new version gives other marks than the one before it: past answers may be marked again.
    `waits` is a sentence where the version is not asked yet.
    """

    question_id: str
    version_id: int
    status: Status
    rescorable: bool = False
    waits: str = ""


class Overtaken(ChangedElsewhere):
    """Somebody saved another version while the draft was being written."""

    def __init__(self, name: str) -> None:
        who = name or "a changed file"
        super().__init__(
            f"Meanwhile {who} saved another version of this question. Nothing was overwritten: look at what differs, "
            "and choose."
        )


def check(actor: User, draft: Draft) -> Checked:
    """Say what must be fixed in a draft, and what could be better, each at its place in the form."""
    permissions.require_instructor(actor)
    content = drafts.said(draft.content)
    found = check_content(content, draft.question_id or "new", draft.topic, current().catalogue)
    return replace(
        found,
        problems=tuple(one._replace(path=in_form(content, one.path)) for one in found.problems),
        suggestions=tuple(one._replace(path=in_form(content, one.path)) for one in found.suggestions),
    )


def save(actor: User, draft_id: int, seq: int, note: str = "", *, publish: bool) -> Saved:
    """Make a version of the actor's draft, and take the draft away.

    With `publish` learners are asked it from now on, as far as it need not be approved first; without, a new question
    stays a draft and a question that is asked already gets its new version all the same. Raises Refused for what must
    be fixed, and Overtaken.
    """
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        draft = own(connection, actor, draft_id)
        if draft.seq != seq:
            raise ChangedElsewhere(drafts.STALE)
        row = drafts.editable(connection, draft.question_id) if draft.question_id else None
        if row is not None and row.newest_id != draft.version_id:
            newest = read_version(connection, row.newest_id)
            raise Overtaken(newest.name if newest else "")
        note = _good_note(note, row)
        question_id = draft.question_id or new_id(connection, app, str(draft.content.get("stem", "")))
        checked = check_content(drafts.said(draft.content), question_id, draft.topic, app.catalogue)
        if checked.question is None:
            raise Refused(f"{len(checked.problems)} things must be fixed first. They are told beside their fields.")
        saved = store_version(app, connection, actor, checked.question, note=note, publish=publish)
        # another tab may keep it in the middle of this: it takes a person's turn, not the bank's
        if not draft_rows.drop_draft(connection, draft_id, actor.id, seq=seq):
            raise ChangedElsewhere(drafts.STALE)
        note_change(connection, BANK_CHANGE)
    return saved


def store_version(
    app: App, connection: Connection, actor: User, question: Question, *, note: str, publish: bool
) -> Saved:
    """Add a version by a person, unless it is what the newest one says already.

    The caller holds the turn of the bank and notes the change. A version that must be approved first waits beside the
    one that is asked.
    """
    row = read_row(connection, question.id)
    newest = read_version(connection, row.newest_id) if row else None
    if newest is not None:
        question = as_checked(in_its_case(question, newest.question), newest.question)
    words = Words(app, connection, question)
    question = words.apart(question)
    asked = read_version(connection, row.version_id) if row else None
    if row is not None and newest is not None and newest.content_hash == content_hash(question):
        version_id = newest.id
    else:
        version_id = rows.save_version(
            connection,
            question,
            now=app.clock(),
            origin=Origin.BROWSER,
            note=note,
            saved_by=actor.id,
            status=Status.DRAFT,
            asked=row is None or row.status is not Status.LIVE or not app.settings.must_be_approved,
        )
        texts.note(app, connection, question)
    status = row.status if row else Status.DRAFT
    live = status is Status.LIVE
    if not publish and not live:
        return Saved(question.id, version_id, status)
    if not may_be_asked(app, connection, version_id):
        return Saved(question.id, version_id, status, waits=wait_words(live))
    if row is not None and row.proposed_id == version_id:
        rows.make_current(connection, question, version_id)
        texts.note(app, connection, question)
    if not live:
        rows.set_status(connection, [question.id], Status.LIVE)
    tell_others_apart(app, connection, actor, words, asked.question if asked and live else None, question)
    rescorable = asked is not None and gives_other_marks(asked.question, question)
    return Saved(question.id, version_id, Status.LIVE, rescorable)


def in_its_case(question: Question, newest: Question) -> Question:
    """Give a part of a case its place and its story as they are now: they change with the whole case alone."""
    if not newest.case:
        return question
    return question.model_copy(update={name: getattr(newest, name) for name in _OF_THE_CASE})


def as_checked(question: Question, newest: Question) -> Question:
    """Give a question without the clinician who checked it, where they have not seen what it asks or marks now."""
    same = question.clinician == newest.clinician
    changed = asked_hash(question) != asked_hash(newest) or gives_other_marks(newest, question)
    return question.model_copy(update={"clinician": ""}) if question.clinician and same and changed else question


def gives_other_marks(before: Question, after: Question) -> bool:
    """Tell whether the right answer or its scoring differs between two versions of a question."""
    if before.kind != after.kind:
        return True
    kind = KINDS[after.kind]
    if kind.asked(before.body) != kind.asked(after.body):
        return kind.right_answer(before.body) != kind.right_answer(after.body)
    return _without_reasons(before) != _without_reasons(after)


def _without_reasons(question: Question) -> object:
    """Give a body without what is only told after the answer, so that a reworded reason changes no mark."""
    return _stripped(question.body.model_dump(mode="json", exclude_defaults=True))


def _stripped(data: object) -> object:
    if isinstance(data, dict):
        return {name: _stripped(value) for name, value in data.items() if name not in ("why", "misconception")}
    if isinstance(data, list):
        return [_stripped(one) for one in data]
    return data


def new_id(connection: Connection, app: App, stem: str) -> str:
    """Make an id out of what is asked, such as `root-ankle-jerk`, that no question and no file has."""
    plain = unicodedata.normalize("NFKD", stem.casefold()).encode("ascii", "ignore").decode()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if not _SMALL.fullmatch(word)][:_SLUG_WORDS]
    start = "-".join(words)[:60].strip("-") or "question"
    taken = taken_ids(connection, start) | app.bank.questions.keys()
    number = 1
    made = start
    while made in taken:
        number += 1
        made = f"{start}-{number}"
    return made


def _good_note(note: str, row: QuestionRow | None) -> str:
    note = tidy_name(note)
    if len(note) > LONGEST_NOTE:
        raise Refused(f"The note is too long. Say in at most {LONGEST_NOTE} characters what changed, and why.")
    if not note and row is not None:
        raise Refused("Say in a few words what changed, and why. It stands in the history of the question.")
    return note or FIRST
