"""The address of a page: which quiz, which question."""

import streamlit as st


def number(name: str) -> int | None:
    """Give a positive whole number from the address; None when it is missing or anything else."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 and int(text) > 0 else None


def show(name: str, value: int) -> None:
    """Put a number into the address, so that a reload comes back to it."""
    if st.query_params.get(name) != str(value):
        st.query_params[name] = str(value)
