"""What a learner's single answers say: when they were given, how long they took, how sure they were."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

import pandas as pd

from quizlib.analytics import activity, calibration, timing
from quizlib.analytics.timing import Times
from quizlib.model.attempt import Confidence
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.history import taken
from quizlib.services.history.taken import Wanted
from quizlib.store import frames
from quizlib.store.answers import history as rows

WEEKS = 13


class Activity(NamedTuple):
    """Answers by day: `days` has all busy ones, `calendar` every one of the last weeks, with week and weekday."""

    calendar: pd.DataFrame
    days: pd.DataFrame


class Pace(NamedTuple):
    """How long questions took, in all and by topic (topic, n, lower, median, upper), in seconds; None with too few."""

    times: Times | None
    topics: pd.DataFrame


def active(actor: User, wanted: Wanted) -> Activity:
    """Give on which days the actor answered, up to today or the last day wanted."""
    app = current()
    zone = ZoneInfo(actor.time_zone)
    with app.database.read() as connection:
        moments = rows.answered(connection, actor.id)
    today = app.clock().astimezone(zone).date()
    days = activity.answers_by_day(pd.Series(moments, dtype="datetime64[us, UTC]"), zone)
    return Activity(activity.calendar(days, min(wanted.until or today, today), WEEKS), days)


def pace(actor: User, wanted: Wanted) -> Pace:
    """Give how long the actor's questions took; of exams that is not known."""
    answers = _told_answers(actor, wanted)
    return Pace(timing.seconds(answers), timing.seconds_by_topic(answers))


def judgement(actor: User, wanted: Wanted) -> pd.DataFrame:
    """Give how often the actor was right, by how sure they said to be: confidence, n, right, share, low, high."""
    return calibration.right_by_confidence(_told_answers(actor, wanted), [one.value for one in Confidence])


def _told_answers(actor: User, wanted: Wanted) -> pd.DataFrame:
    """Give the answers in the quizzes that are wanted, over, and told."""
    app = current()
    with app.database.read() as connection:
        everything = taken.read(app, connection, actor)
        answers = frames.answers_of_learner(connection, actor.id)
    found = taken.chosen(everything, wanted, ZoneInfo(actor.time_zone)).quizzes
    answers = answers[answers["attempt_id"].isin(found["attempt_id"][found["told"] & ~found["going"]])]
    return answers[answers["topic"].isin(wanted.topics)] if wanted.topics else answers
