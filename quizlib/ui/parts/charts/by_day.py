"""A calendar of activity: a disc for each day, the larger the more was answered."""

from functools import cache

import pandas as pd

from quizlib.model.attempt import Json
from quizlib.ui.parts.charts.drawing import BLUE, draw, specified

HEIGHT = 280
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def show(calendar: pd.DataFrame, said: str) -> None:
    """Draw days, as `insights.Activity.calendar` has them."""
    figures = pd.DataFrame(
        {
            "week": [f"{one.isoformat()}T00:00:00" for one in calendar["week"]],
            "weekday": [WEEKDAYS[one] for one in calendar["weekday"]],
            "day": [f"{one.day} {one:%B %Y}" for one in calendar["day"]],
            "answers": calendar["answers"].to_list(),
        }
    )
    draw(_specification(), figures, said, HEIGHT)


@cache
def _specification() -> Json:
    import altair as alt

    base = alt.Chart().encode(
        x=alt.X("week:O", timeUnit="yearmonthdate", title="Week of", axis=alt.Axis(format="%-d %b", labelAngle=0)),
        y=alt.Y("weekday:O", title=None, sort=list(WEEKDAYS)),
        tooltip=[alt.Tooltip("day:N", title="Day"), alt.Tooltip("answers:Q", title="Answers")],
    )
    none = base.mark_point(color=BLUE, size=6, filled=True).transform_filter("datum.answers == 0")
    discs = (
        base.mark_circle(color=BLUE, opacity=1)
        .encode(size=alt.Size("answers:Q", scale=alt.Scale(range=[30, 220], domainMin=1), legend=None))
        .transform_filter("datum.answers > 0")
    )
    return specified(alt.layer(none, discs), "Answers on each day")
