"""Join a class by the code or the link that a teacher gave."""

import streamlit as st

from quizlib.errors import Refused
from quizlib.services.classes import classes
from quizlib.ui import identity, routes, words


def page() -> None:
    """Ask for a code, say which class it opens and what its teacher will see, and join."""
    actor = identity.actor()
    st.markdown("# Join a class")
    code = st.text_input(
        "Code of the class", value=st.query_params.get("code", ""), key="code", max_chars=20, placeholder="8 letters"
    )
    if not code.strip():
        st.caption("Your teacher wrote it on the board, or sent a link with it.")
        return
    try:
        name = classes.name_for_code(code)
    except Refused as refusal:
        st.text(str(refusal))
        return
    st.text(f"This code opens the class {name}.")
    st.markdown(words.TEACHER_SEES)
    if st.button("Join", type="primary", key="join"):
        classes.join(actor, code)
        routes.go("home")
