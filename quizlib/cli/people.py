"""People who sign in: add, list, change roles, give a new password; and what is stored about one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from quizlib.cli.telling import as_json, tell
from quizlib.config import LOCAL_HOSTS, settings_from
from quizlib.errors import Refused
from quizlib.model.person import Role, User
from quizlib.services.app import open_for_upkeep, use
from quizlib.services.people import accounts, privacy

role_option = click.option(
    "--role",
    "roles",
    type=click.Choice([role.value for role in Role]),
    multiple=True,
    help="What this person may do beside taking quizzes.",
)


@click.group()
def people() -> None:
    """Look after accounts, where QUIZ_SIGN_IN is accounts or oidc."""


@people.command()
@click.argument("sign_in_name", metavar="NAME")
@click.option("--called", help="The name that others read; NAME without it.")
@role_option
@as_json
def add(sign_in_name: str, called: str | None, roles: tuple[str, ...], json_: bool) -> None:
    """Add somebody who signs in as NAME, and print a link with which they choose a password."""
    with _opened():
        user, token = accounts.add_person(called or sign_in_name, sign_in_name, map(Role, roles))
    told = {"id": user.id, "name": user.name, "sign_in_name": user.sign_in_name, "link": _link(token)}
    tell(told, f"{user.name} signs in as {user.sign_in_name}.\n{_hand_out(token)}", json_)


@people.command(name="list")
@as_json
def list_(json_: bool) -> None:
    """List everybody."""
    with _opened():
        everybody = accounts.everybody()
    rows = [
        {"id": one.id, "name": one.name, "sign_in_name": one.sign_in_name, "roles": sorted(one.roles)}
        for one in everybody
    ]
    tell(rows, "\n".join(map(_line, everybody)) or "Nobody yet.", json_)


@people.command()
@click.argument("person", metavar="NAME")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@as_json
def role(person: str, role: str, json_: bool) -> None:
    """Make NAME (or #7, a number from the list) an instructor, or a student only; it holds at once."""
    with _opened():
        found = accounts.find(person)
        accounts.set_roles(found, [Role(role)])
    tell({"id": found.id, "role": role}, f"{found.name} is {'an' if role[0] == 'i' else 'a'} {role} now.", json_)


@people.command()
@click.argument("person", metavar="NAME")
@as_json
def reset(person: str, json_: bool) -> None:
    """Print a link with which NAME chooses a new password."""
    with _opened():
        found = accounts.find(person)
        if found.sign_in_name is None:
            raise Refused(f"{found.name} has no name to sign in with, so no password.")
        token = accounts.reset(found)
    tell({"id": found.id, "link": _link(token)}, _hand_out(token), json_)


@click.group()
def person() -> None:
    """Give out or erase what is stored about one person, when they ask for it."""


@person.command()
@click.argument("name")
@click.option("-o", "--output", "file", type=click.Path(path_type=Path, dir_okay=False), required=True)
@as_json
def export(name: str, file: Path, json_: bool) -> None:
    """Write everything that is stored about NAME into a zip."""
    with _opened():
        content = privacy.download(accounts.find(name))
    try:
        with file.open("xb") as out:
            out.write(content)
    except FileExistsError:
        raise Refused(f"{file} exists already. Choose another name.") from None
    except OSError as error:
        raise Refused(f"{file} cannot be written: {error.strerror}.") from None
    tell({"file": str(file)}, f"Written to {file}.", json_)


@person.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@as_json
def erase(name: str, yes: bool, json_: bool) -> None:
    """Erase NAME for good; their answers stay for the statistics, without the person."""
    with _opened():
        found = accounts.find(name)
        if not yes:
            click.confirm(f"Erase {found.name} for good?", abort=True, err=True)
        privacy.erase(found, found.name)
    tell({"id": found.id}, f"{found.name} is erased.", json_)


@contextmanager
def _opened() -> Iterator[None]:
    """Have the app, without taking in question files, as the one of this process."""
    with open_for_upkeep(settings_from()) as app:
        use(app)
        try:
            yield
        finally:
            use(None)


def _link(token: str) -> str:
    return f"/link?key={token}"


def _hand_out(token: str) -> str:
    names = [host for host in settings_from().hosts if host not in LOCAL_HOSTS]
    where = f"https://{names[0]}" if names else "http://localhost:8501"
    return f"Hand out this link; it works once, for two weeks:\n{where}{_link(token)}"


def _line(one: User) -> str:
    roles = ", ".join(sorted(one.roles - {Role.STUDENT})) or "student"
    return f"#{one.id}  {one.name}  ({one.sign_in_name or 'no sign-in name'})  {roles}"
