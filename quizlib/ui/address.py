"""The address of a page: which quiz, which question."""

import streamlit as st

LONGEST = 80


def number(name: str) -> int | None:
    """Give a positive whole number from the address; None when it is missing or anything else."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 and int(text) > 0 else None


def show(name: str, value: int) -> None:
    """Put a number into the address, so that a reload comes back to it."""
    if st.query_params.get(name) != str(value):
        st.query_params[name] = str(value)


def word(name: str) -> str:
    """Give a short text from the address, such as a question's id; empty when it is missing or none that is seen."""
    text = st.query_params.get(name, "")[:LONGEST]
    return text if text.isprintable() else ""  # a database may refuse what is not


def tell(name: str, value: str) -> None:
    """Put a short text into the address; an empty one takes the name out."""
    if value and st.query_params.get(name) != value:
        st.query_params[name] = value
    elif not value and name in st.query_params:
        del st.query_params[name]
