"""`quiz statistics` without a file tells of the answers in the database."""

import json

from cli.running import Run, said
from makers import Clock
from services.classes.people import add
from services.corrections.keys import give

from quizlib.services.app import App


def test_every_question_that_was_answered_has_its_figures(app: App, clock: Clock, run: Run):
    for number in range(6):
        learner = add(app, f"Learner {number}")
        give(learner, "frog" if number % 3 else "toad", "frog")
    told = json.loads(said(run("statistics", "--json", QUIZ_SIGN_IN="accounts")))

    (frog,) = told["questions"]
    assert (frog["question"], frog["n"], round(frog["facility"], 4)) == ("frog", 6, 0.6667)
    assert [(one["option"], one["count"], one["right"]) for one in frog["options"]] == [
        ("frog", 4, True),
        ("toad", 2, False),
        ("newt", 0, False),
    ]
    assert frog["discrimination_index"] is None
    assert (told["students"], told["test"]["n"], told["test"]["alpha"]) == (6, 0, None)


def test_in_words_what_rests_on_too_few_is_a_dash_with_its_reason(app: App, run: Run):
    for number in range(6):
        give(add(app, f"Learner {number}"), "frog", "frog")
    words = said(run("statistics", QUIZ_SIGN_IN="accounts"))

    assert "frog" in words
    assert "100 %" in words
    assert "–  too few students have answered at least 5 other questions" in words


def test_nobody_has_answered(app: App, run: Run):
    assert json.loads(said(run("statistics", "--json")))["questions"] == []
    assert "0 students, 0 questions" in said(run("statistics"))
    assert said(run("statistics", "--csv")).startswith("question,n,")


def test_what_is_missing_is_asked_about_a_file_only(run: Run):
    assert "name it with --responses" in said(run("statistics", "--missing", "zero"), 2)
