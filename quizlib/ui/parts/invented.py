"""The line on every page that says so while an invented class is loaded."""

import streamlit as st

from quizlib.errors import QuizError
from quizlib.services.app import current
from quizlib.ui import words

# behind the card, so that this stays in its place, and above it to the eye: under it the line would be out of sight
_ONE_LINE = f"""<style>
div:has(> .st-key-invented) {{ order: -1; }}
.st-key-invented p {{ margin: 0; text-align: center; font-size: .8rem; color: light-dark(#4A4F57, #AEB4BC); }}
</style><p>{words.INVENTED_SHORT}</p>"""


def is_loaded() -> bool:
    """Tell whether an invented class is loaded; no while the database is away."""
    try:
        return current().invented
    except QuizError:
        return False


def mark_page() -> None:
    """Say on a page in its frame that an invented class is loaded, and how it is taken away."""
    if is_loaded():
        with st.container(key="invented"):
            st.markdown(words.INVENTED)


def mark_quiz() -> None:
    """Say the same in a quiz, in one line."""
    if is_loaded():
        with st.container(key="invented"):
            st.html(_ONE_LINE)
