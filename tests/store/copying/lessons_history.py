"""Three learners have practised so much that questions can be compared with each other."""

from makers import place_of

from quizlib.model.attempt import Filter, Plan
from quizlib.model.person import Role
from quizlib.services.app import current
from quizlib.services.quizzes import choosing, study
from quizlib.services.quizzes.choosing import Choice
from quizlib.store.people import people


def practise() -> None:
    """Have one know everything, one nothing, and one half of it."""
    app = current()
    for number, knows in enumerate(((True, True), (False, False), (True, False))):
        with app.database.write() as connection:
            one = people.add_user(connection, app.clock(), name=f"Learner {number}", roles=[Role.STUDENT])
        quiz = choosing.start(one, Choice(filter=Filter(), plan=Plan.RANDOM, number=8))
        while (shown := study.sheet(one, quiz)).attempt.finished_at is None:
            given = place_of(shown, "frog" if knows[shown.item.position % 2] else "toad")
            study.answer(one, quiz, shown.item.id, given, seen=shown.item.seq, elapsed_ms=5_000)
