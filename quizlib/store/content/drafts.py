"""Rows of drafts: work on a question that is not a version yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.authoring import Draft
from quizlib.store.tables import drafts, users


class Elsewhere(NamedTuple):
    """Somebody else who works on the same question."""

    name: str
    changed_at: datetime


def add_draft(
    connection: Connection,
    user_id: int,
    *,
    question_id: str | None,
    version_id: int | None,
    topic: str,
    content: Mapping[str, Any],
    now: datetime,
) -> int:
    """Store a new draft and give its id."""
    made = connection.execute(
        sa.insert(drafts)
        .values(
            user_id=user_id,
            question_id=question_id,
            version_id=version_id,
            topic=topic,
            content=dict(content),
            seq=0,
            changed_at=now,
        )
        .returning(drafts.c.id)
    )
    return int(made.scalar_one())


def read_draft(connection: Connection, draft_id: int, user_id: int) -> Draft | None:
    """Give a person's own draft, or None."""
    wanted = sa.select(drafts).where(drafts.c.id == draft_id, drafts.c.user_id == user_id)
    row = connection.execute(wanted).mappings().one_or_none()
    return None if row is None else Draft(**row)


def drafts_of(connection: Connection, user_id: int) -> list[Draft]:
    """Give a person's drafts, the one changed last first."""
    wanted = sa.select(drafts).where(drafts.c.user_id == user_id).order_by(drafts.c.changed_at.desc(), drafts.c.id)
    return [Draft(**row) for row in connection.execute(wanted).mappings()]


def draft_of_question(connection: Connection, user_id: int, question_id: str) -> Draft | None:
    """Give a person's draft of a question, or None."""
    wanted = sa.select(drafts).where(drafts.c.user_id == user_id, drafts.c.question_id == question_id)
    row = connection.execute(wanted).mappings().one_or_none()
    return None if row is None else Draft(**row)


def keep_draft(connection: Connection, draft: Draft, *, seq: int, now: datetime) -> bool:
    """Store a draft as it is now, unless it was kept from elsewhere since `seq`; tell whether it was stored."""
    done = connection.execute(
        sa.update(drafts)
        .where(drafts.c.id == draft.id, drafts.c.user_id == draft.user_id, drafts.c.seq == seq)
        .values(
            topic=draft.topic, content=draft.content, version_id=draft.version_id, seq=drafts.c.seq + 1, changed_at=now
        )
    )
    return done.rowcount == 1


def drop_draft(connection: Connection, draft_id: int, user_id: int, *, seq: int | None = None) -> bool:
    """Take a person's draft away, but with `seq` not if it was kept from elsewhere since; tell whether it is gone."""
    since = [] if seq is None else [drafts.c.seq == seq]
    done = connection.execute(sa.delete(drafts).where(drafts.c.id == draft_id, drafts.c.user_id == user_id, *since))
    return done.rowcount == 1


def others_at(connection: Connection, question_id: str, user_id: int) -> list[Elsewhere]:
    """Give who else works on a question, the last one first."""
    rows = connection.execute(
        sa.select(users.c.name, drafts.c.changed_at)
        .join(users, users.c.id == drafts.c.user_id)
        .where(drafts.c.question_id == question_id, drafts.c.user_id != user_id)
        .order_by(drafts.c.changed_at.desc())
    )
    return [Elsewhere(row.name, row.changed_at) for row in rows]
