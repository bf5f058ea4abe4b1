"""What to do about what a history shows: red flags, open mistakes, and old ones that were put right."""

from collections.abc import Callable

import streamlit as st

from quizlib.errors import NothingMatches
from quizlib.kinds import kind_of
from quizlib.model.person import User
from quizlib.services.history import repeating
from quizlib.services.history.mistakes import Mistakes, PutRight
from quizlib.ui import prose, routes, words
from quizlib.ui.parts.my_history import said

LONGEST = 70


def show(actor: User, found: Mistakes) -> None:
    """Show red flags that were missed on a line of their own, mistakes that are open, and those that were put right."""
    if found.red_flags:
        with st.container(key="red-flags", horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{words.count(len(found.red_flags), 'red flag')} to look at again**")
            if st.button("Repeat", key="repeat-red-flags"):
                begin(lambda: repeating.repeat_red_flags(actor))
    with st.container(key="start", horizontal=True, vertical_alignment="center"):
        number = len(found.open)
        if number:
            if st.button("Repeat my open mistakes", type="primary", key="repeat-open"):
                begin(lambda: repeating.repeat_open_mistakes(actor))
            at_a_time = f", {repeating.LENGTH} at a time" if number > repeating.LENGTH else ""
            st.markdown(f"{words.count(number, 'open mistake')}{at_a_time}")
        else:
            st.markdown("No open mistakes.")
    for one in found.put_right:
        st.markdown(put_right(one, actor))


def begin(start: Callable[[], int]) -> None:
    """Go to the quiz that begins; say why none does."""
    try:
        quiz = start()
    except NothingMatches as refusal:
        st.text(str(refusal))
        return
    routes.go("practice", quiz=quiz)


def put_right(one: PutRight, person: User) -> str:
    """Say which mistake was put right: "You had L4 for L5 until Tuesday. Now twice right."."""
    body = one.question.body
    kind = kind_of(one.question)
    had = kind.summary(body, one.item.response or {})
    right = kind.summary(body, kind.right_answer(body))
    often = "twice" if one.times_right == 2 else f"{one.times_right} times"
    until = said.recent_day(one.missed_at, person)
    return (
        f"✓ “{prose.plain(prose.short(one.question.stem, LONGEST))}” You had *{_part(had)}* for *{_part(right)}* "
        f"until {until}. Now {often} right."
    )


def _part(text: str) -> str:
    return prose.plain(prose.short(text, LONGEST)) or said.DASH
