"""On which days somebody was busy, by the calendar of where they are."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

DAYS_OF_WEEK = 7


def answers_by_day(answered_at: pd.Series, zone: ZoneInfo) -> pd.DataFrame:
    """Count moments in UTC by the day that they fall on in a zone: columns day and answers, the oldest day first."""
    days = answered_at.dt.tz_convert(zone).dt.date
    counted = days.value_counts().sort_index()
    return pd.DataFrame({"day": counted.index.to_list(), "answers": counted.to_list()})


def calendar(by_day: pd.DataFrame, last: date, weeks: int) -> pd.DataFrame:
    """Lay days out by week: every day of so many weeks up to the one of `last`, days after it left out.

    Columns: day, week (its Monday), weekday (0 is Monday), answers (0 where there were none).
    """
    first = last - timedelta(days=last.weekday() + DAYS_OF_WEEK * (weeks - 1))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    answers = dict(zip(by_day["day"], by_day["answers"], strict=True))
    return pd.DataFrame(
        {
            "day": days,
            "week": [one - timedelta(days=one.weekday()) for one in days],
            "weekday": [one.weekday() for one in days],
            "answers": [int(answers.get(one, 0)) for one in days],
        }
    )
