"""What your teacher sees: in plain words, before anybody has to ask."""

import streamlit as st

from quizlib.ui import identity, words

_PARTS = (
    "**By name, in the assignments of your class:** whether you have begun and finished, when, how many attempts you "
    "made, what you answered, how sure you said you were, how long it took, and your points, over time and by topic.",
    "**Not by name:** what you practise by yourself. The page of the class shows how many students practised in the "
    "last seven days, how many answers they gave, and how many were right; nothing while fewer than five did. If you "
    "want your teacher to see your practice by name, say so under Account; you can take it back there. "
    "First answers of everybody are counted to see which questions are bad, without saying whose they are.",
    "**Never:** your password, which is kept as a hash that nobody can turn back; when you were signed in; what other "
    "classes you are in.",
    "**Kept about you:** your name, what you sign in with, your settings, where you are signed in, your classes, your "
    "quizzes and answers. After a failed try to sign in, a hash of the name and of the computer’s address is kept for "
    "a quarter of an hour, to slow down whoever guesses.",
    "Under Account you can download all of it, and erase yourself: then your answers stay for the statistics of the "
    "questions, and nothing says that they were yours. Whoever runs the server can read its database.",
)


def page() -> None:
    """Tell what is stored, who sees it, and how to take it away or have it erased."""
    identity.actor()
    st.markdown("# What your teacher sees")
    for part in (words.TEACHER_SEES, *_PARTS):
        st.markdown(part)
