"""Reads a table's file as text, line by line, and finds the faults of the file itself."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from icvkg.errors import Fault, nearest
from icvkg.graph.metadata import Table

if TYPE_CHECKING:
    from _csv import Reader


@dataclass(frozen=True)
class Row:
    """One row: its line in the file and its cells by column name, defaults filled in."""

    line: int
    cells: dict[str, str]


@dataclass
class Sheet:
    """A table with its rows and the faults met so far."""

    table: Table
    file: str
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, column: str, value: str, expected: str, near: str = "") -> None:
        """Notes one fault."""
        self.faults.append(Fault(self.file, line, column, value, expected, near))


def read_sheet(table: Table, file: Traversable) -> Sheet:
    """The rows of a CSV file (RFC 4180, UTF-8, LF); every fault of its form is noted, none raised."""
    return sheet_of(table, file.name, file.read_bytes())


def sheet_of(table: Table, name: str, data: bytes) -> Sheet:
    """The rows of a CSV file of that name, given by its bytes; as read_sheet."""
    sheet = Sheet(table, name)
    text = _decode(sheet, data)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(lines, [])
        if _header_fits(sheet, header):
            sheet.rows.extend(_rows(sheet, header, lines))
    except csv.Error as error:
        sheet.fault(lines.line_num, "", "", f"not valid CSV: {error}")
    return sheet


def _decode(sheet: Sheet, data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        sheet.fault(1, "", "", "the file starts with a byte order mark: save it as UTF-8 without BOM")
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        sheet.fault(line, "", "", f"not UTF-8: byte 0x{data[error.start]:02x}")
        text = data.decode("utf-8", errors="replace")
    _check_lines(sheet, text)
    return text.replace("\r\n", "\n")


def _check_lines(sheet: Sheet, text: str) -> None:
    returns = text.find("\r")
    if returns >= 0:
        line = text.count("\n", 0, returns) + 1
        sheet.fault(line, "", "", "line ends must be LF, not CRLF: save the file with Unix line ends")
    if text and not text.endswith("\n"):
        sheet.fault(text.count("\n") + 1, "", "", "the last line must end with a line break")


def _header_fits(sheet: Sheet, header: list[str]) -> bool:
    wanted = [column.name for column in sheet.table.real]
    for name in wanted:
        if name not in header:
            sheet.fault(1, name, "", "this column is missing", nearest(name, set(header) - set(wanted)))
    for name in header:
        if name not in wanted:
            sheet.fault(1, name, name, "there is no such column", nearest(name, set(wanted) - set(header)))
        elif header.count(name) > 1:
            sheet.fault(1, name, name, "this column stands twice")
    if sorted(header) == sorted(wanted) and header != wanted:
        sheet.fault(1, "", ",".join(header), "columns must stand in the order " + ",".join(wanted))
    return "id" in header


def _rows(sheet: Sheet, header: list[str], lines: "Reader") -> Iterator[Row]:
    defaults = {column.name: column.default for column in sheet.table.real}
    for cells in lines:
        number = lines.line_num
        if len(cells) != len(header):
            sheet.fault(number, "", "", f"{len(cells)} cells where the header has {len(header)}")
            continue
        given = dict(zip(header, cells, strict=True))
        yield Row(number, {name: given.get(name) or default for name, default in defaults.items()})
