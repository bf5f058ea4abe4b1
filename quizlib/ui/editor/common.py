"""The fields that every question has: the first ones, and the folded ones."""

from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from quizlib.errors import QuizError
from quizlib.kinds import KINDS
from quizlib.model.person import User
from quizlib.model.question import Level, Urgency
from quizlib.services.authoring import pictures
from quizlib.ui.editor import sources
from quizlib.ui.editor.fields import Control, Field, fields_of
from quizlib.ui.editor.form import Form
from quizlib.ui.editor.values import keyed, listed

Json = dict[str, Any]

STEM = Field("stem", "Question", Control.TEXT, False, longest=8000)
TAKEAWAY = Field("takeaway", "Take away, in one sentence", Control.LINE, False)
EXPLANATION = Field("explanation", "Explanation", Control.TEXT, False, longest=8000)
LEVEL = Field("level", "Level", Control.ONE_OF, True, tuple(one.value for one in Level), default="apply")
STORY = Field("vignette", "Story before the question", Control.TEXT, True)
TAGS = Field("tags", "Tags", Control.LINES, True)
ACTION = Field("action", "In practice this is", Control.ONE_OF, True, ("", *(one.value for one in Urgency)), default="")
CORRECTION = (
    Field("often_said", "What is often said", Control.TEXT, True),
    Field("studies_show", "What studies show", Control.TEXT, True),
    Field("corrects", "Which error of an article it corrects", Control.LINE, True),
)
CLINICIAN = Field("clinician", "Checked by a clinician: name and date", Control.LINE, True)
WAIVE = Field("waive", "Suggestions set aside, with the reason", Control.WORTHS, True)
FIRST = (STEM,)
LAST = (TAKEAWAY, EXPLANATION)
FOLDED = (LEVEL, STORY, TAGS, ACTION, *CORRECTION, CLINICIAN, WAIVE)
_OF_THE_CASE = ("vignette",)


def body_fields(content: Json) -> list[Field]:
    """Give the fields of the question's type."""
    body = KINDS[content["kind"]].body
    return fields_of(body, body.filled)


def place(content: Json, path: tuple[str | int, ...]) -> tuple[int, list[int]]:
    """Say how far down the form a place is."""
    order = ["topic", *(one.name for one in (*FIRST, *body_fields(content), *LAST)), "sources"]
    first = order.index(str(path[0])) if path and path[0] in order else len(order)
    return first, [part for part in path if isinstance(part, int)]


def collect(form: Form, content: Json) -> Json:
    """Give the content of a question as its form holds it."""
    folded = [one for one in FOLDED if not (content.get("case") and one.name in _OF_THE_CASE)]
    found = form.collect([*FIRST, *body_fields(content), *LAST, *folded], content)
    found |= {name: read(found[name]) for name, read in (("sources", listed), ("picture", keyed)) if name in found}
    sources.collect(form.at(("sources",)), found)
    ideas = form.held(("ideas",), listed(content.get("ideas")))
    if ideas or "ideas" in content:
        found["ideas"] = list(ideas)
    checked = form.held(("checked",), None)
    found["checked"] = checked.isoformat() if isinstance(checked, date) else content.get("checked", "")
    if found.get("picture"):
        described = form.held(("picture", "description"), found["picture"].get("description", ""))
        found["picture"] = {**found["picture"], "description": described}
    return found


def first_fields(actor: User, form: Form, content: Json) -> None:
    """Draw what is seen at first: question, answers, explanation, sources."""
    form.draw(FIRST, content)
    form.draw([one for one in body_fields(content) if not one.folded], content)
    form.draw(LAST, content)
    key = form.at(("sources",))
    sources.choose(actor, key, content, form.catalogue, form.restructure)
    form.tell(("sources",), below=True)


def folded_fields(actor: User, form: Form, content: Json) -> None:
    """Draw the rest."""
    own = [one for one in body_fields(content) if one.folded]
    with st.expander("More about the answers", key=form.at(("fold-answers",))):
        if own:
            form.draw(own, content)
        else:
            st.caption("This type has nothing more to say here.")
    with st.expander("Story and picture", expanded=bool(content.get("picture")), key=form.at(("fold-story",))):
        if content.get("case"):
            st.caption("The story is that of the case. It is changed in the case’s file.")
        else:
            form.draw([STORY], content)
        _picture(actor, form, content)
    with st.expander("Level, tags, urgency, correction", key=form.at(("fold-more",))):
        form.draw([LEVEL, TAGS, ACTION, *CORRECTION], content)
        _ideas(form, content)
    with st.expander("Checked when and by whom, suggestions set aside", key=form.at(("fold-checked",))):
        st.date_input("Checked against its sources on", value=_day(content), key=form.at(("checked",)))
        form.tell(("checked",))
        form.draw([CLINICIAN, WAIVE], content)
        rules = sorted({one.rule for one in form.remarks if one.rule})
        if rules:
            st.caption(f"What is suggested now goes by these names: {', '.join(rules)}.")


def _ideas(form: Form, content: Json) -> None:
    known = {key: one.title for key, one in form.catalogue.ideas.items()}
    if not known:
        return
    chosen = [one for one in content.get("ideas", []) if one in known]
    st.multiselect(
        "Ideas that it teaches",
        list(known),
        default=chosen,
        format_func=lambda one: known[one],
        key=form.at(("ideas",)),
    )
    form.tell(("ideas",), below=True)


def _picture(actor: User, form: Form, content: Json) -> None:
    held: Json | None = content.get("picture") or None
    if held is None:
        given = st.file_uploader(
            "Picture (PNG, JPEG or WebP)", type=["png", "jpg", "jpeg", "webp"], key=form.at(("picture", "file"))
        )
        if given is not None:
            _take(lambda: pictures.take(actor, given.getvalue()), form, content)
        return
    st.html(f'<img class="of-question" src="/picture/{escape(str(held["file"]))}" alt="The picture of this question">')
    st.text_area(
        "What the picture shows, for who cannot see it; without the answer",
        value=held.get("description", ""),
        key=form.at(("picture", "description")),
        max_chars=600,
        height=68,
    )
    form.tell(("picture",), below=True)
    if st.button("Take the picture out", key=form.at(("picture", "out"))):
        del content["picture"]
        form.restructure()


def _take(take: Callable[[], str], form: Form, content: Json) -> None:
    try:
        name = take()
    except QuizError as refusal:
        st.text(str(refusal))
        return
    content["picture"] = {"file": name, "description": ""}
    form.restructure()


def _day(content: Json) -> date | None:
    try:
        return date.fromisoformat(str(content.get("checked", "")))
    except ValueError:
        return None
