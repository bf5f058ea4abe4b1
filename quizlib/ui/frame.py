"""The frame around every page: names, links, foot, and sentences for what goes wrong."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from quizlib.errors import DatabaseProblem, NotFound, QuizError, SettingsProblem, SignedOut
from quizlib.ui import identity, routes, words
from quizlib.ui.pages import (
    about,
    account,
    analysis,
    arrange,
    assignment,
    choose,
    class_,
    classes,
    complaints,
    give,
    history,
    home,
    join,
    practice,
    privacy,
    question,
    questions,
    result,
    scores,
    show,
    student,
    topics,
    write,
)
from quizlib.ui.parts import invented
from quizlib.ui.parts.signing_out import sign_in_again
from quizlib.ui.parts.stepping_back import step_back
from quizlib.ui.parts.watching import watch
from quizlib.ui.routes import Route

log = logging.getLogger("quizlib")

routes.ROUTES.update(
    {
        "home": Route(home.page, "Home"),
        "practice": Route(practice.page, "Practice", framed=False),
        "result": Route(result.page, "Result"),
        "choose": Route(choose.page, "Choose what to practise"),
        "history": Route(history.page, "History"),
        "topics": Route(topics.page, "Topics"),
        "account": Route(account.page, "Account"),
        "about": Route(about.page, "About"),
        "join": Route(join.page, "Join a class", signed_in=True),
        "privacy": Route(privacy.page, "What your teacher sees", signed_in=True),
        "classes": Route(classes.page, "Classes", of_class=True),
        "class": Route(class_.page, "Class", of_class=True),
        "assignment": Route(assignment.page, "Assignment", of_class=True),
        "analysis": Route(analysis.page, "How the questions went", of_class=True),
        "scores": Route(scores.page, "Scores", of_class=True),
        "student": Route(student.page, "Student", of_class=True),
        "show": Route(show.page, "Show in class", of_class=True, framed=False),
        "give": Route(give.page, "Assignment", of_class=True),
        "questions": Route(questions.page, "Questions", instructs=True),
        "question": Route(question.page, "Question", instructs=True),
        "write": Route(write.page, "Write a question", instructs=True),
        "arrange": Route(arrange.page, "Topics and sources", instructs=True),
        "complaints": Route(complaints.page, "Reported questions", instructs=True),
    }
)
_LINKS = ("home", "choose", "history", "topics", "account")
_SHORT = {"choose": "Choose"}
_PARENT = {
    "class": "classes",
    "assignment": "classes",
    "analysis": "classes",
    "scores": "classes",
    "student": "classes",
    "show": "classes",
    "give": "classes",
    "join": "account",
    "question": "questions",
    "write": "questions",
    "complaints": "questions",
    "arrange": "questions",
}
_STYLE = f"<style>{(Path(__file__).parent / 'style.css').read_text(encoding='utf-8')}</style>"


def main() -> None:
    """Draw the page that the address names."""
    mode = _mode()
    known = [name for name, route in routes.ROUTES.items() if _is_there(route, mode)]
    pages = {name: routes.to(name) for name in known}
    here = st.navigation(list(pages.values()), position="hidden")
    name = next(name for name, page in pages.items() if page.url_path == here.url_path)
    route = routes.ROUTES[name]
    if not route.framed:
        _safely(here.run, framed=False)
        invented.mark_quiz()
        watch(mode)
        return
    st.html(_STYLE)
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{words.NAME}**")
        for link in _links(mode, known):
            here_now = link == _PARENT.get(name, name)
            with st.container(key=f"link-{link}-here" if here_now else f"link-{link}", width="content"):
                st.page_link(pages[link], label=_SHORT.get(link, routes.ROUTES[link].title))
    invented.mark_page()
    with st.container(key=f"page-{name}"):
        done = _safely(here.run)
    with st.container(key="foot", horizontal=True):
        st.caption(words.NOT_ADVICE)
        if mode != "none":
            st.page_link(pages["privacy"], label=routes.ROUTES["privacy"].title)
        st.page_link(pages["about"], label="Sources and safety")
    watch(mode)
    if done and route.instructs:
        step_back()  # last: what loads while the page stands must not lie above what is pressed


def _mode() -> str:
    """Say how people sign in, also while the database is away; the page says what is wrong with the settings."""
    try:
        return identity.sign_in_mode()
    except SettingsProblem:
        return "none"


def _is_there(route: Route, mode: str) -> bool:
    return mode != "none" or not (route.signed_in or (route.of_class and not invented.is_loaded()))


def _links(mode: str, known: Sequence[str]) -> tuple[str, ...]:
    try:
        instructs = identity.actor().instructs
    except QuizError:
        return _LINKS
    if not instructs:
        return _LINKS
    # five links fit beside each other on a phone; About is in the foot as well, and Choose and topics are on Home
    if mode == "none":
        return ("home", "history", "classes" if "classes" in known else "choose", "questions", "account")
    return ("home", "choose", "classes", "questions", "account")


def _safely(run: Callable[[], None], *, framed: bool = True) -> bool:
    try:
        run()
    except Exception as trouble:
        if not framed:
            st.html(_STYLE)  # only now: the card has one of its own
        _explain(trouble)
        return False
    return True


def _explain(trouble: Exception) -> None:
    match trouble:
        case SignedOut():
            sign_in_again()
        case NotFound():
            _say(str(trouble), home_link=True)
        case DatabaseProblem():
            _say(str(trouble))
            st.button("Try again", key="again")
        case QuizError():
            _say(str(trouble))
        case _:
            log.error("a page failed", exc_info=trouble)
            _say(
                "Something went wrong on this page; it was written to the log. What was acknowledged is stored. "
                "Reload it."
            )


def _say(sentence: str, home_link: bool = False) -> None:
    with st.container(key="trouble"):
        st.text(sentence)
        if home_link:
            st.page_link(routes.to(routes.HOME), label="To the home page")
