"""A database on PostgreSQL, and others on the same server."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
from sqlalchemy.engine import make_url
from store.postgres.asking import Open

from quizlib.store.databases.addresses import database_at
from quizlib.store.databases.database import Database


@pytest.fixture
def opened(database_url: str) -> Iterator[Open]:
    """Open the database of the test, or another address on the same server by parts of an address."""
    with ExitStack() as stack:

        def opened(*, patient: bool = False, **parts: str) -> Database:
            address = make_url(database_url).set(**parts).render_as_string(hide_password=False)
            return stack.enter_context(closing(database_at(address, patient=patient)))

        yield opened


@pytest.fixture
def database(opened: Open) -> Database:
    return opened()
