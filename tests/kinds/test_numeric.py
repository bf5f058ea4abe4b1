"""Numeric: how numbers are read, with and without units, and which of them count."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from quizlib.errors import MalformedResponse
from quizlib.kinds import KINDS
from quizlib.kinds.numeric import NumericBody

NUMERIC = KINDS["numeric"]
LEAP = NumericBody(
    answer="2.5",
    tolerance="0.5",
    unit="cm",
    units={"mm": "0.1", "m": 100},
    why="So far it leaps.",
    wrong=[{"low": 20, "high": "30", "why": "Those are millimetres.", "misconception": "mm-for-cm"}],
)
STRICT = LEAP.model_copy(update={"unit_required": True})
PLAIN = NumericBody(low=2, high=3, why="Two or three.")


def value(given: str, body: NumericBody = LEAP) -> float:
    return float(NUMERIC.read(body, (), given)["value"])


def refusal(given: object, body: NumericBody = LEAP) -> str:
    with pytest.raises(MalformedResponse) as refused:
        NUMERIC.read(body, (), given)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2.5", 2.5),
        ("2,5", 2.5),
        (" 2.5 cm ", 2.5),
        ("2.5cm", 2.5),
        ("2,5 CM", 2.5),
        ("25 mm", 2.5),
        ("0.025\u2009m", 2.5),
        ("-3", -3),
        ("−3", -3),
        ("- 3", -3),
        ("+3", 3),
        ("1e3", 1000),
        ("1E-2 cm", 0.01),
        (".5", 0.5),
        ("5.", 5),
        ("1\u2009000", 1000),
        ("12 000,5", 12000.5),
        ("1\u202f000\u202f000", 1_000_000),
        ("0,125", 0.125),
        ("1234,567", 1234.567),
        ("12.345", 12.345),
        ("２.５", 2.5),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, number: float):
    assert value(text) == pytest.approx(number)


def test_a_comma_between_thousands_could_be_either_and_is_told():
    assert refusal("1,000") == "Write 1000 or 1.0, without a comma between thousands."
    assert refusal("2,125 mm") == "Write 2125 or 2.125, without a comma between thousands."


@pytest.mark.parametrize("text", ["1,000,000", "1.000,5", "1,000.5", "1..5", "1,,5"])
def test_two_points_or_commas_are_told(text: str):
    assert "one point or comma at most" in refusal(text)


@pytest.mark.parametrize("text", ["abc", "2x", "2.5 kg", "2.5 cm or so", "e3", "nan", "inf", "2.5 cm 3"])
def test_letters_that_are_no_unit_are_told_with_the_units(text: str):
    assert refusal(text).startswith("Write a number in cm, mm or m.")


def test_a_short_unit_that_is_unknown_is_named():
    assert refusal("2.5 kg") == "Write a number in cm, mm or m. “kg” is not a unit here."


def test_letters_where_there_is_no_unit_are_told():
    assert refusal("2 cm", PLAIN) == "Write the number alone, in digits and without a unit."


@pytest.mark.parametrize("text", ["2 5", "?", "-", ",", "--2"])
def test_what_is_not_one_number_is_told(text: str):
    assert refusal(text) == "Write one number, such as 2.5."


@pytest.mark.parametrize("text", ["10²", "½", "2 ½"])
def test_raised_digits_and_fractions_are_not_run_together(text: str):
    assert refusal(text).startswith("Write ")


def test_a_unit_that_is_needed_and_forgotten_is_told():
    assert refusal("2.5", STRICT) == "Add the unit: cm, mm or m."
    assert value("2.5 cm", STRICT) == 2.5


@pytest.mark.parametrize("text", ["1e999", "-1e999", "1e308 m"])
def test_a_number_without_end_is_told(text: str):
    assert "too large" in refusal(text)


def test_ten_thousand_digits_are_told():
    assert "200 or fewer" in refusal("9" * 10_000)


@pytest.mark.parametrize("given", ["", "  ", "\t"])
def test_an_empty_answer_is_told(given: str):
    assert refusal(given) == "Write a number first."


def test_an_answer_to_another_question_is_told():
    assert refusal([1, 0]) == "Write the answer as text in the field."
    assert refusal(2.5) == "Write the answer as text in the field."


@pytest.mark.parametrize(
    ("text", "fraction"), [("2", 1), ("3", 1), ("30 mm", 1), ("1.99", 0), ("3.01", 0), ("-2.5", 0)]
)
def test_the_ends_of_the_tolerance_count(text: str, fraction: float):
    assert fraction == NUMERIC.grade(LEAP, NUMERIC.read(LEAP, (), text)).fraction


def test_what_floats_lose_in_converting_costs_nothing():
    body = NumericBody(answer=0.3, unit="cm", units={"mm": 0.1}, why="Three millimetres.")

    assert 3 * 0.1 != 0.3
    assert NUMERIC.grade(body, NUMERIC.read(body, (), "3 mm")).fraction == 1


def test_case_counts_where_it_tells_two_units_apart():
    body = NumericBody(answer=1, unit="mV", units={"MV": 1e9}, why="A thousandth.")

    assert value("1 mV", body) == 1
    assert value("1 MV", body) == 1e9
    assert "Write a number in mV or MV." in refusal("1 mv", body)


def test_a_raised_digit_in_a_unit_may_be_written_plainly():
    assert value("4 cm2", NumericBody(answer=4, unit="cm²", why="A square.")) == 4


def test_the_answer_zero_is_an_answer():
    body = NumericBody(answer="0", why="None.")

    assert NUMERIC.right_answer(body) == {"value": 0.0, "said": "0"}
    assert NUMERIC.grade(body, {"value": 0.1, "said": "0.1"}).fraction == 0


@given(st.floats(-1e15, 1e15), st.sampled_from(["", "cm", "%"]))
def test_the_right_answer_can_be_written_whatever_it_is(answer: float, unit: str):
    body = NumericBody(answer=answer, unit=unit, why="It was measured.")
    right = NUMERIC.right_answer(body)

    assert right == NUMERIC.read(body, (), right["said"])


def test_the_review_gives_the_answer_in_its_unit():
    assert NUMERIC.review(LEAP, (), None)["right"] == "2.5 cm"
    assert NUMERIC.review(PLAIN, (), None)["right"] == "2 to 3"
    assert NUMERIC.review(NumericBody(answer=30, unit="%", why="A third."), (), None)["right"] == "30%"


def test_a_foreseen_wrong_number_gets_its_own_reason():
    told = NUMERIC.review(LEAP, (), {"value": 25.0, "said": "25"})

    assert told["yours_why"] == {"why": "Those are millimetres."}
    assert NUMERIC.review(LEAP, (), {"value": 31.0, "said": "31"})["yours_why"] is None
    assert list(NUMERIC.misconceptions(LEAP)) == [(("wrong", 0, "misconception"), "mm-for-cm")]


def test_a_foreseen_range_may_be_open():
    body = NumericBody(answer=2, why="Two.", wrong=[{"low": 1.5, "why": "Too many."}])

    assert NUMERIC.review(body, (), {"value": 1e6, "said": "1e6"})["yours_why"] == {"why": "Too many."}
    assert NUMERIC.review(body, (), {"value": 2.0, "said": "2"})["yours_why"] is None


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({}, "answer: there is none"),
        ({"low": 2}, "answer: there is none"),
        ({"answer": 2, "low": 1, "high": 3}, "beside a range"),
        ({"low": 3, "high": 2}, "not less than"),
        ({"low": 2, "high": 3, "tolerance": 1}, "a range needs none"),
        ({"answer": "nan"}, "finite"),
        ({"answer": "two"}, "valid number"),
        ({"answer": 2, "tolerance": -1}, "greater than or equal to 0"),
        ({"answer": 2, "units": {"mm": 0.1}}, "unit: it is missing"),
        ({"answer": 2, "unit_required": True}, "unit: it is missing"),
        ({"answer": 2, "unit": "cm", "units": {"cm": 1}}, "stands here twice"),
        ({"answer": 2, "unit": "2cm"}, "starts like a number"),
        ({"answer": 2, "unit": "cm", "units": {"mm": 0}}, "greater than 0"),
        ({"answer": 2, "wrong": [{"why": "?"}]}, "neither `low:` nor `high:`"),
        ({"answer": 2, "wrong": [{"low": 3, "high": 2, "why": "?"}]}, "Exchange them"),
    ],
)
def test_numbers_that_make_no_question_are_refused(fields: dict[str, object], what: str):
    with pytest.raises(ValidationError, match=re.escape(what)):
        NumericBody(why="So it is.", **fields)
