"""What a list shows of a question and what it is searched for: made when it is needed, never while anybody answers."""

import hashlib
import html
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, get_origin

from pydantic import BaseModel

from quizlib.bank import lint
from quizlib.model.question import Question
from quizlib.services.app import App
from quizlib.store.content import texts as rows
from quizlib.store.content.texts import Text
from quizlib.store.databases.database import BANK, Connection

Progress = Callable[[int, int], None]
BATCH = 200
LONGEST_TITLE = 200
# a line such as "Which cause is most likely?" is that of twenty questions; the story tells them apart
TELLING_LINE = 60
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|(?<!\w)_{1,3})(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# what is typed on a keyboard finds what a typesetter wrote
_ALIKE = str.maketrans(
    {**dict.fromkeys("‘’´`", "'"), **dict.fromkeys("“”", '"'), **dict.fromkeys("‐‑‒–—−", "-"), "\0": " "}
)


@cache
def rules() -> str:
    """Tell one state of the linter and of this file from another."""
    files = [*sorted(Path(lint.__file__).parent.glob("*.py")), Path(__file__)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def plain(text: str) -> str:
    """Give a text as it is searched: without case, typographic quotes and dashes, or forms of the same letter."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold().split())


def title_of(stem: str, vignette: str = "") -> str:
    """Give a question line in short, without marks of emphasis; behind a line that tells little, the story."""
    told = f"{stem} {vignette}" if len(stem) < TELLING_LINE else stem
    unmarked = html.unescape(_ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", told)))
    return textwrap.shorten(unmarked, LONGEST_TITLE, placeholder=" …") or "…"


def text_of(question: Question) -> Text:
    """Give title, text to search and the rules whose flaws are not waived; a rule stands once for each flaw."""
    said = [question.id, *question.tags, question.vignette, question.discloses, question.stem, *_said(question.body)]
    flaws = tuple(rule for rule, _ in lint.lint_question(question) if rule not in question.waive)
    return Text(title_of(question.stem, question.vignette), "\n".join(map(plain, said)), flaws)


def note(app: App, connection: Connection, question: Question) -> None:
    """Keep what lists show of a question at its current version; for services that have saved one."""
    made = [(current, text_of(current.question)) for current in rows.read_current(connection, [question.id])]
    rows.write_texts(connection, made, rules())


def catch_up(app: App, ids: Sequence[str], progress: Progress | None = None) -> None:
    """Make what is behind, in short transactions between which others save."""
    for start in range(0, len(ids), BATCH):
        if progress is not None:
            progress(start, len(ids))
        with app.database.read() as connection:
            current = rows.read_current(connection, ids[start : start + BATCH])
        made = [(one, text_of(one.question)) for one in current]
        with app.database.write(BANK) as connection:
            rows.write_texts(connection, made, rules())


def _said(part: BaseModel) -> Iterator[str]:
    """Give the texts of a body that learners read or write before they are told what is right."""
    for name, field in type(part).model_fields.items():
        if name not in ("why", "misconception") and get_origin(field.annotation) is not Literal:
            yield from _texts(getattr(part, name))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from _said(value)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _texts(name)
            yield from _texts(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one)
