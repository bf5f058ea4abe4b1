"""When an answer is graded and what may be shown."""

from dataclasses import dataclass

from quizlib.model.attempt import Behaviour, Item, State


@dataclass(frozen=True)
class Showing:
    """What a learner may see of an item now."""

    feedback: bool


def visible(item: Item, behaviour: Behaviour, finished: bool) -> Showing:
    """Decide what may be shown: in practice the feedback of what is answered, and of everything after the end."""
    match behaviour:
        case Behaviour.PRACTICE:
            return Showing(feedback=finished or item.state is State.ANSWERED)
