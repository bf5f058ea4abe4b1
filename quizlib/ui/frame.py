"""The frame around every page: names, links, foot, and sentences for what goes wrong."""

import logging
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from quizlib.errors import DatabaseProblem, NotFound, QuizError
from quizlib.ui import routes, words
from quizlib.ui.pages import about, account, choose, home, practice, result, topics
from quizlib.ui.routes import Route

log = logging.getLogger("quizlib")

routes.ROUTES.update(
    {
        "home": Route(home.page, "Home"),
        "practice": Route(practice.page, "Practice", framed=False),
        "result": Route(result.page, "Result"),
        "choose": Route(choose.page, "Choose what to practise"),
        "topics": Route(topics.page, "Topics"),
        "account": Route(account.page, "Account"),
        "about": Route(about.page, "About"),
    }
)
_LINKS = ("home", "choose", "topics", "account", "about")
_SHORT = {"choose": "Choose"}
_STYLE = f"<style>{(Path(__file__).parent / 'style.css').read_text(encoding='utf-8')}</style>"


def main() -> None:
    """Draw the page that the address names."""
    pages = {name: routes.to(name) for name in routes.ROUTES}
    here = st.navigation(list(pages.values()), position="hidden")
    name = next(name for name, page in pages.items() if page.url_path == here.url_path)
    route = routes.ROUTES[name]
    if not route.framed:
        _safely(here.run)
        return
    st.html(_STYLE)
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{words.NAME}**")
        for link in _LINKS:
            with st.container(key=f"link-{link}-here" if link == name else f"link-{link}", width="content"):
                st.page_link(pages[link], label=_SHORT.get(link, routes.ROUTES[link].title))
    with st.container(key=f"page-{name}"):
        _safely(here.run)
    with st.container(key="foot", horizontal=True):
        st.caption(words.NOT_ADVICE)
        st.page_link(pages["about"], label="Sources and safety")


def _safely(run: Callable[[], None]) -> None:
    try:
        run()
    except NotFound as refusal:
        _say(str(refusal), home_link=True)
    except DatabaseProblem as refusal:
        _say(str(refusal))
        st.button("Try again", key="again")
    except QuizError as refusal:
        _say(str(refusal))
    except Exception:
        log.exception("a page failed")
        _say(
            "Something went wrong on this page; it was written to the log. What was acknowledged is stored. Reload it."
        )


def _say(sentence: str, home_link: bool = False) -> None:
    with st.container(key="trouble"):
        st.text(sentence)
        if home_link:
            st.page_link(routes.to(routes.HOME), label="To the home page")
