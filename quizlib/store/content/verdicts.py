"""Rows of verdicts: what instructors think of versions."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.authoring import Approval, Judgement, Verdict
from quizlib.store.tables import questions, users, verdicts


def add_verdict(
    connection: Connection, version_id: int, user_id: int, judgement: Judgement, comment: str, now: datetime
) -> None:
    """Store a verdict."""
    connection.execute(
        sa.insert(verdicts).values(version_id=version_id, user_id=user_id, judgement=judgement, comment=comment, at=now)
    )


def verdicts_on(connection: Connection, version_ids: Sequence[int]) -> list[Verdict]:
    """Give the verdicts on versions, oldest first."""
    rows = connection.execute(
        sa.select(
            verdicts.c.version_id,
            verdicts.c.user_id,
            users.c.name,
            verdicts.c.judgement,
            verdicts.c.comment,
            verdicts.c.at,
        )
        .join(users, users.c.id == verdicts.c.user_id)
        .where(verdicts.c.version_id.in_(version_ids))
        .order_by(verdicts.c.id)
    )
    return [Verdict(**row) for row in rows.mappings()]


def approval_of(connection: Connection, version_id: int) -> Approval | None:
    """Give by whom and when a version was approved; None where the last word is another, or none."""
    said = verdicts_on(connection, [version_id])
    if not said or said[-1].judgement is not Judgement.APPROVE:
        return None
    return Approval(name=said[-1].name, at=said[-1].at)


def approvals(connection: Connection) -> dict[int, Approval]:
    """Give the approvals of current versions, by version id."""
    last = (
        sa.select(sa.func.max(verdicts.c.id))
        .join(questions, questions.c.version_id == verdicts.c.version_id)
        .group_by(verdicts.c.version_id)
    )
    rows = connection.execute(
        sa.select(verdicts.c.version_id, users.c.name, verdicts.c.at)
        .join(users, users.c.id == verdicts.c.user_id)
        .where(verdicts.c.id.in_(last), verdicts.c.judgement == Judgement.APPROVE)
    )
    return {row.version_id: Approval(name=row.name, at=row.at) for row in rows}
