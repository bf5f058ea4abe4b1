"""What is stored about a person: the one list that both download and erasure follow.

A test fails when a table with a column of people is missing from it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.person import TextSize
from quizlib.store.tables import (
    assignments,
    attempts,
    catalogue_entries,
    classes,
    complaints,
    drafts,
    items,
    links,
    media,
    memberships,
    notices,
    replies,
    rescorings,
    sign_ins,
    steps,
    users,
    verdicts,
    versions,
)


class OnErasure(StrEnum):
    """What becomes of a row when the person it names erases themself."""

    CLEAR = "clear"  # the row stays, and says nothing about anybody
    DELETE = "delete"
    KEEP = "keep"  # it says nothing but a number, which by then leads to a cleared row


@dataclass(frozen=True)
class Personal:
    """A table with rows of a person, by which column, what is downloaded, and what erasure does.

    `secret` columns are never downloaded: hashes help nobody but a thief.
    """

    table: sa.Table
    column: str
    on_erasure: OnErasure
    secret: tuple[str, ...] = ()


PERSONAL = (
    Personal(users, "id", OnErasure.CLEAR, ("password", "subject_hash")),
    # a provider's token may still be in other tabs of the browser: that it ended must stay known
    Personal(sign_ins, "user_id", OnErasure.CLEAR, ("token_hash",)),
    Personal(links, "user_id", OnErasure.DELETE, ("token_hash",)),
    Personal(memberships, "user_id", OnErasure.DELETE),
    Personal(attempts, "user_id", OnErasure.KEEP),
    Personal(items, "user_id", OnErasure.KEEP, ("asked_hash",)),
    Personal(steps, "actor_id", OnErasure.KEEP),
    Personal(versions, "saved_by", OnErasure.KEEP, ("content_hash", "asked_hash")),
    Personal(classes, "made_by", OnErasure.KEEP),
    Personal(assignments, "made_by", OnErasure.KEEP),
    Personal(drafts, "user_id", OnErasure.DELETE),
    Personal(verdicts, "user_id", OnErasure.KEEP),
    Personal(catalogue_entries, "saved_by", OnErasure.KEEP),
    Personal(media, "saved_by", OnErasure.KEEP, ("content", "content_hash")),
    # what is wrong with a question stays; who said so, and in which words, does not
    Personal(complaints, "user_id", OnErasure.CLEAR),
    Personal(replies, "made_by", OnErasure.KEEP),
    Personal(rescorings, "made_by", OnErasure.KEEP),
    Personal(notices, "user_id", OnErasure.DELETE),
)
_BATCH = 1000


def rows_about(
    connection: Connection, one: Personal, user_id: int, hide: Callable[[dict[str, Any]], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Give the rows of one table about a person without what is secret, each as `hide` leaves it."""
    shown = [column for column in one.table.columns if column.name not in one.secret]
    order = list(one.table.primary_key.columns)
    whose = one.table.c[one.column] == user_id
    if one.table is steps:
        # an answer is of whom gave it, also where somebody else marked it again
        whose = steps.c.item_id.in_(sa.select(items.c.id).where(items.c.user_id == user_id))
    wanted = sa.select(*shown).where(whose).order_by(*order)
    with connection.execute(wanted.execution_options(yield_per=_BATCH)) as found:
        for row in found.mappings():
            yield hide(dict(row))


def erase(connection: Connection, user_id: int, now: datetime) -> None:
    """Take away everything that says who a person was; their answers stay, without anybody."""
    for one in PERSONAL:
        column = one.table.c[one.column]
        match one.on_erasure:
            case OnErasure.DELETE:
                connection.execute(sa.delete(one.table).where(column == user_id))
            case OnErasure.CLEAR:
                connection.execute(sa.update(one.table).where(column == user_id).values(**_CLEARED[one.table](now)))
            case OnErasure.KEEP:
                pass


def _nobody(now: datetime) -> dict[str, object]:
    # the roles stay: an instructor's own answers are no learner's, also when nobody knows any more whose they were
    return {
        "name": "",
        "time_zone": "UTC",
        "asks_confidence": False,
        "text_size": TextSize.NORMAL,
        "shows_keys": True,
        "last_choice": None,
        "sign_in_name": None,
        "password": None,
        "subject_hash": None,
        "erased_at": now,
    }


def _nowhere(now: datetime) -> dict[str, object]:
    return {"device": "", "made_at": now, "seen_at": now, "ended_at": now}


def _wordless(now: datetime) -> dict[str, object]:
    return {"text": "", "closed_at": now}


_CLEARED = {users: _nobody, sign_ins: _nowhere, complaints: _wordless}
