"""When an attempt at an assignment ends at the latest."""

from datetime import datetime, timedelta

from quizlib.model.classes import Assignment
from quizlib.store.answers import assignments as rows
from quizlib.store.databases.database import Connection
from quizlib.store.people import classes


def ends_at(given: Assignment, started_at: datetime, extra_time: float) -> datetime | None:
    """Tell when an attempt ends at the latest: after its minutes, and when the assignment is due.

    Extra time multiplies the minutes, and moves the end past what is due by the same share.
    """
    if given.minutes is None:
        return given.due_at
    whole = timedelta(minutes=given.minutes * extra_time)
    ends = started_at + whole
    if given.due_at is None:
        return ends
    return min(ends, given.due_at + (whole - timedelta(minutes=given.minutes)))


def move_ends(connection: Connection, class_id: int) -> None:
    """Have attempts that go on in a class end when its members' extra time says; for services that changed it."""
    for given in rows.of_class(connection, class_id):
        if given.minutes is not None:
            set_ends(connection, given)


def set_ends(connection: Connection, given: Assignment) -> None:
    """Have the attempts at an assignment that go on end when its terms say."""
    extra = {one.user_id: one.extra_time for one in classes.members(connection, given.class_id)}
    for one in rows.unfinished(connection, given.id):
        ends = ends_at(given, one.started_at, extra.get(one.user_id, 1.0))
        rows.set_due(connection, one.attempt_id, ends if ends is None else max(ends, one.started_at))
