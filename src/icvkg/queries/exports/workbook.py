"""An Excel workbook (ISO/IEC 29500): the rows with real types, and a sheet that says where they come from."""

import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from icvkg.errors import IcvkgError
from icvkg.queries.answers import Answer
from icvkg.queries.exports.export import Export
from icvkg.queries.exports.typed import Value, values

ROWS, COLUMNS, CHARACTERS = 1_048_576, 16_384, 32_767
"""What a sheet and a cell can hold."""
ABOUT, SHEET = "about", "answer"
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What a cell writes as `_xHHHH_` (ISO/IEC 29500-1, ST_Xstring): controls, and an underscore that would begin such."""
_DIGITS = 15
"""Excel keeps no more digits of a number."""


def as_workbook(export: Export) -> bytes:
    """The workbook; raises IcvkgError for an answer that a sheet cannot hold."""
    refuse_too_large(export.answer)
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"
    _fill(sheet, [list(export.answer.columns), *values(export.answer)])
    _fill(book.create_sheet(ABOUT), list(_about(export)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refuse_too_large(answer: Answer) -> None:
    """Raises IcvkgError when the answer has more rows, columns or characters in a cell than a sheet can hold."""
    if len(answer) >= ROWS:
        raise IcvkgError(f"{len(answer)} rows: an Excel sheet holds {ROWS - 1} under its heading. Take parquet or csv.")
    if len(answer.columns) > COLUMNS:
        raise IcvkgError(f"{len(answer.columns)} columns: an Excel sheet holds {COLUMNS}. Take parquet or csv.")
    longest = max((len(term.value) for row in answer.rows for term in row if term is not None), default=0)
    if longest > CHARACTERS:
        raise IcvkgError(f"A text of {longest} characters: a cell of Excel holds {CHARACTERS}. Take parquet or csv.")


def read_sheet(data: bytes, name: str) -> list[tuple[Any, ...]]:
    """The rows of a sheet with their heading; raises ValueError for bytes that are no workbook with that sheet."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True)[name]
        return list(sheet.iter_rows(values_only=True))
    except (BadZipFile, KeyError, OSError) as error:
        raise ValueError(f"no workbook with a sheet {name!r}: {error}") from None


def _about(export: Export) -> Iterator[list[Value]]:
    for name, value in export.about.items():
        yield [name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)]


def _fill(sheet: Any, rows: list[list[Value]]) -> None:  # noqa: ANN401 - openpyxl has no types
    from openpyxl.cell import WriteOnlyCell

    for row in rows:
        cells: list[Any] = []
        for value in row:
            held = _held(value)
            cell = WriteOnlyCell(sheet, held)
            if isinstance(held, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)


def _held(value: Value) -> Value:
    """A value as a cell can hold it: text for numbers beyond 15 digits, no time zone, control characters escaped."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        exact = len(Decimal(value).as_tuple().digits) <= _DIGITS
        return value if exact else str(value)
    return _UNSAFE.sub(lambda match: f"_x{ord(match[0]):04X}_", value) if isinstance(value, str) else value
