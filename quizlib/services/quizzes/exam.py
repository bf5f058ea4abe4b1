"""A mock exam: every change of choice is stored at once, nothing is told before the end."""

from typing import Any

from quizlib.engine.attempt import after, apply
from quizlib.errors import ChangedElsewhere
from quizlib.kinds import kind_of
from quizlib.model.attempt import Action, Behaviour, Step
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.quizzes.sheets import Sheet, first_open_part, overdue, position_of, shown, standing
from quizlib.services.quizzes.study import change, sheet
from quizlib.store.answers import attempts as rows
from quizlib.store.answers.attempts import Standing
from quizlib.store.databases.database import Connection

CHANGED = "This answer was changed in another tab. What is stored is shown now; choose again if you want another."


def save(actor: User, attempt_id: int, item_id: int, given: Any, *, seen: int) -> Sheet:
    """Store what is chosen now, in place of what was chosen before; give the page after it.

    After the end (and five seconds' grace) and in a part of a case that has closed, nothing is stored. `seen` is how
    many steps of the item the page had seen: a choice that was stored after that, from another tab or after a late
    message, is not written over. Raises ChangedElsewhere then, and MalformedResponse when it is no answer yet.
    """
    app = current()

    def record(connection: Connection, found: Standing) -> Step | None:
        attempt, item = found.attempt, found.item
        if attempt.behaviour is not Behaviour.EXAM or attempt.finished_at is not None or overdue(app, attempt):
            return None
        question = app.question(connection, item.version_id)
        places = rows.read_places(connection, attempt_id)
        if first_open_part(places, item.position, question) != item.position:
            return None
        response = kind_of(question).read(question.body, item.arrangement, given)
        if seen < item.seq and response != item.response:
            later = rows.read_steps(connection, [item.id])[item.id][seen:]
            if any(step.action is Action.SAVE for step in later):
                raise ChangedElsewhere(CHANGED)
        return apply(item, Action.SAVE, now=app.clock(), actor_id=actor.id, response=response)

    saved = change(app, actor, attempt_id, item_id, record)
    return sheet(actor, attempt_id, saved.item.position) if overdue(app, saved.attempt) else saved


def go_to(actor: User, attempt_id: int, item_id: int, position: int) -> Sheet:
    """Leave an item for another position; give its page.

    Leaving a part of a case forward closes it, and a later part opens only when those before it are closed: a jump to
    one that is not open yet leads to the first part that is.
    """
    app = current()
    with app.database.write(actor.id) as connection:
        places = rows.read_places(connection, attempt_id)
        position = min(max(position, 1), len(places))
        here = position_of(places, item_id)
        leaving = shown(app, connection, standing(connection, actor, attempt_id, item_id), places)
        if leaving.closes and position == here + 1 and leaving.attempt.finished_at is None:
            step = apply(leaving.item, Action.CLOSE, now=app.clock(), actor_id=actor.id)
            if step is not None:
                rows.add_step(connection, after(leaving.item, step), step)
    return sheet(actor, attempt_id, position)
