"""Learners say that something is wrong with a question; instructors read it and answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizlib.engine.behaviour import visible
from quizlib.errors import NotFound, Refused
from quizlib.kinds import kind_of
from quizlib.model.authoring import About, Complaint, Tidings
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services import permissions
from quizlib.services.app import App, current
from quizlib.services.people.people import tidy_name
from quizlib.services.quizzes.sheets import standing, told
from quizlib.store.content import complaints as rows
from quizlib.store.content.complaints import ReportedRow
from quizlib.store.content.notices import add_notices
from quizlib.store.databases.database import Connection

LONGEST = 1000
MOST = 100
NO_REPORT = "This report is not here. Reload the page to see those that are."


@dataclass(frozen=True)
class Reported:
    """A complaint as an instructor reads it: not who it is from, since practice shows nobody by name.

    `question` is the version it is about, whose number is `number`; `newer` tells that another one is asked by now.
    `answer` is what the learner had answered, in words. `reporters` is how many people reported the question, and
    `share_right` what share of `answers` first answers to it was right.
    """

    complaint: Complaint
    question: Question
    number: int
    newer: bool
    answer: str | None
    right: bool | None
    reporters: int
    answers: int
    share_right: float | None
    replied_at: datetime | None


def complain(actor: User, attempt_id: int, item_id: int, about: About, text: str = "") -> None:
    """Report what is wrong with a question whose answer the actor has been told.

    Said again, it takes the place of what was said before, until an instructor has answered. Raises Refused.
    """
    text = _good_text(text)
    if about is About.OTHER and not text:
        raise Refused("Say in a few words what is wrong.")
    app = current()
    with app.database.write(actor.id) as connection:
        permissions.require_person(connection, actor)
        found = standing(connection, actor, attempt_id, item_id)
        attempt = found.attempt
        finished = attempt.finished_at is not None
        if not visible(found.item, attempt.behaviour, finished, told(app, connection, attempt)).feedback:
            raise Refused("Its answer is not told yet. Report the question when you have seen what is right.")
        rows.keep_complaint(connection, actor.id, found.item, about, text, app.clock())


def queue(actor: User, *, closed: bool = False, limit: int = 20, offset: int = 0) -> list[Reported]:
    """Give what learners reported, newest first: what waits for an answer, or what was answered."""
    permissions.require_instructor(actor)
    app = current()
    read = rows.answered_complaints if closed else rows.open_complaints
    with app.database.read() as connection:
        permissions.require_person(connection, actor)
        return _reported(app, connection, read(connection, min(limit, MOST), offset))


def of_question(actor: User, question_id: str) -> list[Reported]:
    """Give what learners reported of one question, answered or not, newest first."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.read() as connection:
        permissions.require_person(connection, actor)
        return _reported(app, connection, rows.complaints_about(connection, question_id, MOST))


def open_count(actor: User) -> int:
    """Count what waits for an answer."""
    permissions.require_instructor(actor)
    with current().database.read() as connection:
        permissions.require_person(connection, actor)
        return rows.count_open(connection)


def answer(actor: User, complaint_id: int, text: str) -> None:
    """Answer a complaint, which closes it; its learner finds the answer on the home page. Raises Refused."""
    permissions.require_instructor(actor)
    text = _good_text(text)
    if not text:
        raise Refused("Write an answer; the learner reads it on the home page.")
    app = current()
    with app.database.write(actor.id) as connection:
        permissions.require_person(connection, actor)
        now = app.clock()
        answered = rows.answer_complaint(connection, complaint_id, actor.id, text, now)
        if answered is None and rows.is_complaint(connection, complaint_id):
            raise Refused("Somebody has answered this meanwhile. Nothing was changed.")
        if answered is None:
            raise NotFound(NO_REPORT)
        tidings = {"user_id": answered.user_id, "about": Tidings.REPLY, "question_id": answered.question_id}
        add_notices(connection, [{**tidings, "complaint_id": complaint_id, "at": now}])


def _good_text(text: str) -> str:
    """Give lines without stray spaces and without characters that are no text; raise Refused when they are too long."""
    too_long = f"The text is too long. Write at most {LONGEST} characters."
    if len(text) > 20 * LONGEST:  # not worth tidying
        raise Refused(too_long)
    lines = map(tidy_name, text.splitlines())
    kept = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if len(kept) > LONGEST:
        raise Refused(f"{too_long} It has {len(kept)}.")
    return kept


def _reported(app: App, connection: Connection, found: Sequence[ReportedRow]) -> list[Reported]:
    asked = app.questions(connection, {row.complaint.version_id for row in found})
    # the one person of a laptop has every role, and learns all the same
    ids = {row.complaint.question_id for row in found}
    firsts = rows.first_answers(connection, ids, of_everybody=app.alone) if ids else {}
    told_rows = []
    for row in found:
        question = asked[row.complaint.version_id]
        answers, mean = firsts.get(row.complaint.question_id, (0, None))
        told_rows.append(
            Reported(
                complaint=row.complaint,
                question=question,
                number=row.number,
                newer=row.newer,
                answer=None if row.response is None else kind_of(question).summary(question.body, row.response),
                right=None if row.fraction is None else row.fraction >= 1,
                reporters=row.reporters,
                answers=answers,
                share_right=mean,
                replied_at=row.replied_at,
            )
        )
    return told_rows
