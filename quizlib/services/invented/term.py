"""What the invented class is given to do: an assignment a week, the last of which is due in a few days."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from quizlib.engine import selection
from quizlib.model.attempt import Behaviour, Filter
from quizlib.model.catalogue import Topic
from quizlib.model.classes import Assignment, Counts, Tells

KIND = "choice"
SHORT, LONG = 12, 20
WEEK = timedelta(days=7)
DUE_IN, DUE_AT, OPENS_AT = timedelta(days=2), time(20), time(8)
OPEN_DAYS = 6


class Plan(NamedTuple):
    """What one week gives: about one topic or all of them, when answers are told, and the minutes of an exam."""

    behaviour: Behaviour = Behaviour.PRACTICE
    whole: bool = False
    tells: Tells = Tells.AT_ONCE
    minutes: float | None = None


_PRACTICE = Plan()
_TEST = Plan(Behaviour.EXAM, minutes=15)
# again and again, the last week the first of them
_WEEKS = (
    _PRACTICE,
    _PRACTICE,
    _TEST,
    _PRACTICE,
    _PRACTICE,
    Plan(Behaviour.EXAM, whole=True, tells=Tells.AFTER_DUE, minutes=25),
    _PRACTICE,
    _TEST,
    _PRACTICE,
    _PRACTICE,
    Plan(Behaviour.EXAM, tells=Tells.AFTER_DUE, minutes=15),
    Plan(Behaviour.EXAM, whole=True, tells=Tells.BY_HAND, minutes=25),
)


class Given(NamedTuple):
    """One assignment, without an id yet, and the questions that everybody gets."""

    assignment: Assignment
    question_ids: tuple[str, ...]
    opens_at: datetime
    due_at: datetime


def term(
    now: datetime, zone: ZoneInfo, weeks: int, topics: Sequence[Topic], pool: Mapping[str, Sequence[str]], rng: Random
) -> list[Given]:
    """Give the assignments of so many weeks, the first one first; `pool` gives the questions of each topic."""
    every = [one for ids in pool.values() for one in ids]
    enough = [topic for topic in topics if len(pool.get(topic.id, ())) >= SHORT]
    day = now.astimezone(zone).date() + DUE_IN
    found = []
    for week in range(weeks):
        plan = _WEEKS[week % len(_WEEKS)]
        topic = enough[week % len(enough)] if enough and not plan.whole else None
        questions = pool[topic.id] if topic else every
        drawn = selection.draw(questions, [], SHORT if topic else LONG, rng)
        due = day - (weeks - 1 - week) * WEEK
        opens_at = _moment(due - timedelta(days=OPEN_DAYS), OPENS_AT, zone)
        due_at = _moment(due, DUE_AT, zone)
        ids = tuple(one for unit in drawn for one in unit)
        about = topic.title if topic else "mock exam"
        assignment = Assignment(
            id=0,
            class_id=0,
            title=f"Week {week + 1}: {about}",
            filter=Filter(topics=(topic.id,) if topic else (), kinds=(KIND,)),
            number=len(ids),
            behaviour=plan.behaviour,
            opens_at=opens_at,
            due_at=due_at,
            minutes=plan.minutes,
            attempts_allowed=1 if plan.behaviour is Behaviour.EXAM else 2,
            counts=Counts.BEST,
            tells=plan.tells,
            seed=rng.getrandbits(48),
        )
        found.append(Given(assignment, ids, opens_at, due_at))
    return found


def kept_until(given: Given) -> datetime | None:
    """Tell until when a student who has begun an assignment is not asked its questions elsewhere; None for never."""
    match given.assignment.tells:
        case Tells.AT_ONCE:
            return None
        case Tells.AFTER_DUE:
            return given.due_at
        case Tells.BY_HAND:
            return datetime.max.replace(tzinfo=UTC)


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
