"""Mock exams that are under way while something happens, and what must be stored of them."""

from collections.abc import Sequence

from faults.sittings import Examinee

from quizlib.config import Settings
from quizlib.model.attempt import Behaviour, Plan
from quizlib.services.app import open_for_upkeep, use
from quizlib.services.people import people
from quizlib.services.quizzes import choosing, results, study
from quizlib.services.quizzes.choosing import Choice


def begin_exams(settings: Settings, number: int) -> list[tuple[int, int]]:
    """Begin mock exams of ten questions; give the quiz and the first item of each."""
    choice = Choice(plan=Plan.RANDOM, number=10, behaviour=Behaviour.EXAM)
    with open_for_upkeep(settings) as app:
        use(app)
        actor = people.local_person()
        quizzes = [choosing.start(actor, choice, remember=False) for _ in range(number)]
        begun = [(quiz, study.sheet(actor, quiz, 1).item.id) for quiz in quizzes]
        use(None)
    return begun


def assert_saved(settings: Settings, examinees: Sequence[Examinee]) -> None:
    """Every choice that was told as saved is what the exam is graded by."""
    with open_for_upkeep(settings) as app:
        use(app)
        actor = people.local_person()
        for one in examinees:
            assert one.saved, "nothing was chosen"
            study.finish(actor, one.quiz)
            graded = {line.item.id: line.item for line in results.result(actor, one.quiz).lines}
            for item_id, given in one.saved.items():
                item = graded[item_id]
                assert item.response is not None
                chosen = [item.arrangement.index(place) for place in item.response["chosen"]]
                assert chosen in (given, one.chosen.get(item_id))
        use(None)
