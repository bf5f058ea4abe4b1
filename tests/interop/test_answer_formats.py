"""Answers are read back from every format as they were, whatever people wrote, and no spreadsheet runs any of it."""

import csv
import io
import json
from collections import namedtuple
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import NOON
from openpyxl import load_workbook
from pyarrow import parquet

from quizlib.errors import Refused
from quizlib.interop.answers import ANSWER, ANSWER_FORMATS, EVERYBODYS, Answers, Column, Holds, as_xlsx

AnswerRow = namedtuple("AnswerRow", Answers._fields)
FROG = AnswerRow(
    student="Ann Frog",
    sign_in_name="ann.frog",
    class_name="Frogs 101",
    assignment="Who jumps",
    attempt=2,
    begun_at=NOON,
    answered_at=NOON + timedelta(seconds=75, microseconds=987_654),
    topic="The pond",
    question="frog",
    words="Which of them jumps?",
    version=3,
    answer="toad; newt",
    points=0.25,
    out_of=1.0,
    right=False,
    confidence="think so",
    seconds=7.5,
    first=True,
    again=False,
)
NOTHING = FROG._replace(
    assignment=None, attempt=None, points=None, right=None, confidence=None, seconds=None, first=None, again=None
)
# what is written, and what a spreadsheet reads in CSV: never a formula
AS_CSV = {
    "Frog, Ann": "Frog, Ann",
    'Ann "the frog" Frog': 'Ann "the frog" Frog',
    "of the pond\nby the mill": "of the pond\nby the mill",
    "of the pond\rby the mill": "of the pond\rby the mill",
    "Zoë 🐸 蛙": "Zoë 🐸 蛙",
    "=1+1": "'=1+1",
    '=HYPERLINK("http://toad")': '\'=HYPERLINK("http://toad")',
    "+1": "'+1",
    "-1": "'-1",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1": "'\t=1",
    "#N/A": "#N/A",
    "<b>&amp;": "<b>&amp;",
    " toad ": " toad ",
    "": "",
}
WORDS = list(AS_CSV)
every_format = pytest.mark.parametrize("name", ANSWER_FORMATS)


def written(name: str, *batches: Sequence[AnswerRow], columns: Sequence[Column] = EVERYBODYS) -> bytes:
    out = io.BytesIO()
    ANSWER_FORMATS[name].write(columns, map(together, batches), out)
    return out.getvalue()


def together(rows: Sequence[AnswerRow]) -> Answers:
    """Give answers column by column."""
    return Answers(*zip(*rows, strict=True)) if rows else Answers(*([] for _ in Answers._fields))


def in_csv(content: bytes) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def in_xlsx(content: bytes) -> list[dict[str, Any]]:
    titles, *rows = load_workbook(io.BytesIO(content))["Answers"].iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def in_parquet(content: bytes) -> list[dict[str, Any]]:
    return parquet.read_table(io.BytesIO(content)).to_pylist()


def read(name: str, content: bytes) -> list[dict[str, Any]]:
    """Read a file back: by title where people read it, else by name."""
    return {"csv": in_csv, "xlsx": in_xlsx, "parquet": in_parquet, "json": json.loads}[name](content)


def key(name: str, column: str) -> str:
    return column if name in ("parquet", "json") else next(one.title for one in EVERYBODYS if one.name == column)


def cell(name: str, value: str) -> str | None:
    """Give what stands in a cell for words: an empty one has none in a workbook."""
    return AS_CSV[value] if name == "csv" else (value or None) if name == "xlsx" else value


def test_csv_is_a_table_with_titles():
    (row,) = in_csv(written("csv", [FROG]))

    assert list(row.items()) == [
        ("Student", "Ann Frog"),
        ("Signs in as", "ann.frog"),
        ("Class", "Frogs 101"),
        ("Assignment", "Who jumps"),
        ("Attempt", "2"),
        ("Quiz begun (UTC)", "2026-11-21T12:00:00Z"),
        ("Answered (UTC)", "2026-11-21T12:01:15Z"),
        ("Topic", "The pond"),
        ("Question", "frog"),
        ("First words", "Which of them jumps?"),
        ("Version", "3"),
        ("Answer", "toad; newt"),
        ("Points", "0.25"),
        ("Out of", "1.0"),
        ("Right", "FALSE"),
        ("How sure", "think so"),
        ("Seconds", "7.5"),
        ("First answer", "TRUE"),
        ("Marked again", "FALSE"),
    ]


def test_a_whole_number_stays_one_beside_the_same_that_is_none():
    (row,) = in_csv(written("csv", [FROG._replace(attempt=1, version=1, points=1.0)]))

    assert [row[one] for one in ("Attempt", "Version", "Points", "Out of")] == ["1", "1", "1.0", "1.0"]


def test_csv_begins_with_the_mark_by_which_excel_knows_utf_8():
    assert written("csv", [FROG]).startswith(b"\xef\xbb\xbfStudent,")


def test_json_is_an_object_an_answer():
    (row,) = json.loads(written("json", [FROG]))

    moments = {"begun_at": "2026-11-21T12:00:00Z", "answered_at": "2026-11-21T12:01:15Z"}
    assert row == {**FROG._asdict(), **moments}


def test_parquet_has_the_type_of_every_column():
    table = parquet.read_table(io.BytesIO(written("parquet", [FROG])))

    assert table.schema.field("answered_at").type == pa.timestamp("ms", tz="UTC")
    assert {str(table.schema.field(one).type) for one in ("attempt", "version")} == {"int32"}
    answered = FROG.answered_at.replace(microsecond=987_000)
    assert table.to_pylist() == [{**FROG._asdict(), "answered_at": answered}]


def test_a_workbook_has_dates_numbers_and_truths_below_titles_that_stay():
    content = written("xlsx", [FROG])
    (row,) = in_xlsx(content)
    sheet = load_workbook(io.BytesIO(content))["Answers"]

    naive = {name: getattr(FROG, name).replace(tzinfo=None, microsecond=0) for name in ("begun_at", "answered_at")}
    assert list(row.values()) == [naive.get(name, value) for name, value in FROG._asdict().items()]
    assert sheet.freeze_panes == "A2"
    assert sheet["G2"].number_format == "yyyy-mm-dd hh:mm:ss"


@every_format
@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("column", ["student", "assignment", "answer"])
def test_what_people_wrote_is_read_back(name: str, words: str, column: str):
    (row,) = read(name, written(name, [FROG._replace(**{column: words})]))

    assert row[key(name, column)] == cell(name, words)
    # and nothing beside it has moved
    assert row[key(name, "words")] == FROG.words


@pytest.mark.parametrize("words", ["=1+1", "#N/A", "=A1"])
def test_a_workbook_has_words_where_somebody_wrote_a_formula(words: str):
    book = load_workbook(io.BytesIO(written("xlsx", [FROG._replace(answer=words)])))

    assert [(one.value, one.data_type) for one in book["Answers"][2] if one.value == words] == [(words, "s")]


@every_format
@given(answers=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), max_size=5))
def test_any_answers_are_read_back_in_their_order(name: str, answers: list[str]):
    found = read(name, written(name, [FROG._replace(answer=one) for one in answers]))

    given_back = [row[key(name, "answer")] or "" for row in found]
    assert [one.removeprefix("'") for one in given_back] == [one.removeprefix("'") for one in answers]


@every_format
def test_letters_that_no_sheet_takes_do_no_harm(name: str):
    (row,) = read(name, written(name, [FROG._replace(answer="to\x01ad")]))

    assert row[key(name, "answer")] == ("to\N{REPLACEMENT CHARACTER}ad" if name == "xlsx" else "to\x01ad")


@every_format
def test_what_is_not_known_is_empty(name: str):
    (row,) = read(name, written(name, [NOTHING]))

    empty = [one for one in EVERYBODYS if getattr(NOTHING, one.name) is None]
    assert {row[key(name, one.name)] for one in empty} == {"" if name == "csv" else None}
    assert len(empty) == 8


@every_format
@pytest.mark.parametrize("batches", [(), ([],), ([], [])])
def test_without_answers_it_is_a_sound_file_with_no_row(name: str, batches: tuple[list[AnswerRow], ...]):
    content = written(name, *batches)

    assert read(name, content) == []
    if name == "parquet":
        assert parquet.read_schema(io.BytesIO(content)).names == list(Answers._fields)
    if name == "csv":
        assert content.decode("utf-8-sig").startswith("Student,Signs in as,")


@every_format
def test_batches_make_no_difference(name: str):
    rows = [FROG._replace(question=f"frog-{number}") for number in range(7)]

    assert read(name, written(name, rows)) == read(name, written(name, rows[:3], [], rows[3:]))
    assert [row[key(name, "question")] for row in read(name, written(name, rows))] == [one.question for one in rows]


@every_format
def test_ones_own_answers_say_nothing_of_a_person(name: str):
    content = written(name, [FROG], columns=ANSWER)
    (row,) = read(name, content)

    assert not {key(name, "student"), key(name, "sign_in_name")} & set(row)
    assert row[key(name, "answer")] == FROG.answer
    assert len(row) == len(ANSWER)


@every_format
def test_the_file_stays_open_and_no_more_than_one_batch_is_asked_for_at_once(name: str):
    out = io.BytesIO()
    asked: list[int] = []

    def batches() -> Iterator[Answers]:
        for number in range(3):
            asked.append(number)
            yield together([FROG])

    ANSWER_FORMATS[name].write(EVERYBODYS, batches(), out)

    assert asked == [0, 1, 2]
    assert not out.closed


def test_more_than_a_sheet_holds_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(as_xlsx, "MOST_ANSWERS", 3)
    assert len(in_xlsx(written("xlsx", [FROG, FROG], [FROG]))) == 3

    with pytest.raises(Refused, match=r"A sheet holds 1,048,575 answers.*Take CSV or Parquet instead"):
        written("xlsx", [FROG, FROG], [FROG, FROG])


def test_a_reader_that_goes_by_the_extent_of_a_sheet_reads_every_row():
    book = load_workbook(io.BytesIO(written("xlsx", [FROG, FROG])), read_only=True)

    assert [row[0] for row in book["Answers"].iter_rows(values_only=True)] == ["Student", "Ann Frog", "Ann Frog"]
    book.close()


def test_a_text_is_no_longer_than_a_cell_of_a_sheet_takes():
    for letter, most in (("x", 32_767), ("🐸", 16_383)):
        (row,) = in_xlsx(written("xlsx", [FROG._replace(answer=letter * 40_000)]))

        assert len(row["Answer"]) == most


def test_large_files_are_packed_in_groups():
    rows = [FROG] * 30_000
    packed = parquet.ParquetFile(io.BytesIO(written("parquet", rows, rows, rows)))

    assert [packed.metadata.row_group(place).num_rows for place in range(packed.num_row_groups)] == [60_000, 30_000]


def test_every_column_is_a_field_and_has_a_title_of_its_own():
    assert [one.name for one in EVERYBODYS] == list(Answers._fields)
    assert len({one.title for one in EVERYBODYS}) == len(EVERYBODYS)


@pytest.mark.parametrize("at", [datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(2028, 2, 29, tzinfo=UTC)])
def test_a_moment_is_the_same_second_in_a_workbook(at: datetime):
    (row,) = in_xlsx(written("xlsx", [FROG._replace(answered_at=at)]))

    assert row["Answered (UTC)"] == at.replace(tzinfo=None)


def test_kinds_of_columns_are_all_in_use():
    assert {one.holds for one in EVERYBODYS} == set(Holds)
