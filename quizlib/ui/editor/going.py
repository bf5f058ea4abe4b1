"""How a question goes: the share right, what learners answered, what is striking, and what they reported."""

import streamlit as st

from quizlib.model.person import User
from quizlib.services.analysis import questions
from quizlib.services.analysis.figures import Series
from quizlib.services.analysis.questions import QuestionAnalysis
from quizlib.services.authoring import statistics
from quizlib.services.corrections import complaints
from quizlib.ui import prose, routes, times, words
from quizlib.ui.parts.figures import drawn


def going(actor: User, question_id: str) -> None:
    """Show figures of first answers, of learners only, and reports."""
    st.markdown("## How it goes")
    found = questions.of(actor, question_id)
    with st.container(key="going"):
        if found.answers and (found.as_of is not None or not found.series):
            statistics.state(actor)  # so that they are counted anew, where they are old
        if not found.series:
            st.caption(_nothing(found))
        else:
            _newest(actor, found)
    _reports(actor, question_id)


def _nothing(found: QuestionAnalysis) -> str:
    if found.answers:
        return f"{words.count(found.answers, 'first answer')} so far; their figures are being counted. Come back soon."
    return "Nobody has answered it yet. Figures stand here from 5 answers on."


def _newest(actor: User, found: QuestionAnalysis) -> None:
    newest, *older = found.series
    if not newest.current:
        st.markdown(f"What students are asked now nobody has answered yet. **{_when(newest, actor)}:**")
    st.html(_told(newest))
    with st.expander("Every figure", key="every-figure"):
        st.html(drawn.details(newest.figures))
        st.caption(
            "Learners answer different questions, so this one is compared with the mean of at least five other first "
            "answers of each learner. Figures that rest on too few answers are left out."
        )
    _key_changed(newest, actor)
    if found.as_of is not None:
        st.caption(f"As of {times.moment(found.as_of, actor)}; {words.count(found.answers, 'first answer')} by now.")
    if older:
        with st.expander(f"Earlier wordings ({len(older)})", key="earlier-wordings"):
            for one in older:
                st.markdown(f"**{_when(one, actor)}**")
                st.html(_told(one))
                _key_changed(one, actor)


def _key_changed(series: Series, actor: User) -> None:
    days = list(dict.fromkeys(times.day(at, actor) for at in series.key_changed))
    if days:
        st.caption(f"The right answer was changed, or past answers were marked again, on {', '.join(days)}.")


def _told(series: Series) -> str:
    figures = series.figures
    lines = "".join(f"<p>{one}</p>" for one in (drawn.share_right(figures), drawn.discrimination(figures)))
    return drawn.remarks(figures) + lines + drawn.options(figures)


def _when(series: Series, actor: User) -> str:
    versions = ", ".join(map(str, sorted(series.versions)))
    since, until = times.day(series.since, actor), times.day(series.until, actor)
    between = f"on {since}" if since == until else f"from {since} to {until}"
    return f"{'Version' if len(series.versions) == 1 else 'Versions'} {versions}, answered {between}"


def _reports(actor: User, question_id: str) -> None:
    found = complaints.of_question(actor, question_id)
    if not found:
        return
    waiting = [one for one in found if one.complaint.closed_at is None]
    st.markdown("## Reported")
    for one in found[:5]:
        said = one.complaint
        text = f": “{prose.plain(said.text)}”" if said.text else ""
        answered = f" Answered: “{prose.plain(said.reply)}”" if said.reply else ""
        about = words.ABOUT[said.about]
        st.markdown(f"- {about}{text} ({times.day(said.at, actor)}, version {one.number}).{answered}")
    if waiting:
        st.page_link(routes.to("complaints"), label="Answer what was reported")
