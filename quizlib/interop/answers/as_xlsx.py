"""Answers as a workbook for Excel and LibreOffice.

openpyxl makes the workbook around the rows, and the rows are written by hand: through its cells, 300,000 answers would
keep a processor busy for a minute.
"""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from quizlib.errors import Refused
from quizlib.interop.answers.columns import Batches, Column, Holds

# Excel specifications and limits: 1,048,576 rows, of which the first has the titles, and 32,767 letters in a cell
MOST_ANSWERS, MOST_LETTERS = 1_048_575, 32_767
TOO_MANY = (
    f"A sheet holds {MOST_ANSWERS:,} answers, and these are more. Take CSV or Parquet instead, or fewer answers: one "
    "assignment, or a shorter time."
)
_SHEET = "xl/worksheets/sheet1.xml"
_END_OF_ROWS = b"</sheetData>"
# how far the sheet goes, which is known only when it is written; it may be left out
_EXTENT = re.compile(rb"<dimension [^>]*/>")
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=UTC)


def write(columns: Sequence[Column], batches: Batches, file: BinaryIO) -> None:
    """Write one sheet with titles that stay in sight; moments as dates of Excel, in UTC."""
    empty = _empty_book(columns)
    # rows are much alike: packing them harder takes longer and saves little
    with ZipFile(io.BytesIO(empty)) as book, ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as packed:
        for part in book.namelist():
            if part != _SHEET:
                packed.writestr(part, book.read(part))
        before, end, after = book.read(_SHEET).partition(_END_OF_ROWS)
        with packed.open(_SHEET, "w", force_zip64=True) as sheet:
            sheet.write(_EXTENT.sub(b"", before))
            for rows in _rows(columns, batches):
                sheet.write(rows.encode())
            sheet.write(end + after)


def _empty_book(columns: Sequence[Column]) -> bytes:
    """Give a workbook with titles alone; the style of a moment is the first of its own, number 1."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Answers"
    sheet.freeze_panes = "A2"
    for place, one in enumerate(columns, start=1):
        cell = sheet.cell(1, place, one.title)
        if one.holds is Holds.MOMENT:
            cell.number_format = "yyyy-mm-dd hh:mm:ss"
            sheet.column_dimensions[get_column_letter(place)].width = 19
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(columns: Sequence[Column], batches: Batches) -> Iterator[str]:
    """Give the rows of each batch as they stand in the sheet (ECMA-376, part 1, 18.3.1)."""
    row = "".join(f'<c r="{get_column_letter(place)}%d"%s' for place in range(1, len(columns) + 1))
    number = 1
    for batch in batches:
        numbers = range(number + 1, number + 1 + len(batch.question))
        number += len(numbers)
        if number > MOST_ANSWERS + 1:
            raise Refused(TOO_MANY)
        made: list[Any] = []
        for one in columns:
            made += [numbers, map(_AS_CELL[one.holds], getattr(batch, one.name))]
        yield "".join([f"<row>{row}</row>" % one for one in zip(*made, strict=True)])


@lru_cache(maxsize=8192)
def _text(value: str | None) -> str:
    if not value:
        return "/>"
    if len(value) > MOST_LETTERS // 2:  # which count twice beyond the first 65,536 of Unicode
        value = value.encode("utf-16-le")[: 2 * MOST_LETTERS].decode("utf-16-le", errors="ignore")
    # letters that XML has not; they come from a paste
    sound = escape(ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value), {"\r": "&#13;"})
    return f' t="inlineStr"><is><t xml:space="preserve">{sound}</t></is></c>'


def _number(value: float | None) -> str:
    return "/>" if value is None else f"><v>{value!r}</v></c>"


def _truth(value: bool | None) -> str:
    return "/>" if value is None else f' t="b"><v>{value:d}</v></c>'


@lru_cache(maxsize=1024)
def _moment(value: datetime | None) -> str:
    if value is None:
        return "/>"
    return f' s="1"><v>{(value.replace(microsecond=0) - _DAY_ZERO) / timedelta(days=1)!r}</v></c>'


_AS_CELL: dict[Holds, Callable[[Any], str]] = {
    Holds.TEXT: _text,
    Holds.WHOLE: _number,
    Holds.NUMBER: _number,
    Holds.TRUTH: _truth,
    Holds.MOMENT: _moment,
}
