"""What the form makes of what was typed, and what a session remembers of it."""

from types import SimpleNamespace
from typing import Any

import pytest

from quizlib.bank.form import blank
from quizlib.errors import Refused
from quizlib.model.catalogue import Catalogue
from quizlib.services.app import App
from quizlib.services.authoring import drafts
from quizlib.services.people.people import local_person
from quizlib.ui.editor import common
from quizlib.ui.editor.form import Form
from quizlib.ui.editor.session import Session
from quizlib.ui.editor.values import number
from quizlib.ui.pages import write


@pytest.mark.parametrize(
    ("typed", "held"), [("2.5", 2.5), ("2,5", 2.5), ("0,125", 0.125), (" -3 ", -3.0), ("1e-3", 0.001), ("", None)]
)
def test_a_number_may_have_a_point_or_a_comma(typed: str, held: float | None):
    assert number(typed) == held


@pytest.mark.parametrize("typed", ["1,000", "-12,500", "1,000,000", "nan", "inf", "-Infinity", "1e999", "a few"])
def test_what_is_no_number_or_could_be_two_stays_as_it_was_typed(typed: str):
    assert number(typed) == typed


@pytest.mark.parametrize("broken", [5, "text", ["a"], {"a": 1}, None, [5], [None]])
@pytest.mark.parametrize("name", ["options", "sources", "ideas", "picture", "tags", "waive", "stem", "checked"])
def test_what_a_draft_holds_is_read_in_the_shape_of_its_form(name: str, broken: Any):
    form = Form("form", Catalogue(), lambda: None, lambda _rule, _reason: None)
    shapes = {"options": list, "sources": list, "ideas": list, "picture": dict, "tags": list, "waive": dict}

    read = common.collect(form, {**blank("choice"), name: broken})

    assert isinstance(read[name], shapes.get(name, object))
    assert common.collect(form, read) == read


def test_a_draft_of_a_type_that_is_gone_is_told(app: App):
    actor = local_person()
    draft_id = drafts.begin(actor)
    drafts.keep(actor, draft_id, 0, topic="pond", content={"kind": "riddle"})

    with pytest.raises(Refused, match="type of question that is not here"):
        drafts.read(actor, draft_id)


def test_what_was_kept_is_noted_even_where_the_run_is_stopped_right_then(app: App, monkeypatch: pytest.MonkeyPatch):
    class Stopped(BaseException):
        pass

    class State:
        """Streamlit's own state, when the next run waits: whoever touches it is stopped."""

        def __getattr__(self, name: str) -> Any:
            raise Stopped

    actor, mine = local_person(), Session()
    opened = drafts.read(actor, drafts.begin(actor))
    monkeypatch.setattr(write, "st", SimpleNamespace(session_state=State()))

    write._keep(actor, mine, opened, {**opened.draft.content, "stem": "Who croaks?"}, "pond")

    assert mine.kept == {opened.draft.id: drafts.read(actor, opened.draft.id).draft}
