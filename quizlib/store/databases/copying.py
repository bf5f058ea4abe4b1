"""Every row of one database into another, whatever the two are."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DataError, IntegrityError

from quizlib.errors import DatabaseProblem
from quizlib.store.tables import metadata, processes

BATCH = 1000
# rows with a picture in each, of up to some megabytes
LARGE_BATCH = 10
Progress = Callable[[int, int], None]
# a sign of life belongs to the database that the process serves
COPIED = [table for table in metadata.sorted_tables if table is not processes]


def keep_writers_out(connection: Connection) -> None:
    """Have everybody else wait with changes until the transaction ends; on SQLite every write does."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"LOCK TABLE {', '.join(table.name for table in COPIED)} IN EXCLUSIVE MODE"))


def holds_anything(connection: Connection) -> bool:
    """Tell whether any table has a row."""
    return any(connection.scalar(sa.select(sa.literal(1)).select_from(table).limit(1)) for table in COPIED)


def empty(connection: Connection) -> None:
    """Take every row out."""
    for table in reversed(COPIED):
        connection.execute(sa.delete(table))


def copy_rows(source: Connection, target: Connection, progress: Progress | None = None) -> int:
    """Copy every row, give how many; raise DatabaseProblem when not all arrived.

    The target is empty and at the same revision. What is copied is the one state that the source's transaction sees.
    """
    total = sum(_count(source, table) for table in COPIED)
    done = 0
    for table in COPIED:
        before = done
        large = any(isinstance(column.type, sa.LargeBinary) for column in table.columns)
        # a row may point to an earlier one of its table; PostgreSQL gives them in no order of its own
        ordered = sa.select(table).order_by(*table.primary_key.columns)
        wanted = ordered.execution_options(yield_per=LARGE_BATCH if large else BATCH)
        with source.execute(wanted) as rows:
            for batch in rows.mappings().partitions():
                _add(target, table, [dict(row) for row in batch])
                done += len(batch)
                if progress is not None:
                    progress(done, total)
        if _count(target, table) != done - before:
            raise DatabaseProblem(f"Not every row of {table.name} arrived. Nothing was changed; try again.")
        _go_on_counting(target, table)
    return done


def _add(target: Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    try:
        target.execute(sa.insert(table), rows)
    except (DataError, IntegrityError) as error:
        what = str(error.orig).splitlines()[0]
        raise DatabaseProblem(
            f"A row of {table.name} does not fit: {what}. Nothing was changed. "
            "Look for damage where it comes from: quiz database check"
        ) from error


def _count(connection: Connection, table: sa.Table) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _go_on_counting(connection: Connection, table: sa.Table) -> None:
    """Have PostgreSQL number new rows behind the copied ones, as SQLite does by itself.

    A sequence is only ever moved on: it does not go back with a transaction that fails, the rows do.
    """
    key = table.autoincrement_column
    if connection.dialect.name == "postgresql" and key is not None:
        behind = sa.select(sa.func.coalesce(sa.func.max(key), 0) + 1).scalar_subquery()
        sequence = sa.func.pg_get_serial_sequence(table.name, key.name)
        number = sa.func.greatest(behind, sa.func.nextval(sequence))
        connection.execute(sa.select(sa.func.setval(sequence, number, False)))
