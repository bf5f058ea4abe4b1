"""The controls of a form: what they hold is collected first, so that what is said beside them is about that."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

import streamlit as st

from quizlib.model.catalogue import Catalogue
from quizlib.ui.editor.fields import Control, Field, fields_of
from quizlib.ui.editor.names import to_add
from quizlib.ui.editor.values import digits, keyed, listed, number, worth, worths

Path = tuple[str | int, ...]
Json = dict[str, Any]
SHORT, LONG = 68, 110
_NAMES = "abcdefghij"
MISCONCEPTION = "misconception"
# what is shown as an example of a name and what it is worth
_WORTH = {"waive": "longest-key = it is a proper name"}

# what a reader calls the values of a choice
VALUES: dict[str, dict[str, str]] = {
    "choose": {"one": "One", "several": "Several"},
    "order": {"shuffle": "Shuffled", "fixed": "As written"},
    "keep": {"": "Anywhere", "last": "Always last"},
}


@dataclass(frozen=True)
class Remark:
    """Something said beside a field: what it is, how to mend it, and whether it must be mended.

    `rule` is the name of the rule that suggests it, by which it can be set aside.
    """

    path: Path
    text: str
    must: bool
    rule: str = ""


@dataclass
class Form:
    """A form on the screen: which draft it is of, what it holds, and what is said about it.

    `restructure` keeps what the form holds after rows were added, moved or taken away, and draws it anew; `set_aside`
    notes why a suggestion is not followed.
    """

    key: str
    catalogue: Catalogue
    restructure: Callable[[], None]
    set_aside: Callable[[str, str], None]
    remarks: list[Remark] = field(default_factory=list)
    _told: set[int] = field(default_factory=set)
    _offered: set[str] = field(default_factory=set)

    def at(self, path: Path) -> str:
        """Give the key of the control of a field."""
        return f"{self.key}-{'-'.join(map(str, path))}"

    def held(self, path: Path, otherwise: Any) -> Any:
        """Give what a control holds; before it was ever drawn, what the draft says."""
        return st.session_state.get(self.at(path), otherwise)

    def tell(self, path: Path, *, below: bool = False) -> None:
        """Say what there is to say about a field; with `below` also about what is in it and was not told yet."""
        # always there: what comes and goes would move what follows, and what moves is drawn anew, without the text that
        # is being typed into it
        with st.container():
            for place, one in enumerate(self.remarks):
                if place in self._told or not (one.path == path or (below and one.path[: len(path)] == path)):
                    continue
                self._told.add(place)
                say(one)
                # a rule is set aside as a whole, whatever it has found
                if one.rule and one.rule not in self._offered:
                    self._offered.add(one.rule)
                    self._aside(one)

    def _aside(self, one: Remark) -> None:
        key = self.at((one.rule,))
        with st.popover("Set it aside", key=f"aside-{key}"):
            reason = st.text_input("Why it stays as it is", key=f"reason-{key}", max_chars=200)
            if st.button("Set it aside", key=f"set-{key}") and reason.strip():
                self.set_aside(one.rule, reason.strip())

    def untold(self) -> list[Remark]:
        """Give what no field has told."""
        return [one for place, one in enumerate(self.remarks) if place not in self._told]

    # -- what the controls hold

    def collect(self, fields: Sequence[Field], content: Mapping[str, Any], path: Path = ()) -> Json:
        """Give the content as the controls hold it; fields that they do not show stay as they are."""
        found = dict(content)
        for one in fields:
            here = (*path, one.name)
            value = self._collected(one, content.get(one.name), here)
            if value != _blank_of(one) or one.name in content:
                found[one.name] = value
        return found

    def _collected(self, one: Field, before: Any, path: Path) -> Any:
        match one.control:
            case Control.ROWS:
                rows = [row if isinstance(row, dict) else {} for row in listed(before)]
                return [self.collect(fields_of(_model(one)), row, (*path, i)) for i, row in enumerate(rows)]
            case Control.NAMED:
                named = {name: row if isinstance(row, dict) else {} for name, row in keyed(before).items()}
                return {name: self.collect(fields_of(_model(one)), row, (*path, name)) for name, row in named.items()}
            case Control.LINES:
                text = self.held(path, "\n".join(map(str, listed(before))))
                return [line.strip() for line in text.splitlines() if line.strip()]
            case Control.WORTHS:
                text = self.held(path, worths(keyed(before)))
                return dict(worth(line) for line in text.splitlines() if line.strip())
            case Control.NUMBER:
                return number(str(self.held(path, "" if before is None else digits(before))))
            case Control.YES:
                return bool(self.held(path, bool(before)))
            case Control.ONE_OF:
                return self.held(path, before if before in one.values else one.default) or ""
        return self.held(path, before if isinstance(before, str) else "") or ""

    # -- the controls

    def draw(self, fields: Sequence[Field], content: Json, path: Path = ()) -> None:
        """Draw the controls of fields, each with what is said about it."""
        for one in fields:
            here = (*path, one.name)
            self._draw(one, content, here)
            self.tell(here, below=one.control in (Control.LINES, Control.WORTHS))

    def _draw(self, one: Field, content: Json, path: Path) -> None:
        value, key = content.get(one.name), self.at(path)
        match one.control:
            case Control.ROWS:
                self._rows(one, content.setdefault(one.name, []), path)
            case Control.NAMED:
                self._named(one, content.setdefault(one.name, {}), path)
            case Control.LINES:
                lines = "\n".join(map(str, value or []))
                st.text_area(f"{one.title} (one a line)", value=lines, key=key, height=SHORT + 24)
            case Control.WORTHS:
                st.text_area(
                    f"{one.title} (such as {_WORTH.get(one.name, 'cm = 0.01')}, one a line)",
                    value=worths(value or {}),
                    key=key,
                )
            case Control.NUMBER:
                st.text_input(one.title, value="" if value is None else digits(value), key=key)
            case Control.YES:
                st.checkbox(one.title, value=bool(value), key=key)
            case Control.ONE_OF:
                said = VALUES.get(one.name, {})
                st.segmented_control(
                    one.title,
                    one.values,
                    default=value if value in one.values else one.default,
                    format_func=lambda name: said.get(name, name.capitalize() or "None"),
                    key=key,
                    required=True,
                )
            case _ if one.name == MISCONCEPTION:
                known = self.catalogue.misconceptions
                keys = ["", *known, *([value] if value and value not in known else [])]
                st.selectbox(
                    one.title,
                    keys,
                    index=keys.index(value or ""),
                    format_func=lambda name: known.get(name, name) or "None",
                    key=key,
                )
            case Control.LINE:
                st.text_input(one.title, value=value or "", key=key, max_chars=one.longest or None)
            case _:
                height = SHORT if "why" in one.name else LONG
                st.text_area(one.title, value=value or "", key=key, height=height)

    def _rows(self, one: Field, rows: list[Json], path: Path) -> None:
        st.markdown(f"**{one.title}**")
        self.tell(path)
        parts = fields_of(_model(one))
        for place in range(len(rows)):
            here = (*path, place)
            with st.container(key=f"row-{self.at(here)}", border=True):
                self._row(parts, rows, here)
                self.tell(here, below=True)
        if len(rows) < one.most and st.button(to_add(one.name), key=f"add-{self.at(path)}"):
            rows.append({})
            self.restructure()

    def _row(self, parts: Sequence[Field], rows: list[Json], path: Path) -> None:
        """Draw one row: its short fields in a line with what there is more, the long ones below."""
        place = int(path[-1])
        row = rows[place]
        shown = [part for part in parts if not part.folded]
        short = [part for part in shown if part.control in (Control.LINE, Control.NUMBER, Control.YES)]
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"line-{self.at(path)}"):
            numbered = [replace(part, title=f"{part.title} {place + 1}") for part in short[:1]]
            for part in [*numbered, *short[1:]]:
                self._draw(part, row, (*path, part.name))
            with st.popover("More", key=f"more-{self.at(path)}"):
                self.draw([part for part in parts if part.folded], row, path)
                self._move(rows, place, path)
        for part in short:  # below the line, where it moves nothing
            self.tell((*path, part.name))
        self.draw([part for part in shown if part not in short], row, path)

    def _move(self, rows: list[Json], place: int, path: Path) -> None:
        with st.container(horizontal=True):
            if place and st.button("Up", key=f"up-{self.at(path)}"):
                rows[place - 1], rows[place] = rows[place], rows[place - 1]
                self.restructure()
            if place + 1 < len(rows) and st.button("Down", key=f"down-{self.at(path)}"):
                rows[place + 1], rows[place] = rows[place], rows[place + 1]
                self.restructure()
            if st.button("Take out", key=f"out-{self.at(path)}"):
                del rows[place]
                self.restructure()

    def _named(self, one: Field, named: dict[str, Json], path: Path) -> None:
        st.markdown(f"**{one.title}**")
        self.tell(path)
        parts = fields_of(_model(one))
        for name, row in named.items():
            here = (*path, name)
            with st.container(key=f"row-{self.at(here)}", border=True):
                st.markdown(f"Stands in the text as **\\{{{name}\\}}**")
                self.draw([part for part in parts if not part.folded], row, here)
                with st.popover("More", key=f"more-{self.at(here)}"):
                    self.draw([part for part in parts if part.folded], row, here)
                    if st.button("Take out", key=f"out-{self.at(here)}"):
                        del named[name]
                        self.restructure()
                self.tell(here, below=True)
        free = next((letter for letter in _NAMES if letter not in named), None)
        if free and len(named) < one.most and st.button(to_add(one.name), key=f"add-{self.at(path)}"):
            named[free] = {}
            self.restructure()


def say(remark: Remark) -> None:
    """Show one remark: what must be mended, or a suggestion."""
    look, lead = ("must", "Must fix: ") if remark.must else ("could", "Suggestion: ")
    st.html(f'<p class="remark {look}"><b>{lead}</b>{escape(remark.text)}</p>')


def _model(one: Field) -> Any:
    return one.of


def _blank_of(one: Field) -> Any:
    match one.control:
        case Control.ROWS | Control.LINES:
            return []
        case Control.NAMED | Control.WORTHS:
            return {}
        case Control.YES:
            return False
        case Control.NUMBER:
            return None
        case Control.ONE_OF:
            return one.default
    return ""
