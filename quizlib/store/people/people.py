"""Rows of people."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from quizlib.model.attempt import Json
from quizlib.model.person import Role, TextSize, User
from quizlib.store.ids import batched
from quizlib.store.tables import users

_PRESENT = sa.select(users).where(users.c.erased_at.is_(None), ~users.c.invented).order_by(users.c.id)
_BY_ID = sa.select(users).where(users.c.id == sa.bindparam("user_id"))
USER_COLUMNS = tuple(
    users.c[name]
    for name in (
        "id",
        "name",
        "sign_in_name",
        "roles",
        "time_zone",
        "asks_confidence",
        "text_size",
        "shows_keys",
    )
)


def local_person(connection: Connection) -> User | None:
    """Give the one person of an app without sign-in; None before the first use."""
    found = connection.execute(_PRESENT.limit(1)).mappings().one_or_none()
    return None if found is None else user_from(found)


def unclaimed_person(connection: Connection) -> User | None:
    """Give the one person of a laptop until somebody has taken over what they did; None otherwise."""
    nobodys = (users.c.sign_in_name.is_(None), users.c.subject_hash.is_(None), users.c.password.is_(None))
    row = connection.execute(_PRESENT.where(*nobodys).limit(1)).mappings().one_or_none()
    return None if row is None else user_from(row)


def add_local_person(connection: Connection, now: datetime) -> User:
    """Add the one person of an app without sign-in, who has every role."""
    return add_user(connection, now, name="You", roles=Role)


def add_user(connection: Connection, now: datetime, *, name: str, roles: Iterable[Role], **more: Any) -> User:
    """Add a person."""
    values = {"name": name, "roles": sorted(roles), "created_at": now, **more}
    return user_from(connection.execute(sa.insert(users).values(values).returning(users)).mappings().one())


def add_users(connection: Connection, now: datetime, people: Sequence[dict[str, Any]]) -> list[int]:
    """Add people, each with name, sign_in_name and roles; give their ids in the same order."""
    rows = [{**one, "roles": sorted(one["roles"]), "created_at": now} for one in people]
    added = connection.execute(sa.insert(users).returning(users.c.id, sort_by_parameter_order=True), rows)
    return [int(row.id) for row in added]


def read_user(connection: Connection, user_id: int) -> User | None:
    """Give a person who is not erased, or None."""
    row = connection.execute(_BY_ID, {"user_id": user_id}).mappings().one_or_none()
    return None if row is None or row["erased_at"] is not None else user_from(row)


def real_user(connection: Connection, user_id: int) -> User | None:
    """Give a person who is neither erased nor invented, or None."""
    row = connection.execute(_PRESENT.where(users.c.id == user_id)).mappings().one_or_none()
    return None if row is None else user_from(row)


def present(connection: Connection) -> list[User]:
    """Give everybody who is not erased, invented or not, by name."""
    rows = connection.execute(sa.select(users).where(users.c.erased_at.is_(None)).order_by(users.c.name, users.c.id))
    return [user_from(row) for row in rows.mappings()]


def by_sign_in_name(connection: Connection, sign_in_name: str) -> tuple[User, str | None] | None:
    """Give the person who signs in under a name, with the hash of their password; None when there is none."""
    row = connection.execute(sa.select(users).where(users.c.sign_in_name == sign_in_name)).mappings().one_or_none()
    return None if row is None else (user_from(row), row["password"])


def by_subject(connection: Connection, subject_hash: str) -> User | None:
    """Give the person whom a provider knows, or None."""
    row = connection.execute(sa.select(users).where(users.c.subject_hash == subject_hash)).mappings().one_or_none()
    return None if row is None else user_from(row)


def taken_names(connection: Connection, sign_in_names: Sequence[str]) -> dict[str, int]:
    """Give those of some names that people sign in under, with whose they are."""
    found: dict[str, int] = {}
    for some in batched(sign_in_names):
        rows = connection.execute(sa.select(users.c.sign_in_name, users.c.id).where(users.c.sign_in_name.in_(some)))
        found |= {row.sign_in_name: row.id for row in rows}
    return found


def names_of(connection: Connection, user_ids: Sequence[int]) -> dict[int, str]:
    """Give the names of people."""
    found: dict[int, str] = {}
    for some in batched(user_ids):
        rows = connection.execute(sa.select(users.c.id, users.c.name).where(users.c.id.in_(some)))
        found |= {row.id: row.name for row in rows}
    return found


def everybody(connection: Connection) -> list[User]:
    """Give everybody who is not erased or invented, by name."""
    rows = connection.execute(_PRESENT.order_by(None).order_by(users.c.name, users.c.id))
    return [user_from(row) for row in rows.mappings()]


def anybody_with_account(connection: Connection) -> bool:
    """Tell whether anybody can sign in."""
    known = sa.or_(users.c.password.is_not(None), users.c.subject_hash.is_not(None))
    return connection.scalar(sa.select(sa.literal(1)).select_from(users).where(known).limit(1)) is not None


def password_of(connection: Connection, user_id: int) -> str | None:
    """Give the hash of a person's password, or None."""
    found: str | None = connection.scalar(sa.select(users.c.password).where(users.c.id == user_id))
    return found


def change_user(connection: Connection, user_id: int, **values: object) -> None:
    """Set columns of one person; of somebody who was erased meanwhile nothing is known any more."""
    connection.execute(sa.update(users).where(users.c.id == user_id, users.c.erased_at.is_(None)).values(**values))


def last_choice(connection: Connection, user_id: int) -> Json | None:
    """Give what a person last chose to practise, or None."""
    chosen: Json | None = connection.scalar(sa.select(users.c.last_choice).where(users.c.id == user_id))
    return chosen


def user_from(row: RowMapping) -> User:
    """Read a person from a row with the columns USER_COLUMNS."""
    return User(
        id=row["id"],
        name=row["name"],
        sign_in_name=row["sign_in_name"],
        roles=frozenset(map(Role, row["roles"])),
        time_zone=row["time_zone"],
        asks_confidence=row["asks_confidence"],
        text_size=TextSize(row["text_size"]),
        shows_keys=row["shows_keys"],
    )
