"""Answers as CSV for spreadsheets and statistics programs: UTF-8 with a byte order mark, which Excel looks for."""

import codecs
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, BinaryIO

from quizlib.interop.answers.columns import Batches, Column, Holds
from quizlib.interop.table import safe

_QUOTED = re.compile('[",\r\n]')


def write(columns: Sequence[Column], batches: Batches, file: BinaryIO) -> None:
    """Write a table with titles; moments as ISO 8601, and what would be a formula with an apostrophe in front."""
    file.write(codecs.BOM_UTF8 + _lines([[_text(one.title) for one in columns]]))
    for batch in batches:
        cells = (map(_AS_TEXT[one.holds], getattr(batch, one.name)) for one in columns)
        file.write(_lines(zip(*cells, strict=True)))


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    return "".join([f"{','.join(row)}\r\n" for row in rows]).encode()


# Most of what is in a column was there before. Looked up as it stands in the file, it costs a tenth of what the writer
# of the standard library takes, which looks at every letter of every cell.
@lru_cache(maxsize=8192)
def _text(value: str | None) -> str:
    """Give a cell as it stands in the file (RFC 4180, 2)."""
    cell: str = safe(value)
    return '"{}"'.format(cell.replace('"', '""')) if _QUOTED.search(cell) else cell


@lru_cache(maxsize=8192, typed=True)
def _number(value: float | None) -> str:
    return "" if value is None else repr(value)


def _moment(value: datetime | None) -> str:
    return "" if value is None else f"{value.isoformat()[:19]}Z"


def _truth(value: bool | None) -> str:
    # as Excel, R and pandas read it
    return "" if value is None else "TRUE" if value else "FALSE"


_AS_TEXT: dict[Holds, Callable[[Any], str]] = {
    Holds.TEXT: _text,
    Holds.WHOLE: _number,
    Holds.NUMBER: _number,
    Holds.TRUTH: _truth,
    Holds.MOMENT: _moment,
}
