"""Tables out of spreadsheets: CSV and XLSX in, CSV out."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from openpyxl import load_workbook

from quizlib.errors import Refused

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 5_000_000, 20_000, 100
MOST_UNPACKED = 50_000_000
_LAST_ROW = 1_048_576  # of a sheet; a file that names a later one would be read for hours
_SPREADSHEET_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Limits(NamedTuple):
    """How large a file may be: in bytes, packed and unpacked, and in rows."""

    size: int = MOST_BYTES
    rows: int = MOST_ROWS
    unpacked: int = MOST_UNPACKED


USUAL = Limits()


def read_table(content: bytes, name: str, limits: Limits = USUAL) -> list[tuple[int, list[str]]]:
    """Give the rows of a CSV or XLSX file that are not empty, each with its line number from 1.

    CSV may be divided by comma, semicolon or tab, and be in UTF-8, UTF-16 or Windows-1252. Raises Refused.
    """
    if len(content) > limits.size:
        raise Refused(f"{name} is larger than {limits.size // 1_000_000} MB. Leave out what is not needed.")
    is_workbook = content[:2] == b"PK"
    rows = _workbook(content, name, limits) if is_workbook else _csv(content, name)
    if len(rows) > limits.rows:
        raise Refused(f"{name} has more than {limits.rows:,} rows. Divide it.")
    if not rows:
        raise Refused(f"{name} is empty.")
    return rows


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Write CSV that spreadsheets open as text: what they would take for a formula gets an apostrophe in front."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow([safe(value) for value in row])
    return out.getvalue()


def safe(value: Any) -> Any:
    """Give what a cell of CSV may hold: with an apostrophe in front of what a spreadsheet would take for a formula."""
    if isinstance(value, str) and value.startswith(_SPREADSHEET_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _csv(content: bytes, name: str) -> list[tuple[int, list[str]]]:
    text = _text(content)
    if "\0" in text:
        raise Refused(f"{name} is neither CSV nor XLSX. Save the sheet as CSV (UTF-8) and try again.")
    # of a long file only the first lines are looked at, and not copied
    first = next((line for line in io.StringIO(text, newline=None) if line.strip()), "")
    rows = []
    before = 0  # the lines of the rows so far: a cell may hold several
    try:
        divider = max(",;\t", key=lambda one: len(next(csv.reader([first], delimiter=one), [])))
        # strict, or a quote that is left open swallows the rows behind it without a word
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
        for row in reader:
            cells = [cell.strip() for cell in row[:MOST_COLUMNS]]
            if any(cells):
                rows.append((before + 1, cells))
            before = reader.line_num
    except csv.Error as error:
        raise Refused(f"{name}, line {before + 1}: {error}. Save the sheet as CSV (UTF-8) again.") from None
    return rows


def _text(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _workbook(content: bytes, name: str, limits: Limits) -> list[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(one.file_size for one in packed.infolist())
        rows = _first_sheet(content, limits.rows) if unpacked <= limits.unpacked else None
    except Exception:  # a damaged file raises anything, from zlib.error to TypeError
        raise Refused(f"{name} cannot be read as XLSX. Save the sheet as XLSX or CSV again and try that.") from None
    if rows is None:
        raise Refused(f"{name} unpacks to more than {limits.unpacked // 1_000_000} MB. Leave out what is not needed.")
    return rows


def _first_sheet(content: bytes, most: int) -> list[tuple[int, list[str]]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        found = []
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS, max_row=_LAST_ROW)
        for number, row in enumerate(rows, start=1):
            if row.count(None) == len(row):
                continue  # there may be a million of these
            cells = [_cell(value) for value in row]
            if any(cells):
                found.append((number, cells))
            if len(found) > most:
                break
        return found
    finally:
        book.close()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a number of a student, which the sheet keeps as 1234.0
    return str(value).strip()
