"""Reads a table's file block by block into columns, so that memory does not grow with the table."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
from pyarrow import csv

from icvkg.graph.arrays import constant
from icvkg.graph.mapping import Cells
from icvkg.graph.metadata import Table

BLOCK = 1 << 20
"""Bytes of CSV in a block: the lines of one fit the cache of a processor, a row must be shorter."""
Watch = Callable[[int], None]
"""Told how many bytes were read since it was last told."""


class MalformedError(Exception):
    """The file is no CSV of this table; the checks that go row by row say where and why."""


class _Watched:
    """A file as pyarrow reads it, which tells how far it is read and what must not stand in it."""

    def __init__(self, file: BinaryIO, watch: Watch) -> None:
        self._file, self._watch = file, watch
        self._first, self._last = True, b""

    closed = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes; raises MalformedError for a byte order mark, a carriage return, or no last line break."""
        data = self._file.read(size)
        if b"\r" in data or (self._first and data.startswith(b"\xef\xbb\xbf")) or (not data and self._last != b"\n"):
            raise MalformedError
        self._first, self._last = False, data[-1:] or self._last
        self._watch(len(data))
        return data

    def close(self) -> None:
        """Left to the owner of the file."""


def read_blocks(table: Table, file: Path, watch: Watch) -> Iterator[Cells]:
    """The cells of a CSV file, defaults filled in; raises MalformedError where its form is wrong."""
    names = [column.name for column in table.real]
    with file.open("rb") as opened:
        try:
            for batch in csv.open_csv(
                pa.PythonFile(_Watched(opened, watch), "r"),
                csv.ReadOptions(block_size=BLOCK, use_threads=False),
                csv.ParseOptions(newlines_in_values=False, ignore_empty_lines=False),
                csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
            ):
                if batch.schema.names != names:
                    raise MalformedError
                yield _with_defaults(table, batch)
        except pa.ArrowInvalid as error:
            raise MalformedError(str(error)) from None


def _with_defaults(table: Table, batch: pa.RecordBatch) -> Cells:
    import pyarrow.compute as pc

    cells = dict(zip(batch.schema.names, batch.columns, strict=True))
    for column in table.real:
        if column.default:
            values = cells[column.name]
            cells[column.name] = pc.if_else(pc.equal(values, constant("")), constant(column.default), values)
    return cells
