"""Columns to N-Triples or N-Quads, as the metadata says: each column makes its triples by itself, a block at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox

from icvkg.graph.arrays import constant, strings
from icvkg.graph.dates import date_time, first_day, last_day, precision
from icvkg.graph.metadata import FIELD, Column, Table
from icvkg.graph.reading import Row
from icvkg.namespaces import CODE, OUTSIDE

_XSD = OUTSIDE["xsd"]
_TYPE = OUTSIDE["rdf"] + "type"
Cells = Mapping[str, pa.Array]
"""The cells of a block by column name: strings, all columns of one length, an empty cell being an empty string."""
Part: TypeAlias = pa.Array | str


def map_block(table: Table, cells: Cells, graphs: pa.Array | None = None) -> Iterator[pa.Buffer]:
    """The lines of a block, column by column; with `graphs`, the IRI of a graph for each row, they are N-Quads.

    The cells must have passed the checks: nothing here looks for what could end an IRI.
    """
    held = dict(cells) | ({} if graphs is None else {"": graphs})
    for column in table.columns:
        rows = None if column.suppressed else _filled(column, held, _needed(table, column))
        if rows is None:
            continue
        rows = _spread(column, rows)
        subject = _template(f"<{column.about or table.about}> ", rows)
        graph = [] if graphs is None else [" <", rows[""], ">"]
        for said in _said(column, rows):
            yield _joined([*subject, *said, *graph, " .\n"])


def _needed(table: Table, column: Column) -> set[str]:
    """The columns that a column's triples are made of; the empty name is that of the graph."""
    templates = f"{column.about or table.about}{column.value or ''}{column.item or ''}"
    return {*FIELD.findall(templates), "", *([] if column.virtual else [column.name])}


def _filled(column: Column, cells: Cells, needed: set[str]) -> Cells | None:
    """The rows in which the column says something, with the cells needed; None when there are none."""
    asked = column.only_if if column.virtual else column.name
    used = {name: cells[name] for name in needed if name in cells}
    if asked is None:
        return used
    mask = pc.not_equal(cells[asked], constant(""))
    if mask.true_count == len(mask):
        return used
    return {name: values.filter(mask) for name, values in used.items()} if mask.true_count else None


def _spread(column: Column, rows: Cells) -> Cells:
    """A row for each item of a list."""
    if column.virtual or not column.separator:
        return rows
    lists = pc.split_pattern(rows[column.name], column.separator)
    parents = pc.list_parent_indices(lists)
    return {name: values.take(parents) for name, values in rows.items()} | {column.name: lists.flatten()}


def _said(column: Column, rows: Cells) -> Iterator[list[Part]]:
    """Predicate and object of each triple that a column makes of a row."""
    predicate = f"<{_TYPE if column.predicate == 'rdf:type' else column.predicate}> "
    if column.precision and not column.virtual:
        day_of = last_day if column.through_end else first_day
        yield [predicate, _each(rows[column.name], lambda text: str(date_time(day_of(text).isoformat())))]
        yield [f"<{column.precision}> <{CODE}precision/", _each(rows[column.name], precision), ">"]
    elif template := column.item or column.value:
        yield [predicate, "<", *_template(template, rows), ">"]
    else:
        yield [predicate, '"', _escaped(rows[column.name]), f'"{_suffix(column)}']


def _suffix(column: Column) -> str:
    if column.lang:
        return f"@{column.lang}"
    return "" if column.base == "string" else f"^^<{_XSD}{column.base}>"


def _template(template: str, rows: Cells) -> list[Part]:
    """A URI template as constant parts and columns in turn."""
    return [rows[part] if place % 2 else part for place, part in enumerate(FIELD.split(template))]


def _each(values: pa.Array, make: Callable[[str], str]) -> pa.Array:
    """What `make` gives for each value, asked once for each distinct one."""
    encoded = values.dictionary_encode()
    return strings(map(make, encoded.dictionary.to_pylist())).take(encoded.indices)


def _escaped(values: pa.Array) -> pa.Array:
    """The values as they stand between quotation marks; what passed the checks has no control characters."""
    if not pc.any(pc.match_substring_regex(values, r'["\\]')).as_py():
        return values
    return pc.replace_substring(pc.replace_substring(values, "\\", "\\\\"), '"', '\\"')


def _joined(parts: Sequence[Part]) -> pa.Buffer:
    """The parts put together row by row: the data buffer of one join is the text of the lines."""
    merged: list[Part] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    columns = (constant(part) if isinstance(part, str) else part for part in merged)
    return pc.binary_join_element_wise(*columns, constant("")).buffers()[2]


def map_rows(table: Table, rows: Sequence[Row]) -> list[ox.Triple]:
    """The triples of rows that passed the checks."""
    lines = b"".join(map_block(table, columns_of(table, rows))) if rows else b""
    return [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]


def map_quads(table: Table, rows: Sequence[Row], graphs: Sequence[str]) -> list[ox.Quad]:
    """The triples of rows that passed the checks, each row in the graph of that IRI."""
    lines = b"".join(map_block(table, columns_of(table, rows), strings(graphs))) if rows else b""
    return list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))


def columns_of(table: Table, rows: Sequence[Row]) -> Cells:
    """The cells of rows, column by column."""
    return {column.name: strings(row.cells[column.name] for row in rows) for column in table.real}
