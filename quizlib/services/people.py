"""Who is here, and what they have chosen for themselves."""

from zoneinfo import available_timezones

from quizlib.model.person import TextSize, User
from quizlib.services.app import current
from quizlib.store import people as rows
from quizlib.store.database import PEOPLE

_ZONES = available_timezones()


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
    if time_zone in _ZONES and time_zone != user.time_zone:
        with app.database.write(user.id) as connection:
            rows.change_user(connection, user.id, time_zone=time_zone)
        app.local_user = user = user.model_copy(update={"time_zone": time_zone})
    return user


def settle(actor: User, *, asks_confidence: bool, shows_keys: bool, text_size: TextSize) -> None:
    """Keep what a person has chosen for themselves."""
    app = current()
    chosen = {"asks_confidence": asks_confidence, "shows_keys": shows_keys, "text_size": text_size}
    with app.database.write(actor.id) as connection:
        rows.change_user(connection, actor.id, **chosen)
    app.local_user = None
