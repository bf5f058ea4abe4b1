"""Rows of who is signed in where, of one-time links, and of failed tries. Tokens are known by their hash only."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from quizlib.model.person import Purpose, User
from quizlib.store.people.people import USER_COLUMNS, user_from
from quizlib.store.tables import links, sign_ins, throttles, users

# looked up at every run of every page, so built once
_WHO = (
    sa.select(*USER_COLUMNS, sign_ins.c.seen_at, sign_ins.c.expires_at, sign_ins.c.ended_at)
    .join_from(sign_ins, users, users.c.id == sign_ins.c.user_id)
    .where(sign_ins.c.token_hash == sa.bindparam("token_hash"), users.c.erased_at.is_(None))
)


class SignIn(NamedTuple):
    """One place where somebody is signed in."""

    token_hash: str
    user_id: int
    device: str
    made_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None


class Here(NamedTuple):
    """Who a token belongs to, and when it was last used."""

    user: User
    seen_at: datetime


class Link(NamedTuple):
    """A one-time link; without a person it makes one."""

    purpose: Purpose
    user_id: int | None
    expires_at: datetime
    used_at: datetime | None


def who(connection: Connection, token_hash: str, now: datetime) -> Here | None:
    """Give whose token this is; None when it ended, ran out or never was."""
    row = connection.execute(_WHO, {"token_hash": token_hash}).mappings().one_or_none()
    if row is None or row["ended_at"] is not None or row["expires_at"] <= now:
        return None
    return Here(user_from(row), row["seen_at"])


def add_sign_in(connection: Connection, **values: Any) -> None:
    """Store where somebody signed in."""
    connection.execute(sa.insert(sign_ins).values(values))


def was_seen(connection: Connection, token_hash: str) -> bool:
    """Tell whether a token was ever known, ended or not."""
    wanted = sa.select(sa.literal(1)).select_from(sign_ins).where(sign_ins.c.token_hash == token_hash)
    return connection.scalar(wanted) is not None


def see(connection: Connection, token_hash: str, now: datetime) -> None:
    """Note that a token was used."""
    connection.execute(sa.update(sign_ins).where(sign_ins.c.token_hash == token_hash).values(seen_at=now))


def end(connection: Connection, token_hash: str, now: datetime) -> None:
    """End one sign-in."""
    connection.execute(
        sa.update(sign_ins)
        .where(sign_ins.c.token_hash == token_hash, sign_ins.c.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all(connection: Connection, user_id: int, now: datetime, but: str = "") -> None:
    """End every sign-in of a person, except one."""
    connection.execute(
        sa.update(sign_ins)
        .where(sign_ins.c.user_id == user_id, sign_ins.c.token_hash != but, sign_ins.c.ended_at.is_(None))
        .values(ended_at=now)
    )


def living(connection: Connection, user_id: int, now: datetime) -> list[SignIn]:
    """Give where a person is signed in, the one seen last first."""
    rows = connection.execute(
        sa.select(sign_ins)
        .where(sign_ins.c.user_id == user_id, sign_ins.c.ended_at.is_(None), sign_ins.c.expires_at > now)
        .order_by(sign_ins.c.seen_at.desc())
    )
    return [SignIn(**row) for row in rows.mappings()]


def forget_old(connection: Connection, before: datetime) -> None:
    """Delete what ran out before a moment."""
    connection.execute(sa.delete(sign_ins).where(sign_ins.c.expires_at < before))
    connection.execute(sa.delete(links).where(links.c.expires_at < before))


def add_link(connection: Connection, **values: Any) -> None:
    """Store a one-time link."""
    connection.execute(sa.insert(links).values(values))


def add_links(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Store several one-time links."""
    if rows:
        connection.execute(sa.insert(links), rows)


def read_link(connection: Connection, token_hash: str) -> Link | None:
    """Give a one-time link, used or not; None when there never was one."""
    row = connection.execute(sa.select(links).where(links.c.token_hash == token_hash)).mappings().one_or_none()
    return None if row is None else _link(row)


def use_link(connection: Connection, token_hash: str, now: datetime) -> bool:
    """Use a link up; say whether it was still unused."""
    used = connection.execute(
        sa.update(links).where(links.c.token_hash == token_hash, links.c.used_at.is_(None)).values(used_at=now)
    )
    return used.rowcount == 1


def use_up_links(connection: Connection, now: datetime, *, user_id: int | None, purpose: Purpose) -> None:
    """Make every open link of one purpose and person useless."""
    whose = links.c.user_id.is_(None) if user_id is None else links.c.user_id == user_id
    connection.execute(
        sa.update(links).where(whose, links.c.purpose == purpose, links.c.used_at.is_(None)).values(used_at=now)
    )


def failures(connection: Connection, keys: list[str], since: datetime) -> dict[str, int]:
    """Give how often each key failed since a moment."""
    rows = connection.execute(
        sa.select(throttles.c.key, throttles.c.failures).where(throttles.c.key.in_(keys), throttles.c.since > since)
    )
    return {row.key: row.failures for row in rows}


def count_failure(connection: Connection, key: str, now: datetime, since: datetime) -> None:
    """Count one more failure of a key; what is older than `since` is forgotten, for every key."""
    forget_failures_before(connection, since)
    counted = connection.execute(
        sa.update(throttles).where(throttles.c.key == key).values(failures=throttles.c.failures + 1)
    )
    if not counted.rowcount:
        connection.execute(sa.insert(throttles).values(key=key, failures=1, since=now))


def take_back_failure(connection: Connection, key: str) -> None:
    """Take back one failure of a key, for a try that turned out to be none."""
    connection.execute(
        sa.update(throttles)
        .where(throttles.c.key == key, throttles.c.failures > 0)
        .values(failures=throttles.c.failures - 1)
    )


def any_failures_before(connection: Connection, moment: datetime) -> bool:
    """Tell whether failures from before a moment are still kept."""
    wanted = sa.select(sa.literal(1)).select_from(throttles).where(throttles.c.since <= moment).limit(1)
    return connection.scalar(wanted) is not None


def forget_failures_before(connection: Connection, moment: datetime) -> None:
    """Forget the failures from before a moment, of every key."""
    connection.execute(sa.delete(throttles).where(throttles.c.since <= moment))


def forget_failures(connection: Connection, keys: list[str]) -> None:
    """Forget the failures of some keys."""
    connection.execute(sa.delete(throttles).where(throttles.c.key.in_(keys)))


def _link(row: RowMapping) -> Link:
    return Link(Purpose(row["purpose"]), row["user_id"], row["expires_at"], row["used_at"])
