"""Tables with our annotations as wider tables in plain CSVW, which any reader of the standard maps to the same triples.

A partial date becomes a column of the moment and one of its precision; a list of references one column an item; a
virtual column that depends on another a real column, filled where it says something. Defaults are filled in, columns
that say nothing are left out.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from icvkg.graph.dates import date_time, first_day, last_day, precision
from icvkg.graph.metadata import FIELD, Column, Table
from icvkg.graph.reading import Row
from icvkg.namespaces import CODE

SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
_Lower = tuple[Column, Callable[[Mapping[str, str]], str]]
"""A plain column, and its cell for the cells of a row."""


@dataclass(frozen=True)
class Lowered:
    """A table of plain columns, with its rows."""

    table: Table
    rows: tuple[Row, ...]


def lower(table: Table, rows: Sequence[Row]) -> Lowered:
    """The rows as a wider table that uses nothing but the standard."""
    used = {name for column in table.columns for name in _fields(table, column)}
    lowered = [pair for column in table.columns for pair in _lower(column, rows, used)]
    lowered.sort(key=lambda pair: pair[0].virtual)
    plain = replace(table, columns=tuple(column for column, _ in lowered))
    real = [(column.name, cell) for column, cell in lowered if not column.virtual]
    return Lowered(plain, tuple(Row(row.line, {name: cell(row.cells) for name, cell in real}) for row in rows))


def _fields(table: Table, column: Column) -> list[str]:
    return FIELD.findall(f"{table.about}{column.about or ''}{column.value or ''}")


def _lower(column: Column, rows: Sequence[Row], used: set[str]) -> Iterator[_Lower]:
    plain = replace(column, default="", required=column.name == "id", precision=None, only_if=None, item=None)
    if column.virtual:
        yield _virtual(column, plain)
    elif column.precision:
        yield from _date(column, plain)
    elif column.item:
        yield from _items(column, plain, rows)
    elif not column.suppressed or column.name in used:
        yield plain, lambda cells: cells[column.name]


def _virtual(column: Column, plain: Column) -> _Lower:
    asked = column.only_if
    if asked is None:
        return plain, lambda cells: ""
    real = replace(plain, virtual=False, base="string", description=f"Filled where {asked} is")
    return real, lambda cells: cells["id"] if cells[asked] else ""


def _date(column: Column, plain: Column) -> Iterator[_Lower]:
    day_of = last_day if column.through_end else first_day
    moment = replace(plain, base="dateTime", format=None, through_end=False)
    code = replace(
        plain, name=f"{column.name}_precision", format=SLUG, predicate=column.precision, through_end=False,
        value=f"{CODE}precision/{{{column.name}_precision}}", description=f"How precise {column.name} is stated",
    )  # fmt: skip
    yield moment, lambda cells: _filled(cells[column.name], lambda text: date_time(day_of(text).isoformat()).value)
    yield code, lambda cells: _filled(cells[column.name], precision)


def _filled(text: str, make: Callable[[str], str]) -> str:
    return make(text) if text else ""


def _items(column: Column, plain: Column, rows: Sequence[Row]) -> Iterator[_Lower]:
    """A column for each item of the longest list."""
    split = [row.cells[column.name].split(column.separator) for row in rows if row.cells[column.name]]
    for place in range(max(map(len, split), default=0)):
        name = f"{column.name}_{place + 1}"
        value = (column.item or "").replace(f"{{{column.name}}}", f"{{{name}}}")
        yield replace(plain, name=name, separator=None, value=value), _item(column, place)


def _item(column: Column, place: int) -> Callable[[Mapping[str, str]], str]:
    return lambda cells: (*cells[column.name].split(column.separator), *[""] * place)[place]


def metadata(lowered: Lowered) -> dict[str, Any]:
    """The metadata of a lowered table, a document of the standard."""
    table = lowered.table
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": table.file,
        "dc:title": table.title,
        "tableSchema": {
            "aboutUrl": table.about,
            "primaryKey": "id",
            "columns": [_entry(column) for column in table.columns],
        },
    }


def _entry(column: Column) -> dict[str, Any]:
    low, high = (bound and json.loads(bound) for bound in (column.minimum, column.maximum))
    bounds = {"format": column.format, "minimum": low, "maximum": high}
    given = {key: value for key, value in bounds.items() if value is not None}
    datatype = {"base": column.base, **given} if given else column.base
    entry = {
        "name": column.name, "titles": None if column.virtual else column.name,
        "datatype": None if column.virtual else datatype,
        "propertyUrl": column.predicate, "valueUrl": column.value, "aboutUrl": column.about, "lang": column.lang,
        "separator": column.separator, "required": column.required, "virtual": column.virtual,
        "suppressOutput": column.suppressed, "dc:description": column.description,
    }  # fmt: skip
    return {key: value for key, value in entry.items() if value}
