"""A page that is looked at again after a sign-out elsewhere is loaded anew, before anybody reads what it showed."""

import streamlit as st

from quizlib.ui import identity

_SCRIPT = """
export default function ({ data }) {
  const look = async () => {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch("/here", { cache: "no-store", credentials: "same-origin" });
      if (answer.ok && (await answer.text()) !== data.here) location.reload();
    } catch { /* no connection: the page says so itself */ }
  };
  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
  window.addEventListener("pageshow", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("focus", look);
    window.removeEventListener("pageshow", look);
  };
}
"""
_watch = st.components.v2.component("quiz_watch", html="<span hidden></span>", js=_SCRIPT)


def watch(mode: str) -> None:
    """Have the browser ask, whenever the page is looked at again, whether the same person is still signed in."""
    if mode != "none":
        _watch(key="watch", data={"here": identity.sign_of(mode)})
