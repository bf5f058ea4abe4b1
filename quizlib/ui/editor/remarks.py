"""What is said of a draft: beside its fields what is wrong, and in a list what is still to be done."""

from typing import Any

import streamlit as st

from quizlib.services.authoring.saving import Checked
from quizlib.ui import prose
from quizlib.ui.editor import common
from quizlib.ui.editor.form import Remark
from quizlib.ui.editor.names import named

Json = dict[str, Any]


def remarks(checked: Checked, content: Json) -> list[Remark]:
    """Give what is said beside the fields of a form."""
    # what is not written yet is no mistake: it is on the list of what is left to do
    wrong = [one for one in checked.problems if _written(content, one.path)]
    must = [Remark(one.path, f"{one.what} {one.fix}".strip(), True) for one in wrong]
    could = [Remark(one.path, f"{one.what} {one.fix}".strip(), False, one.rule) for one in checked.suggestions]
    return must + could


def _written(content: Json, path: tuple[str | int, ...]) -> bool:
    """Tell whether anything stands at a place of the form."""
    here: Any = content
    for part in path:
        inside = part in here if isinstance(here, dict) else isinstance(here, list) and part in range(len(here))
        if not inside:
            return False
        here = here[part]
    return not _blank(here)


def _blank(value: Any) -> bool:
    if isinstance(value, (dict, list)):
        return all(map(_blank, value.values() if isinstance(value, dict) else value))
    return value in ("", None, False)


def to_do(checked: Checked, content: Json) -> None:
    """List what is missing or must be fixed before the question can be shown."""
    missing, wrong = [], []
    for one in sorted(checked.problems, key=lambda one: common.place(content, one.path)):
        if _written(content, one.path):
            wrong.append(f"{named(one.path)}: {one.what}" if one.path else one.what)
        else:
            missing.append(named(one.path))
    for head, told in (("Still to be filled in:", missing), ("To be fixed:", wrong)):
        if told:
            st.markdown(head)
            st.markdown("\n".join(f"- {prose.plain(one)}" for one in dict.fromkeys(told)))
