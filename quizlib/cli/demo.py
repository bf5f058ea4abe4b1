"""An invented class to look round in: load it, and take it away again."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from quizlib.cli.telling import as_json, progress, tell
from quizlib.config import settings_from
from quizlib.errors import Refused
from quizlib.model.person import User
from quizlib.services.app import App, open_app, open_for_upkeep, use
from quizlib.services.invented import loading, removing
from quizlib.services.people import accounts
from quizlib.services.people.people import local_person


@click.group()
def demo() -> None:
    """Load an invented class to look round in, or remove it: 60 made-up students over three months.

    While it is loaded every page says so. Its answers count in the figures of questions; nobody can sign in as one of
    its students, and nobody can join it.
    """


@demo.command()
@click.option("--instructor", "instructors", multiple=True, metavar="NAME", help="Who instructs it; repeat for more.")
@click.option("--yes", is_flag=True, help="Also where real classes have answered, whose figures it falsifies.")
@as_json
def load(instructors: tuple[str, ...], yes: bool, json_: bool) -> None:
    """Load the class, whole or not at all. On SQLite nobody else can answer for some seconds.

    Without sign-in it is yours. With sign-in, name the instructors who see it, as they sign in.
    """
    settings = settings_from()
    with open_app(settings, progress=progress("Taking in")) as app, _used(app):
        whose = _instructors(settings.sign_in, instructors)
        done = loading.load(
            app, whose, anyway=yes, progress=progress("Students"), counting=progress("Counting questions")
        )
    words = (
        f"{done.students} invented students, {done.assignments} assignments, {done.quizzes} quizzes, "
        f"{done.answers} answers.\nLook at Classes: {loading.NAME}. Take it away again with: quiz demo remove"
    )
    tell(done._asdict(), words, json_)


@demo.command()
@as_json
def remove(json_: bool) -> None:
    """Take the class away without a trace; stopped in the middle, do it again."""
    with open_for_upkeep(settings_from()) as app, _used(app):
        answers = removing.remove(app, progress("Counting questions"))
    tell({"answers": answers}, f"The invented class is gone, with {answers} answers.", json_)


def _instructors(sign_in: str, names: tuple[str, ...]) -> list[User]:
    if sign_in == "none":
        if names:
            raise Refused("There is no sign-in here, and the class is yours. Leave --instructor out.")
        return [local_person()]
    if not names:
        raise Refused("Say who instructs the class: --instructor NAME. See: quiz people list")
    return list({one.id: one for one in map(accounts.find, names)}.values())


@contextmanager
def _used(app: App) -> Iterator[None]:
    """Have this as the app of the process."""
    use(app)
    try:
        yield
    finally:
        use(None)
