"""Account: what a person has chosen for themselves, where they are signed in, and what is stored about them."""

import streamlit as st

from quizlib.model.person import TextSize, User
from quizlib.services.people.people import settle
from quizlib.ui import identity, routes, words
from quizlib.ui.parts import my_account


def page() -> None:
    """Show and change the person's choices."""
    actor = identity.actor()
    st.markdown("# Account")
    mode = identity.sign_in_mode()
    if mode == "none":
        st.markdown("There is no sign-in: everything stays on this computer, for one person.")
    else:
        my_account.who(actor, mode)
        st.markdown("## Quizzes")
    _quizzes(actor)
    if mode == "none":
        st.caption(f"Times are shown for {actor.time_zone}, as your browser says.")
    st.caption("Light or dark follows your device.")
    st.page_link(routes.to("history"), label="My history")
    if mode != "none":
        my_account.classes_of(actor)
        my_account.places(actor, mode)
        my_account.data(actor)


def _quizzes(actor: User) -> None:
    with st.container(key="settings"):
        asks = st.toggle(
            "Ask how sure I am",
            value=actor.asks_confidence,
            key="asks-confidence",
            help="Guess, Think so and Sure stand in place of Check. It costs no extra press.",
        )
        keys = st.toggle("Show which keys to press", value=actor.shows_keys, key="shows-keys")
        size = st.segmented_control(
            "Text size in quizzes",
            list(TextSize),
            default=actor.text_size,
            format_func=lambda one: words.TEXT_SIZES[TextSize(one)],
            key="text-size",
            required=True,
        )
    size = TextSize(size)
    if (asks, keys, size) != (actor.asks_confidence, actor.shows_keys, actor.text_size):
        settle(actor, asks_confidence=asks, shows_keys=keys, text_size=size)
        st.caption("Saved. It holds from your next quiz on.")
