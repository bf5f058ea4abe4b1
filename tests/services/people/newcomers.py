"""People with an account by the pond, and what the database holds about them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import sqlalchemy as sa
from makers import NOON

from quizlib.model.person import Role, User
from quizlib.services.app import App
from quizlib.services.people import passwords
from quizlib.services.people.signing_in import sign_in
from quizlib.store.people import people

PASSWORD = "over the lily pads"
OTHER_PASSWORD = "under the old willow"


def account(app: App, sign_in_name: str = "nora", *roles: Role, name: str = "Nora Newt") -> User:
    """Make somebody who signs in with PASSWORD."""
    stored = passwords.hash_password(PASSWORD)
    with app.database.write() as connection:
        return people.add_user(
            connection, NOON, name=name, sign_in_name=sign_in_name, password=stored, roles={Role.STUDENT, *roles}
        )


def enter(name: str = "nora", password: str = PASSWORD, **more: str) -> str:
    """Sign in; give the token."""
    return sign_in(name, password, **more)


def rows_of(app: App, table: sa.Table) -> list[dict[str, Any]]:
    """Give every row of a table, in the order of its key."""
    with app.database.read() as connection:
        return [dict(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()]


def together(action: Callable[[int], Any], times: int) -> list[Any]:
    """Do something many times at once; give what came of each, also where that is a refusal."""

    def outcome(number: int) -> Any:
        try:
            return action(number)
        except Exception as refusal:
            return refusal

    with ThreadPoolExecutor(times) as crowd:
        return list(crowd.map(outcome, range(times)))
