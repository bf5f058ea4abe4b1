"""Answers as JSON for programs: one array, an object an answer."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from quizlib.interop.answers.columns import Batches, Column


def write(columns: Sequence[Column], batches: Batches, file: BinaryIO) -> None:
    """Write an array with a line an answer; moments as ISO 8601, what is not known as null."""
    names = [one.name for one in columns]
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_moment).encode
    between = b"[\n"
    for batch in batches:
        rows = zip(*(getattr(batch, name) for name in names), strict=True)
        lines = ",\n".join(encode(dict(zip(names, row, strict=True))) for row in rows)
        if lines:
            file.write(between + lines.encode())
            between = b",\n"
    file.write(b"[]\n" if between == b"[\n" else b"\n]\n")


def _moment(value: datetime) -> str:
    return f"{value.isoformat()[:19]}Z"
