"""Topics and sources as instructors arrange them: added, renamed, put in order, corrected, taken away."""

from collections.abc import Callable

import streamlit as st

from quizlib.errors import QuizError
from quizlib.model.person import User
from quizlib.services.authoring import sources, topics
from quizlib.services.authoring.sources import Source
from quizlib.services.authoring.topics import ArrangedTopic
from quizlib.ui import identity, prose, routes, words

MOST_SHOWN = 20
MOST_LOST = 10
# which row is open for changes, and what was done just now
_OPEN = "arranging"
_DONE = "arranged"
_ADDED = "added-so-far"


def page() -> None:
    """Show the topics in their order, and below them the sources."""
    actor = identity.actor()
    st.markdown("# Topics and sources")
    done = st.session_state.pop(_DONE, "")
    if done:
        with st.container(key="done"):
            st.text(done)
    st.markdown("## Topics")
    st.caption("Learners see them in this order. A renamed topic keeps its questions, quizzes and results.")
    arranged = topics.all_topics(actor)
    order = [one.topic.id for one in arranged if one.named]
    for one in arranged:
        _topic(actor, order, one)
    _add_topic(actor)
    st.markdown("## Sources")
    _lost(actor)
    _sources(actor)
    _add_source(actor)


def _topic(actor: User, order: list[str], one: ArrangedTopic) -> None:
    name = f"topic-{one.topic.id}"
    with st.container(key=f"arrange-{name}", border=True):
        if st.session_state.get(_OPEN) == name:
            _change_topic(actor, one)
            return
        st.markdown(f"### {prose.plain(one.topic.title)}")
        if one.topic.about:
            st.text(one.topic.about)
        st.caption(_counts(one))
        with st.container(horizontal=True, key=f"acts-{name}"):
            place = order.index(one.topic.id) if one.named else None
            up = place is not None and st.button("Up", key=f"up-{name}", disabled=place == 0)
            down = place is not None and st.button("Down", key=f"down-{name}", disabled=place == len(order) - 1)
            if st.button("Change", key=f"change-{name}"):
                st.session_state[_OPEN] = name
                st.rerun()
        if place is not None and (up or down):
            other = place - 1 if up else place + 1
            moved = list(order)
            moved[place], moved[other] = moved[other], moved[place]
            _do(lambda: topics.order(actor, moved), f"{one.topic.title} is number {other + 1} now.")


def _change_topic(actor: User, one: ArrangedTopic) -> None:
    key = one.topic.id
    with st.form(f"form-{key}", border=False):
        title = st.text_input("Title", value=one.topic.title, key=f"title-{key}", max_chars=topics.LONGEST_TITLE)
        about = st.text_area("About", value=one.topic.about, key=f"about-{key}", max_chars=topics.LONGEST_ABOUT)
        with st.container(horizontal=True):
            saves = st.form_submit_button("Save", key=f"save-{key}", type="primary")
            cancels = st.form_submit_button("Cancel", key=f"cancel-{key}")
            removes = one.removable and st.form_submit_button("Take this topic away", key=f"remove-{key}")
    if cancels:
        _close()
    if saves:
        _do(lambda: topics.change(actor, key, title, about), f"{title.strip()} is saved.")
    if removes:
        _do(lambda: topics.remove(actor, key), f"{one.topic.title} is taken away.")


def _counts(one: ArrangedTopic) -> str:
    counted = [words.count(one.live, "question")]
    if one.drafts:
        counted.append(words.count(one.drafts, "draft"))
    if one.retired:
        counted.append(f"{one.retired} withdrawn")
    return ", ".join(counted)


def _add_topic(actor: User) -> None:
    added = st.session_state.get(_ADDED, 0)  # a new key each time, so that the fields are empty again
    with st.expander("Add a topic", key="add-topic"), st.form(f"new-topic-{added}", border=False):
        title = st.text_input("Title", key=f"new-title-{added}", max_chars=topics.LONGEST_TITLE)
        about = st.text_area("About, in a sentence", key=f"new-about-{added}", max_chars=topics.LONGEST_ABOUT)
        if st.form_submit_button("Add the topic", key=f"new-topic-save-{added}"):
            _add(lambda: topics.add(actor, title, about), f"{title.strip()} is added, after the others.")


def _lost(actor: User) -> None:
    lost = sources.missing(actor)
    if not lost:
        return
    with st.container(key="lost"):
        cites = words.count(len(lost), "question cites", "questions cite")
        st.text(f"{cites} a source that is gone. Learners see the others. Give each another source:")
        for question_id, keys in list(lost.items())[:MOST_LOST]:
            label = prose.plain(f"{question_id}: {', '.join(keys)}")
            st.page_link(routes.to("question"), label=label, query_params={"question": question_id})
        if len(lost) > MOST_LOST:
            st.caption(f"And {len(lost) - MOST_LOST} more; `quiz bank check` lists them all.")


def _sources(actor: User) -> None:
    wanted = st.text_input("Find a source", key="find-source", placeholder="author, year, title or fact", max_chars=200)
    found = sources.search(actor, wanted)
    if not found:
        st.text("No source has these words. Write fewer of them, or add the source below.")
    elif len(found) > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN} of {len(found)}. Write a word of the one you look for.")
    for one in found[:MOST_SHOWN]:
        _source(actor, one)


def _source(actor: User, one: Source) -> None:
    name = f"source-{one.key}"
    with st.container(key=f"arrange-{name}", border=True):
        if st.session_state.get(_OPEN) == name:
            _change_source(actor, one)
            return
        st.text(one.text)
        with st.container(horizontal=True, vertical_alignment="center", key=f"acts-{name}"):
            st.caption(prose.plain(_about(one)))
            if one.changeable and st.button("Change", key=f"change-{name}"):
                st.session_state[_OPEN] = name
                st.rerun()


def _about(one: Source) -> str:
    if one.reference is not None:
        return f"{one.key}, added here" if one.made_here else one.key
    if one.sections:
        return f"Article {one.key}, {words.count(len(one.sections), 'section')}"
    return f"Fact {one.key}, from {'; '.join(one.citations)}"


def _change_source(actor: User, one: Source) -> None:
    if one.reference is None:
        return
    key = one.key
    with st.form(f"form-{key}", border=False):
        citation, year, country = _fields(
            key, one.reference.citation, str(one.reference.year or ""), one.reference.country
        )
        with st.container(horizontal=True):
            saves = st.form_submit_button("Save", key=f"save-{key}", type="primary")
            cancels = st.form_submit_button("Cancel", key=f"cancel-{key}")
            removes = one.made_here and st.form_submit_button("Take this source away", key=f"remove-{key}")
    if cancels:
        _close()
    if saves and _is_year(year):
        _do(lambda: sources.change(actor, key, citation, _number(year), country), f"{key} is saved.")
    if removes:
        _do(lambda: sources.remove(actor, key), f"{key} is taken away.")


def _add_source(actor: User) -> None:
    added = st.session_state.get(_ADDED, 0)
    with st.expander("Add a source", key="add-source"), st.form(f"new-source-{added}", border=False):
        citation, year, country = _fields(f"new-{added}", "", "", "")
        if st.form_submit_button("Add the source", key=f"new-source-save-{added}") and _is_year(year):
            _add(lambda: sources.add(actor, citation, _number(year), country), "The source is added.")


def _fields(key: str, citation: str, year: str, country: str) -> tuple[str, str, str]:
    return (
        st.text_area("Author, title, place, year", citation, key=f"citation-{key}", max_chars=sources.LONGEST_CITATION),
        st.text_input("Year", year, key=f"year-{key}", max_chars=4),
        st.text_input(
            "Country, where a guideline rules there", country, key=f"country-{key}", max_chars=sources.LONGEST_COUNTRY
        ),
    )


def _is_year(year: str) -> bool:
    if year.strip() and not year.strip().isdecimal():
        st.text("The year is not a number. Write it in four digits, or leave it out.")
        return False
    return True


def _number(year: str) -> int | None:
    return int(year) if year.strip() else None


def _add(call: Callable[[], object], done: str) -> None:
    """Do what adds something, and empty the fields for the next."""
    _do(call, done, added=1)


def _do(call: Callable[[], object], done: str, added: int = 0) -> None:
    """Do it, say so and draw the page as it is now; or say why it cannot be done, with what was written still there."""
    try:
        call()
    except QuizError as refusal:
        st.text(str(refusal))
        return
    st.session_state[_DONE] = done
    st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + added
    _close()


def _close() -> None:
    st.session_state.pop(_OPEN, None)
    st.rerun()
