"""When an answer is graded and what may be shown."""

from dataclasses import dataclass
from datetime import timedelta

from quizlib.model.attempt import Behaviour, Item, State

# how long after the end of an exam a save still counts: it was chosen in time and was under way
GRACE = timedelta(seconds=5)


@dataclass(frozen=True)
class Showing:
    """What a learner may see of an item now."""

    feedback: bool


def visible(item: Item, behaviour: Behaviour, finished: bool, told: bool = True) -> Showing:
    """Decide what may be shown: in practice the feedback of what is answered, in an exam nothing before the end.

    What an instructor tells later, because others are still to sit the same exam, is not shown until it is `told`.
    """
    match behaviour:
        case Behaviour.PRACTICE:
            return Showing(feedback=finished or item.state is State.ANSWERED)
        case Behaviour.EXAM:
            return Showing(feedback=finished and told)
