"""Signing in and out. A browser holds an opaque token; the database holds its hash, which is looked up at every run."""

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from quizlib.errors import DatabaseProblem, Refused, SignedOut
from quizlib.model.person import Role, User
from quizlib.services.app import App, current
from quizlib.services.people import passwords
from quizlib.services.people.people import LONGEST_NAME, ZONES, tidy_name
from quizlib.store.databases.database import PEOPLE, Connection
from quizlib.store.people import people
from quizlib.store.people import sign_ins as rows
from quizlib.store.people.sign_ins import SignIn

LASTS = timedelta(days=60)
SEEN_EVERY = timedelta(minutes=10)
# Tries that fail within the window. One address may be a whole school, so its limit is high.
WINDOW = timedelta(minutes=15)
TRIES_AT_NAME_FROM_ADDRESS, TRIES_AT_NAME, TRIES_FROM_ADDRESS = 5, 50, 200
WRONG = (
    "That name and password do not belong together. Look for a typing error, or ask your teacher for a new password."
)
TOO_MANY = "Too many tries. Wait a quarter of an hour, or ask your teacher for a link to choose a new password."


class TooManyTries(Refused):
    """A try to sign in that comes too soon after others that failed."""


def hash_of(token: str) -> str:
    """Give what the database knows a token by."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_of(token: str | None) -> str:
    """Give a short sign of a sign-in, which tells two apart and opens nothing; without a token, of any."""
    return hash_of(hash_of(token))[:16] if token else "in"


def plain_name(given: str) -> str:
    """Give a sign-in name as it is compared: without case, and letters in one form."""
    return unicodedata.normalize("NFKC", given).strip().casefold()


def sign_in(name: str, password: str, *, address: str = "", device: str = "", before: str = "") -> str:
    """Check name and password and give a new token; what `before` opened in this browser ends.

    A wrong password and a name that nobody has get the same answer after the same time. Raises Refused, and
    TooManyTries from the sixth try on within a quarter of an hour.
    """
    app = current()
    name = plain_name(name)
    limits = {
        _key("both", name, address): TRIES_AT_NAME_FROM_ADDRESS,
        _key("name", name): TRIES_AT_NAME,
        _key("address", address): TRIES_FROM_ADDRESS,
    }
    now = app.clock()
    # counted first: of many tries at once none slips through between the check and its failure
    with app.database.write(PEOPLE) as connection:
        failed = rows.failures(connection, list(limits), now - WINDOW)
        if any(failed.get(key, 0) >= limit for key, limit in limits.items()):
            raise TooManyTries(TOO_MANY)
        for key in limits:
            rows.count_failure(connection, key, now, now - WINDOW)
    with app.database.read() as connection:
        found = people.by_sign_in_name(connection, name) if name.isprintable() else None
    user, stored = found or (None, None)
    if not passwords.matches(password[: passwords.LONGEST + 1], stored) or user is None or stored is None:
        raise Refused(WRONG)
    fresh = passwords.hash_password(password) if passwords.is_outdated(stored) else None
    with app.database.write(PEOPLE) as connection:
        if people.password_of(connection, user.id) != stored:
            raise Refused(WRONG)  # it was changed while this one was being checked
        if fresh:
            people.change_user(connection, user.id, password=fresh)
        both, at_name, from_address = limits
        rows.forget_failures(connection, [both, at_name])
        # a whole class may sit behind it: what succeeds does not count, what others failed at still does
        rows.take_back_failure(connection, from_address)
        rows.forget_old(connection, now - LASTS)
        return open_sign_in(app, connection, user.id, device=device, before=before)


def open_sign_in(app: App, connection: Connection, user_id: int, *, device: str, before: str = "") -> str:
    """Store a new sign-in and give its token; for services that have made sure who it is."""
    now = app.clock()
    if before:
        rows.end(connection, hash_of(before), now)
    token = secrets.token_urlsafe(32)
    rows.add_sign_in(
        connection,
        token_hash=hash_of(token),
        user_id=user_id,
        device=device[:100],
        made_at=now,
        seen_at=now,
        expires_at=now + LASTS,
    )
    return token


def who(token: str | None, time_zone: str | None = None) -> User:
    """Give whose token this is; raise SignedOut when nobody's. A newcomer's time zone is taken from the browser."""
    app = current()
    if not token or len(token) > 200:
        raise SignedOut("You are signed out.")
    hashed = hash_of(token)
    now = app.clock()
    with app.database.read() as connection:
        here = rows.who(connection, hashed, now)
    if here is None:
        raise SignedOut("You are signed out.")
    return _seen(app, here.user, hashed, stale=now - here.seen_at > SEEN_EVERY, time_zone=time_zone)


def who_by_provider(claims: Mapping[str, Any], time_zone: str | None = None) -> User:
    """Give the person whom a provider vouches for, made on first sight; raise SignedOut when they signed out here.

    `claims` are those of the identity token, with `iss` and `sub`; at every new sign-in they may give the role of
    an instructor, and never take it.
    """
    app = current()
    issuer, subject = str(claims.get("iss") or ""), str(claims.get("sub") or "")
    if not subject:
        raise SignedOut("You are signed out.")
    token = json.dumps({name: str(value) for name, value in claims.items()}, sort_keys=True)
    hashed = hash_of(token)
    now = app.clock()
    with app.database.read() as connection:
        here = rows.who(connection, hashed, now)
    if here is not None:
        return _seen(app, here.user, hashed, stale=now - here.seen_at > SEEN_EVERY, time_zone=time_zone)
    with app.database.write(PEOPLE) as connection:
        if rows.was_seen(connection, hashed):
            here = rows.who(connection, hashed, now)  # another tab came first, or it ended
            if here is None:
                raise SignedOut("You are signed out.")
            user = here.user
        else:
            user = _vouched_for(app, connection, f"{issuer}|{subject}", claims)
            rows.add_sign_in(
                connection,
                token_hash=hashed,
                user_id=user.id,
                device=f"Signed in through {issuer}"[:100],
                made_at=now,
                seen_at=now,
                expires_at=now + LASTS,
            )
    return _seen(app, user, hashed, stale=False, time_zone=time_zone)


def sign_out(token: str | None) -> None:
    """End what a token opened."""
    app = current()
    if token:
        with app.database.write() as connection:
            rows.end(connection, hash_of(token), app.clock())


def sign_out_provider(claims: Mapping[str, Any]) -> None:
    """End what a provider's claims opened, in every tab that still shows them."""
    sign_out(json.dumps({name: str(value) for name, value in claims.items()}, sort_keys=True))


def forget_tries() -> None:
    """Forget failed tries, and with them hashes of addresses, as soon as they slow nobody down any more."""
    app = current()
    before = app.clock() - WINDOW
    with app.database.read() as connection:
        if not rows.any_failures_before(connection, before):
            return
    with app.database.write(PEOPLE) as connection:
        rows.forget_failures_before(connection, before)


def places(actor: User) -> list[SignIn]:
    """Give where the actor is signed in, the place used last first."""
    app = current()
    with app.database.read() as connection:
        return rows.living(connection, actor.id, app.clock())


def sign_out_everywhere(actor: User) -> None:
    """End every sign-in of the actor."""
    app = current()
    with app.database.write(actor.id) as connection:
        rows.end_all(connection, actor.id, app.clock())


def _seen(app: App, user: User, hashed: str, *, stale: bool, time_zone: str | None) -> User:
    newcomer = user.time_zone == "UTC" and time_zone in ZONES and time_zone != "UTC"
    if not (stale or newcomer):
        return user
    try:
        with app.database.write(user.id) as connection:
            rows.see(connection, hashed, app.clock())
            if newcomer:
                people.change_user(connection, user.id, time_zone=time_zone)
    except DatabaseProblem:
        return user  # to read it is enough to know who is here
    return user.model_copy(update={"time_zone": time_zone}) if newcomer else user


def _vouched_for(app: App, connection: Connection, subject: str, claims: Mapping[str, Any]) -> User:
    """Find or make the person whom a provider calls `subject`, with the roles that settings and claims give."""
    subject_hash = hash_of(subject)
    email = str(claims.get("email", "")).strip().lower()
    roles = {Role.STUDENT}
    if email and claims.get("email_verified") in (True, "true", "True") and email in app.settings.instructors:
        roles.add(Role.INSTRUCTOR)
    if app.settings.instructor_claim is not None:
        name, value = app.settings.instructor_claim
        given = claims.get(name)
        if value in (given if isinstance(given, list | tuple) else [given]):
            roles.add(Role.INSTRUCTOR)
    known = people.by_subject(connection, subject_hash)
    if known is not None:
        if Role.INSTRUCTOR in roles and not known.instructs:
            people.change_user(connection, known.id, roles=sorted(roles))
            known = known.model_copy(update={"roles": frozenset(roles)})
        return known
    given = (tidy_name(str(claims.get(claim) or "")) for claim in ("name", "preferred_username", "email"))
    called = next(filter(None, given), "Student")[:LONGEST_NAME].strip()
    laptop = people.unclaimed_person(connection) if Role.INSTRUCTOR in roles else None
    if laptop is not None:
        people.change_user(connection, laptop.id, name=called, subject_hash=subject_hash)
        return laptop.model_copy(update={"name": called})
    return people.add_user(connection, app.clock(), name=called, roles=roles, subject_hash=subject_hash)


def _key(kind: str, *what: str) -> str:
    return f"{kind}:{hash_of('|'.join(what))}"
