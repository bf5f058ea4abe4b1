"""The pages by name, and how to go from one to another. `frame` fills the table, so that pages need not know it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import Page

from quizlib.ui import words


@dataclass(frozen=True)
class Route:
    """A page: its function, its title, whether it is framed, and for whom it is there.

    `signed_in` pages exist with sign-in only, those `of_class` also while an invented class is there to look round in;
    `instructs` is for instructors.
    """

    page: Callable[[], None]
    title: str
    framed: bool = True
    signed_in: bool = False
    of_class: bool = False
    instructs: bool = False


ROUTES: dict[str, Route] = {}
HOME = "home"


def to(name: str) -> Page:
    """Give a page for a link or for navigation."""
    route = ROUTES[name]
    return st.Page(
        route.page, title=f"{route.title} · {words.NAME}", url_path="" if name == HOME else name, default=name == HOME
    )


def go(name: str, **query: int | str) -> NoReturn:
    """Leave for another page, with numbers or names in its address."""
    st.switch_page(to(name), query_params={key: str(value) for key, value in query.items()})
