"""What a learner reads about their quizzes."""

from datetime import datetime

from quizlib.model.attempt import Behaviour, Plan
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.bank import catalogue
from quizlib.services.history.listing import Quiz, Stage
from quizlib.services.history.mine import Gain, Standing, Week
from quizlib.services.history.taken import ASSIGNED
from quizlib.ui import times, words

DASH = "–"
KINDS = {**{plan.value: said for plan, said in words.PLANS.items()}, Plan.FIXED.value: "Same questions"}
KINDS[ASSIGNED] = "Assignments"
TOLD = {Behaviour.PRACTICE: "answers at once", Behaviour.EXAM: "answers at the end"}
STANDINGS = {
    Standing.SECURE: "secure",
    Standing.GROWING: "growing",
    Standing.SHAKY: "shaky",
    Standing.FEW: "too few answers",
}
MOST_TOPICS = 3


def topic(topic_id: str) -> str:
    """Give the title of a topic, or what stands for it once it has none any more."""
    known = catalogue().topics.get(topic_id)
    return known.title if known else topic_id


def topics(topic_ids: tuple[str, ...]) -> str:
    """Name topics, the first few of many."""
    named = ", ".join(map(topic, topic_ids[:MOST_TOPICS]))
    more = len(topic_ids) - MOST_TOPICS
    return f"{named} and {more} more" if more > 0 else named


def week(found: Week) -> str:
    """Say what was done since Monday."""
    if not found.answers:
        return "No answers yet this week."
    return f"This week {words.count(found.answers, 'answer')} on {words.count(found.days, 'day')}."


def gain(found: Gain | None) -> str:
    """Say in which topic most was gained; nothing where nothing was."""
    if found is None:
        return ""
    return (
        f"Best gain: {topic(found.topic)}, {found.right} of the latest {found.n} right, "
        f"{found.right_before} of {found.n_before} before."
    )


def title(quiz: Quiz) -> str:
    """Say what a quiz was."""
    return quiz.title or ("Assignment" if quiz.kind == ASSIGNED else KINDS.get(quiz.kind, "Quiz"))


def score(quiz: Quiz) -> str:
    """Say how a quiz went, as people do."""
    match quiz.stage:
        case Stage.GOING:
            return f"{quiz.answered} of {quiz.questions} answered"
        case Stage.LATER:
            return "Answers later"
        case Stage.NO_ANSWERS:
            return "No answers"
    return f"{points(quiz.points)} of {quiz.of}"


def points(number: float) -> str:
    """Say points without a tail: 7, or 6.67."""
    return f"{round(number, 2):g}"


def took(quiz: Quiz) -> str:
    """Say how long a quiz took."""
    if quiz.minutes is None:
        return "time not known"
    return words.count(round(quiz.minutes), "minute") if quiz.minutes >= 1 else "under a minute"


def day(at: datetime, person: User) -> str:
    """Say on which day, with the year unless it is this one: "Sat 21 Nov"."""
    local, now = times.in_zone(at, person), times.in_zone(current().clock(), person)
    return f"{local:%a} {local.day} {local:%b}" + ("" if local.year == now.year else f" {local.year}")


def recent_day(at: datetime, person: User) -> str:
    """Say a day of the last week by its name, and any other by its date."""
    local, now = times.in_zone(at, person), times.in_zone(current().clock(), person)
    return f"{local:%A}" if 0 < (now.date() - local.date()).days < 7 else day(at, person)
