"""What the students of a class practised by themselves, outside assignments."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.person import Role
from quizlib.store.tables import attempts, items, memberships


class Practised(NamedTuple):
    """How much one student answered, and how much of it was wholly right."""

    user_id: int
    answers: int
    right: int


def practised_since(connection: Connection, class_id: int, since: datetime) -> list[Practised]:
    """Give, for each student of a class who practised since a moment, the answers in quizzes begun since then."""
    wholly = sa.case((items.c.fraction >= 1, 1), else_=0)
    rows = connection.execute(
        sa.select(attempts.c.user_id, sa.func.count(), sa.func.sum(wholly))
        .join_from(memberships, attempts, attempts.c.user_id == memberships.c.user_id)
        .join(items, items.c.attempt_id == attempts.c.id)
        .where(
            memberships.c.class_id == class_id,
            memberships.c.role == Role.STUDENT,
            attempts.c.assignment_id.is_(None),
            sa.or_(attempts.c.finished_at >= since, attempts.c.finished_at.is_(None)),
            attempts.c.started_at >= since,
            items.c.answered_at.is_not(None),
        )
        .group_by(attempts.c.user_id)
        .order_by(attempts.c.user_id)
    )
    return [Practised(*row) for row in rows]
