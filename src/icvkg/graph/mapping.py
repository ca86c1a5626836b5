"""Rows to triples, as the metadata says; each column makes its triples by itself."""

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from icvkg.graph.dates import first_day, last_day, precision
from icvkg.graph.metadata import FIELD, Column, Table
from icvkg.graph.reading import Row
from icvkg.namespaces import CODE, OUTSIDE

_XSD = OUTSIDE["xsd"]
_RDF_TYPE = OUTSIDE["rdf"] + "type"
Maker = Callable[[Row], Iterator[ox.Triple]]


def map_rows(table: Table, rows: Iterable[Row]) -> Iterator[ox.Triple]:
    """The triples of the rows, row by row; raises nothing for rows that passed the checks."""
    makers = [_maker(table, column) for column in table.columns if not column.suppressed]
    for row in rows:
        for maker in makers:
            yield from maker(row)


def _maker(table: Table, column: Column) -> Maker:
    about = column.about or table.about
    predicate = _node(_RDF_TYPE if column.predicate == "rdf:type" else column.predicate or "")
    if column.virtual:
        return _virtual(about, predicate, column)
    if column.precision:
        return _date(about, predicate, column)
    values = _items if column.separator else _single
    make = _iri_of(column) if column.reference or column.value else _literal_of(column)

    def maker(row: Row) -> Iterator[ox.Triple]:
        for value in values(column, row):
            yield ox.Triple(_node(_fill(about, row)), predicate, make(value, row))

    return maker


def _virtual(about: str, predicate: ox.NamedNode, column: Column) -> Maker:
    def maker(row: Row) -> Iterator[ox.Triple]:
        if not column.only_if or row.cells[column.only_if]:
            yield ox.Triple(_node(_fill(about, row)), predicate, _node(_fill(column.value or "", row)))

    return maker


def _date(about: str, predicate: ox.NamedNode, column: Column) -> Maker:
    day_of = last_day if column.through_end else first_day
    precise = _node(column.precision or "")

    def maker(row: Row) -> Iterator[ox.Triple]:
        text = row.cells[column.name]
        if text:
            subject = _node(_fill(about, row))
            yield ox.Triple(subject, predicate, date_time(day_of(text).isoformat()))
            yield ox.Triple(subject, precise, _node(f"{CODE}precision/{precision(text)}"))

    return maker


def date_time(day: str) -> ox.Literal:
    """A day as the one dated type of the graph: midnight in UTC.

    >>> date_time("2024-07-03").value
    '2024-07-03T00:00:00Z'
    """
    return ox.Literal(f"{day}T00:00:00Z", datatype=_node(_XSD + "dateTime"))


def _single(column: Column, row: Row) -> list[str]:
    text = row.cells[column.name]
    return [text] if text else []


def _items(column: Column, row: Row) -> list[str]:
    text = row.cells[column.name]
    return text.split(column.separator) if text else []


def _iri_of(column: Column) -> Callable[[str, Row], ox.NamedNode]:
    template = column.item or column.value or ""

    def make(value: str, row: Row) -> ox.NamedNode:
        return _node(FIELD.sub(lambda match: value if match[1] == column.name else row.cells[match[1]], template))

    return make


def _literal_of(column: Column) -> Callable[[str, Row], ox.Literal]:
    if column.lang:
        return lambda value, _: ox.Literal(value, language=column.lang)
    if column.base == "string":
        return lambda value, _: ox.Literal(value)
    datatype = _node(_XSD + column.base)
    return lambda value, _: ox.Literal(value, datatype=datatype)


def _fill(template: str, row: Row) -> str:
    return FIELD.sub(lambda match: row.cells[match[1]], template)


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)
