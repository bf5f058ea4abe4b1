"""`quiz statistics` of a file of answers: figures for programs, a table with reasons for people."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from analytics.made import EIGHT, LSAT6_ROWS
from cli.running import Run, said
from click.testing import CliRunner, Result

from quizlib.analytics.minimums import Reason
from quizlib.analytics.suggestions import Sign
from quizlib.cli import quiz
from quizlib.cli.figures import REASONS, SIGNS

HEADER = "student,question,option,score,max_score"
OF_QUESTION = {
    "question",
    "n",
    "facility",
    "sd",
    "discrimination_index",
    "discriminative_efficiency",
    "effective_weight",
    "point_biserial_corrected",
    "alpha_without",
    "options",
}
OF_TEST = {"n", "mean", "sd", "skewness", "kurtosis", "alpha", "error_ratio", "sem"}


@pytest.fixture
def run() -> Run:
    """Run `quiz` without a database: a file is all that is read."""

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(quiz, [str(one) for one in arguments])

    return run


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


def write(file: Path, rows: Sequence[str], options: str = "BA") -> None:
    """Write the answers of rows such as "110": 1 chose A and is right, 0 chose B, "-" is not there."""
    lines = [
        f"student {n},question {place},{options[int(digit)]},{digit},1"
        for n, row in enumerate(rows, start=1)
        for place, digit in enumerate(row, start=1)
        if digit != "-"
    ]
    file.write_text("\n".join([HEADER, *lines]), encoding="utf-8")


def test_json_holds_the_figures_however_few_the_answers(run: Run, answers: Path):
    write(answers, EIGHT)
    told = json.loads(said(run("statistics", "--responses", answers, "--json")))
    questions, test = told["questions"], told["test"]

    assert questions[0].keys() >= OF_QUESTION
    assert test.keys() >= OF_TEST
    assert [one["question"] for one in questions] == [f"question {n}" for n in range(1, 6)]
    assert [one["facility"] for one in questions] == [0.75, 0.625, 0.5, 0.375, 0.25]
    assert [round(one["discrimination_index"], 4) for one in questions] == [0.4472, 0.1532, 0.25, 0.1532, -0.1204]
    assert [round(one["discriminative_efficiency"], 4) for one in questions] == [0.6, 0.1724, 0.3333, 0.2381, -0.2]
    assert (round(test["alpha"], 6), round(test["sem"], 6), test["n"]) == (0.338542, 1.064861, 8)
    assert (round(test["skewness"], 6), round(test["kurtosis"], 6)) == (-0.763763, 0.875)
    assert [(one["option"], one["count"], one["right"]) for one in questions[0]["options"]] == [
        ("A", 6, True),
        ("B", 2, False),
    ]


def test_what_is_not_defined_is_null_with_its_reason(run: Run, answers: Path):
    write(answers, ["11", "11"])
    output = said(run("statistics", "--responses", answers, "--json"))
    told = json.loads(output)

    assert "NaN" not in output
    assert "Infinity" not in output
    assert told["questions"][0]["discrimination_index"] is None
    assert told["questions"][0]["reasons"]["discrimination_index"] == "no_variance"
    assert (told["test"]["alpha"], told["test"]["reasons"]["alpha"]) == (None, "same_scores")


def test_the_table_leaves_out_what_rests_on_too_few(run: Run, answers: Path):
    write(answers, EIGHT)
    lines = said(run("statistics", "--responses", answers)).splitlines()

    assert lines[0] == "8 students, 5 questions: everybody was given every question."
    assert " ".join(lines[3].split()) == "question 1 8 75 % 41 to 93 % – – – 20 % / – –"
    assert "  alpha –, error ratio –, standard error of measurement –" in lines
    assert any(line.startswith("–  too few answers.") for line in lines)


def test_the_table_of_a_large_class_is_full(run: Run, answers: Path):
    write(answers, LSAT6_ROWS)
    output = said(run("statistics", "--responses", answers, "--options"))

    words = " ".join(output.split())
    assert "question 3 1000 55 % 52 to 58 % 0.17 0.11 to 0.23 22 % 20 % / 25 % 0.22" in words
    assert "✓ A 924 (92 %), best third" in words
    assert "mean 3.82 of 5, SD 1.04" in output
    assert "alpha 0.29" in output
    assert "–" not in output


def test_csv_has_a_row_for_each_question(run: Run, answers: Path):
    write(answers, [*EIGHT, "1----"])
    rows = list(csv.DictReader(said(run("statistics", "--responses", answers, "--csv")).splitlines()))

    assert [row["question"] for row in rows] == [f"question {n}" for n in range(1, 6)]
    assert [row["n"] for row in rows] == ["9", "8", "8", "8", "8"]
    assert [float(row["facility"]) for row in rows] == pytest.approx([7 / 9, 0.625, 0.5, 0.375, 0.25])
    assert {row["alpha_without"] for row in rows} == {""}


def test_what_is_missing_was_not_given_unless_it_counts_as_zero(run: Run, answers: Path):
    write(answers, [*EIGHT[:-1], "00-00"])
    free, zero = (
        json.loads(said(run("statistics", "--responses", answers, "--json", "--missing", missing)))
        for missing in ("not-presented", "zero")
    )

    assert (free["design"], free["not_given"], free["questions"][2]["n"], free["test"]["alpha"]) == ("free", 1, 7, None)
    assert (zero["design"], zero["questions"][2]["n"], round(zero["test"]["alpha"], 6)) == ("complete", 8, 0.338542)
    assert "say --missing zero" in said(run("statistics", "--responses", answers))
    assert "say --missing zero" not in said(run("statistics", "--responses", answers, "--missing", "zero"))


def test_what_is_striking_is_said_with_what_to_do_first(run: Run, answers: Path):
    write(answers, ["100", "011"] * 20)
    lines = said(run("statistics", "--responses", answers)).splitlines()

    assert "question 1: those who know more are wrong more often. Check the key first." in lines
    assert "question 1: more of the best third choose “B” than the key. See whether it is right too." in lines


def test_every_reason_and_every_sign_has_words():
    # what guessing brings, and times, are not in the table
    assert REASONS.keys() == set(Reason) - {Reason.NO_KEY, Reason.NO_TIMES}
    assert SIGNS.keys() == set(Sign)


def test_names_keep_to_their_column_and_move_no_cursor(run: Run, answers: Path):
    lines = [f"ann,{'frog ' * 20},=1+1,1,1", "ann,\x1b[2J🐸,A,1,1"]
    answers.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    output = said(run("statistics", "--responses", answers, "--options"))

    assert "\x1b" not in output
    assert "frog frog frog frog …" in output
    assert "'frog" not in said(run("statistics", "--responses", answers, "--csv"))


def test_a_formula_is_no_formula_in_the_csv(run: Run, answers: Path):
    answers.write_text(f"{HEADER}\nann,=1+1,A,1,1", encoding="utf-8")

    assert "'=1+1" in said(run("statistics", "--responses", answers, "--csv"))


def test_every_problem_of_the_file_is_told_and_ends_with_1(run: Run, answers: Path):
    answers.write_text(f"{HEADER}\nann,frog,A,x,1\nann,frog,A,3,1", encoding="utf-8")
    output = said(run("statistics", "--responses", answers), status=1)
    told = json.loads(said(run("statistics", "--responses", answers, "--json"), status=1))

    assert "answers.csv, line 2, score: “x” is no number. Write it in digits, such as 1 or 0.5." in output
    assert "answers.csv, line 3, score: 3 is more than the max_score of 1." in output
    assert len(told["problems"]) == 3
    assert all(set(one) == {"where", "what", "fix"} for one in told["problems"])


def test_a_file_that_is_not_there_is_told(run: Run, tmp_path: Path):
    assert "cannot be read: No such file" in said(run("statistics", "--responses", tmp_path / "gone.csv"), status=1)


def test_one_form_at_a_time(run: Run, answers: Path):
    write(answers, EIGHT)

    assert "Choose one of --json and --csv" in said(
        run("statistics", "--responses", answers, "--json", "--csv"), status=2
    )


def test_a_grid_without_end_is_refused(run: Run, answers: Path):
    lines = [f"s{n},q{n},A,1,1" for n in range(4000)]
    answers.write_text("\n".join([HEADER, *lines]), encoding="utf-8")

    assert "4,000 students by 4,000 questions" in said(
        run("statistics", "--responses", answers, "--missing", "zero"), status=1
    )
