"""People in the table of users, the smallest rows there are."""

from datetime import datetime

import sqlalchemy as sa
from makers import NOON

from quizlib.store.databases.database import Database
from quizlib.store.tables import users


def add(database: Database, name: str, created_at: datetime = NOON) -> None:
    with database.write() as connection:
        connection.execute(sa.insert(users).values(name=name, roles=[], created_at=created_at))


def names(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.scalars(sa.select(users.c.name).order_by(users.c.id)))
