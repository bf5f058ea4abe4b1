"""Who is here, and what they have chosen for themselves."""

import unicodedata
from zoneinfo import available_timezones

from quizlib.errors import Refused
from quizlib.model.person import TextSize, User
from quizlib.services import permissions
from quizlib.services.app import BANK_CHANGE, current
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import BANK, PEOPLE
from quizlib.store.people import people as rows

ZONES = available_timezones()
LONGEST_NAME = 100
_NO_TEXT = ("Cc", "Cs")


def local_person(time_zone: str | None = None) -> User:
    """Give the one person of an app without sign-in, made on first use; note the browser's zone when it is another."""
    app = current()
    user = app.local_user
    if user is None:
        with app.database.read() as connection:
            found = rows.local_person(connection)
        if found is None:
            with app.database.write(PEOPLE) as connection:
                found = rows.local_person(connection) or rows.add_local_person(connection, app.clock())
        app.local_user = user = found
    if time_zone in ZONES and time_zone != user.time_zone:
        with app.database.write(user.id) as connection:
            rows.change_user(connection, user.id, time_zone=time_zone)
        app.local_user = user = user.model_copy(update={"time_zone": time_zone})
    return user


def settle(actor: User, *, asks_confidence: bool, shows_keys: bool, text_size: TextSize) -> None:
    """Keep what a person has chosen for themselves."""
    _keep(actor, asks_confidence=asks_confidence, shows_keys=shows_keys, text_size=text_size)


def rename(actor: User, name: str) -> None:
    """Give oneself another name; raise Refused when it is empty or too long."""
    _keep(actor, name=good_name(name))
    if actor.instructs:  # learners read who approved a question
        with current().database.write(BANK) as connection:
            note_change(connection, BANK_CHANGE)


def set_time_zone(actor: User, time_zone: str) -> None:
    """Choose the zone in which times are shown and days begin."""
    if time_zone not in ZONES:
        raise Refused(f"{time_zone} is not a time zone. Take one from the list, such as Europe/Berlin.")
    # plain UTC is what newcomers have until a browser tells theirs
    _keep(actor, time_zone="Etc/UTC" if time_zone == "UTC" else time_zone)


def good_name(name: str) -> str:
    """Give a name as `tidy_name` does; raise Refused when nothing is left or it is too long."""
    name = tidy_name(name)
    if not name:
        raise Refused("Write a name.")
    if len(name) > LONGEST_NAME:
        raise Refused(f"The name is too long. Take at most {LONGEST_NAME} characters.")
    return name


def tidy_name(name: str) -> str:
    """Give a name without stray spaces; characters that are no text, which PostgreSQL refuses, are spaces too."""
    return " ".join("".join(" " if unicodedata.category(one) in _NO_TEXT else one for one in name).split())


def _keep(actor: User, **chosen: object) -> None:
    app = current()
    with app.database.write(actor.id) as connection:
        permissions.require_person(connection, actor)
        rows.change_user(connection, actor.id, **chosen)
    app.local_user = None
