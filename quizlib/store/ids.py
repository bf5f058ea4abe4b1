"""Many ids at once, as one long text: a row of its own for each of 100,000 ids takes twice as long and more."""

from collections.abc import Collection, Iterator
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

One = TypeVar("One")
FEW = 2_000  # as many as a query names at once
_BETWEEN = " "  # stands in no id


def ids_of(connection: Connection, wanted: sa.Select[tuple[str]]) -> list[str]:
    """Give the ids that a query selects, in its order."""
    # both databases aggregate the rows of an ordered subquery in its order
    text = connection.scalar(sa.select(_together(wanted.subquery().c[0])))
    return text.split(_BETWEEN) if text else []


def ids_by(connection: Connection, wanted: sa.Select[tuple[str, Any]]) -> dict[Any, list[str]]:
    """Give the ids that a query selects as its first column, in no order, by the value of its second."""
    found = wanted.subquery()
    by = found.c[1]
    rows = connection.execute(sa.select(by, _together(found.c[0])).group_by(by))
    return {value: text.split(_BETWEEN) for value, text in rows}


def batched(ids: Collection[One]) -> Iterator[list[One]]:
    """Cut many ids into as many as a query names at once."""
    every = list(ids)
    return (every[start : start + FEW] for start in range(0, len(every), FEW))


def _together(ids: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    return sa.func.aggregate_strings(ids, _BETWEEN)
