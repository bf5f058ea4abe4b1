"""Mistakes of a learner: those that are open, the red flags among them, and old ones that were put right."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from quizlib.engine.selection import NEEDED_DAYS
from quizlib.model.attempt import Item
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.app import App
from quizlib.services.quizzes.sheets import as_told
from quizlib.store.answers import history as rows
from quizlib.store.answers.assignments import kept_back
from quizlib.store.answers.history import Missed
from quizlib.store.content.questions import live_versions
from quizlib.store.databases.database import Connection
from quizlib.store.ids import batched

NAMED_FOR = timedelta(days=14)
MOST_NAMED = 3
_LOOKED_AT = 20


class PutRight(NamedTuple):
    """A mistake that was right on two different days since: the answer given last, with the question that tells it."""

    item: Item
    question: Question
    missed_at: datetime
    times_right: int


class Mistakes(NamedTuple):
    """Questions that were missed and not put right yet, as far as they are still asked, and some that were."""

    open: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    put_right: tuple[PutRight, ...] = ()


def find(app: App, connection: Connection, actor: User, untold: Collection[int]) -> Mistakes:
    """Find the actor's mistakes; what was answered in attempts that are not told yet tells nothing."""
    missed = rows.missed(connection, actor.id, untold)
    zone = ZoneInfo(actor.time_zone)
    kept = kept_back(connection, actor.id, app.clock()) if untold or missed else set()
    still = sorted(one.question_id for one in missed if not put_right(one, zone) and one.question_id not in kept)
    asked = {one["id"]: one["version_id"] for some in batched(still) for one in live_versions(connection, some)}
    known = app.questions(connection, asked.values())
    alarming = [one for one in asked if (action := known[asked[one]].action) is not None and action.alarming]
    closed = [one for one in missed if put_right(one, zone) and one.question_id not in kept]
    return Mistakes(tuple(asked), tuple(alarming), _named(app, connection, actor, closed, untold))


def put_right(one: Missed, zone: ZoneInfo) -> bool:
    """Tell whether a mistake was put right: right on two different days since, by the calendar of the zone.

    The same as no mistake of `engine.selection.open_mistakes`, which asks for every answer.
    """
    if one.first_right_at is None or one.last_right_at is None:
        return False
    return one.first_right_at.astimezone(zone).date() != one.last_right_at.astimezone(zone).date()


def _named(
    app: App, connection: Connection, actor: User, closed: Sequence[Missed], untold: Collection[int]
) -> tuple[PutRight, ...]:
    """Give the mistakes that were put right of late, the latest first."""
    since, zone = app.clock() - NAMED_FOR, ZoneInfo(actor.time_zone)
    late = [one for one in closed if one.last_right_at is not None and one.last_right_at >= since]
    late = sorted(late, key=lambda one: one.last_right_at or since, reverse=True)[:_LOOKED_AT]
    if not late:
        return ()
    ids, first = [one.question_id for one in late], min(one.missed_at for one in late)
    answers = rows.answers_after(connection, actor.id, ids, first, untold)
    right = {one: [at for at in answers[one.question_id] if at > one.missed_at] for one in late}
    moments = {one: _put_right_at(right[one], zone) for one in late}
    named = sorted((one for one in late if moments[one] >= since), key=lambda one: moments[one], reverse=True)
    named = named[:MOST_NAMED]
    found = rows.items_at(connection, actor.id, [(one.question_id, one.missed_at) for one in named])
    versions = {version for item in found.values() for version in (item.version_id, item.graded_by) if version}
    questions = app.questions(connection, versions)
    told = []
    for one in named:
        item = found.get(one.question_id)
        if item is not None and item.response is not None:
            asked, question = questions[item.version_id], questions[item.graded_by or item.version_id]
            told.append(PutRight(as_told(item, asked, question), question, one.missed_at, len(right[one])))
    return tuple(told)


def _put_right_at(right: Sequence[datetime], zone: ZoneInfo) -> datetime:
    days: dict[date, datetime] = {}
    for at in right:
        days.setdefault(at.astimezone(zone).date(), at)
    return list(days.values())[NEEDED_DAYS - 1]
