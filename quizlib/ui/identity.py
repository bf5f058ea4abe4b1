"""Who is here: the one place that reads cookies and the browser's own facts."""

import streamlit as st

from quizlib.model.person import User
from quizlib.services.people import local_person


def actor() -> User:
    """Give the person of this visit, with the browser's time zone noted."""
    zone = st.context.timezone
    return local_person(zone if isinstance(zone, str) else None)
