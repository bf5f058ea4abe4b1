"""What is being typed is kept also before its field is left."""

import streamlit as st

# Streamlit sends a field when it is left, or at a key; a field in which nothing was typed for a moment presses that key
# itself. What one goes on typing stays in the field.
_SCRIPT = """
const IDLE = 1200;
const FIELDS = ".st-key-form textarea, .st-key-form input[type=text], .st-key-foot-of-form input[type=text]";
export default function () {
  if (window.quizKeepsTyping) return;
  window.quizKeepsTyping = true;
  let waiting;
  document.addEventListener("input", (event) => {
    clearTimeout(waiting);
    const field = event.target;
    if (!event.isTrusted || !field.matches || !field.matches(FIELDS) || field.closest("[data-baseweb=select]")) return;
    waiting = setTimeout(() => {
      if (field.isConnected && document.activeElement === field) {
        const key = { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true };
        field.dispatchEvent(new KeyboardEvent("keydown", key));
      }
    }, IDLE);
  }, true);
}
"""
_keeper = st.components.v2.component("quiz_keeps_typing", html="<span hidden></span>", js=_SCRIPT)


def keep_while_typing() -> None:
    """Have every field of the form send what stands in it when nothing was typed for a moment."""
    _keeper(key="keeps-typing")
