"""Account: what a person has chosen for themselves."""

import streamlit as st

from quizlib.services.people import ask_confidence
from quizlib.ui import identity


def page() -> None:
    """Show and change the person's choices."""
    actor = identity.actor()
    st.markdown("# Account")
    st.markdown("There is no sign-in: everything stays on this computer, for one person.")
    wanted = st.toggle(
        "Ask how sure I am",
        value=actor.asks_confidence,
        key="asks-confidence",
        help="Guess, Think so and Sure stand in place of Check. It costs no extra press.",
    )
    if wanted != actor.asks_confidence:
        ask_confidence(actor, wanted)
        st.caption("Saved. It holds from your next quiz on.")
    st.caption(f"Times are shown for {actor.time_zone}, as your browser says.")
    st.caption("Light or dark follows your device.")
