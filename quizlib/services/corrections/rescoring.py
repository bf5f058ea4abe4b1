"""A corrected key for past answers: what it would change, to mark them again, and to take that back."""

from dataclasses import dataclass
from datetime import datetime

from quizlib.engine.attempt import Key
from quizlib.errors import NotFound, Refused
from quizlib.model.authoring import Covered, Rescoring, Tidings
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services import permissions
from quizlib.services.app import App, current
from quizlib.services.authoring.reviewing import may_be_asked
from quizlib.services.corrections.marking import Decision, Extent, Grader, Progress, fitting, mark, sweep
from quizlib.services.people.people import tidy_name
from quizlib.store.content import rescorings as rows
from quizlib.store.content.rescorings import Correction
from quizlib.store.content.versions import VersionRow, read_row, versions_of
from quizlib.store.databases.database import BANK, Connection

LONGEST_REASON = 500
NO_QUESTION = "This question is not here. Go back to the list, and open it from there."
NO_VERSION = "This version does not belong to this question. Reload the page and choose again."
NO_DECISION = "There is no such marking to take back. Reload the page to see what was done."
NOT_ASKED = "This version is not asked yet. Publish it first, then mark past answers by it."
MARKED_SINCE = "It was marked again since. Undo that first."
ONLY_UNDONE = "This took back an earlier marking. To have it back, mark again by the right version."


@dataclass(frozen=True)
class Effect:
    """What marking again would do: to how many answers, and which of them would be worth something else.

    `learners` gave those that change; `by_instructors` of them are instructors' own. `reworded` answers were given to
    other words with the same options, and are marked only where wanted; `others` had something else to choose from,
    and cannot be marked by this key.
    """

    answers: int
    changed: int
    up: int
    down: int
    learners: int
    by_instructors: int
    reworded: int
    others: int


@dataclass(frozen=True)
class Report:
    """What was done: by which decision (none where nothing was to be decided), and to how many answers of how many."""

    rescoring_id: int | None
    answers: int = 0
    changed: int = 0
    up: int = 0
    down: int = 0
    learners: int = 0


@dataclass(frozen=True)
class Past:
    """One decision in the history of a question: who, when, why, by which version, and how far it reached.

    `undoes_id` is the decision that this one took back, `undone` says that it was taken back itself.
    """

    id: int
    name: str
    at: datetime
    reason: str
    version: int
    answers: int
    changed: int
    learners: int
    undoes_id: int | None
    undone: bool
    can_be_undone: bool


def preview(actor: User, question_id: str, version_id: int, *, earlier_wordings: bool = False) -> Effect:
    """Say what marking past answers by a version would change, whether it is asked already or not."""
    permissions.require_instructor(actor)
    with current().database.read() as connection:
        permissions.require_person(connection, actor)
        key, earlier = _key(connection, question_id, version_id)
        return _effect(connection, earlier, Key(key.id, key.question), earlier_wordings)


def foresee(actor: User, question: Question, *, earlier_wordings: bool = False) -> Effect:
    """Say what marking past answers would change if this were saved as the next version of its question."""
    permissions.require_instructor(actor)
    with current().database.read() as connection:
        permissions.require_person(connection, actor)
        return _effect(connection, versions_of(connection, question.id), Key(0, question), earlier_wordings)


def rescore(
    actor: User,
    question_id: str,
    version_id: int,
    reason: str,
    *,
    earlier_wordings: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Mark past answers to a question by the key of a version, all or none, and tell the learners whose marks change.

    Answers that come later to the versions before it are graded by it, too. Doing it again changes nothing more.
    `progress` is told how many answers are marked; whoever stops it in the middle leaves everything as it was.
    """
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        key, earlier = _key(connection, question_id, version_id)
        _require_asked(app, connection, key)
        reason = _good_reason(reason)
        fit = fitting(earlier, key.question)
        covered = [*fit.same, *(fit.reworded if earlier_wordings else ())]
        standing = rows.corrections_of(connection, covered)
        new = [one for one in covered if one not in standing or standing[one].graded_by != key.id]
        decisions = [
            Decision(decided, question_id, dict.fromkeys(_decided(standing, decided), key.id), Tidings.MARKED_AGAIN)
            for decided in dict.fromkeys(standing[one].rescoring_id for one in covered if one not in new)
        ]
        if new:
            decided = rows.add_rescoring(
                connection,
                question_id=question_id,
                version_id=key.id,
                reason=reason,
                made_by=actor.id,
                now=app.clock(),
                covers=[_covered(one, standing.get(one)) for one in new],
            )
            rows.correct(connection, dict.fromkeys(new, Correction(key.id, decided)))
            decisions.append(Decision(decided, question_id, dict.fromkeys(new, key.id), Tidings.MARKED_AGAIN))
        extents = [mark(app, connection, actor, one, progress) for one in decisions]
    for one in decisions:
        sweep(app, actor, one)
    return _report(decisions[-1].id if decisions else None, extents)


def undo(actor: User, rescoring_id: int, reason: str, *, progress: Progress | None = None) -> Report:
    """Take a decision back: what it marked has the marks it had before, and its versions are graded as before it.

    Raises Refused when the same answers were marked again since, and for what was itself a taking back.
    """
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        taken_back = rows.read_rescoring(connection, rescoring_id)
        if taken_back is None:
            raise NotFound(NO_DECISION)
        if taken_back.undoes_id is not None:
            raise Refused(ONLY_UNDONE)
        reason = _good_reason(reason)
        question_id = taken_back.question_id
        before = {one.version_id: one for one in taken_back.covers}
        done = [one.id for one in rows.rescorings_of(connection, question_id) if one.undoes_id == rescoring_id]
        if not done:
            if not _stands(taken_back, rows.corrections_of(connection, before)):
                raise Refused(MARKED_SINCE)
            done = [
                rows.add_rescoring(
                    connection,
                    question_id=question_id,
                    version_id=taken_back.version_id,
                    reason=reason,
                    made_by=actor.id,
                    now=app.clock(),
                    covers=taken_back.covers,
                    undoes_id=rescoring_id,
                )
            ]
            rows.correct(connection, {one: _correction(was) for one, was in before.items()})
        standing = rows.corrections_of(connection, before)
        by = {one: was.graded_by or one for one, was in before.items() if standing.get(one) == _correction(was)}
        decision = Decision(done[0], question_id, by, Tidings.MARKED_BACK, undoes_id=rescoring_id)
        extent = mark(app, connection, actor, decision, progress)
    sweep(app, actor, decision)
    return _report(decision.id, [extent])


def history(actor: User, question_id: str) -> list[Past]:
    """Give the decisions to mark past answers to a question again, and to take that back, the latest first."""
    permissions.require_instructor(actor)
    with current().database.read() as connection:
        permissions.require_person(connection, actor)
        found = rows.rescorings_of(connection, question_id)
        standing = rows.corrections_of(connection, {one.version_id for past in found for one in past.covers})
    undone = {one.undoes_id for one in found}
    return [
        Past(
            id=one.id,
            name=one.name,
            at=one.made_at,
            reason=one.reason,
            version=one.number,
            answers=one.answers,
            changed=one.changed,
            learners=one.learners,
            undoes_id=one.undoes_id,
            undone=one.id in undone,
            can_be_undone=one.undoes_id is None and one.id not in undone and _stands(one, standing),
        )
        for one in found
    ]


def _key(connection: Connection, question_id: str, version_id: int) -> tuple[VersionRow, list[VersionRow]]:
    """Give a version of a question, and those before it."""
    found = versions_of(connection, question_id)
    if not found:
        raise NotFound(NO_QUESTION)
    key = next((one for one in found if one.id == version_id), None)
    if key is None:
        raise NotFound(NO_VERSION)
    return key, [one for one in found if one.number < key.number]


def _effect(connection: Connection, earlier: list[VersionRow], key: Key, earlier_wordings: bool) -> Effect:
    fit = fitting(earlier, key.question)
    covered = [*fit.same, *(fit.reworded if earlier_wordings else ())]
    question_id = key.question.id
    answers = rows.answers_not_marked_by(connection, question_id, dict.fromkeys(covered, key.version_id))
    grader = Grader({one.id: one.question for one in earlier}, dict.fromkeys(covered, key))
    extent = Extent()
    for one in answers:
        extent.count(one, grader.fraction(one))
    instructors = rows.instructors_among(connection, extent.learners)
    return Effect(
        answers=extent.answers,
        changed=len(extent.changed),
        up=extent.up,
        down=extent.down,
        learners=len(extent.learners),
        by_instructors=sum(one.user_id in instructors for one in extent.changed),
        reworded=0 if earlier_wordings else rows.count_answers(connection, question_id, fit.reworded),
        others=rows.count_answers(connection, question_id, fit.others),
    )


def _require_asked(app: App, connection: Connection, key: VersionRow) -> None:
    """Raise Refused for a version that is not the one that is asked, and where its own key was corrected."""
    corrected = rows.corrections_of(connection, [key.id])
    if corrected:
        raise Refused(
            f"Version {key.number} was corrected itself: answers to it are marked by a later version. "
            "Mark by that one, or undo that first."
        )
    row = read_row(connection, key.question.id)
    if row is None or row.version_id != key.id or not may_be_asked(app, connection, key.id):
        raise Refused(NOT_ASKED)


def _good_reason(reason: str) -> str:
    reason = tidy_name(reason)
    if not reason:
        raise Refused("Say why. The learners whose marks change read it.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"The reason is too long. Take at most {LONGEST_REASON} characters.")
    return reason


def _decided(standing: dict[int, Correction], rescoring_id: int) -> list[int]:
    return [one for one, to in standing.items() if to.rescoring_id == rescoring_id]


def _covered(version_id: int, before: Correction | None) -> Covered:
    return Covered(version_id=version_id, **(before._asdict() if before else {}))


def _correction(was: Covered) -> Correction | None:
    if was.graded_by is None or was.rescoring_id is None:
        return None
    return Correction(was.graded_by, was.rescoring_id)


def _stands(past: Rescoring, standing: dict[int, Correction]) -> bool:
    """Tell whether a decision is the last one about all that it covers."""
    return all(one.version_id in standing and standing[one.version_id].rescoring_id == past.id for one in past.covers)


def _report(rescoring_id: int | None, extents: list[Extent]) -> Report:
    return Report(
        rescoring_id=rescoring_id,
        answers=sum(one.answers for one in extents),
        changed=sum(len(one.changed) for one in extents),
        up=sum(one.up for one in extents),
        down=sum(one.down for one in extents),
        learners=len({user for one in extents for user in one.learners}),
    )
