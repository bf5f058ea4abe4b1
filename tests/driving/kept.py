"""One database on a server that is lent to test after test: emptying it takes a tenth of the time of making another."""

import time

import psycopg

from driving.postgres import Postgres

_OURS = 16_384  # FirstNormalObjectId in PostgreSQL: what is numbered lower is its own
# a change of a table, a setting or a right writes these rows anew; statistics are written into them
_STRUCTURE = f"""
    SELECT string_agg(one, ' ' ORDER BY one) FROM (
        SELECT 'class ' || oid || ' ' || xmin FROM pg_class WHERE oid >= {_OURS}
        UNION ALL SELECT 'column ' || attrelid || ' ' || attnum || ' ' || xmin FROM pg_attribute
            WHERE attrelid >= {_OURS}
        UNION ALL SELECT 'constraint ' || oid || ' ' || xmin FROM pg_constraint WHERE oid >= {_OURS}
        UNION ALL SELECT 'trigger ' || oid || ' ' || xmin FROM pg_trigger WHERE oid >= {_OURS}
        UNION ALL SELECT 'function ' || oid || ' ' || xmin FROM pg_proc WHERE oid >= {_OURS}
        UNION ALL SELECT 'schema ' || oid || ' ' || xmin FROM pg_namespace
        UNION ALL SELECT 'setting ' || setdatabase || ' ' || setrole || ' ' || xmin FROM pg_db_role_setting
        UNION ALL SELECT 'database ' || oid || ' ' || xmin FROM pg_database WHERE datname = current_database()
    ) AS every(one)
"""
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_SEQUENCES = "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"
_OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


class Kept:
    """A copy of a template, whose rows go after every test; a new one when a test changed more than rows."""

    def __init__(self, server: Postgres, template: str) -> None:
        self._server, self._template = server, template
        self._address = ""

    def lend(self) -> str:
        """Give the address of the database, which is as the template was."""
        if not self._address:
            self._address = self._server.fresh(self._template)
            with self._connection() as connection:
                self._structure = connection.execute(_STRUCTURE).fetchone()
                self._filled = {
                    table: rows for table in _names(connection, _TABLES) if (rows := _rows(connection, table))
                }
                self._emptying = _emptying(connection, set(self._filled))
        return self._address

    def take_back(self) -> None:
        """Cut off whoever is still connected, and empty it."""
        try:
            with self._connection() as connection:
                _cut_off(connection)
                connection.execute(self._emptying)
                same = connection.execute(_STRUCTURE).fetchone() == self._structure
                if same and all(_rows(connection, table) == rows for table, rows in self._filled.items()):
                    return
        except psycopg.Error:
            pass  # it is gone, or nobody gets in, or it has other tables
        self._server.drop(self._address)
        self._address = ""

    def _connection(self) -> psycopg.Connection:
        return psycopg.connect(self._address.replace("+psycopg", ""), autocommit=True)


def _names(connection: psycopg.Connection, question: str) -> list[str]:
    return [name for (name,) in connection.execute(question.encode())]


def _rows(connection: psycopg.Connection, table: str) -> list[tuple[object, ...]]:
    return connection.execute(f'SELECT * FROM "{table}"'.encode()).fetchall()


def _emptying(connection: psycopg.Connection, filled: set[str]) -> bytes:
    """Empty every table that the template leaves empty, in any order, and begin to count from 1 again."""
    tables = [f'DELETE FROM "{table}"' for table in _names(connection, _TABLES) if table not in filled]
    sequences = [f"SELECT setval('\"{name}\"', 1, false)" for name in _names(connection, _SEQUENCES)]
    return "; ".join(["BEGIN", "SET LOCAL session_replication_role = replica", *tables, *sequences, "COMMIT"]).encode()


def _cut_off(connection: psycopg.Connection) -> None:
    while connection.execute(f"SELECT count(pg_terminate_backend(pid)) {_OTHERS}".encode()).fetchone() != (0,):
        time.sleep(0.001)
