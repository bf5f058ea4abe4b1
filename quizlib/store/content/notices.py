"""Rows of what people find on the home page until they put it away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.authoring import Notice, Tidings
from quizlib.store.tables import notices, questions, replies, rescorings, versions


def add_notices(connection: Connection, told: Sequence[dict[str, Any]]) -> None:
    """Store notices; each gives user_id, about, question_id, at, and attempt_id, complaint_id or rescoring_id."""
    if told:
        blank = {"attempt_id": None, "complaint_id": None, "rescoring_id": None}
        connection.execute(sa.insert(notices), [{**blank, **one} for one in told])


def unread_notices(connection: Connection, user_id: int) -> list[Notice]:
    """Give what a person has not put away, newest first, with the reason or the answer."""
    rows = connection.execute(
        sa.select(
            notices.c.id,
            notices.c.about,
            notices.c.question_id,
            notices.c.attempt_id,
            versions.c.content["stem"].as_string().label("stem"),
            sa.func.coalesce(rescorings.c.reason, replies.c.text, "").label("text"),
            notices.c.at,
        )
        .join(questions, questions.c.id == notices.c.question_id)
        .join(versions, versions.c.id == questions.c.version_id)
        .join(rescorings, rescorings.c.id == notices.c.rescoring_id, isouter=True)
        .join(replies, replies.c.complaint_id == notices.c.complaint_id, isouter=True)
        .where(notices.c.user_id == user_id, notices.c.read_at.is_(None))
        .order_by(notices.c.id.desc())
    )
    return [Notice(**{**row, "about": Tidings(row["about"])}) for row in rows.mappings()]


def put_away(connection: Connection, user_id: int, ids: Sequence[int], now: datetime) -> None:
    """Note that a person has read notices of theirs."""
    connection.execute(
        sa.update(notices)
        .where(notices.c.user_id == user_id, notices.c.id.in_(ids), notices.c.read_at.is_(None))
        .values(read_at=now)
    )
