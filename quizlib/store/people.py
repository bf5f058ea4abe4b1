"""Rows of people."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from quizlib.model.attempt import Json
from quizlib.model.person import Role, TextSize, User
from quizlib.store.tables import users


def local_person(connection: Connection) -> User | None:
    """Give the one person of an app without sign-in; None before the first use."""
    found = connection.execute(sa.select(users).order_by(users.c.id).limit(1)).one_or_none()
    return None if found is None else _user(found)


def add_local_person(connection: Connection, now: datetime) -> User:
    """Add the one person of an app without sign-in, who has every role."""
    row = connection.execute(
        sa.insert(users).values(name="You", roles=sorted(Role), created_at=now).returning(users)
    ).one()
    return _user(row)


def change_user(connection: Connection, user_id: int, **values: object) -> None:
    """Set columns of one person."""
    connection.execute(sa.update(users).where(users.c.id == user_id).values(**values))


def last_choice(connection: Connection, user_id: int) -> Json | None:
    """Give what a person last chose to practise, or None."""
    chosen: Json | None = connection.scalar(sa.select(users.c.last_choice).where(users.c.id == user_id))
    return chosen


def _user(row: Row[tuple[object, ...]]) -> User:
    return User(
        id=row.id,
        name=row.name,
        roles=frozenset(map(Role, row.roles)),
        time_zone=row.time_zone,
        asks_confidence=row.asks_confidence,
        text_size=TextSize(row.text_size),
        shows_keys=row.shows_keys,
    )
