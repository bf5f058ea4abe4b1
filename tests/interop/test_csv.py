"""CSV as schools and spreadsheets write it is read; what is no table is refused in a sentence."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.errors import Refused
from quizlib.interop.table import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, read_table, write_csv

ROWS = [(1, ["Name", "Email"]), (2, ["Zoë Frosch", "zoe@pond.org"])]
TEXT = "Name,Email\r\nZoë Frosch,zoe@pond.org\r\n"


def read(text: str) -> list[tuple[int, list[str]]]:
    return read_table(text.encode(), "frogs.csv")


@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_the_divider_is_found_out(divider: str):
    assert read(TEXT.replace(",", divider)) == ROWS


@pytest.mark.parametrize(("divider", "other"), [(",", ";"), (";", ","), ("\t", ",")])
def test_another_divider_in_quotes_divides_nothing(divider: str, other: str):
    text = f'"Frog{other} A{other} B"{divider}Email\n"Frog{other} Ann"{divider}ann{other}'

    assert read(text) == [(1, [f"Frog{other} A{other} B", "Email"]), (2, [f"Frog{other} Ann", f"ann{other}"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found_out(encoding: str):
    assert read_table(TEXT.encode(encoding), "frogs.csv") == ROWS


@pytest.mark.parametrize(("mark", "encoding"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_utf_16_is_read_in_either_order(mark: bytes, encoding: str):
    assert read_table(mark + TEXT.encode(encoding), "frogs.csv") == ROWS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_do_anywhere(end: str):
    assert read(TEXT.replace("\r\n", end)) == ROWS


def test_quotes_hold_quotes_dividers_and_lines_and_the_count_of_lines_goes_on():
    text = 'Name,Email\n"Frog, ""the"" Ann\nof the pond",ann\nBen,ben\n'

    assert read(text) == [(1, ["Name", "Email"]), (2, ['Frog, "the" Ann\nof the pond', "ann"]), (4, ["Ben", "ben"])]


def test_empty_lines_are_left_out_and_counted():
    assert read("\n\nName,Email\n ,\n\t\nAnn ,  ann\n,,,\n") == [(3, ["Name", "Email"]), (6, ["Ann", "ann"])]


def test_a_quote_that_is_left_open_swallows_nobody():
    with pytest.raises(Refused, match=r"frogs\.csv, line 2: "):
        read('Name,Email,Note\nAnn,ann,"shy\nBen,ben,\nMax,max,\n')


@pytest.mark.parametrize("content", [b"", b"\n \n,,\n", codecs.BOM_UTF8])
def test_nothing_is_told(content: bytes):
    with pytest.raises(Refused, match=r"frogs\.csv is empty"):
        read_table(content, "frogs.csv")


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "Name,Email".encode("utf-16-le"),
    ],
    ids=["a picture", "an old workbook", "UTF-16 without its mark"],
)
def test_what_is_no_text_is_refused(content: bytes):
    with pytest.raises(Refused, match="neither CSV nor XLSX"):
        read_table(content, "frogs.csv")


def test_a_file_that_is_too_large_is_refused_unread():
    with pytest.raises(Refused, match="larger than 5 MB"):
        read_table(b"," * (MOST_BYTES + 1), "frogs.csv")


def test_too_many_rows_are_refused_and_as_many_as_allowed_are_not():
    assert len(read("Ann,ann\n" * MOST_ROWS)) == MOST_ROWS
    with pytest.raises(Refused, match="more than 20,000 rows"):
        read("Ann,ann\n" * (MOST_ROWS + 1))


def test_a_cell_without_end_is_refused():
    with pytest.raises(Refused, match=r"line 2: .*limit"):
        read(f"Name,Email\n{'a' * 200_000},ann\n")


def test_columns_beyond_any_table_are_left_out():
    assert [len(cells) for _, cells in read(f"{'Frog,' * 4000}Frog")] == [MOST_COLUMNS]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_refused(content: bytes):
    with suppress(Refused):
        assert all(any(cells) for _, cells in read_table(content, "frogs.csv"))


names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


@given(st.lists(st.tuples(names, names), max_size=5))
def test_what_is_written_is_read_again(rows: list[tuple[str, str]]):
    written = write_csv(("Name", "Email"), rows)
    again = [[cell.removeprefix("'") for cell in cells] for _, cells in read(written)[1:]]

    assert again == [[cell.removeprefix("'") for cell in row] for row in rows]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\tcmd", "\r=1"])
def test_no_name_becomes_a_formula(formula: str):
    assert f"'{formula}" in write_csv(("Name",), [(formula,)])


def test_what_is_no_formula_is_written_as_it_is():
    assert write_csv(("Name", "Points"), [("a=b", -1), (None, 0.5)]).splitlines() == ["Name,Points", "a=b,-1", ",0.5"]
