"""Questions that changed in their file and in the database: both sides, and which one to take."""

from dataclasses import dataclass
from typing import Any, Literal

from quizlib.bank.held import as_written
from quizlib.errors import ChangedElsewhere, NotFound
from quizlib.kinds import content_hash
from quizlib.model.authoring import Origin
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services import permissions
from quizlib.services.app import BANK_CHANGE, App, current
from quizlib.services.authoring import pictures
from quizlib.services.bank import conflicting
from quizlib.store.content import questions as rows
from quizlib.store.content.versions import read_row, read_version
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import BANK, Connection

Side = Literal["file", "database"]
SETTLED = "This conflict is settled already. Here is the question as it is now."
CHANGED = "The file or the question changed again meanwhile. Look at both once more."
TAKEN = "from its file, taken in place of the version before"
SET_ASIDE = "from its file, set aside"


@dataclass(frozen=True)
class Conflict:
    """A question whose file and whose current version changed since they last agreed, each as flat content.

    `sign` stands for what both say: whoever settles it gives it back, so that nothing is settled unseen.
    """

    question_id: str
    file: str
    in_file: dict[str, Any]
    in_database: dict[str, Any]
    sign: str


def unsettled(actor: User) -> list[Conflict]:
    """Give every conflict between the files of this process and the database, as they are now."""
    permissions.require_instructor(actor)
    app = current()
    ids = conflicting(app)
    with app.database.read() as connection:
        return [found for one in ids if (found := _conflict(app, connection, one)) is not None]


def of_question(actor: User, question_id: str) -> Conflict | None:
    """Give the conflict of one question, if it has one."""
    return next((one for one in unsettled(actor) if one.question_id == question_id), None)


def settle(actor: User, question_id: str, take: Side, sign: str = "") -> None:
    """Take one side of a conflict; the other stays in the history of the question.

    The file itself is not touched: where the database's is taken, `quiz bank pull` writes it. Raises NotFound when the
    conflict is settled already, and ChangedElsewhere when a side changed since `sign` was given.
    """
    permissions.require_instructor(actor)
    app = current()
    if question_id not in conflicting(app):
        raise NotFound(SETTLED)
    bank = app.bank  # another thread may read the files again meanwhile
    question = bank.questions[question_id]
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        found = _conflict(app, connection, question_id)
        if found is None:
            raise NotFound(SETTLED)
        if sign and found.sign != sign:
            raise ChangedElsewhere(CHANGED)
        pictures.take_in(connection, app.settings.questions, bank, [question_id], app.clock())
        _take(app, connection, actor, question, take)
        note_change(connection, BANK_CHANGE)
    app.look()


def _take(app: App, connection: Connection, actor: User, question: Question, take: Side) -> None:
    in_file = content_hash(question)
    if take == "file":
        rows.save_version(
            connection,
            question,
            now=app.clock(),
            origin=Origin.FILE,
            note=TAKEN,
            saved_by=actor.id,
            file_hash=in_file,
        )
    else:
        rows.set_aside(connection, question, now=app.clock(), note=SET_ASIDE, saved_by=actor.id)
        rows.remember_file(connection, question.id, in_file)


def _conflict(app: App, connection: Connection, question_id: str) -> Conflict | None:
    """Give both sides of a question, or None where they agree or one of them is as it was."""
    row = read_row(connection, question_id)
    version = read_version(connection, row.version_id) if row else None
    question = app.bank.questions.get(question_id)
    if row is None or version is None or question is None:
        return None
    in_file = content_hash(question)
    if in_file in (row.file_hash, version.content_hash):
        return None
    if row.file_hash == version.content_hash and row.proposed_id is None:
        return None
    sign = f"{in_file[:16]}{version.content_hash[:16]}"
    return Conflict(question_id, app.bank.files[question_id], as_written(question), as_written(version.question), sign)
