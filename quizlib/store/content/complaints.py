"""Rows of complaints, and what instructors answer to them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from quizlib.model.attempt import Item, Json
from quizlib.model.authoring import About, Complaint
from quizlib.model.person import Role
from quizlib.store.content.statistics import out_of_date
from quizlib.store.ids import batched
from quizlib.store.tables import complaints, items, questions, replies, users, versions


@dataclass(frozen=True)
class ReportedRow:
    """A complaint with what an instructor needs to judge it.

    `number` is that of the version it is about, and `newer` tells whether another one is asked by now. `response` and
    `fraction` are the learner's own answer, `reporters` how many people ever reported the question.
    """

    complaint: Complaint
    number: int
    newer: bool
    response: Json | None
    fraction: float | None
    reporters: int
    replied_at: datetime | None


_ALL = complaints.alias("all_complaints")
_REPORTERS = sa.select(sa.func.count(sa.distinct(_ALL.c.user_id))).where(_ALL.c.question_id == complaints.c.question_id)
_REPORTED = (
    sa.select(
        *complaints.columns,
        replies.c.text.label("reply"),
        replies.c.at.label("replied_at"),
        versions.c.number,
        (questions.c.version_id != complaints.c.version_id).label("newer"),
        items.c.response,
        items.c.fraction,
        _REPORTERS.scalar_subquery().label("reporters"),
    )
    .join_from(complaints, items, items.c.id == complaints.c.item_id)
    .join(versions, versions.c.id == complaints.c.version_id)
    .join(questions, questions.c.id == complaints.c.question_id)
    .join(replies, replies.c.complaint_id == complaints.c.id, isouter=True)
    .order_by(complaints.c.at.desc(), complaints.c.id.desc())
)
_OPEN = complaints.c.closed_at.is_(None)
# an erased person's complaint is closed without an answer, and says nothing any more
_SAYS_SOMETHING = sa.or_(_OPEN, replies.c.complaint_id.is_not(None))
_NO_INSTRUCTOR = sa.cast(users.c.roles, sa.Text).not_like(f'%"{Role.INSTRUCTOR}"%')


def keep_complaint(connection: Connection, user_id: int, item: Item, about: About, text: str, now: datetime) -> None:
    """Store a complaint; in place of what this person said of the same version, as long as nobody has answered that."""
    said: dict[str, Any] = {"item_id": item.id, "about": about, "text": text, "at": now}
    the_same = (complaints.c.user_id == user_id, complaints.c.version_id == item.version_id, _OPEN)
    if not connection.execute(sa.update(complaints).where(*the_same).values(**said)).rowcount:
        about_what = {"user_id": user_id, "question_id": item.question_id, "version_id": item.version_id}
        connection.execute(sa.insert(complaints).values(**about_what, **said))
    out_of_date(connection, item.question_id)


def count_open(connection: Connection) -> int:
    """Count the complaints that wait for an answer."""
    return connection.scalar(sa.select(sa.func.count()).select_from(complaints).where(_OPEN)) or 0


def count_open_about(connection: Connection, question_ids: Collection[str]) -> dict[str, int]:
    """Count the complaints that wait for an answer, by question; those about which there are none are left out."""
    found: dict[str, int] = {}
    for some in batched(question_ids):
        wanted = sa.select(complaints.c.question_id, sa.func.count()).where(_OPEN, complaints.c.question_id.in_(some))
        found |= {row[0]: row[1] for row in connection.execute(wanted.group_by(complaints.c.question_id))}
    return found


def open_complaints(connection: Connection, limit: int, offset: int) -> list[ReportedRow]:
    """Give the complaints that wait for an answer, newest first."""
    return _read(connection, _REPORTED.where(_OPEN).limit(limit).offset(offset))


def answered_complaints(connection: Connection, limit: int, offset: int) -> list[ReportedRow]:
    """Give the complaints that were answered, newest first."""
    return _read(connection, _REPORTED.where(replies.c.complaint_id.is_not(None)).limit(limit).offset(offset))


def complaints_about(connection: Connection, question_id: str, limit: int) -> list[ReportedRow]:
    """Give the complaints about a question, open and answered, newest first."""
    wanted = _REPORTED.where(complaints.c.question_id == question_id, _SAYS_SOMETHING)
    return _read(connection, wanted.limit(limit))


def is_complaint(connection: Connection, complaint_id: int) -> bool:
    """Tell whether there is such a complaint, open or not."""
    return connection.scalar(sa.select(complaints.c.id).where(complaints.c.id == complaint_id)) is not None


def answer_complaint(
    connection: Connection, complaint_id: int, made_by: int, text: str, now: datetime
) -> Complaint | None:
    """Answer an open complaint and close it; None, and nothing stored, when it is not open."""
    closing = sa.update(complaints).where(complaints.c.id == complaint_id, _OPEN).values(closed_at=now)
    row = connection.execute(closing.returning(*complaints.columns)).mappings().one_or_none()
    if row is None:
        return None
    connection.execute(sa.insert(replies).values(complaint_id=complaint_id, made_by=made_by, text=text, at=now))
    out_of_date(connection, row["question_id"])
    return _complaint({**row, "reply": text})


def first_answers(
    connection: Connection, question_ids: Collection[str], *, of_everybody: bool
) -> dict[str, tuple[int, float]]:
    """Give how many first answers questions have and their mean, by question; those of instructors as is asked for."""
    wanted = (
        sa.select(items.c.question_id, sa.func.count(), sa.func.avg(items.c.fraction))
        .where(items.c.question_id.in_(question_ids), items.c.first == sa.true(), items.c.fraction.is_not(None))
        .group_by(items.c.question_id)
    )
    if not of_everybody:
        wanted = wanted.join(users, users.c.id == items.c.user_id).where(_NO_INSTRUCTOR)
    return {question_id: (answers, mean) for question_id, answers, mean in connection.execute(wanted)}


def _read(connection: Connection, wanted: sa.Select[Any]) -> list[ReportedRow]:
    return [
        ReportedRow(
            complaint=_complaint(row),
            number=row["number"],
            newer=bool(row["newer"]),
            response=row["response"],
            fraction=row["fraction"],
            reporters=row["reporters"],
            replied_at=row["replied_at"],
        )
        for row in connection.execute(wanted).mappings()
    ]


def _complaint(row: RowMapping | dict[str, Any]) -> Complaint:
    return Complaint(**{**{name: row[name] for name in Complaint.model_fields}, "about": About(row["about"])})
