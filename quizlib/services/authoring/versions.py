"""One question with its history: what was saved, by whom and why, what differs, and going back."""

from dataclasses import dataclass

from quizlib.bank.form import check_content
from quizlib.engine.selection import family_of
from quizlib.errors import ChangedElsewhere, NotFound, Refused
from quizlib.model.authoring import Approval, Verdict
from quizlib.model.person import User
from quizlib.services import permissions
from quizlib.services.app import BANK_CHANGE, current
from quizlib.services.authoring import drafts
from quizlib.services.authoring.drafts import NO_QUESTION
from quizlib.services.authoring.reviewing import due_again
from quizlib.services.authoring.saving import Saved, in_its_case, store_version
from quizlib.store.content.drafts import Elsewhere
from quizlib.store.content.verdicts import verdicts_on
from quizlib.store.content.versions import QuestionRow, VersionRow, read_row, read_version, versions_of
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import BANK

NO_VERSION = "This version is not here. It may be one of another question."


@dataclass(frozen=True)
class Opened:
    """A question on its page.

    `file` is where it came from, `family` the set that it was generated from, if any; `approved` is the approval of the
    newest version and `due` whether it is due again.
    """

    row: QuestionRow
    versions: tuple[VersionRow, ...]
    verdicts: tuple[Verdict, ...]
    others: tuple[Elsewhere, ...]
    file: str
    family: str | None
    approved: Approval | None
    due: bool

    @property
    def newest(self) -> VersionRow:
        """The version that work goes on from."""
        return next(one for one in self.versions if one.id == self.row.newest_id)

    @property
    def asked(self) -> VersionRow:
        """The version that learners are asked, where they are."""
        return next(one for one in self.versions if one.id == self.row.version_id)


def opened(actor: User, question_id: str) -> Opened:
    """Give a question with all its versions and what was said about them."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.read() as connection:
        permissions.require_person(connection, actor)
        row = read_row(connection, question_id)
        if row is None:
            raise NotFound(NO_QUESTION)
        versions = versions_of(connection, question_id)
        said = verdicts_on(connection, [one.id for one in versions])
        others = drafts.others_now(connection, actor, question_id)
    last = next((one for one in reversed(said) if one.version_id == row.newest_id), None)
    approved = Approval(name=last.name, at=last.at) if last is not None and last.judgement == "approve" else None
    return Opened(
        row,
        tuple(versions),
        tuple(said),
        tuple(others),
        app.bank.files.get(question_id, ""),
        family_of(question_id),
        approved,
        approved is not None and due_again(app, approved),
    )


def restore(actor: User, question_id: str, version_id: int, seen: int) -> Saved:
    """Make an old version the newest again, as a version of its own; `seen` is the newest one that the actor saw.

    Raises ChangedElsewhere where somebody has saved another since, and Refused where what it points to is gone.
    """
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        row = drafts.editable(connection, question_id)
        old = read_version(connection, version_id)
        if old is None or old.question.id != question_id:
            raise NotFound(NO_VERSION)
        if row.newest_id != seen:
            raise ChangedElsewhere("Somebody saved another version meanwhile. Look at it first.")
        newest = read_version(connection, row.newest_id)
        question = in_its_case(old.question, newest.question) if newest else old.question
        checked = check_content(drafts.form_of(question), question.id, question.topic, app.catalogue)
        if checked.problems:
            raise Refused(
                f"Version {old.number} cannot come back as it is. {checked.problems[0].what} Change the question by "
                "hand, with this version beside you."
            )
        note = f"back to version {old.number}"
        saved = store_version(app, connection, actor, question, note=note, publish=row.status == "live")
        note_change(connection, BANK_CHANGE)
    return saved
