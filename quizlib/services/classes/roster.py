"""A class list out of a file: looked at first, then taken in whole or not at all."""

import secrets
from dataclasses import dataclass
from typing import NamedTuple

from quizlib.errors import Problem, Refused
from quizlib.interop.table import read_table, write_csv
from quizlib.model.person import Purpose, Role, User
from quizlib.services import permissions
from quizlib.services.app import App, current
from quizlib.services.classes.ends import move_ends
from quizlib.services.people.accounts import LINK_LASTS, good_sign_in_name
from quizlib.services.people.people import good_name
from quizlib.services.people.signing_in import hash_of, plain_name
from quizlib.store.databases.database import PEOPLE, Connection
from quizlib.store.people import classes, people
from quizlib.store.people import sign_ins as links

MOST = 5_000
# what the columns may be called, in lists from schools; compared without case, spaces and signs
_NAME = {"name", "fullname", "student", "studentname", "displayname", "learner"}
_FIRST = {"firstname", "givenname", "forename"}
_LAST = {"lastname", "surname", "familyname"}
_SIGN_IN = {"signinname", "username", "login", "loginid", "email", "emailaddress", "mail", "userid", "sisloginid"}
_EXTRA = {"extratime", "extra", "timefactor", "accommodation"}
HEADER = "Write a first row with the names of the columns: name, and username or email."


class Entry(NamedTuple):
    """One student of a list; `user_id` where this person has an account, `member` where they are in the class."""

    line: int
    name: str
    sign_in_name: str
    extra_time: float
    user_id: int | None
    member: bool


@dataclass(frozen=True)
class Preview:
    """What a list would do: everybody in it, and what must be fixed before any of it is taken in."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]

    @property
    def new(self) -> int:
        """How many accounts would be made."""
        return sum(one.user_id is None for one in self.entries)

    @property
    def joining(self) -> int:
        """How many would be put into the class."""
        return sum(not one.member for one in self.entries)


class Taken(NamedTuple):
    """Somebody who was taken in; `token` of a link to choose a password where the account is new."""

    name: str
    sign_in_name: str
    token: str | None


def preview(actor: User, class_id: int, content: bytes, name: str) -> Preview:
    """Read a CSV or XLSX file as a class list and tell what it would do; nothing is stored. Raises Refused."""
    app = current()
    with app.database.read() as connection:
        permissions.require_real(permissions.class_taught(connection, actor, class_id))
    rows = read_table(content, name)
    header, *rest = rows
    columns = _columns(header[1])
    if len(rest) > MOST:
        raise Refused(f"{name} lists {len(rest):,} people. Take at most {MOST:,} at a time.")
    if not rest:
        raise Refused(f"{name} has column names and nobody under them.")
    read = [_read(line, cells, columns) for line, cells in rest]
    problems = [one for one in read if isinstance(one, Problem)]
    entries = [one for one in read if isinstance(one, Entry)]
    problems += _repeated(entries)
    with app.database.read() as connection:
        entries, strangers = _known(connection, class_id, entries)
    problems += strangers
    return Preview(tuple(entries), tuple(sorted(problems, key=lambda one: int(one.where.removeprefix("line ")))))


def take_in(actor: User, class_id: int, wanted: Preview) -> list[Taken]:
    """Make the accounts that are missing and put everybody into the class, all in one transaction.

    Raises Refused when the list has problems, or when an account was made meanwhile under one of its names.
    """
    if wanted.problems:
        raise Refused("The list has lines that must be fixed first. Nothing was taken in.")
    app = current()
    with app.database.write(PEOPLE) as connection:
        permissions.require_real(permissions.class_taught(connection, actor, class_id))
        entries, strangers = _known(connection, class_id, list(wanted.entries))
        if strangers:
            raise Refused(f"{strangers[0]} Nothing was taken in.")
        tokens = _make_accounts(app, connection, [one for one in entries if one.user_id is None])
        ids = people.taken_names(connection, [one.sign_in_name for one in entries])
        joining = [one for one in entries if not one.member]
        classes.add_members(
            connection,
            class_id,
            [ids[one.sign_in_name] for one in joining],
            Role.STUDENT,
            app.clock(),
            [one.extra_time for one in joining],
            [one.sign_in_name in tokens for one in joining],
        )
        for one in entries:
            if one.member and one.extra_time != 1:
                classes.change_member(connection, class_id, ids[one.sign_in_name], extra_time=one.extra_time)
        move_ends(connection, class_id)
    return [Taken(one.name, one.sign_in_name, tokens.get(one.sign_in_name)) for one in entries]


def links_as_csv(taken: list[Taken], address: str) -> str:
    """Write who was taken in with the link of each, to be handed out."""
    rows = [
        (one.name, one.sign_in_name, f"{address}/link?key={one.token}" if one.token else "has an account")
        for one in taken
    ]
    return write_csv(("name", "sign-in name", "link to choose a password, valid once and for two weeks"), rows)


def _columns(header: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    plain = ["".join(letter for letter in cell.casefold() if letter.isalpha()) for cell in header]
    for field, known in (("name", _NAME), ("first", _FIRST), ("last", _LAST), ("sign_in", _SIGN_IN), ("extra", _EXTRA)):
        for place, cell in enumerate(plain):
            if cell in known:
                found.setdefault(field, place)
    if "sign_in" not in found or not ("name" in found or "last" in found):
        raise Refused(f"The first row names no column for names and none to sign in with. {HEADER}")
    return found


def _read(line: int, cells: list[str], columns: dict[str, int]) -> Entry | Problem:
    def cell(field: str) -> str:
        place = columns.get(field)
        return cells[place] if place is not None and place < len(cells) else ""

    try:
        name = good_name(cell("name") or f"{cell('first')} {cell('last')}")
        return Entry(line, name, good_sign_in_name(cell("sign_in")), _factor(cell("extra")), None, False)
    except Refused as refusal:
        return Problem(f"line {line}", str(refusal), "")


def _factor(text: str) -> float:
    """Read extra time: `1.25`, `1,25`, `25 %`; nothing is none."""
    if not text:
        return 1.0
    plain = text.replace(",", ".").replace(" ", "").removesuffix("×").removesuffix("x")
    try:
        factor = 1 + float(plain[:-1]) / 100 if plain.endswith("%") else float(plain)
    except ValueError:
        factor = 0
    if not 1 <= factor <= 10:
        raise Refused(f"{text} is no extra time. Write a factor such as 1.25, or 25 %.")
    return factor


def _repeated(entries: list[Entry]) -> list[Problem]:
    first: dict[str, int] = {}
    found = []
    for one in entries:
        before = first.setdefault(one.sign_in_name, one.line)
        if before != one.line:
            what = f"{one.sign_in_name} stands in line {before} already."
            found.append(Problem(f"line {one.line}", what, "Leave one of them out."))
    return found


def _known(connection: Connection, class_id: int, entries: list[Entry]) -> tuple[list[Entry], list[Problem]]:
    """Look up who has an account and who is in the class; an account under another name is a problem."""
    ids = people.taken_names(connection, [one.sign_in_name for one in entries])
    members = {one.user_id: one for one in classes.members(connection, class_id)}
    names = people.names_of(connection, list(ids.values()))
    found, problems = [], []
    for one in entries:
        user_id = ids.get(one.sign_in_name)
        if user_id is not None and plain_name(names[user_id]) != plain_name(one.name):
            what = f"{one.sign_in_name} is how somebody signs in who is not called {one.name}."
            fix = "Correct the name, or take another one to sign in with."
            problems.append(Problem(f"line {one.line}", what, fix))
        found.append(one._replace(user_id=user_id, member=user_id in members))
    return found, problems


def _make_accounts(app: App, connection: Connection, entries: list[Entry]) -> dict[str, str]:
    if not entries:
        return {}
    now = app.clock()
    rows = [{"name": one.name, "sign_in_name": one.sign_in_name, "roles": [Role.STUDENT]} for one in entries]
    ids = people.add_users(connection, now, rows)
    tokens = {one.sign_in_name: secrets.token_urlsafe(24) for one in entries}
    links.add_links(
        connection,
        [
            {
                "token_hash": hash_of(tokens[one.sign_in_name]),
                "purpose": Purpose.PASSWORD,
                "user_id": user_id,
                "made_at": now,
                "expires_at": now + LINK_LASTS,
            }
            for one, user_id in zip(entries, ids, strict=True)
        ],
    )
    return tokens
