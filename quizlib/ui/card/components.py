"""Put the card's files together and mount them."""

import json
from pathlib import Path
from typing import Any

import streamlit as st

from quizlib.model.attempt import Json

# A kind's widget is a script and a style sheet of its name; one line each.
WIDGETS = {
    "choice": "choice",
    "short_text": "short_text",
    "numeric": "numeric",
    "matching": "matching",
    "ordering": "ordering",
    "cloze": "cloze",
}

_KEY = "card"
_HERE = Path(__file__).parent


def _files(*names: str) -> str:
    """Join files, without indentation and whole-line comments: Streamlit sends them with every run."""
    lines = [line.strip() for name in names for line in (_HERE / name).read_text(encoding="utf-8").splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith("//"))


_SCRIPTS = (
    "dom.js",
    "picture.js",
    "fields.js",
    *(f"{name}.js" for name in WIDGETS.values()),
    "feedback.js",
    "complaint.js",
)
_STYLES = (
    "tokens.css",
    "picture.css",
    "fields.css",
    *(f"{name}.css" for name in WIDGETS.values()),
    "feedback.css",
    "complaint.css",
)

_card = st.components.v2.component(
    "quiz_card",
    html=_files("card.html"),
    css=_files(*_STYLES, "card.css"),
    js=f"const PAGE_STYLE = {json.dumps(_files('page.css'))};\n" + _files(*_SCRIPTS, "card.js"),
)
_review = st.components.v2.component(
    "quiz_review",
    html=_files("review.html"),
    css=_files(*_STYLES, "card.css", "review.css"),
    js=_files(*_SCRIPTS, "review.js"),
)


def message_before_mount(key: str = _KEY) -> Any:
    """Give the message of this run before the component with this key is drawn; None in a session's first run.

    Reading it first lets one run answer it: the component is then drawn with what came of it.
    """
    return getattr(st.session_state.get(key), "act", None)


def mount_card(data: Json) -> Any:
    """Draw the card and give the message of this run, also in a session's first run."""
    return _card(key=_KEY, data=_packed(data), on_act_change=_nothing).act


def mount_preview(data: Json, key: str) -> None:
    """Draw the card beside a form, where it is tried out."""
    _card(key=key, data=_packed(data), on_act_change=_nothing)


def mount_review(data: Json, key: str) -> Any:
    """Draw the questions of a finished quiz and give the message of this run, also in a session's first run."""
    return _review(key=key, data=_packed(data), on_act_change=_nothing).act


def _packed(data: Json) -> bytes:
    """Give JSON as bytes: Streamlit passes them on as they are, and searches anything else for data frames."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _nothing() -> None:
    """Stand where Streamlit wants a callback; messages are read in the run, where none is dropped."""
