"""Put the files of the component together and mount it; questions are drawn as their type draws them on the card."""

import json
from pathlib import Path
from typing import Any

import streamlit as st

from quizlib.model.attempt import Json
from quizlib.ui.card.components import WIDGETS

_KEY = "show"
_HERE = Path(__file__).parent
_CARD = _HERE.parent / "card"


def _files(*paths: Path) -> str:
    """Join files, without indentation and whole-line comments: Streamlit sends them with every run."""
    lines = [line.strip() for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _of_card(ending: str, *names: str) -> list[Path]:
    return [_CARD / f"{name}.{ending}" for name in names]


_show = st.components.v2.component(
    "quiz_show",
    html=_files(_HERE / "show.html"),
    css=_files(
        *_of_card("css", "tokens", "picture", "fields", *WIDGETS.values(), "feedback"),
        _HERE / "show.css",
    ),
    js=f"const PAGE_STYLE = {json.dumps(_files(_HERE / 'page.css'))};\n"
    + _files(*_of_card("js", "dom", "picture", "fields", *WIDGETS.values(), "feedback"), _HERE / "show.js"),
)


def message_before_mount() -> Any:
    """Give the message of this run before the question is drawn; None in a session's first run."""
    return getattr(st.session_state.get(_KEY), "act", None)


def mount(data: Json) -> Any:
    """Draw the question and give the message of this run, also in a session's first run."""
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return _show(key=_KEY, data=packed, on_act_change=_nothing).act


def _nothing() -> None:
    """Stand where Streamlit wants a callback; messages are read in the run, where none is dropped."""
