"""When an invented student sits down: evenings and Sundays, and most before an assignment is due."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from quizlib.model.attempt import Behaviour
from quizlib.services.invented.cast import Student
from quizlib.services.invented.term import Given

_WEEKDAYS = (0.9, 1.0, 1.0, 0.9, 0.5, 0.7, 1.6)
_EARLIEST, _LATEST = 7.0, 23.4
AGAIN = 0.2
_DAY = timedelta(days=1)


class Session(NamedTuple):
    """When a student begins something: an assignment, by its number in the term, or a quiz of their own (None)."""

    at: datetime
    given: int | None


def sessions(student: Student, term: Sequence[Given], now: datetime, zone: ZoneInfo, rng: Random) -> list[Session]:
    """Give what a student begins before now, in order of time."""
    begins, ends = term[0].opens_at, term[-1].due_at
    found = []
    for number, given in enumerate(term):
        at = (given.opens_at - begins) / (ends - begins)
        if at >= student.stops or rng.random() > student.diligence * (0.75 if at >= student.slips else 1):
            continue
        begun = _before_due(student, given, zone, rng)
        found.append(Session(begun, number))
        if given.assignment.behaviour is Behaviour.PRACTICE and rng.random() < AGAIN:
            day = begun.astimezone(zone).date() + rng.randint(1, 2) * _DAY
            found.append(Session(_on(day, student, zone, rng), number))
    days = (now - begins) // _DAY + 1
    for number in range(days):
        day = begins.astimezone(zone).date() + number * _DAY
        at = number / days
        often = 0.0 if at >= student.stops else 0.3 if at >= student.slips else 1.0
        if rng.random() < student.own * often * _WEEKDAYS[day.weekday()] / sum(_WEEKDAYS):
            found.append(Session(_on(day, student, zone, rng), None))
    in_time = [one for one in found if one.at < now and (one.given is None or one.at < term[one.given].due_at)]
    return sorted(in_time, key=lambda one: one.at)


def _before_due(student: Student, given: Given, zone: ZoneInfo, rng: Random) -> datetime:
    first, last = given.opens_at.astimezone(zone).date(), given.due_at.astimezone(zone).date()
    days = [first + number * _DAY for number in range((last - first).days + 1)]
    weights = [_WEEKDAYS[day.weekday()] * (1 + 1.2 * (place / len(days)) ** 2) for place, day in enumerate(days)]
    at = _on(rng.choices(days, weights)[0], student, zone, rng)
    # whoever would sit down too late does it in the last hours
    return at if given.opens_at <= at < given.due_at else given.due_at - timedelta(hours=rng.uniform(0.7, 6))


def _on(day: date, student: Student, zone: ZoneInfo, rng: Random) -> datetime:
    hour = min(max(rng.gauss(student.hour, 1.2), _EARLIEST), _LATEST)
    clock = time(int(hour), int(hour % 1 * 60), rng.randrange(60))
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
