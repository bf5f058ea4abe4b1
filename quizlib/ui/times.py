"""Moments as a person reads and writes them, in their own zone."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from quizlib.model.person import User


def moment(at: datetime, person: User) -> str:
    """Say when: "Friday 27 November 2026, 18:00"."""
    local = at.astimezone(ZoneInfo(person.time_zone))
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M}"


def day(at: datetime, person: User) -> str:
    """Say on which day: "27 November 2026"."""
    local = at.astimezone(ZoneInfo(person.time_zone))
    return f"{local.day} {local:%B %Y}"


def in_zone(at: datetime, person: User) -> datetime:
    """Give a moment as the clocks of the person show it."""
    return at.astimezone(ZoneInfo(person.time_zone))


def at(on: date, clock: time, person: User) -> datetime:
    """Give the moment that a date and a time of the person's clocks mean, in UTC."""
    return datetime.combine(on, clock, tzinfo=ZoneInfo(person.time_zone)).astimezone(UTC)
