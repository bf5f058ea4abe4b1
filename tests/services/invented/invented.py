"""A pond of questions that is large enough for an invented class, and what is in a database."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from makers import option, question

from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.app import App
from quizlib.services.invented import loading
from quizlib.services.invented.loading import Loaded
from quizlib.store.tables import assignments, attempts, changes, items, metadata, steps, users

LEVELS = ("recall", "apply", "analyse")
FEW, WEEKS = 9, 7


def large_pond(number: int = 48) -> list[Question]:
    """Give questions about the pond and the meadow; in every eighth several animals jump."""
    return [_of_pond(place) for place in range(number)]


def _of_pond(place: int) -> Question:
    toad = option("toad", misconception="toad-for-frog")
    options = [option("frog", True), toad, option("newt"), option("heron")]
    several = {}
    if place % 8 == 7:
        options[3] = option("grasshopper", True)
        several = {"choose": "several"}
    topic = "meadow" if place % 2 else "pond"
    return question(f"leap-{place}", topic, level=LEVELS[place % 3], options=options, **several)


def load_few(app: App, *instructors: User, **more: Any) -> Loaded:
    """Load a small class over seven weeks, which has every sort of assignment but one that is told by hand."""
    return loading.load(app, list(instructors), **{"number": FEW, "weeks": WEEKS, **more})


def contents(app: App) -> dict[str, list[str]]:
    """Give every row to the letter, but for the numbers by which processes hear of changes."""
    with app.database.read() as connection:
        return {
            table.name: [
                repr(dict(row)) for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in metadata.sorted_tables
            if table is not changes
        }


def given_answers(app: App) -> list[tuple[str, str, datetime, Any]]:
    """Give who of the invented answered what, when and how, in order."""
    with app.database.read() as connection:
        rows = connection.execute(
            sa.select(users.c.name, items.c.question_id, items.c.answered_at, items.c.response)
            .join(users, users.c.id == items.c.user_id)
            .where(users.c.invented, items.c.answered_at.is_not(None))
            .order_by(items.c.answered_at, users.c.name, items.c.question_id)
        )
        return [(name, question_id, at, tuple(response["chosen"])) for name, question_id, at, response in rows]


def rows_of(app: App, table: sa.Table, *conditions: Any) -> list[Any]:
    with app.database.read() as connection:
        return list(connection.execute(sa.select(table).where(*conditions).order_by(*table.primary_key)))


def sat(app: App) -> list[Any]:
    """Give the attempts of the invented in the order of time."""
    return rows_of(app, attempts, attempts.c.user_id.in_(sa.select(users.c.id).where(users.c.invented)))


def given(app: App, class_id: int) -> list[Any]:
    """Give the assignments of a class, the first one first."""
    return rows_of(app, assignments, assignments.c.class_id == class_id)


def steps_of(app: App, attempt_id: int) -> list[Any]:
    return rows_of(app, steps, steps.c.item_id.in_(sa.select(items.c.id).where(items.c.attempt_id == attempt_id)))
