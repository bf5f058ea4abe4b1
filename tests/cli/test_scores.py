"""`quiz scores`: a line a quiz, as words, JSON and CSV."""

import csv
import io
import json
import re
from collections.abc import Iterator

import pytest
from cli.running import Run, said
from makers import Clock, opened, place_of
from services.classes.people import add, code_of
from services.classes.sitting import sit, terms

from quizlib.config import Settings
from quizlib.services.app import App, use
from quizlib.services.classes import assignments, classes
from quizlib.services.people.people import local_person
from quizlib.services.quizzes import study

LINE = {
    "person": "You",
    "what": "Surprise me",
    "behaviour": "practice",
    "topics": ["meadow"],
    "points": 1.0,
    "questions": 1,
    "score": 1.0,
    "minutes": 1.5,
    "finished": True,
}


@pytest.fixture
def app(settings: Settings, clock: Clock) -> Iterator[App]:
    """The app, before the command runs."""
    with opened(settings, clock) as one:
        use(one)
        yield one
        use(None)


@pytest.fixture
def practised(app: App) -> None:
    """The mole jumped, after a minute and a half of thought."""
    me = local_person()
    quiz = study.start(me, number=1, topics=["meadow"])
    shown = study.sheet(me, quiz)
    study.answer(me, quiz, shown.item.id, place_of(shown, "frog"), seen=0, elapsed_ms=90_000)
    study.start(me, number=2)


@pytest.mark.usefixtures("practised")
def test_without_a_name_it_is_ones_own(run: Run):
    lines = said(run("scores")).splitlines()

    assert re.split(" {2,}", lines[0])[1:] == ["Surprise me", "meadow", "1 of 1", "2 min"]
    assert lines[1].split()[-2:] == ["way", "–"]
    assert len(lines) == 2


@pytest.mark.usefixtures("practised")
def test_for_programs_it_is_json(run: Run):
    first, second = json.loads(said(run("scores", "--json")))["scores"]

    assert {name: first[name] for name in LINE} == LINE
    assert first["date"] == "2026-11-21T12:00:00+00:00"
    assert (second["finished"], second["points"], second["score"]) == (False, None, None)


@pytest.mark.usefixtures("practised")
def test_for_spreadsheets_it_is_csv(run: Run):
    first, second = csv.DictReader(io.StringIO(said(run("scores", "--csv"))))

    assert (first["person"], first["what"], first["topics"], first["score"]) == ("You", "Surprise me", "meadow", "1.0")
    assert (second["points"], second["score"], second["minutes"]) == ("", "", "")


def test_names_that_are_formulas_are_text_in_csv(run: Run, app: App):
    teacher, ann = add(app, "Ms Pond", instructs=True), add(app, "=1+1, Ann")
    group = classes.make(teacher, "Frogs 101")
    classes.join(ann, code_of(teacher, group))
    sit(ann, assignments.give(teacher, group, terms(title="@home")), "frog", "frog")
    (line,) = csv.DictReader(io.StringIO(said(run("scores", "--class", "Frogs 101", "--csv"))))

    assert (line["person"], line["what"], line["points"]) == ("'=1+1, Ann", "'@home", "2.0")


def test_a_class_names_its_students_and_says_what_is_left_out_of_one(run: Run, app: App):
    teacher, ann = add(app, "Ms Pond", instructs=True), add(app, "Ann Frog")
    group = classes.make(teacher, "Frogs 101")
    classes.join(ann, code_of(teacher, group))
    sit(ann, assignments.give(teacher, group, terms()), "frog", "toad")
    words = said(run("scores", "--class", "Frogs 101", QUIZ_SIGN_IN="accounts"))
    hers = run("scores", "--person", "ann.frog", QUIZ_SIGN_IN="accounts")

    assert words == "2026-11-21 12:00  Ann Frog  Who jumps  pond  1 of 2  –\n"
    assert hers.stdout == "2026-11-21 12:00  Who jumps  pond  1 of 2  –\n"
    assert "What Ann Frog practises outside assignments is left out" in hers.stderr


@pytest.mark.usefixtures("app")
def test_nothing_is_said_in_a_word(run: Run):
    assert said(run("scores")) == "No quizzes.\n"
    assert json.loads(said(run("scores", "--json"))) == {"scores": [], "practice_left_out": False}


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--since", "2026-13-40"), "2026-13-40 is no day."),
        (("--until", "soon"), "soon is no day."),
        (("--since", "2026-11-22", "--until", "2026-11-21"), "2026-11-22 is later than 2026-11-21"),
        (("--person", "cleo"), "Nobody is called cleo."),
        (("--class", "Newts"), "There is no class Newts. There are: none yet."),
        (("--topic", "swamp"), "There is no topic swamp. There are: meadow, pond."),
    ],
    ids=lambda one: " ".join(one)[:30] if isinstance(one, tuple) else "",
)
def test_what_cannot_be_told_is_said_in_a_sentence(run: Run, arguments: tuple[str, ...], sentence: str):
    assert said(run("scores", *arguments), status=1).startswith(f"Error: {sentence}")


@pytest.mark.usefixtures("app")
def test_it_is_one_of_json_and_csv(run: Run):
    assert "Choose one of --json and --csv." in said(run("scores", "--json", "--csv"), status=2)
