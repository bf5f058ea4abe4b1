"""Rows of classes and of who is in them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from quizlib.model.classes import Class, Member
from quizlib.model.person import Role
from quizlib.store.tables import classes, memberships, users


def add_class(connection: Connection, *, name: str, join_code: str, made_by: int, now: datetime) -> int:
    """Store a class, with whoever made it as its instructor."""
    added = connection.execute(
        sa.insert(classes).values(name=name, join_code=join_code, made_by=made_by, made_at=now).returning(classes.c.id)
    ).scalar_one()
    add_members(connection, int(added), [made_by], Role.INSTRUCTOR, now)
    return int(added)


def read_class(connection: Connection, class_id: int) -> Class | None:
    """Give a class, or None."""
    row = connection.execute(sa.select(classes).where(classes.c.id == class_id)).mappings().one_or_none()
    return None if row is None else _class(row)


def every_class(connection: Connection) -> list[Class]:
    """Give every class, by name."""
    rows = connection.execute(sa.select(*_CLASS).order_by(classes.c.name, classes.c.id))
    return [_class(row) for row in rows.mappings()]


def by_join_code(connection: Connection, code: str) -> Class | None:
    """Give the class that a code opens, or None."""
    row = connection.execute(sa.select(classes).where(classes.c.join_code == code)).mappings().one_or_none()
    return None if row is None else _class(row)


def change_class(connection: Connection, class_id: int, **values: object) -> None:
    """Set columns of a class."""
    connection.execute(sa.update(classes).where(classes.c.id == class_id).values(**values))


def classes_of(connection: Connection, user_id: int) -> list[tuple[Class, Member]]:
    """Give the classes that a person is in, by name, with what they are there."""
    rows = connection.execute(
        sa.select(*_CLASS, *_MEMBER)
        .join_from(memberships, classes, classes.c.id == memberships.c.class_id)
        .join(users, users.c.id == memberships.c.user_id)
        .where(memberships.c.user_id == user_id)
        .order_by(classes.c.name, classes.c.id)
    )
    return [(_class(row), _member(row)) for row in rows.mappings()]


def membership(connection: Connection, class_id: int, user_id: int) -> Member | None:
    """Give what a person is in a class, or None."""
    row = (
        connection.execute(
            sa.select(*_MEMBER)
            .join_from(memberships, users, users.c.id == memberships.c.user_id)
            .where(memberships.c.class_id == class_id, memberships.c.user_id == user_id)
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else _member(row)


def members(connection: Connection, class_id: int) -> list[Member]:
    """Give everybody in a class, by name."""
    rows = connection.execute(
        sa.select(*_MEMBER)
        .join_from(memberships, users, users.c.id == memberships.c.user_id)
        .where(memberships.c.class_id == class_id)
        .order_by(users.c.name, users.c.id)
    )
    return [_member(row) for row in rows.mappings()]


def add_members(
    connection: Connection,
    class_id: int,
    user_ids: Sequence[int],
    role: Role,
    now: datetime,
    extra_time: Sequence[float] | None = None,
    account_made: Sequence[bool] | None = None,
) -> None:
    """Put people into a class in which they are not yet; say whose accounts were made by that."""
    times = extra_time or [1.0] * len(user_ids)
    made = account_made or [False] * len(user_ids)
    if user_ids:
        connection.execute(
            sa.insert(memberships),
            [
                {
                    "class_id": class_id,
                    "user_id": one,
                    "role": role,
                    "joined_at": now,
                    "extra_time": more,
                    "account_made": here,
                }
                for one, more, here in zip(user_ids, times, made, strict=True)
            ],
        )


def change_member(connection: Connection, class_id: int, user_id: int, **values: object) -> None:
    """Set columns of a membership."""
    connection.execute(
        sa.update(memberships)
        .where(memberships.c.class_id == class_id, memberships.c.user_id == user_id)
        .values(**values)
    )


def remove_member(connection: Connection, class_id: int, user_id: int) -> None:
    """Take a person out of a class."""
    connection.execute(
        sa.delete(memberships).where(memberships.c.class_id == class_id, memberships.c.user_id == user_id)
    )


def _class(row: RowMapping) -> Class:
    return Class(**{column.name: row[column.name] for column in _CLASS})


_CLASS = (classes.c.id, classes.c.name, classes.c.join_code, classes.c.made_at, classes.c.invented)
_MEMBER = (
    memberships.c.user_id,
    users.c.name.label("user_name"),
    users.c.sign_in_name,
    memberships.c.role,
    memberships.c.joined_at,
    memberships.c.extra_time,
    memberships.c.shares_practice,
    memberships.c.account_made,
    users.c.roles,
    sa.or_(users.c.password.is_not(None), users.c.subject_hash.is_not(None)).label("has_password"),
)


def _member(row: RowMapping) -> Member:
    return Member(
        user_id=row["user_id"],
        name=row["user_name"],
        sign_in_name=row["sign_in_name"],
        role=Role(row["role"]),
        joined_at=row["joined_at"],
        extra_time=row["extra_time"],
        shares_practice=row["shares_practice"],
        account_made=row["account_made"],
        instructs=row["role"] == Role.INSTRUCTOR and Role.INSTRUCTOR in row["roles"],
        has_password=row["has_password"],
    )
