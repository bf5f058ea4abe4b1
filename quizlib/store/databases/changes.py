"""Notes of change, by which processes find out that what they keep in memory is old."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.store.tables import changes


def note_change(connection: Connection, name: str) -> int:
    """Note that something changed, and give the new number; whoever writes it holds the turn of that thing."""
    changed = connection.execute(
        sa.update(changes).where(changes.c.name == name).values(number=changes.c.number + 1).returning(changes.c.number)
    ).scalar_one_or_none()
    if changed is None:
        connection.execute(sa.insert(changes).values(name=name, number=1))
    return int(changed or 1)


def change_number(connection: Connection, name: str) -> int:
    """Give how often something has changed."""
    return int(connection.scalar(_NUMBER, {"name": name}) or 0)


_NUMBER = sa.select(changes.c.number).where(changes.c.name == sa.bindparam("name"))
