"""Every student at every assignment, a page of each at a time, and how the scores of each assignment are spread."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from quizlib.model.classes import Assignment
from quizlib.services.history.scores import Figures, Row, Scores
from quizlib.ui import words
from quizlib.ui.parts.charts import drawing, spread
from quizlib.ui.parts.in_class import said, tables

ROWS, COLUMNS = 25, 6
NAME, LOWEST = "By name", "Lowest first"
SPREAD = (
    "Assignment",
    "Finished by",
    "Middle",
    "Middle half",
    "Average",
    "Spread",
    "Lowest to highest",
    "Look closer",
)


def columns(found: Scores) -> Sequence[Assignment]:
    """Give the assignments that are looked at, so many that they stand beside each other; the newest unless chosen."""
    given = found.assignments
    if len(given) <= COLUMNS:
        return given
    starts = list(range(0, len(given), COLUMNS))

    def name(start: int) -> str:
        some = given[start : start + COLUMNS]
        return f"{some[-1].title} to {some[0].title}" if len(some) > 1 else some[0].title

    start = st.selectbox(f"Assignments, {COLUMNS} at a time", starts, format_func=name, key=f"columns-{len(given)}")
    return given[start : start + COLUMNS]


def show(found: Scores, given: Sequence[Assignment]) -> None:
    """Show a page of students with what each has in these assignments."""
    rows = found.rows
    if len(rows) > 1:
        order = st.segmented_control("Order", [NAME, LOWEST], default=NAME, key="order", required=True)
        if order == LOWEST:
            rows = tuple(sorted(rows, key=lambda one: (one.mean is None, one.mean or 0.0)))
    pages = -(-len(rows) // ROWS)
    page = 1
    if pages > 1:
        page = min(st.pagination(pages, key=f"students-{len(rows)}"), pages)
    names = Counter(one.name for one in found.rows)
    head = ["Student", "On average", *(one.title for one in given)]
    shown = [
        (_name(one, found, names), _average(one, len(found.assignments)), *(_cell(one, each) for each in given))
        for one in rows[(page - 1) * ROWS : page * ROWS]
    ]
    st.html(tables.table("Points of every student in each assignment", head, shown, "matrix"))
    st.caption("Of several attempts the one stands here that counts. The average is over everything that is done.")


def figures(found: Scores, given: Sequence[Assignment]) -> None:
    """Show the figures of these assignments, and a chart of one of them."""
    st.html(
        tables.table(
            "How the scores of each assignment are spread",
            SPREAD,
            (_figures(one, found.figures.get(one.id)) for one in given),
        )
    )
    st.caption(
        "Shares of the points. Middle: half have more, half have less. Spread: the standard deviation, in points of "
        "100; as a rule two of three scores lie as near to the average."
    )
    done = {one.id: one.title for one in given if one.id in found.figures}
    if not done:
        return
    chosen = st.selectbox("Chart of", list(done), format_func=done.__getitem__, key=f"chart-{'-'.join(map(str, done))}")
    spread_of = found.figures[chosen]
    sentence = (
        f"{done[chosen]}: {words.count(spread_of.n, 'student')} finished; half of them have {spread_of.median:.0%} or "
        f"more of the points, the lowest {spread_of.lowest:.0%}, the highest {spread_of.highest:.0%}."
    )
    st.text(sentence)
    spread.show(spread_of.tenths, sentence)
    rows = zip((f"{one} %" for one in spread.names(len(spread_of.tenths))), map(str, spread_of.tenths), strict=True)
    drawing.offer_table("spread-table", f"Scores in {done[chosen]}", ("Score", "Students"), list(rows))


def _name(one: Row, found: Scores, names: Counter[str]) -> str:
    if not one.user_id:
        return said.ERASED
    twice = f" ({one.sign_in_name})" if names[one.name] > 1 and one.sign_in_name else ""
    return tables.link("student", one.name + twice, **{"class": found.group.id, "student": one.user_id})


def _average(one: Row, given: int) -> str:
    return said.share(one.mean) + tables.small(f"{one.done} of {given} done")


def _cell(one: Row, given: Assignment) -> str:
    score = one.scores[given.id]
    more = [f"{score.tries} attempts"] if score.tries > 1 else []
    more += ["another under way"] if score.running and score.points is not None else []
    return said.score(score) + tables.small(", ".join(more))


def _figures(given: Assignment, found: Figures | None) -> tuple[str, ...]:
    links = [
        tables.link("analysis", "Questions", assignment=given.id),
        tables.link("show", "Show in class", assignment=given.id),
    ]
    name = tables.link("assignment", given.title, assignment=given.id)
    if found is None:
        return (name, "nobody yet", *[said.DASH] * 6)
    spread_words = said.DASH + tables.small("one score only") if found.sd is None else f"{100 * found.sd:.0f} points"
    return (
        name,
        str(found.n),
        f"{found.median:.0%}",
        f"{found.quarter:.0%} to {found.three_quarters:.0%}",
        f"{found.mean:.0%}",
        spread_words,
        f"{found.lowest:.0%} to {found.highest:.0%}",
        " · ".join(links),
    )
