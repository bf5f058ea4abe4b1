"""Accounts with a password: made by an instructor, by a one-time link, or by somebody who knows a class's code."""

import re
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from quizlib.errors import NotFound, Refused
from quizlib.model.person import Purpose, Role, User
from quizlib.services import permissions
from quizlib.services.app import App, current
from quizlib.services.people import passwords
from quizlib.services.people.people import good_name
from quizlib.services.people.signing_in import hash_of, open_sign_in, plain_name
from quizlib.store.databases.database import PEOPLE, Connection
from quizlib.store.people import classes, people
from quizlib.store.people import sign_ins as rows
from quizlib.store.people.sign_ins import Link

LINK_LASTS = timedelta(days=14)
_SIGN_IN_NAME = re.compile(r"[\w.@+-]{2,80}")
_NUMBER = re.compile(r"#[0-9]{1,18}")
NO_LINK = "This link is not valid any more. It works once, and for two weeks. Ask your teacher for a new one."
NO_CODE = "No class has this code, or it takes nobody new. Compare it with what your teacher wrote."


class Invited(NamedTuple):
    """What a one-time link is for, and whom: the name and sign-in name of who has them already."""

    purpose: Purpose
    name: str
    sign_in_name: str


def good_sign_in_name(given: str) -> str:
    """Give a sign-in name as it is stored; raise Refused when it cannot be one."""
    name = plain_name(given)
    if not _SIGN_IN_NAME.fullmatch(name):
        raise Refused(
            f"{given.strip() or 'Nothing'} cannot be a name to sign in with. Take 2 to 80 letters, digits and . _ @ + -"
            " without spaces; an e-mail address will do."
        )
    return name


def add_person(name: str, sign_in_name: str, roles: Iterable[Role]) -> tuple[User, str]:
    """Add somebody from the console and give the token of a link with which they choose a password.

    Who is added as the first instructor takes over what the one person of a laptop did. Raises Refused.
    """
    app = current()
    name, sign_in_name, roles = good_name(name), good_sign_in_name(sign_in_name), frozenset(roles) | {Role.STUDENT}
    with app.database.write(PEOPLE) as connection:
        _require_free(connection, sign_in_name)
        user = people.unclaimed_person(connection) if Role.INSTRUCTOR in roles else None
        if user is not None:
            people.change_user(connection, user.id, name=name, sign_in_name=sign_in_name, roles=sorted(roles))
            user = user.model_copy(update={"name": name, "sign_in_name": sign_in_name, "roles": roles})
        else:
            user = people.add_user(connection, app.clock(), name=name, sign_in_name=sign_in_name, roles=roles)
        return user, new_link(app, connection, user.id)


def everybody() -> list[User]:
    """Give everybody who is not invented, for the console."""
    with current().database.read() as connection:
        return people.everybody(connection)


def find(sign_in_name: str) -> User:
    """Give the person with a sign-in name or, written `#7`, with a number, for the console; raise NotFound."""
    with current().database.read() as connection:
        if _NUMBER.fullmatch(sign_in_name):
            user = people.real_user(connection, int(sign_in_name[1:]))
        else:
            found = people.by_sign_in_name(connection, plain_name(sign_in_name))
            user = found[0] if found else None
    if user is None:
        raise NotFound(f"Nobody signs in as {sign_in_name}. See: quiz people list")
    return user


def set_roles(person: User, roles: Iterable[Role]) -> None:
    """Set somebody's roles from the console; they hold from the next page on."""
    app = current()
    with app.database.write(person.id) as connection:
        people.change_user(connection, person.id, roles=sorted(frozenset(roles) | {Role.STUDENT}))
        # a link that a teacher made for a student is none for an instructor
        rows.use_up_links(connection, app.clock(), user_id=person.id, purpose=Purpose.PASSWORD)


def reset(person: User) -> str:
    """Give the token of a link with which somebody chooses a new password, from the console."""
    app = current()
    with app.database.write(PEOPLE) as connection:
        return new_link(app, connection, person.id)


def reset_student(actor: User, class_id: int, user_id: int) -> str:
    """Give the token of a link with which a student, whose account began with the class, chooses a new password."""
    app = current()
    with app.database.write(PEOPLE) as connection:
        permissions.class_taught(connection, actor, class_id)
        member = classes.membership(connection, class_id, user_id)
        person = people.read_user(connection, user_id)
        if member is None or person is None:
            raise NotFound(permissions.NO_CLASS)
        if person.instructs:
            raise Refused(f"{person.name} is an instructor, and gets a new password from whoever runs the server.")
        if not member.account_made:
            # else a teacher could take a student of another class into their own, and sign in as them
            raise Refused(
                f"The account of {person.name} was not made for this class. A new password comes from the teacher for "
                "whose class it was made, or from whoever runs the server."
            )
        if person.sign_in_name is None:
            raise Refused(f"{person.name} signs in through a provider and has no password here.")
        return new_link(app, connection, user_id)


def first_link() -> str | None:
    """Give the token of a link that makes the first instructor; None as soon as anybody can sign in."""
    app = current()
    with app.database.write(PEOPLE) as connection:
        if people.anybody_with_account(connection):
            return None
        return new_link(app, connection, None, Purpose.FIRST)


def invited(token: str) -> Invited:
    """Tell what a one-time link is for; raise NotFound when it was used, ran out, or never was."""
    app = current()
    with app.database.read() as connection:
        link = _open_link(app, connection, token)
        user = people.read_user(connection, link.user_id) if link.user_id is not None else None
        if link.user_id is not None and user is None:
            raise NotFound(NO_LINK)
    return Invited(link.purpose, user.name if user else "", (user.sign_in_name or "") if user else "")


def use_link(
    token: str, password: str, *, name: str = "", sign_in_name: str = "", device: str = "", before: str = ""
) -> str:
    """Choose a password by a one-time link and give a sign-in token; every other sign-in of the person ends.

    The link of a first instructor asks for their names as well. Raises NotFound, or Refused with the link still good.
    """
    app = current()
    known = invited(token)
    first = known.purpose is Purpose.FIRST
    name = good_name(name) if first else known.name
    sign_in_name = good_sign_in_name(sign_in_name) if first else known.sign_in_name
    passwords.require_good(password, name, sign_in_name)
    stored = passwords.hash_password(password)
    now = app.clock()
    with app.database.write(PEOPLE) as connection:
        link = _open_link(app, connection, token)
        if first:
            if people.anybody_with_account(connection):
                raise NotFound(NO_LINK)
            _require_free(connection, sign_in_name)
            user_id = _first_instructor(app, connection, name, sign_in_name)
        else:
            user_id = link.user_id or 0
        if not rows.use_link(connection, hash_of(token), now):
            raise NotFound(NO_LINK)
        people.change_user(connection, user_id, password=stored)
        rows.use_up_links(connection, now, user_id=link.user_id, purpose=link.purpose)
        rows.end_all(connection, user_id, now)
        return open_sign_in(app, connection, user_id, device=device, before=before)


def register(
    code: str, name: str, sign_in_name: str, password: str, *, device: str = "", before: str = ""
) -> tuple[str, int]:
    """Make a student's account by the code of a class, join it, and give a sign-in token and the class."""
    app = current()
    name, sign_in_name = good_name(name), good_sign_in_name(sign_in_name)
    passwords.require_good(password, name, sign_in_name)
    with app.database.read() as connection:
        class_id = open_class(connection, code)
        _require_free(connection, sign_in_name)
    stored = passwords.hash_password(password)
    with app.database.write(PEOPLE) as connection:
        class_id = open_class(connection, code)
        _require_free(connection, sign_in_name)
        now = app.clock()
        user = people.add_user(
            connection, now, name=name, sign_in_name=sign_in_name, password=stored, roles=[Role.STUDENT]
        )
        classes.add_members(connection, class_id, [user.id], Role.STUDENT, now, account_made=[True])
        return open_sign_in(app, connection, user.id, device=device, before=before), class_id


def change_password(actor: User, old: str, new: str, token: str = "") -> None:
    """Choose another password; every sign-in but the one of `token` ends. Raises Refused."""
    app = current()
    with app.database.read() as connection:
        permissions.require_person(connection, actor)
        stored = people.password_of(connection, actor.id)
    if stored is None:
        raise Refused("You sign in through a provider, and have no password here.")
    if not passwords.matches(old, stored):
        raise Refused("That is not your present password.")
    passwords.require_good(new, actor.name, actor.sign_in_name or "")
    fresh = passwords.hash_password(new)
    with app.database.write(PEOPLE) as connection:
        if people.password_of(connection, actor.id) != stored:
            raise Refused("That is not your present password.")  # it was changed while this one was being checked
        people.change_user(connection, actor.id, password=fresh)
        rows.use_up_links(connection, app.clock(), user_id=actor.id, purpose=Purpose.PASSWORD)
        rows.end_all(connection, actor.id, app.clock(), but=hash_of(token) if token else "")


def open_class(connection: Connection, code: str) -> int:
    """Give the class that a code opens; raise Refused when there is none."""
    found = classes.by_join_code(connection, plain_code(code)) if code.strip() else None
    if found is None:
        raise Refused(NO_CODE)
    return found.id


def plain_code(code: str) -> str:
    """Give a join code as it is stored: capital letters and digits, nothing between."""
    return "".join(letter for letter in code.upper() if letter.isalnum())[:12]


def new_link(app: App, connection: Connection, user_id: int | None, purpose: Purpose = Purpose.PASSWORD) -> str:
    """Store a one-time link and give its token; earlier ones of the same purpose and person stop working."""
    now = app.clock()
    rows.use_up_links(connection, now, user_id=user_id, purpose=purpose)
    token = secrets.token_urlsafe(24)
    rows.add_link(
        connection,
        token_hash=hash_of(token),
        purpose=purpose,
        user_id=user_id,
        made_at=now,
        expires_at=now + LINK_LASTS,
    )
    return token


def _open_link(app: App, connection: Connection, token: str) -> Link:
    link = rows.read_link(connection, hash_of(token))
    if link is None or link.used_at is not None or link.expires_at <= app.clock():
        raise NotFound(NO_LINK)
    return link


def _first_instructor(app: App, connection: Connection, name: str, sign_in_name: str) -> int:
    laptop = people.unclaimed_person(connection)
    if laptop is None:
        made = people.add_user(connection, app.clock(), name=name, sign_in_name=sign_in_name, roles=Role)
        return made.id
    people.change_user(connection, laptop.id, name=name, sign_in_name=sign_in_name, roles=sorted(Role))
    return laptop.id


def _require_free(connection: Connection, sign_in_name: str) -> None:
    if people.by_sign_in_name(connection, sign_in_name) is not None:
        raise Refused(f"Somebody signs in as {sign_in_name} already. If that is you, sign in; else take another name.")
