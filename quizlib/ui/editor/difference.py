"""What differs between two contents of a question, side by side."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Protocol

import streamlit as st

from quizlib.ui.editor.names import named


class Changed(Protocol):
    """One field that differs."""

    @property
    def path(self) -> tuple[str | int, ...]:
        """Where the field is."""

    @property
    def before(self) -> str:
        """What it said."""

    @property
    def after(self) -> str:
        """What it says."""


Runs = Callable[[str, str], Sequence[tuple[str, str]]]


def show_difference(changes: Sequence[Changed], runs: Runs, before: str, after: str) -> None:
    """Show each field that differs with the old on the left and the new on the right, changed words marked."""
    if not changes:
        st.markdown("Nothing differs.")
        return
    rows = "".join(
        f"<tr><th scope='row' colspan='2'>{escape(named(one.path))}</th></tr>"
        f"<tr><td>{_marked(one, runs, 'delete')}</td><td>{_marked(one, runs, 'insert')}</td></tr>"
        for one in changes
    )
    head = f"<th scope='col'>{escape(before)}</th><th scope='col'>{escape(after)}</th>"
    st.html(f"<table class='difference'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")


def _marked(one: Changed, runs: Runs, side: str) -> str:
    tag = "del" if side == "delete" else "ins"
    marked = "".join(
        f"<{tag}>{escape(text)}</{tag}>" if what == side else escape(text)
        for what, text in runs(one.before, one.after)
        if what in ("equal", side)
    )
    return marked or "<i>nothing</i>"
