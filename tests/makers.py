"""Makers of small things with memorable data: frog is right, toad is wrong."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizlib.bank.files import read_bank
from quizlib.bank.writing import write_question
from quizlib.config import Settings
from quizlib.errors import Problem
from quizlib.kinds import content_of, kind_of, question_from
from quizlib.model.attempt import Attempt, Behaviour, Filter, Item, Plan
from quizlib.model.question import Question
from quizlib.services.app import App, open_app
from quizlib.services.bank import sync
from quizlib.services.quizzes.sheets import Sheet
from quizlib.store.answers.attempts import read_items

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

TOPICS = """\
pond: {title: The pond, about: What lives in still water.}
meadow: {title: The meadow, about: What lives in grass.}
"""
SOURCES = """\
documents:
  field-guide:
    title: A Field Guide to Frogs
    sections: [Calls, Skin]
references:
  Brehm64: {citation: "Brehm A. Illustrirtes Thierleben. 1864.", year: 1864}
  Dickerson06: {citation: Dickerson M. The Frog Book. 1906., year: 1906, country: United States}
rows:
  R-FR-1: {shows: Frogs jump and toads walk., cites: [Brehm64, Dickerson06]}
"""
MISCONCEPTIONS = "toad-for-frog: A toad taken for a frog\n"


class Clock:
    """A clock that stands still until it is moved, in either direction."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def move(self, **by: float) -> None:
        """Move on, or back by less than nothing: `move(hours=-1)`."""
        self.now += timedelta(**by)


def opened(settings: Settings, clock: Clock) -> App:
    """Open an app with the questions of its folder taken in, as an administrator does on PostgreSQL."""
    app = open_app(settings, clock=clock)
    if not app.database.upgrades_itself:
        sync(app)
    return app


def option(text: str, correct: bool = False, **more: Any) -> dict[str, Any]:
    return {"text": text, "correct": correct, "why": f"What a {text} does decides it.", **more}


def frog_options(right: str = "frog") -> list[dict[str, Any]]:
    return [option(text, text == right) for text in ("frog", "toad", "newt")]


def question(id: str = "frog", topic: str = "pond", **changes: Any) -> Question:
    """Ask which animal jumps: frog is right, toad and newt are wrong."""
    content = {
        "kind": "choice",
        "level": "recall",
        "stem": f"Which of them jumps, in the question {id}?",
        "options": frog_options(),
        "takeaway": "Frogs jump.",
        "explanation": "Long hind legs make a jumper.",
        "sources": [{"reference": "R-FR-1"}],
        "checked": "2026-11-20",
    }
    if changes.get("kind", "choice") != "choice":
        del content["options"]
    return question_from(id, topic, {**content, **changes})


def pond() -> list[Question]:
    """Give four questions: three in the pond, one in the meadow."""
    return [question("frog"), question("heron"), question("newt"), question("mole", "meadow")]


def write_bank(folder: Path, questions: Iterable[Question] | None = None) -> Path:
    """Write a sound folder of question files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "topics.yaml").write_text(TOPICS, encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "misconceptions.yaml").write_text(MISCONCEPTIONS, encoding="utf-8")
    for one in pond() if questions is None else questions:
        write_question(folder, one)
    return folder


def only_problem(folder: Path) -> Problem:
    """Give the one problem of a folder, after seeing that the sound question beside it, the toad, is served."""
    bank = read_bank(folder)
    (problem,) = bank.problems
    assert set(bank.questions) == {"toad"}
    return problem


def line_of(text: str, word: str) -> int:
    return text[: text.index(word)].count("\n") + 1


def item(number: int = 1, **changes: Any) -> Item:
    values = {
        "id": number,
        "attempt_id": 1,
        "position": number,
        "question_id": "frog",
        "version_id": 1,
        "topic": "pond",
        "arrangement": (0, 1, 2),
    }
    return Item(**{**values, **changes})


def attempt(**changes: Any) -> Attempt:
    values = {"id": 1, "user_id": 1, "plan": Plan.RANDOM, "behaviour": Behaviour.PRACTICE, "filter": Filter()}
    return Attempt(**{**values, "seed": 7, "started_at": NOON, **changes})


def sheet(asked: Question, at: Item | None = None, feedback: bool = False) -> Sheet:
    """Show one question, alone in its quiz."""
    at = at or item()
    return Sheet(attempt(), at, asked, feedback, total=1, answered=int(feedback))


def items_of(app: App, quiz: int) -> list[Item]:
    """Give the items of a quiz in their order."""
    with app.database.read() as connection:
        return read_items(connection, quiz)


def place_of(shown: Sheet, text: str) -> list[int]:
    """Give what the browser sends when a learner picks the option with this text."""
    view = kind_of(shown.question).view(shown.question.body, shown.item.arrangement)
    return [view["options"].index(text)]


def write_case(folder: Path, id: str = "walk", topic: str = "pond", parts: int = 3, **changes: Any) -> Path:
    """Write a case file: a walk by the pond, in which each part discloses what the one before it asked."""
    asked = [content_of(question(stem=f"What jumps in part {n} of {id}?")) for n in range(1, parts + 1)]
    for number, part in enumerate(asked[1:], start=1):
        part["discloses"] = f"It was the frog of part {number}."
    path = folder / topic / f"{id}.case.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    case = {"vignette": "A walk by the pond.", "parts": asked, **changes}
    path.write_text(yaml.safe_dump(case, sort_keys=False), encoding="utf-8")
    return path
