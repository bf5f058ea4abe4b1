"""A learner's quizzes: those that go on, and the others with the newest first."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from quizlib.model.person import User
from quizlib.services.history import repeating
from quizlib.services.history.listing import Quiz, Stage
from quizlib.services.quizzes.results import repeat_mistakes
from quizlib.ui import prose, routes, words
from quizlib.ui.parts.my_history import said
from quizlib.ui.parts.my_history.next_steps import begin

AGAIN, MISTAKES = "The same questions", "Its mistakes"


def going(actor: User, quizzes: Sequence[Quiz]) -> None:
    """Show the quizzes that go on."""
    for quiz in quizzes:
        with st.container(key=f"going-{quiz.id}", horizontal=True, vertical_alignment="center"):
            st.html(f"<p><b>{escape(said.title(quiz))}</b>, begun {said.day(quiz.at, actor)}. {said.score(quiz)}.</p>")
            if st.button("Go on", key=f"go-on-{quiz.id}"):
                routes.go("practice", quiz=quiz.id)


def done(actor: User, quizzes: Sequence[Quiz]) -> None:
    """Show quizzes that are over, each with the way to it as it was and to its questions again."""
    with st.container(key="quizzes"):
        for quiz in quizzes:
            _row(actor, quiz)


def _row(actor: User, quiz: Quiz) -> None:
    with st.container(key=f"quiz-{quiz.id}", horizontal=True, vertical_alignment="center"):
        label = f"{said.day(quiz.at, actor)} · {prose.plain(said.title(quiz))}"
        st.page_link(routes.to("result"), label=label, query_params={"quiz": str(quiz.id)})
        st.html(facts(quiz))
        if quiz.stage is Stage.LATER:
            return
        ways = [AGAIN, f"{MISTAKES} ({quiz.missed})"] if quiz.missed else [AGAIN]
        way = st.menu_button("Repeat", ways, key=f"again-{quiz.id}", type="tertiary")
        if way == AGAIN:
            begin(lambda: repeating.repeat(actor, quiz.id))
        elif way:
            begin(lambda: repeat_mistakes(actor, quiz.id))


def facts(quiz: Quiz) -> str:
    """Give score, time, when answers were told, and topics of a quiz."""
    about = " · ".join(filter(None, (said.TOLD[quiz.behaviour], said.topics(quiz.topics))))
    took = f'<span class="took">{said.took(quiz)}</span>' if quiz.stage is Stage.SCORED else ""
    return f'<p class="facts"><b>{said.score(quiz)}</b>{took}<span class="about">{escape(about)}</span></p>'


def more(shown: int, of: int) -> bool:
    """Say how many are shown, and tell whether more are asked for."""
    st.caption(f"{shown} of {words.count(of, 'quiz', 'quizzes')}")
    return shown < of and st.button("Show more", key="show-more")
