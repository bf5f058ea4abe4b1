"""What a person finds on the home page until they put it away."""

from collections.abc import Sequence

from quizlib.model.authoring import Notice
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.store.answers.assignments import kept_back
from quizlib.store.content import notices


def mine(actor: User) -> list[Notice]:
    """Give what the actor has not put away, newest first.

    What is about a question whose answer is kept back from them waits until it is told: the reason would tell it.
    """
    app = current()
    with app.database.read() as connection:
        found = notices.unread_notices(connection, actor.id)
        if not found:
            return []
        kept = kept_back(connection, actor.id, app.clock())
    return [one for one in found if one.question_id not in kept]


def put_away(actor: User, ids: Sequence[int]) -> None:
    """Note that the actor has read these notices; those of others stay as they are."""
    app = current()
    with app.database.write(actor.id) as connection:
        notices.put_away(connection, actor.id, ids, app.clock())
