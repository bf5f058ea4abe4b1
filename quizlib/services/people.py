"""Who is here, and what they have chosen for themselves."""

from zoneinfo import available_timezones

from quizlib.model.person import TextSize, User
from quizlib.services.app import current
from quizlib.store import people as rows

_ZONES = available_timezones()


def local_person(time_zone: str | None = None) -> User:
    """Give the one person of an app without sign-in, and note the browser's time zone when it is another."""
    app = current()
    if app.local_user is None:
        with app.database.write() as connection:
            app.local_user = rows.local_person(connection, app.clock())
    if time_zone in _ZONES and time_zone != app.local_user.time_zone:
        with app.database.write() as connection:
            rows.change_user(connection, app.local_user.id, time_zone=time_zone)
        app.local_user = app.local_user.model_copy(update={"time_zone": time_zone})
    return app.local_user


def settle(actor: User, *, asks_confidence: bool, shows_keys: bool, text_size: TextSize) -> None:
    """Keep what a person has chosen for themselves."""
    app = current()
    chosen = {"asks_confidence": asks_confidence, "shows_keys": shows_keys, "text_size": text_size}
    with app.database.write() as connection:
        rows.change_user(connection, actor.id, **chosen)
    if app.local_user is not None and app.local_user.id == actor.id:
        app.local_user = app.local_user.model_copy(update=chosen)
