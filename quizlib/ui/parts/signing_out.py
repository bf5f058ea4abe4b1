"""Signing in and out from a page of Streamlit: a script cannot set a cookie, so a plain form asks our own route."""

import logging
from html import escape
from urllib.parse import urlencode

import streamlit as st
from streamlit.errors import StreamlitAuthError

from quizlib.services.people import signing_in
from quizlib.ui import identity

log = logging.getLogger("quizlib")

_NOT_SET_UP = (
    "Nobody can sign in yet: the sign-in of your school is not set up here. Tell whoever runs this app; its log says "
    "what is missing."
)
_FORM = '<form method="post" action="/sign-out"><button type="submit">Sign out</button></form>'
_STYLE = """
form { margin: 0; }
button { min-height: 44px; padding: 8px 12px; font: inherit; font-size: .875rem; color: var(--st-text-color);
  cursor: pointer; background: var(--st-background-color); border: 1px solid var(--line);
  border-radius: var(--st-button-radius); }
button:hover, button:focus-visible { border-color: var(--st-primary-color); }
"""
_sign_out = st.components.v2.component("quiz_sign_out", html=_FORM, css=_STYLE)


def sign_out_button(mode: str) -> None:
    """Show the button that ends this sign-in, in every tab of this browser."""
    if mode == "accounts":
        _sign_out(key="sign-out")
    elif st.button("Sign out", key="sign-out"):
        signing_in.sign_out_provider(identity.claims())
        st.logout()


def sign_in_again() -> None:
    """Tell somebody who is signed out how to get in."""
    mode = identity.sign_in_mode()
    with st.container(key="signed-out"):
        st.markdown("# Sign in" if mode == "oidc" else "# You are signed out")
        if mode == "oidc":
            st.markdown("Your school or university knows you already.")
            if st.button("Sign in", type="primary", key="sign-in"):
                _to_provider()
            return
        st.text("What you answered is stored.")
        query = urlencode(st.query_params.to_dict())
        here = "/" + "/".join(str(st.context.url or "").split("/")[3:]) + (f"?{query}" if query else "")
        # loaded anew, it asks for name and password unless somebody has signed in in another tab
        st.html(f'<a class="act" href="{escape(here)}" target="_self">Sign in</a>')


def _to_provider() -> None:
    try:
        st.login()
    except StreamlitAuthError as trouble:
        log.error("%s", trouble)  # noqa: TRY400 - a sentence for the operator, not a fault of ours
        st.text(_NOT_SET_UP)
