"""Verdicts and status: who approved a version, and whether learners are asked a question."""

from calendar import monthrange
from datetime import datetime

from quizlib.bank.pointers import missing_pointers
from quizlib.errors import ChangedElsewhere, NotFound, Refused
from quizlib.model.authoring import Approval, Judgement, Status
from quizlib.model.person import User
from quizlib.services import permissions
from quizlib.services.app import BANK_CHANGE, App, current
from quizlib.services.authoring.drafts import NO_QUESTION
from quizlib.services.authoring.telling_apart import keep_apart
from quizlib.services.people.people import tidy_name
from quizlib.store.content import questions as rows
from quizlib.store.content import together, verdicts
from quizlib.store.content.versions import read_row, read_version, versions_of
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import BANK, Connection

LONGEST_COMMENT = 2000


def judge(actor: User, version_id: int, judgement: Judgement, comment: str = "") -> None:
    """Approve another instructor's version, or ask for changes with a comment."""
    permissions.require_instructor(actor)
    comment = "\n".join(map(tidy_name, comment.splitlines())).strip()
    if len(comment) > LONGEST_COMMENT:
        raise Refused(f"The comment is too long. Write at most {LONGEST_COMMENT} characters.")
    if judgement is Judgement.CHANGE and not comment:
        raise Refused("Say what should change, so that the author knows what to do.")
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        version = read_version(connection, version_id)
        if version is None:
            raise NotFound("This version is not here.")
        if actor.id in _authors(connection, version.question.id, version_id):
            raise Refused("You wrote this version, or part of it. Somebody else has to look at it.")
        verdicts.add_verdict(connection, version_id, actor.id, judgement, comment, app.clock())
        note_change(connection, BANK_CHANGE)
        app.approvals = verdicts.approvals(connection)


def _authors(connection: Connection, question_id: str, version_id: int) -> set[int | None]:
    """Give who wrote what nobody has approved yet: a version, and those before it up to one that was approved."""
    authors: set[int | None] = set()
    for one in versions_of(connection, question_id):
        if one.id > version_id:
            continue
        if one.saved_by is None or (one.id < version_id and verdicts.approval_of(connection, one.id) is not None):
            break
        authors.add(one.saved_by)
    return authors


def publish(actor: User, question_id: str) -> None:
    """Have learners asked the newest version of a question from now on; raise Refused where it waits for approval."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        row = read_row(connection, question_id)
        newest = read_version(connection, row.newest_id) if row else None
        if row is None or newest is None:
            raise NotFound(NO_QUESTION)
        if not may_be_asked(app, connection, newest.id):
            raise Refused(wait_words(row.status is Status.LIVE))
        if (gone := missing_pointers(newest.question, app.catalogue)) and newest.saved_by is not None:
            raise Refused(f"{gone[0].what} Change the question first.")
        if row.proposed_id is not None:
            rows.make_current(connection, newest.question, newest.id)
        rows.set_status(connection, [question_id], Status.LIVE)
        # a case is asked whole or not at all
        others = [one for one in together.whole(connection, [question_id]) if one != question_id]
        set_status(app, connection, others, Status.LIVE)
        keep_apart(app, connection, actor, newest.question)
        note_change(connection, BANK_CHANGE)


def drop_proposal(actor: User, question_id: str, seen: int) -> None:
    """Let a version not wait for its approval any more; it stays in the history. `seen` is the one that was seen."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        row = read_row(connection, question_id)
        if row is None:
            raise NotFound(NO_QUESTION)
        if row.proposed_id not in (seen, None):
            raise ChangedElsewhere("Something changed meanwhile. Look at the question first.")
        rows.let_wait(connection, question_id, None)
        note_change(connection, BANK_CHANGE)


def retire(actor: User, question_id: str) -> None:
    """Ask nobody a question, or the whole case that it is a part of, from now on; quizzes that have begun go on."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        if read_row(connection, question_id) is None:
            raise NotFound(NO_QUESTION)
        set_status(app, connection, together.whole(connection, [question_id]), Status.RETIRED)


def set_status(app: App, connection: Connection, ids: list[str], status: Status) -> list[str]:
    """Set the status of questions and note the change; give those that must be approved first and so stay as they are.

    The caller holds the turn of the bank.
    """
    waiting: list[str] = []
    if status is Status.LIVE:
        found = {one: read_row(connection, one) for one in ids}
        waiting = [
            one for one, row in found.items() if row is not None and not may_be_asked(app, connection, row.version_id)
        ]
    rows.set_status(connection, [one for one in ids if one not in waiting], status)
    note_change(connection, BANK_CHANGE)
    return waiting


def may_be_asked(app: App, connection: Connection, version_id: int) -> bool:
    """Tell whether a version may be asked: where it must be approved first, whether somebody has.

    What came from a file was put there by whoever keeps the files.
    """
    if not app.settings.must_be_approved:
        return True
    version = read_version(connection, version_id)
    by_file = version is not None and version.saved_by is None
    return by_file or verdicts.approval_of(connection, version_id) is not None


def wait_words(live: bool) -> str:
    """Say what a version waits for."""
    asked = " Until then the version before it is asked." if live else ""
    return f"Another instructor has to approve this version before students see it.{asked}"


def approval(app: App, version_id: int) -> Approval | None:
    """Give by whom and when a current version was approved, as far as that still holds."""
    found = app.approvals.get(version_id)
    return None if found is None or due_again(app, found) else found


def approval_shown(version_id: int) -> Approval | None:
    """Give the approval of a version that a learner reads about after answering."""
    return approval(current(), version_id)


def due_again(app: App, found: Approval) -> bool:
    """Tell whether an approval is older than approvals last here."""
    months = app.settings.approval_months
    return bool(months) and app.clock() > _months_after(found.at, months)


def _months_after(at: datetime, months: int) -> datetime:
    year, month = divmod(at.month - 1 + months, 12)
    year, month = at.year + year, month + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))
