"""Put the list's files together and mount them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from quizlib.model.attempt import Json
from quizlib.services.authoring.shelf import Row

_KEY = "questions-list"
# more is not seen of it
LONGEST_TITLE = 130
MOST_LINES = 50_000
_HERE = Path(__file__).parent
_CARD = _HERE.parent / "card"


def _files(*paths: Path) -> str:
    """Join files, without indentation and whole-line comments: Streamlit sends them with every run."""
    lines = [line.strip() for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith("//"))


_list = st.components.v2.component(
    "quiz_list",
    html=_files(_HERE / "list.html"),
    css=_files(_CARD / "tokens.css", _CARD / "fields.css", _HERE / "list.css"),
    js=_files(_CARD / "dom.js", _HERE / "list.js"),
)


# by question, what it was made of and what was made of it
_lines: dict[str, tuple[Row, str]] = {}


def message_before_mount() -> Any:
    """Give the list's message of this run before the list is drawn; None in a session's first run."""
    return getattr(st.session_state.get(_KEY), "act", None)


def mount(data: bytes) -> Any:
    """Draw the list and give the message of this run, also in a session's first run."""
    return _list(key=_KEY, data=data, on_act_change=_nothing).act


def packed(about: Json, rows: Sequence[Row]) -> bytes:
    """Give questions, and what the list shows beside them, as JSON in bytes."""
    if len(_lines) > MOST_LINES:
        _lines.clear()
    return f'{{"rows":[{",".join(map(_line, rows))}],{_json(about)[1:]}'.encode()


def _line(row: Row) -> str:
    """Give a question as JSON; of ten thousand, few are another than when they were last shown."""
    kept = _lines.get(row.id)
    if kept is not None and kept[0] is row:
        return kept[1]
    title = row.title if len(row.title) <= LONGEST_TITLE else f"{row.title[: LONGEST_TITLE - 1]}…"
    share = 0 if row.share is None else round(100 * row.share)
    line = _json(
        [
            row.id,
            title,
            row.topic,
            row.kind,
            row.status,
            row.suggestions,
            row.answers,
            share,
            row.complaints,
            int(row.proposed),
            int(row.conflict),
            int(row.changed.timestamp()),
        ]
    )
    _lines[row.id] = (row, line)
    return line


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _nothing() -> None:
    """Stand where Streamlit wants a callback; messages are read in the run, where none is dropped."""
