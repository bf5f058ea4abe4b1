"""A new question begins: pasted as text, or from empty fields of a type."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from quizlib.errors import QuizError
from quizlib.kinds import KINDS
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.authoring import drafts
from quizlib.ui import routes

EXAMPLE = """\
Which nerve root does an L4-L5 paracentral disc herniation most often compress?
A. L4
*B. L5
C. S1"""


def start(actor: User) -> None:
    """Show both ways to begin, and unfinished work above."""
    st.markdown("# New question")
    topics = current().catalogue.topics
    topic = st.selectbox(
        "Topic",
        list(topics),
        format_func=lambda one: topics[one].title,
        key="new-topic",
        index=None,
        placeholder="Choose",
    )
    with st.container(border=True, key="begin-paste"):
        st.markdown("## Paste a question")
        text = st.text_area(
            "Text with its options; a star or “ANSWER: B” marks the right one",
            key="pasted",
            placeholder=EXAMPLE,
            height=190,
        )
        if st.button("Fill in the fields", type="primary", key="fill"):
            if not text.strip():
                st.text("Paste the question first.")
            else:
                _go(lambda: drafts.from_text(actor, text, topic or ""))
    with st.container(border=True, key="begin-empty"):
        st.markdown("## Or begin with empty fields")
        with st.container(horizontal=True, key="types"):
            for name, kind in KINDS.items():
                if st.button(kind.title, key=f"begin-{name}"):
                    _go(partial(drafts.begin, actor, name, topic or ""))


def _go(begin: Callable[[], int]) -> None:
    try:
        draft = begin()
    except QuizError as refusal:
        st.text(str(refusal))
    else:
        routes.go("write", draft=draft)
