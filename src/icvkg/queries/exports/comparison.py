"""Whether a file still holds what its question gives: by cells for tables of types, by lines for text."""

import difflib
import io
from collections.abc import Iterable

from icvkg.errors import shorten

SHOWN = 12
"""At most so many differing lines are told."""


def differences(given: bytes, made: bytes, form: str) -> list[str]:
    """The first differing lines, `-` in the file and `+` made anew; empty when both hold the same."""
    if given == made:
        return []
    before, after = _lines(given, form), _lines(made, form)
    if before == after:
        return []
    told = [line for line in difflib.unified_diff(before, after, lineterm="", n=0) if not _is_mark(line)]
    more = [f"… {len(told) - SHOWN} more"] if len(told) > SHOWN else []
    return [shorten(line, 200) for line in told[:SHOWN]] + more


def _is_mark(line: str) -> bool:
    return line.startswith(("---", "+++", "@@"))


def _lines(data: bytes, form: str) -> list[str]:
    if form == "xlsx":
        return list(_of_workbook(data))
    if form == "parquet":
        return list(_of_parquet(data))
    return data.decode("utf-8-sig", errors="replace").splitlines()


def _of_workbook(data: bytes) -> Iterable[str]:
    from icvkg.queries.exports.workbook import SHEET, read_sheet

    try:
        return ["\t".join("" if cell is None else str(cell) for cell in row) for row in read_sheet(data, SHEET)]
    except ValueError as error:
        return [str(error)]


def _of_parquet(data: bytes) -> Iterable[str]:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(data))
    yield "\t".join(f"{field.name}: {field.type}" for field in table.schema)
    yield from ("\t".join(map(str, row.values())) for row in table.to_pylist())
