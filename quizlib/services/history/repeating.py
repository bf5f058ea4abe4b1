"""Going over again what a learner's history shows."""

from quizlib.errors import NothingMatches
from quizlib.model.attempt import Filter, Plan
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.history import mistakes
from quizlib.services.quizzes import choosing, study
from quizlib.services.quizzes.choosing import Choice
from quizlib.services.quizzes.drawing import begin
from quizlib.services.quizzes.sheets import own, told
from quizlib.store.answers import attempts as rows
from quizlib.store.answers.assignments import kept_back, untold

LENGTH = 10
NOTHING_LEFT = (
    "None of its questions can be repeated now: they are not asked any more, or their answers are told later."
)


def repeat(actor: User, attempt_id: int) -> int:
    """Begin practice with the questions of a quiz of the actor's again, in their order, and give its id.

    Raises NothingMatches while its answers are not told, and where none of its questions may be asked.
    """
    app = current()
    with app.database.read() as connection:
        attempt = own(actor, rows.read_attempt(connection, attempt_id))
        if attempt.finished_at is None or not told(app, connection, attempt):
            raise NothingMatches("This quiz can be repeated once its answers are told.")
        kept = kept_back(connection, actor.id, app.clock())
        ids = [one.question_id for one in rows.read_places(connection, attempt_id)]
    ids = [one for one in ids if one not in kept]
    try:
        return begin(app, actor, plan=Plan.FIXED, filter=Filter(), question_ids=ids, seed=app.seed())
    except NothingMatches:
        raise NothingMatches(NOTHING_LEFT) from None


def repeat_open_mistakes(actor: User, number: int = LENGTH) -> int:
    """Begin practice with open mistakes, drawn at random, and give its id; raise NothingMatches when there is none."""
    return choosing.start(actor, Choice(plan=Plan.MISTAKES, number=number), remember=False)


def repeat_red_flags(actor: User) -> int:
    """Begin practice with red flags that were missed, ten at a time, and give its id.

    Raises NothingMatches when there is none.
    """
    app = current()
    with app.database.read() as connection:
        found = mistakes.find(app, connection, actor, untold(connection, actor.id, app.clock()))
    if not found.red_flags:
        raise NothingMatches("No red flag is left to look at again.")
    return study.start_fixed(actor, found.red_flags[:LENGTH], Plan.MISTAKES)
