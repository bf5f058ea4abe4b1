"""What is worked out only once it is opened: calendar, times, how well one judges oneself, and the download."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from quizlib.model.attempt import Confidence
from quizlib.model.person import User
from quizlib.services.exporting import answers
from quizlib.services.history import insights
from quizlib.services.history.taken import Wanted
from quizlib.ui import words
from quizlib.ui.parts import downloads
from quizlib.ui.parts.charts import by_day, drawing, ranges
from quizlib.ui.parts.my_history import said


def show(actor: User, wanted: Wanted) -> None:
    """Show the folds."""
    folds = {
        "Calendar": ("calendar", _calendar),
        "Time for a question": ("times", _times),
        "How well I judge myself": ("judgement", _judgement),
    }
    for label, (name, draw) in folds.items():
        with st.expander(label, key=f"fold-{name}", on_change="rerun") as fold:
            if fold.open:
                draw(actor, wanted)
    downloads.offer("my-answers", answers.mine, "Download my answers", answers.MINE)


def _calendar(actor: User, wanted: Wanted) -> None:
    found = insights.active(actor, wanted)
    calendar = found.calendar
    busy = calendar[calendar["answers"] > 0]
    if busy.empty:
        st.markdown("No answers in these weeks.")
        return
    total = words.count(int(busy["answers"].sum()), "answer")
    sentence = f"In {insights.WEEKS} weeks {total} on {words.count(len(busy), 'day')}."
    st.markdown(f"{sentence} The larger the disc, the more answers on that day.")
    by_day.show(calendar, f"A calendar of answers. {sentence}")
    rows = [(_day(one), str(number)) for one, number in zip(found.days["day"], found.days["answers"], strict=True)]
    drawing.offer_table("calendar-table", "Answers on each day, newest first", ("Day", "Answers"), rows[::-1])


def _times(actor: User, wanted: Wanted) -> None:
    found = insights.pace(actor, wanted)
    if found.times is None:
        st.markdown(f"{said.DASH} Too few answers whose time is known: it takes 5. Mock exams do not count here.")
        return
    times = found.times
    sentence = (
        f"Half of your {times.n:,} answers took {_seconds(times.lower)} to {_seconds(times.upper)}; "
        f"the middle one took {_seconds(times.median)}."
    )
    st.markdown(
        f"{sentence} In a mock exam the time of one question is not known. By topic, the diamond is the middle answer "
        "and the line the middle half."
    )
    if found.topics.empty:
        return
    named = found.topics.assign(name=[said.topic(one) for one in found.topics["topic"]]).rename(
        columns={"median": "middle"}
    )
    ranges.show_seconds(named[["name", "lower", "middle", "upper"]], f"Seconds for a question by topic. {sentence}")
    rows = [
        (row["name"], str(row["n"]), *(_seconds(row[one]) for one in ("lower", "middle", "upper")))
        for row in named.to_dict("records")
    ]
    head = ("Topic", "Answers", "A quarter took less than", "Middle", "A quarter took more than")
    drawing.offer_table("times-table", "Time for a question, the slowest topic first", head, rows)


def _judgement(actor: User, wanted: Wanted) -> None:
    found = insights.judgement(actor, wanted)
    if not found["n"].sum():
        st.markdown("How often you were right when you were sure. Turn on “Ask how sure I am” under Account for that.")
        return
    names = [words.CONFIDENCE[Confidence(one)] for one in found["confidence"]]
    lines = [_judged(name, row) for name, row in zip(names, found.to_dict("records"), strict=True)]
    st.markdown("  \n".join(lines))
    known = found.assign(name=names).dropna(subset=["share"])
    if not known.empty:
        figures = known.rename(columns={"low": "lower", "share": "middle", "high": "upper"})
        ranges.show_shares(figures[["name", "lower", "middle", "upper"]], " ".join(lines))
    rows = [
        (name, str(row["n"]), str(row["right"]), _percent(row["share"]), _interval(row))
        for name, row in zip(names, found.to_dict("records"), strict=True)
    ]
    head = ("How sure", "Answers", "Right", "Share right", "As far as so many tell")
    drawing.offer_table("judgement-table", "How sure you were, and how often right", head, rows)


def _judged(name: str, row: Mapping[Any, Any]) -> str:
    share = "too few answers for a share" if pd.isna(row["share"]) else _percent(row["share"])
    return f"**{name}**: {row['right']:,} of {row['n']:,} right ({share})"


def _percent(share: float) -> str:
    return said.DASH if pd.isna(share) else f"{share:.0%}"


def _interval(row: Mapping[Any, Any]) -> str:
    return said.DASH if pd.isna(row["share"]) else f"{row['low']:.0%} to {row['high']:.0%}"


def _seconds(number: float) -> str:
    return words.count(round(number), "second")


def _day(one: date) -> str:
    return f"{one.day} {one:%B %Y}"
