"""Home: one clear next step, and the topics."""

from typing import Literal

import streamlit as st

from quizlib.model.person import User
from quizlib.services.quizzes import study
from quizlib.services.quizzes.home import Home, TopicTile, home
from quizlib.ui import identity, prose, routes, words
from quizlib.ui.parts import assigned, notices

LENGTH = 10


def page() -> None:
    """Show what to do next."""
    actor = identity.actor()
    shown = home(actor)
    notices.show(actor)
    if not shown.questions:
        st.markdown("# No questions yet")
        st.write("Put question files into the questions folder and start the app again.")
        return
    something_to_do = assigned.show(actor)
    with st.container(key="next", border=True):
        _next_step(actor, shown, something_to_do)
    st.markdown("## Topics")
    with st.container(key="tiles"):
        for tile in shown.tiles:
            _tile(actor, tile)
    if shown.answered:
        st.page_link(routes.to("history"), label="My history")


def _next_step(actor: User, shown: Home, something_to_do: bool) -> None:
    main: Literal["primary", "secondary"] = "secondary" if something_to_do else "primary"
    waiting = shown.open_quiz
    if waiting is not None:
        about = prose.plain(", ".join(waiting.topics)) or "All topics"
        st.markdown(f"# Go on: question {waiting.position} of {waiting.total}")
        st.markdown(f"{about}. Your answers so far are saved.")
        with st.container(horizontal=True, vertical_alignment="center", key="start"):
            if st.button("Go on", type=main, key="go-on"):
                routes.go("practice", quiz=waiting.attempt.id)
            if st.button("Start another ten", key="start-new"):
                routes.go("practice", quiz=study.start(actor, number=LENGTH))
        return
    if shown.answered:
        st.markdown("# Ten questions, all topics")
        st.markdown("Each answer explained, with its source. No timer.")
    else:
        st.markdown("# Ten questions on nerve roots, dermatomes, red flags and pain")
        no_sign_up = "No sign-up, no timer." if identity.sign_in_mode() == "none" else "No timer."
        st.markdown(f"Each answer explained, with its source. {no_sign_up} For study; it is not medical advice.")
    with st.container(horizontal=True, vertical_alignment="center", key="start"):
        if st.button("Start", type=main, key="start-new"):
            routes.go("practice", quiz=study.start(actor, number=LENGTH))
        st.page_link(routes.to("choose"), label="Choose what to practise")


def _tile(actor: User, tile: TopicTile) -> None:
    about = words.count(tile.questions, "question")
    seen = f", {tile.seen} seen" if tile.seen else ""
    with st.container(key=f"tile-{tile.topic.id}"):
        label = f"**{prose.plain(tile.topic.title)}** {about}{seen}"
        if st.button(label, key=f"topic-{tile.topic.id}", help=None, width="stretch"):
            routes.go("practice", quiz=study.start(actor, number=LENGTH, topics=[tile.topic.id]))
