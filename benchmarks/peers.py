"""What the peers of `benchmarks/mapping.py` are given: an rdflib loop over the published rows, and flat files with RML.

The files are those of the R2RML export, one for each view.

    python benchmarks/peers.py TABLES FOLDER        writes the flat files, and `mapping.ttl` over them
"""

import csv
import re
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import rdflib
from rdflib import Graph, Literal, URIRef

from icvkg.graph.dates import date_time, first_day, last_day, precision
from icvkg.graph.metadata import FIELD, Column, Table
from icvkg.graph.publication import EVIDENCE, further_holds, split_recalled, supported
from icvkg.graph.reading import Row, read_sheet
from icvkg.graph.streaming import tables_in
from icvkg.namespaces import CODE, OUTSIDE
from icvkg.release.r2rml import r2rml
from icvkg.release.sqlite import write_sqlite

rdflib.NORMALIZE_LITERALS = False
_TABLE = re.compile(r'rr:logicalTable \[ rr:(tableName|sqlQuery) ("(?:[^"\\]|\\.)*") \]')
Cells = Mapping[str, str]


def published(folder: Path) -> list[tuple[Table, Sequence[Row]]]:
    """The rows of a folder's tables as far as they may be published."""
    sheets = [read_sheet(table, folder / table.file) for table in tables_in(folder)]
    further = further_holds(row for sheet in sheets if sheet.table.name == EVIDENCE for row in sheet.rows)
    return [(each.table, [supported(each, row, further) for row in split_recalled(each)[0]]) for each in sheets]


def rdflib_loop(folder: Path) -> Graph:
    """The triples of a folder's tables, one cell after the other."""
    graph = Graph()
    for table, rows in published(folder):
        columns = [column for column in table.columns if not column.suppressed]
        for row in rows:
            for column in columns:
                subject = URIRef(filled(column.about or table.about, row.cells))
                for predicate, value in said(column, row.cells):
                    graph.add((subject, predicate, value))
    return graph


def said(column: Column, cells: Cells) -> Iterator[tuple[URIRef, URIRef | Literal]]:
    """Predicate and object of each triple of a column."""
    text = cells[column.only_if] if column.only_if else cells.get(column.name, "virtual")
    if not text:
        return
    predicate = URIRef(OUTSIDE["rdf"] + "type" if column.predicate == "rdf:type" else column.predicate or "")
    if column.precision:
        day = (last_day if column.through_end else first_day)(text).isoformat()
        yield predicate, Literal(date_time(day).value, datatype=URIRef(OUTSIDE["xsd"] + "dateTime"))
        yield URIRef(column.precision), URIRef(f"{CODE}precision/{precision(text)}")
        return
    for item in text.split(column.separator) if column.separator else [text]:
        template = column.item or column.value
        if template:
            yield predicate, URIRef(filled(template, {**cells, column.name: item}))
        else:
            typed = URIRef(OUTSIDE["xsd"] + column.base) if column.base != "string" else None
            yield predicate, Literal(item, lang=column.lang, datatype=typed)


def filled(template: str, cells: Cells) -> str:
    """A URI template with the cells in place of its fields."""
    return FIELD.sub(lambda match: cells[match[1]], template)


def flat_files(tables: Path, folder: Path) -> Path:
    """Writes the views of the tables as CSV files, and the mapping over them as RML; returns the mapping's file."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = published(tables)
    base = folder / "tables.sqlite"
    write_sqlite(base, rows)
    connection = sqlite3.connect(base)
    mapping = _TABLE.sub(lambda match: _flat(connection, folder, *match.groups()), r2rml(table for table, _ in rows))
    connection.close()
    text = mapping.replace("rr:column ", "rml:reference ")
    prefixes = "@prefix rml: <http://semweb.mmlab.be/ns/rml#> .\n@prefix ql: <http://semweb.mmlab.be/ns/ql#> .\n"
    out = folder / "mapping.ttl"
    out.write_text(prefixes + text, encoding="utf-8")
    return out


def _flat(connection: sqlite3.Connection, folder: Path, kind: str, text: str) -> str:
    """Writes the rows of a view or query as CSV; returns the logical source that stands for them."""
    given = text[1:-1].replace('\\"', '"')
    file = folder / (re.sub(r"\W+", "-", given).strip("-") + ".csv")
    found = connection.execute(given if kind == "sqlQuery" else f'SELECT * FROM "{given}"')
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow([column[0] for column in found.description])
        writer.writerows(found)
    return f'rml:logicalSource [ rml:source "{file}" ; rml:referenceFormulation ql:CSV ]'


if __name__ == "__main__":
    flat_files(Path(sys.argv[1]), Path(sys.argv[2]))
