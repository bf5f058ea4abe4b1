"""Back leads to the page before, not to an address between two pages."""

import streamlit as st

# Where a script goes to another page with a query, Streamlit first shows the new query at the old page, as a step of
# its own: Back came to `/question?draft=18`, which is no page. Such a step is taken over by the one that follows it.
_SCRIPT = """
const WITHIN = 2000;
export default function () {
  if (window.quizStepsBack) return;
  window.quizStepsBack = true;
  const push = history.pushState.bind(history);
  let between = 0;
  history.pushState = (state, title, url) => {
    const to = new URL(url ?? "", location.href);
    const samePage = to.pathname === location.pathname;
    const follows = !samePage && to.search === location.search && Date.now() - between < WITHIN;
    between = samePage ? Date.now() : 0;
    (follows ? history.replaceState.bind(history) : push)(state, title, url);
  };
}
"""
_steps = st.components.v2.component("quiz_steps_back", html="<span hidden></span>", js=_SCRIPT)


def step_back() -> None:
    """Have the browser keep one step a page."""
    _steps(key="steps-back")
