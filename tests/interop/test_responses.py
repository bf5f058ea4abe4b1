"""Answers from elsewhere are read, or every problem of the file is told by line and column with what to do."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.errors import Refused
from quizlib.interop.responses import LIMITS, MOST_PROBLEMS, Response, read_responses

HEADER = "student,question,option,score,max_score"
ANN = Response(2, "ann", "frog", "A", 1.0, 2.0)


def read(*lines: str) -> list[Response]:
    found = read_responses("\n".join(lines).encode(), "pond.csv")

    assert found.problems == []
    return found.rows


def problems(*lines: str) -> list[str]:
    found = read_responses("\n".join(lines).encode(), "pond.csv")

    assert all(one.fix for one in found.problems)
    return [f"{one.where}: {one.what}" for one in found.problems]


def test_an_answer_a_row():
    assert read(HEADER, "ann,frog,A,1,2", "ben,frog,,0.5,2") == [ANN, Response(3, "ben", "frog", "", 0.5, 2.0)]


def test_columns_may_stand_in_any_order_and_others_are_passed_over():
    assert read("Max score,Note,Score,Question,Option,STUDENT", "2,late,1,frog,A,ann") == [ANN]


def test_there_may_be_no_options():
    assert read("student,question,score,max_score", "ann,frog,1,2") == [ANN._replace(option="")]


@pytest.mark.parametrize("divider", [";", "\t"])
def test_other_dividers_and_decimal_commas(divider: str):
    assert read(HEADER.replace(",", divider), divider.join(["ann", "frog", "A", "0,5", "2,0"])) == [
        ANN._replace(score=0.5)
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_name():
    content = codecs.BOM_UTF8 + f"{HEADER}\nann,frog,A,1,2\n".encode()

    assert read_responses(content, "pond.csv").rows == [ANN]


@pytest.mark.parametrize(
    ("score", "value"), [("1", 1.0), ("1.", 1.0), (".5", 0.5), ("0,25", 0.25), ("+1", 1.0), ("1e0", 1.0), ("0", 0.0)]
)
def test_numbers_as_people_and_programs_write_them(score: str, value: float):
    assert [one.score for one in read(HEADER, f'ann,frog,A,"{score}",2')] == [value]


@pytest.mark.parametrize("text", ["one", "1.5.2", "nan", "inf", "1e999", "1_0", "٣", "0x1", "1 of 2", "--1", "9" * 50])
def test_what_is_no_number_is_told(text: str):
    told = problems(HEADER, f"ann,frog,A,{text},2")

    assert told[0].startswith("pond.csv, line 2, score: “")
    assert told[0].endswith("is no number.")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",frog,A,1,2", "pond.csv, line 2, student: It is empty."),
        ("ann,,A,1,2", "pond.csv, line 2, question: It is empty."),
        ("ann,frog,A,,2", "pond.csv, line 2, score: It is empty."),
        ("ann,frog,A,1,", "pond.csv, line 2, max_score: It is empty."),
        ("ann,frog", "pond.csv, line 2, max_score: It is empty."),
        ("ann,frog,A,3,2", "pond.csv, line 2, score: 3 is more than the max_score of 2."),
        ("ann,frog,A,-1,2", "pond.csv, line 2, score: -1 is below 0."),
        ("ann,frog,A,0,0", "pond.csv, line 2, max_score: 0 is out of range."),
        ("ann,frog,A,0,-2", "pond.csv, line 2, max_score: -2 is out of range."),
        ("ann,frog,A,0,1e300", "pond.csv, line 2, max_score: 1e300 is out of range."),
        ("ann,frog,A,0,5,2", "pond.csv, line 2: The row has 6 cells, and the first row 5."),
    ],
)
def test_what_is_wrong_with_a_row_is_told(row: str, told: str):
    assert told in problems(HEADER, row)


def test_every_problem_of_every_row_is_told():
    assert problems(HEADER, ",frog,A,x,2", "ann,frog,A,1,2", "ben,frog,A,5,y") == [
        "pond.csv, line 2, student: It is empty.",
        "pond.csv, line 2, score: “x” is no number.",
        "pond.csv, line 4, max_score: “y” is no number.",
    ]


def test_a_second_answer_to_a_question_is_told_with_the_line_of_the_first():
    assert problems(HEADER, "ann,frog,A,1,2", "ben,frog,A,1,2", "ann,frog,B,0,2") == [
        "pond.csv, line 4, question: ann has an answer to frog in line 2 already."
    ]


def test_a_question_brings_the_same_to_everybody():
    assert problems(HEADER, "ann,frog,A,1,2", "ben,frog,A,1,1") == [
        "pond.csv, line 3, max_score: It is 1 here and 2 in line 2."
    ]


def test_missing_columns_are_told_all_at_once():
    assert problems("student,answer,points", "ann,A,1") == [
        f"pond.csv, line 1: There is no column {name}." for name in ("question", "score", "max_score")
    ]


def test_two_columns_of_one_name_are_told():
    assert problems(f"{HEADER},Score", "ann,frog,A,1,2,1") == ["pond.csv, line 1: Several columns are called score."]


def test_very_many_problems_are_counted():
    told = problems(HEADER, *(f"s{n},frog,A,x,2" for n in range(MOST_PROBLEMS + 7)))

    assert len(told) == MOST_PROBLEMS + 1
    assert told[-1] == "pond.csv: There are 7 more problems."


def test_a_long_or_hostile_cell_is_told_in_a_short_line():
    told = problems(HEADER, f"ann,frog,A,{'9' * 60}x,2", "ben,frog,A,\x1b[2Jx,2")

    assert f"“{'9' * 40}…” is no number." in told[0]
    assert "“·[2Jx”" in told[1]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (HEADER.encode(), "no answers under them"),
        (b"\x89PNG\0\0", "neither CSV nor XLSX"),
        (f"{HEADER}\nann,{'frog' * 250_000},A,1,2".encode(), r"pond\.csv, line 2: .*limit"),
        (f'{HEADER}\nann,"frog,A,1,2\nben,frog,A,1,2'.encode(), r"pond\.csv, line 2: "),
    ],
    ids=["empty", "no rows", "a picture", "a line of 1 MB", "an open quote"],
)
def test_what_cannot_be_read_is_refused(content: bytes, told: str):
    with pytest.raises(Refused, match=told):
        read_responses(content, "pond.csv")


def test_more_rows_are_taken_than_of_a_class_list():
    rows = [f"s{n},frog,A,1,2" for n in range(25_000)]

    assert LIMITS.rows > len(rows)
    assert len(read(HEADER, *rows)) == 25_000


@given(st.binary(max_size=300))
def test_any_bytes_are_answers_or_told(content: bytes):
    with suppress(Refused):
        found = read_responses(HEADER.encode() + b"\n" + content, "pond.csv")
        assert found.rows or found.problems
