"""Topics: what there is, and what one has seen of it."""

import streamlit as st

from quizlib.services.quizzes import study
from quizlib.services.quizzes.home import home
from quizlib.ui import identity, prose, routes, words


def page() -> None:
    """Show each topic with its questions and a way in."""
    actor = identity.actor()
    st.markdown("# Topics")
    for tile in home(actor).tiles:
        with st.container(key=f"topic-row-{tile.topic.id}", border=True):
            st.markdown(f"## {prose.plain(tile.topic.title)}")
            st.markdown(prose.plain(tile.topic.about))
            st.caption(f"{words.count(tile.questions, 'question')}, {tile.seen} of them seen")
            if st.button("Start ten", key=f"start-{tile.topic.id}"):
                routes.go("practice", quiz=study.start(actor, topics=[tile.topic.id]))
