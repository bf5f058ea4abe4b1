"""Questions that were drawn become the items of an attempt."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from quizlib.engine.selection import arrangement
from quizlib.errors import NothingMatches
from quizlib.model.attempt import Behaviour, Filter, Json, Plan
from quizlib.model.person import User
from quizlib.services import permissions
from quizlib.services.app import App
from quizlib.store.answers import attempts as rows
from quizlib.store.content.questions import live_versions
from quizlib.store.databases.database import Connection
from quizlib.store.people import people


def begin(
    app: App,
    actor: User,
    *,
    plan: Plan,
    filter: Filter,
    question_ids: Sequence[str],
    seed: int,
    behaviour: Behaviour = Behaviour.PRACTICE,
    number: int | None = None,
    asks_confidence: bool | None = None,
    lasts: timedelta | None = None,
    remember: Json | None = None,
) -> int:
    """Store an attempt with these questions, as far as they are still asked; raise NothingMatches when none is."""
    with app.database.write(actor.id) as connection:
        permissions.require_person(connection, actor)
        drawn = items_of(app, connection, question_ids, seed, after=0)
        if not drawn:
            raise NothingMatches("No question matches this choice. Choose more topics.")
        now = app.clock()
        if remember is not None:
            people.change_user(connection, actor.id, last_choice=remember)
        return rows.add_attempt(
            connection,
            user_id=actor.id,
            plan=plan,
            behaviour=behaviour,
            filter=filter,
            seed=seed,
            asks_confidence=actor.asks_confidence if asks_confidence is None else asks_confidence,
            number=number,
            now=now,
            due_at=now + lasts if lasts else None,
            drawn=drawn,
        )


def items_of(
    app: App, connection: Connection, question_ids: Sequence[str], seed: int, *, after: int
) -> list[dict[str, Any]]:
    """Give the rows of items for questions, with the option order that the seed gives each position."""
    versions = live_versions(connection, question_ids)
    found = app.questions(connection, [one["version_id"] for one in versions])
    return [
        {
            "version_id": one["version_id"],
            "question_id": one["id"],
            "topic": one["topic"],
            "asked_hash": one["asked_hash"],
            "arrangement": arrangement(found[one["version_id"]], seed, position),
        }
        for position, one in enumerate(versions, start=after + 1)
    ]
