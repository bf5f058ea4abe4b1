"""About: what this is for, what it is not, and what it rests on."""

import streamlit as st

from quizlib.services.bank import catalogue
from quizlib.ui import identity, words


def page() -> None:
    """Show purpose, safety and sources."""
    identity.actor()
    st.markdown("# About")
    st.markdown(
        "For learning anatomy and clinical reasoning. It cannot examine anyone and must not be used to decide about "
        "symptoms, yours or another’s."
    )
    with st.container(key="safety"):
        st.markdown(words.EMERGENCY)
    st.markdown("## How the questions are made")
    st.markdown(
        "Each question names the guideline, paper or book that supports its answer, and tells why each option is right "
        "or wrong. Where something is often said that studies do not bear out, both are shown. Each carries the month "
        "of its last check, and whether a clinician has checked it. Where maps or experts disagree, we do not ask, or "
        "we say whose map it is: people vary."
    )
    known = catalogue()
    guidelines = [one for one in known.references.values() if one.country]
    others = [one for one in known.references.values() if not one.country]
    st.markdown("## Guidelines and standards")
    for one in guidelines:
        st.text(f"{one.citation} ({one.country})")
    st.markdown("## Papers and books")
    with st.expander(words.count(len(others), "source")):
        for one in sorted(others, key=lambda reference: reference.citation):
            st.text(one.citation)
    st.markdown("## Articles the bank grew from")
    for document in known.documents.values():
        st.text(document.title)
