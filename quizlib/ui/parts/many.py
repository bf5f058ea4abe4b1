"""What is done with many questions at once: chosen in a dialog, and told in words when it is done."""

from collections.abc import Callable

import streamlit as st

from quizlib.errors import QuizError
from quizlib.model.person import User
from quizlib.services.authoring import bulk
from quizlib.services.authoring.bulk import Done
from quizlib.services.bank import catalogue
from quizlib.ui import identity, words

TAG, UNTAG, MOVE, RETIRE, ASK, SAVE = (
    "Add a tag",
    "Take a tag away",
    "Move to a topic",
    "Withdraw",
    "Ask again",
    "Save as files",
)
MOST_NAMED = 6


@st.dialog("With these questions", width="medium", on_dismiss="rerun")
def many(ids: list[str]) -> None:
    """Ask what to do with questions, do it, and say what became of it."""
    try:
        # a press in here runs the dialog alone, without the page that looks up who is here
        actor = identity.actor()
    except QuizError as refusal:
        st.text(str(refusal))
        return
    st.markdown(f"**{words.count(len(ids), 'question')} selected.**")
    what = st.pills("What to do", [TAG, UNTAG, MOVE, RETIRE, ASK, SAVE], key="many-what", default=TAG, required=True)
    match what:
        case _ if what in (TAG, UNTAG):
            _tag(actor, ids, add=what == TAG)
        case _ if what == MOVE:
            _move(actor, ids)
        case _ if what == RETIRE:
            st.markdown("Students are not asked these any more. Quizzes that have begun go on with them.")
            _button("Withdraw them", lambda: bulk.retire(actor, ids), "withdrawn")
        case _ if what == ASK:
            st.markdown("Students are asked these from now on, drafts among them too.")
            _button("Ask them", lambda: bulk.ask(actor, ids), "asked now")
        case _:
            _save(ids)


def _tag(actor: User, ids: list[str], *, add: bool) -> None:
    tag = st.text_input("Tag", key="many-tag", max_chars=40, placeholder="disc-herniation")
    if add:
        _button("Add the tag", lambda: bulk.add_tag(actor, ids, tag), "tagged")
    else:
        _button("Take the tag away", lambda: bulk.remove_tag(actor, ids, tag), "without the tag now")


def _move(actor: User, ids: list[str]) -> None:
    topics = catalogue().topics
    topic = st.selectbox(
        "Topic",
        list(topics),
        index=None,
        format_func=lambda one: topics[one].title,
        key="many-topic",
        placeholder="Choose",
    )
    _button("Move them", lambda: bulk.move(actor, ids, topic or ""), "moved")


def _save(ids: list[str]) -> None:
    again = identity.later()
    st.markdown("A zip of question files as the bank has them; a case comes whole.")
    st.download_button(
        "Download the files",
        # made when it is pressed, which is no run of the page: who is here is looked up once more
        lambda: bulk.export(again(), ids),
        "questions.zip",
        "application/zip",
        type="primary",
        key="many-download",
        on_click="ignore",
    )


def _button(label: str, act: Callable[[], Done], became: str) -> None:
    if not st.button(label, type="primary", key="many-do"):
        return
    try:
        done = act()
    except QuizError as refusal:
        st.text(str(refusal))
        return
    with st.container(key="done"):
        for sentence in report(done, became):
            st.text(sentence)


def report(done: Done, became: str) -> list[str]:
    """Say what was done with many questions."""
    number = len(done.changed)
    told = [f"{words.count(number, 'question')} {became}." if number else "Nothing had to change."]
    if number and done.unchanged:
        told[0] += f" {done.unchanged} {'was' if done.unchanged == 1 else 'were'} so already."
    for sentence, ids in done.told:
        named = ", ".join(ids[:MOST_NAMED])
        more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
        told.append(f"{sentence}: {named}{more}.")
    return told
