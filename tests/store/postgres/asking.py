"""Open a database on the server, and ask it something."""

from collections.abc import Callable

from quizlib.store.databases.database import Database

Open = Callable[..., Database]


def ask(database: Database, question: str = "SELECT 1", turn: int | None = None) -> object:
    """Ask in a write, as every page with a press does."""
    with database.write(turn) as connection:
        return connection.exec_driver_sql(question).scalar()
