"""What an instructor may set for an assignment."""

from quizlib.errors import NothingMatches, Refused
from quizlib.model.attempt import Behaviour, Plan
from quizlib.model.classes import Tells, Terms
from quizlib.model.person import User
from quizlib.services.quizzes import choosing
from quizlib.services.quizzes.choosing import Choice
from quizlib.store.content.questions import live_versions
from quizlib.store.databases.database import Connection


def require_sound(connection: Connection, actor: User, terms: Terms) -> None:
    """Raise Refused or NothingMatches when an assignment cannot be taken as it is set."""
    if terms.opens_at and terms.due_at and terms.opens_at >= terms.due_at:
        raise Refused("It would be due before it opens. Set a later due date, or an earlier opening.")
    if terms.behaviour is Behaviour.PRACTICE and terms.tells is not Tells.AT_ONCE:
        raise Refused("In practice each answer is told at once. Choose answers at the end to tell them later.")
    if terms.behaviour is Behaviour.PRACTICE and terms.minutes is not None:
        raise Refused("A time limit needs answers at the end. Choose that, or leave the limit out.")
    if terms.tells is Tells.AFTER_DUE and terms.due_at is None:
        raise Refused("Answers are to be shown after the due date, and there is none. Set one.")
    if terms.question_ids is not None:
        found = {one["id"] for one in live_versions(connection, terms.question_ids)}
        missing = [one for one in terms.question_ids if one not in found]
        if not terms.question_ids or missing:
            raise Refused(f"These questions are not asked: {', '.join(missing) or 'there are none'}. Take them out.")
        twice = sorted({one for one in terms.question_ids if terms.question_ids.count(one) > 1})
        if twice:
            raise Refused(f"These questions stand in it twice: {', '.join(twice)}. Take one of each out.")
        return
    wanted = Choice(filter=terms.filter, plan=Plan.RANDOM, number=terms.number)
    found_number = len(choosing.draw(connection, actor, wanted, 0, terms.number))
    if found_number < terms.number:
        raise NothingMatches(
            f"Only {found_number} of {terms.number} questions can be drawn. Choose fewer, or more topics."
        )
