"""Activity: which day it was depends on where one is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.analytics.activity import answers_by_day, calendar

SATURDAY = date(2026, 11, 21)


def moments(*at: datetime) -> pd.Series:
    return pd.Series(list(at), dtype="datetime64[us, UTC]")


def days(found: pd.DataFrame) -> list[tuple[date, int]]:
    return list(zip(found["day"], found["answers"], strict=True))


@pytest.mark.parametrize(
    ("zone", "counted"),
    [
        ("UTC", [(date(2026, 11, 20), 2)]),
        ("Europe/Berlin", [(date(2026, 11, 20), 1), (date(2026, 11, 21), 1)]),
        ("America/Los_Angeles", [(date(2026, 11, 19), 1), (date(2026, 11, 20), 1)]),
    ],
)
def test_an_answer_belongs_to_the_day_of_the_place(zone: str, counted: list[tuple[date, int]]):
    early, late = datetime(2026, 11, 20, 3, tzinfo=UTC), datetime(2026, 11, 20, 23, 30, tzinfo=UTC)

    assert days(answers_by_day(moments(late, early), ZoneInfo(zone))) == counted


def test_no_answers_are_no_days():
    assert answers_by_day(moments(), ZoneInfo("UTC")).empty


def test_a_calendar_begins_on_a_monday_and_ends_on_the_last_day():
    found = calendar(pd.DataFrame({"day": [SATURDAY], "answers": [7]}), SATURDAY, 2)

    assert (found["day"].iloc[0], found["day"].iloc[-1]) == (date(2026, 11, 9), SATURDAY)
    assert list(found["answers"]) == [0] * 12 + [7]
    assert list(found["weekday"]) == [*range(7), *range(6)]
    assert set(found["week"]) == {date(2026, 11, 9), date(2026, 11, 16)}


@given(st.lists(st.integers(0, 90 * 24), max_size=50), st.integers(1, 15))
def test_a_calendar_has_every_answer_of_its_weeks_once(hours_ago: list[int], weeks: int):
    at = [datetime(2026, 11, 21, 12, tzinfo=UTC) - timedelta(hours=one) for one in hours_ago]
    by_day = answers_by_day(moments(*at), ZoneInfo("UTC"))
    found = calendar(by_day, SATURDAY, weeks)
    first = min(found["day"])

    assert found["answers"].sum() == sum(first <= one.date() <= SATURDAY for one in at)
    assert list(found["day"]) == [first + timedelta(days=number) for number in range(len(found))]
    assert found["week"].nunique() == weeks
