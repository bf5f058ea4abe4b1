"""A file to take away: its format is chosen, it is made, and then it is fetched."""

from collections.abc import Callable, Mapping
from html import escape

import streamlit as st

from quizlib.errors import QuizError
from quizlib.model.person import User
from quizlib.services.exporting.prepared import Format, Prepared
from quizlib.ui import identity

Progress = Callable[[int, int], None]
Make = Callable[[User, str, Progress], Prepared]


def offer(key: str, prepare: Make, label: str, formats: Mapping[str, Format], about: object = None) -> None:
    """Show, folded under a label, the way to a file: `prepare` makes it in the format that is chosen.

    Where `about` is not what it was when a file was made, that file is not offered any more.
    """
    with st.expander(label, key=key), st.container(key=f"download-{key}"):
        _offer(key, prepare, formats, about)


@st.fragment
def _offer(key: str, prepare: Make, formats: Mapping[str, Format], about: object) -> None:
    first, *others = formats
    chosen = first
    if others:
        chosen = st.segmented_control(
            "Format",
            list(formats),
            default=first,
            format_func=lambda one: formats[one].title,
            key=f"{key}-format",
            required=True,
        )
    st.caption(formats[chosen].about)
    if st.button("Make the file", key=f"{key}-make"):
        st.session_state.pop(_kept(key), None)
        try:
            made = _made(prepare, chosen)
        except QuizError as refusal:
            st.text(str(refusal))
        else:
            st.session_state[_kept(key)] = (chosen, about, made)
    *of, made = st.session_state.get(_kept(key), (None, None, None))
    if made is not None and of == [chosen, about]:
        _link(key, made)


def _made(prepare: Make, chosen: str) -> Prepared:
    bar = st.progress(0.0, "Making the file …")

    def told(done: int, total: int) -> None:
        share = done / total if total else 1.0
        bar.progress(share, f"Making the file: {share:.0%}")

    try:
        # a press in here runs this part alone, without the page that looks up who is here
        return prepare(identity.actor(), chosen, told)
    finally:
        bar.empty()


def _link(key: str, made: Prepared) -> None:
    with st.container(key=f"made-{key}"):
        name = escape(f"Download {made.name}")
        st.html(f'<a class="act" href="/download/{escape(made.token)}" target="_self">{name}</a>')
        st.caption(f"{size(made.bytes)}. It waits for half an hour, for you alone.")
        for note in made.notes:
            st.text(note)


def size(number: int) -> str:
    """Say how large a file is: "12 KB", "3.4 MB"."""
    if number < 1_000_000:
        return f"{max(1, round(number / 1000))} KB"
    megabytes = number / 1_000_000
    return f"{megabytes:.1f} MB" if megabytes < 10 else f"{megabytes:,.0f} MB"


def _kept(key: str) -> str:
    return f"{key}-made"
