"""XLSX as spreadsheets write it is read; a damaged or hostile file is refused in a sentence, and soon."""

import io
import random
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest
from openpyxl import Workbook

from quizlib.errors import Refused
from quizlib.interop.table import MOST_ROWS, Limits, read_table


def packed(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*rows: Sequence[Any]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    return packed(book)


def read(content: bytes) -> list[tuple[int, list[str]]]:
    """Read a workbook, without the empty cells at the end of each row."""
    found = []
    for number, cells in read_table(content, "frogs.xlsx"):
        filled = max(place for place, cell in enumerate(cells) if cell)
        found.append((number, cells[: filled + 1]))
    return found


def repacked(content: bytes, part: str, old: str, new: str) -> bytes:
    """Give a workbook with something else in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            text = given.read(name).decode()
            assert name != part or old in text
            made.writestr(name, text.replace(old, new) if name == part else text)
    return out.getvalue()


LIST = workbook(["Name", "Email"], ["Zoë Frog", "zoe@pond.org"])


def test_the_first_sheet_is_read_under_whatever_name():
    book = Workbook()
    book.active.append(["Name", "Email"])
    book.create_sheet("Toads").append(["Toad"])

    assert read_table(packed(book), "frogs.csv")[0][1][:2] == ["Name", "Email"]
    assert len(read_table(packed(book), "frogs.csv")) == 1


def test_numbers_spaces_and_empty_rows_are_read_as_they_look():
    content = workbook([], ["Name", "ID", "Extra"], [None, "", "  "], [" Ann ", 1234.0, 1.25], ["Ben", 0, "=1+1"])

    assert read(content) == [(2, ["Name", "ID", "Extra"]), (4, ["Ann", "1234", "1.25"]), (5, ["Ben", "0"])]


def test_a_workbook_without_anything_is_told():
    with pytest.raises(Refused, match=r"frogs\.xlsx is empty"):
        read(packed(Workbook()))


def test_a_sheet_that_tells_a_wrong_size_is_read_whole():
    content = packed(book_of_two())
    small = repacked(content, "xl/worksheets/sheet1.xml", 'ref="A1:B2"', 'ref="A1"')

    assert read(small) == [(1, ["Name", "Email"]), (2, ["Ann", "ann"])]


def book_of_two() -> Workbook:
    book = Workbook()
    book.active.append(["Name", "Email"])
    book.active.append(["Ann", "ann"])
    return book


def test_too_many_rows_are_refused():
    with pytest.raises(Refused, match="more than 20,000 rows"):
        read(workbook(*(["Ann", "ann"] for _ in range(MOST_ROWS + 2))))


@pytest.mark.parametrize("row", ["1048576", "99999999999"])
def test_a_row_far_below_is_reached_or_left_but_not_waited_for(row: str):
    content = repacked(packed(book_of_two()), "xl/worksheets/sheet1.xml", '<row r="2"', f'<row r="{row}"')
    for cell in "AB":
        content = repacked(content, "xl/worksheets/sheet1.xml", f'"{cell}2"', f'"{cell}{row}"')
    below = [(1048576, ["Ann", "ann"])] if row == "1048576" else []

    assert read(content) == [(1, ["Name", "Email"]), *below]


def test_what_unpacks_without_end_is_refused():
    bomb = repacked(packed(book_of_two()), "xl/worksheets/sheet1.xml", "</sheetData>", f"</sheetData>{' ' * 1_000_000}")

    assert len(bomb) < 10_000
    with pytest.raises(Refused, match="unpacks to more than 1 MB"):
        read_table(bomb, "frogs.xlsx", Limits(unpacked=1_000_000))


def another_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", "<frog/>")
    return out.getvalue()


@pytest.mark.parametrize("content", [b"PK", b"PK\3\4frog", another_zip(), LIST[:-30], LIST[:200]])
def test_what_is_no_workbook_is_refused(content: bytes):
    with pytest.raises(Refused, match=r"frogs\.xlsx cannot be read as XLSX"):
        read(content)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else():
    chance = random.Random(7)
    refused = 0
    for _ in range(300):
        damaged = bytearray(LIST)
        for _ in range(3):
            damaged[chance.randrange(2, len(damaged))] = chance.randrange(256)
        try:
            read_table(bytes(damaged), "frogs.xlsx")
        except Refused:
            refused += 1

    assert refused > 100
    with pytest.raises(Refused):
        read(repacked(LIST, "xl/worksheets/sheet1.xml", "<sheetPr>", '<sheetFormatPr frog="1"/><sheetPr>'))
