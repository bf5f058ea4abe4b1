"""Scores of a class in words."""

from quizlib.services.bank import catalogue
from quizlib.services.history.attention import LATEST, LEAST_FALL, Doubtful, Missed, Slip
from quizlib.services.history.in_class import Score, State
from quizlib.services.history.scores import TopicShare
from quizlib.ui import words

DASH = "–"
ERASED = "Erased student"
STATES = {
    State.RUNNING: "under way",
    State.NOT_BEGUN: "not begun",
    State.NOT_OPEN: "not open yet",
    State.JOINED_LATER: "joined later",
    State.LEFT_OUT: DASH,
}
SLIPPING = (
    f"Slipping: the average of the last {LATEST} assignments is at least {LEAST_FALL * 100:.0f} points of 100 below "
    f"that of the {LATEST} before. What the others lost in the same assignments is taken off first, and a fall that "
    "chance brings one time in twenty does not count."
)


def points(score: float) -> str:
    """Say points without a tail: 7, or 6.67."""
    return f"{round(score, 2):g}"


def score(one: Score) -> str:
    """Say how a student stands at an assignment: "7 of 10", or why there are no points."""
    if one.state is not State.DONE:
        return STATES[one.state]
    return DASH if one.points is None else f"{points(one.points)} of {one.questions or 0:.0f}"


def share(value: float | None) -> str:
    """Say a share, or a dash where there is none."""
    return DASH if value is None else f"{value:.0%}"


def topic(name: str) -> str:
    """Give what a topic is called."""
    known = catalogue().topics
    return known[name].title if name in known else name


def topic_share(one: TopicShare) -> tuple[str, str]:
    """Say the share right in a topic and its range, or why there is none."""
    if one.share is None or one.low is None or one.high is None:
        return DASH, f"too few answers: shown from 5 on, {one.n} so far"
    return f"{one.share:.0%}", f"{one.low:.0%} to {one.high:.0%}"


def slip(one: Slip) -> str:
    """Say how far a student fell, and how the others did in the same assignments."""
    own = f"{one.after:.0%} on average in the last {LATEST} assignments, {one.before:.0%} in the {LATEST} before."
    if one.class_before is None or one.class_after is None:
        return own
    return f"{own} The others went from {one.class_before:.0%} to {one.class_after:.0%}."


def missed(one: Missed) -> str:
    """Say how many missed a question, and what most of them answered."""
    said = f"{one.missed} of {one.answers} missed it"
    return f"{said}; {one.chose} answered “{one.chosen}”." if one.chosen and one.chose > 1 else f"{said}."


def doubtful(one: Doubtful) -> str:
    """Say why a key looks doubtful."""
    index, low, high = map(_signed, (one.discrimination, one.low, one.high))
    return (
        f"Who does well on other questions misses this one more often: discrimination {index} ({low} to {high}) over "
        f"{words.count(one.learners, 'student')}. Check the right answer first."
    )


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
