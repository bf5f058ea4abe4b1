"""A database after real use, and empty ones of either kind to copy it to."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from makers import Clock, place_of, pond, question, write_bank, write_case
from store.copying.lessons import teach
from store.copying.lessons_catalogue import arrange
from store.copying.lessons_complaints import complain
from store.copying.lessons_drafts import write
from store.copying.lessons_history import practise
from store.copying.lessons_pictures import paint
from store.copying.lessons_rescoring import mark_again
from store.copying.lessons_shelf import look_through

from quizlib.bank.writing import write_question
from quizlib.config import Settings
from quizlib.model.attempt import Behaviour, Confidence, Filter, Plan
from quizlib.model.person import TextSize, User
from quizlib.services import bank
from quizlib.services.app import App
from quizlib.services.people import passwords
from quizlib.services.people.people import local_person, settle
from quizlib.services.quizzes import choosing, exam, study
from quizlib.services.quizzes.choosing import Choice


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Questions in several scripts, and a case of three parts."""
    polyglot = question(
        "crapaud", takeaway="Żaba skacze, 蛙 jumps, 🐸 too; \u2028 a “quote”, a \\ and a ' and a % sign."
    )
    folder = write_bank(tmp_path / "questions", [*pond(), polyglot])
    write_case(folder, topic="meadow")
    return Settings(database_url=database_url, questions=folder)


@pytest.fixture
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[bool], str]]:
    """Give the address of a database without tables, on SQLite or not."""
    made = []

    def fresh(on_sqlite: bool) -> str:
        if on_sqlite:
            return f"sqlite:///{tmp_path / f'fresh-{len(made)}.db'}"
        made.append(request.getfixturevalue("postgres").fresh())
        return str(made[-1])

    yield fresh
    for address in made:
        request.getfixturevalue("postgres").drop(address)


@pytest.fixture
def other(fresh: Callable[[bool], str], database_url: str) -> str:
    """A database of the other kind, which has no tables yet."""
    return fresh(not database_url.startswith("sqlite"))


@pytest.fixture
def back(fresh: Callable[[bool], str], database_url: str) -> str:
    """A second database of the same kind, which has no tables yet."""
    return fresh(database_url.startswith("sqlite"))


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash quickly; an honest hash takes as long as a whole test."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def used(app: App, learner: User, clock: Clock, quick_hashes: None) -> str:
    """A database after real use: answered, skipped, flagged, an exam, a withdrawn question, a class with everything."""
    folder = app.settings.questions
    clock.move(microseconds=123_457)
    local_person("Asia/Kathmandu")
    settle(learner, asks_confidence=True, shows_keys=False, text_size=TextSize.LARGE)
    quiz = choosing.start(learner, Choice(filter=Filter(topics=("pond",)), plan=Plan.RANDOM, number=4))
    for position, picked in ((1, "toad"), (2, "frog")):
        clock.move(seconds=7, microseconds=1)
        shown = study.sheet(learner, quiz, position)
        study.flag(learner, quiz, shown.item.id, True)
        given = place_of(shown, picked)
        study.answer(learner, quiz, shown.item.id, given, seen=1, confidence=Confidence.SURE, elapsed_ms=6_999)
    study.flag(learner, quiz, shown.item.id, False)
    study.skip(learner, quiz, study.sheet(learner, quiz, 3).item.id)
    timed = Choice(filter=Filter(topics=("meadow",)), plan=Plan.RANDOM, behaviour=Behaviour.EXAM, minutes=10)
    for ends in (True, False):
        sat = choosing.start(learner, timed)
        shown = study.sheet(learner, sat, 1)
        exam.save(learner, sat, shown.item.id, place_of(shown, "newt"), seen=shown.item.seq)
        exam.go_to(learner, sat, shown.item.id, 2)
        if ends:
            study.finish(learner, sat)
    teach(learner, clock)
    write(learner)
    arrange(learner)
    paint(learner)
    complain(learner, learner)
    mark_again(learner, learner, clock)
    practise()
    look_through(learner)
    write_question(folder, question("frog", takeaway="Frogs leap."))
    (folder / "pond" / "heron.yaml").unlink()
    bank.sync(app, retire_missing=True)
    return app.settings.database_url
