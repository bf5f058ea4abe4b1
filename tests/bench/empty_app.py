"""The least that Streamlit can do: what the app is measured against."""

import streamlit as st

st.text(f"pressed: {st.button('Press', key='press')}")
