"""The app with names and passwords: one database, one or two server processes, and the console beside them."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from click.testing import CliRunner

from driving.server import Server
from quizlib.cli import quiz
from quizlib.config import Settings
from quizlib.model.person import Role, User
from quizlib.services.app import App, open_app, use
from quizlib.services.people.signing_in import open_sign_in
from quizlib.store.databases.database import PEOPLE
from quizlib.store.people import people


@dataclass(frozen=True)
class School:
    """The servers of one database."""

    settings: Settings
    servers: tuple[Server, ...]

    @property
    def url(self) -> str:
        """Give the address of the first process."""
        return self.servers[0].url

    @property
    def other_url(self) -> str:
        """Give the address of the other process, where there are two."""
        return self.servers[-1].url

    def console(self, *arguments: str) -> Any:
        """Run `quiz` with `--json` beside the servers, and give what it said."""
        environment = {
            "QUIZ_DATABASE_URL": self.settings.database_url,
            "QUIZ_QUESTIONS": str(self.settings.questions),
            "QUIZ_SIGN_IN": "accounts",
        }
        done = CliRunner().invoke(quiz, [*arguments, "--json"], env=environment)
        assert done.exit_code == 0, done.output
        return json.loads(done.output)

    def first_link(self) -> str | None:
        """Give the path of the link that `quiz serve` printed for the first instructor, if it did."""
        found = re.search(r"http://localhost:\d+(/link\?key=\S+)", self.servers[0].log)
        return found[1] if found else None

    @contextmanager
    def opened(self) -> Iterator[App]:
        """Work on the database through the services, for what a story takes for granted."""
        with open_app(self.settings) as app:
            use(app)
            try:
                yield app
            finally:
                use(None)


def add(app: App, name: str, *, instructs: bool = False) -> tuple[User, str]:
    """Add somebody, such as Ann Frog, who signs in as ann.frog; give them and the token of a sign-in."""
    roles = [Role.STUDENT, *([Role.INSTRUCTOR] if instructs else [])]
    with app.database.write(PEOPLE) as connection:
        user = people.add_user(
            connection, app.clock(), name=name, sign_in_name=name.lower().replace(" ", "."), roles=roles
        )
        return user, open_sign_in(app, connection, user.id, device="Chrome on Linux")


def sign_in_again(school: School, user: User) -> str:
    """Give the token of another sign-in of somebody."""
    with school.opened() as app, app.database.write(PEOPLE) as connection:
        return open_sign_in(app, connection, user.id, device="Chrome on Linux")
