"""Looks over a block of cells column by column; only where something may be wrong are rows checked one by one."""

import re
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from icvkg.errors import Fault
from icvkg.graph.arrays import constant, strings
from icvkg.graph.cells import CANONICAL, check_cell
from icvkg.graph.checks import check_rows
from icvkg.graph.mapping import Cells
from icvkg.graph.metadata import Column, Table
from icvkg.graph.publication import EVIDENCE, check_sourced
from icvkg.graph.reading import Row, Sheet

_TEXT = r"[^\p{Cc}\p{Z}]+(?: [^\p{Cc}\p{Z}]+)*"
"""Text that is in order; other spaces inside may be, too, and are left to the check of the cell."""
_CLOSED = re.compile(r"[!-~]*", re.ASCII)
_OPEN = re.compile(r"\\|\.|\[\^|\(\?")
_REMEMBERED = 100_000


class Screen:
    """What is known of a column: a pattern that good cells match whole, and distinct cells that were found good."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._pattern = _pattern(column)
        self._items = self._pattern if column.separator else None
        self._good: set[str] = set()

    def passes(self, values: pa.Array) -> bool:
        """Whether every cell is in order."""
        if self._pattern:
            values = values.filter(pc.invert(pc.match_substring_regex(values, self._pattern)))
        if self._items and len(values) and _are_lists(values, self._column.separator or "", self._items):
            return True
        return all(map(self._is_good, pc.unique(values).to_pylist()))

    def _is_good(self, text: str) -> bool:
        if text not in self._good:
            if next(check_cell(self._column, text), None):
                return False
            if len(self._good) >= _REMEMBERED:
                self._good.clear()
            self._good.add(text)
        return True


def _pattern(column: Column) -> str | None:
    """A regular expression for good cells, where one can say it; the empty cell is good where it may be empty."""
    if column.base in CANONICAL:
        plain = None if column.minimum or column.maximum else CANONICAL[column.base].pattern
    elif column.format is None:
        plain = _TEXT.replace("{Z}", f"{{Z}}{column.separator}") if column.separator else _TEXT
    else:
        closed = _CLOSED.fullmatch(column.format) and not _OPEN.search(column.format)
        plain = column.format if closed and not column.precision else None
    return _understood(plain and f"^(?:{plain}){'' if column.required else '?'}$")


def _are_lists(values: pa.Array, separator: str, pattern: str) -> bool:
    """Whether every item of every list is in order, none empty, none twice."""
    lists = pc.split_pattern(values, separator)
    items, parents = lists.flatten(), pc.list_parent_indices(lists)
    if not pc.all(pc.and_(pc.match_substring_regex(items, pattern), pc.not_equal(items, constant("")))).as_py():
        return False
    places = pc.binary_join_element_wise(parents.cast(pa.string()), items, constant(separator))
    return bool(pc.count_distinct(places).as_py() == len(items))


def _understood(pattern: str | None) -> str | None:
    """The pattern, unless it is written in a way that only Python understands."""
    try:
        return pattern and pc.match_substring_regex(strings([""]), pattern) and pattern
    except pa.ArrowInvalid:
        return None


class Screening:
    """The checks of one table, block after block: what is wrong is noted with the line it stands in."""

    def __init__(self, table: Table) -> None:
        self.faults: list[Fault] = []
        self._table = table
        self._screens = {column.name: Screen(column) for column in table.real}
        self._lines, self._before = 1, ""

    def look(self, cells: Cells) -> bool:
        """Whether a block is in order; if not, its faults are noted."""
        found = [*self._order_faults(cells["id"])]
        if not self._passes(cells):
            found += self._row_faults(cells)
        self._lines += len(cells["id"]) + _breaks(cells.values())
        self.faults += dict.fromkeys(found)
        return not found

    def _passes(self, cells: Cells) -> bool:
        return _holds_nothing_strange(self._table, cells) and all(
            screen.passes(cells[name]) for name, screen in self._screens.items()
        )

    def _row_faults(self, cells: Cells) -> Iterable[Fault]:
        sheet = Sheet(self._table, self._table.file)
        columns = {name: values.to_pylist() for name, values in cells.items()}
        line = self._lines
        for values in zip(*columns.values(), strict=True):
            line += 1 + sum(value.count("\n") for value in values)
            sheet.rows.append(Row(line, dict(zip(columns, values, strict=True))))
        check_rows(sheet)
        check_sourced(sheet)
        return sheet.faults

    def _order_faults(self, ids: pa.Array) -> Iterator[Fault]:
        before = pa.concat_arrays([strings([self._before]), ids[:-1]])
        for place in pc.indices_nonzero(pc.less_equal(ids, before)).to_pylist():
            own, last, line = ids[place].as_py(), before[place].as_py(), self._lines + 1 + place
            twice = f"this id stands already at {self._table.file}:{line - 1}"
            said = twice if own == last else f"rows must be sorted by id: this one stands after {last!r}"
            yield Fault(self._table.file, line, "id", own, said)
        self._before = ids[-1].as_py() if len(ids) else self._before


def _breaks(columns: Iterable[pa.Array]) -> int:
    """How many line breaks stand inside cells."""
    return sum(pc.sum(pc.count_substring(values, "\n")).as_py() or 0 for values in columns)


def _holds_nothing_strange(table: Table, cells: Cells) -> bool:
    """Whether `holds` names columns, and every row that claims a source names one."""
    names = {column.name for column in table.real}
    held = pc.unique(cells["holds"]).to_pylist() if "holds" in cells and table.name != EVIDENCE else []
    if not all(set(filter(None, text.split(";"))) <= names for text in held):
        return False
    if not {"status", "source"} <= set(cells):
        return True
    unnamed = pc.and_(pc.equal(cells["status"], constant("sourced")), pc.equal(cells["source"], constant("")))
    return not pc.any(unnamed).as_py()
