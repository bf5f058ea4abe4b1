"""Answers as Parquet for R, Python and databases: small, and every column of its type."""

from collections.abc import Sequence
from typing import Any, BinaryIO

from quizlib.interop.answers.columns import Batches, Column, Holds

# answers that are packed together: a reader skips the rest of a group, a writer keeps it in memory
GROUP = 50_000


def write(columns: Sequence[Column], batches: Batches, file: BinaryIO) -> None:
    """Write a table in groups of rows, packed with Zstandard; what is not known is null."""
    import pyarrow as pa  # takes as long to load as the rest of the app; few ask for it
    from pyarrow import parquet

    types = {
        Holds.TEXT: pa.string(),
        Holds.WHOLE: pa.int32(),
        Holds.NUMBER: pa.float64(),
        Holds.TRUTH: pa.bool_(),
        Holds.MOMENT: pa.timestamp("ms", tz="UTC"),
    }
    schema = pa.schema([(one.name, types[one.holds]) for one in columns])
    gathered: list[Any] = []

    def pack() -> None:
        table = pa.Table.from_batches(gathered, schema)
        if len(table):
            writer.write_table(table, row_group_size=len(table))
        gathered.clear()

    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in batches:
            arrays = [pa.array(getattr(batch, one.name), one.type) for one in schema]
            gathered.append(pa.record_batch(arrays, schema=schema))
            if sum(map(len, gathered)) >= GROUP:
                pack()
        pack()
