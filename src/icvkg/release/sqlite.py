"""The published rows as an SQLite file: tables with types and keys, lists in tables of their own, views for mapping.

A view `NAME_rdf` shows each row as it is mapped: moments and precisions in place of partial dates, numbers as they
were written. A list column C is the table `NAME_C` (id, position, value) and the view `NAME_rdf_C`.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from icvkg.graph.metadata import Column, Table
from icvkg.graph.reading import Row

_TYPES = {"decimal": "NUMERIC", "integer": "INTEGER", "boolean": "BOOLEAN"}
Rows = Sequence[tuple[Table, Sequence[Row]]]


def write_sqlite(file: Path, tables: Rows) -> None:
    """Writes the rows into a new file."""
    with sqlite3.connect(file) as base:
        base.execute("PRAGMA page_size = 4096")
        for table, rows in tables:
            for statement in _schema(table):
                base.execute(statement)
            _fill(base, table, rows)
    base.execute("VACUUM")
    base.close()


def content(file: Path) -> list[str]:
    """The statements that make the same file: equal for equal content, whatever wrote it."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as base:
        lines = list(base.iterdump())
    base.close()
    return lines


def sql_name(*parts: str) -> str:
    """The name of a table, view or column in SQL, quoted.

    >>> sql_name("policy-links", "rdf")
    '"policy_links_rdf"'
    """
    return '"' + "_".join(parts).replace("-", "_") + '"'


def view_name(column: str) -> str:
    """The name of a column in the views.

    morph-kgc keeps what it makes in columns of the name `subject`, so that no view may have one.
    """
    return f"{column}_" if column == "subject" else column


def single(table: Table) -> list[Column]:
    """The columns with at most one value."""
    return [column for column in table.real if not column.separator]


def lists(table: Table) -> list[Column]:
    """The columns that hold lists."""
    return [column for column in table.real if column.separator]


def _schema(table: Table) -> Iterator[str]:
    own = sql_name(table.name)
    yield f"CREATE TABLE {own} ({', '.join(_declared(column) for column in single(table))})"
    shown = [expression for column in single(table) for expression in _shown(column)]
    yield f"CREATE VIEW {sql_name(table.name, 'rdf')} AS SELECT {', '.join(shown)} FROM {own}"
    for column in lists(table):
        items, view = sql_name(table.name, column.name), sql_name(table.name, "rdf", column.name)
        yield (
            f"CREATE TABLE {items} (id TEXT NOT NULL REFERENCES {own} (id), position INTEGER NOT NULL,"
            " value TEXT NOT NULL, PRIMARY KEY (id, position)) WITHOUT ROWID"
        )
        yield (
            f"CREATE VIEW {view} AS SELECT one.*, many.value AS {sql_name(column.name)}"
            f" FROM {sql_name(table.name, 'rdf')} AS one JOIN {items} AS many USING (id)"
        )


def _declared(column: Column) -> str:
    """A column with its type and keys; where no source supports it, even a required cell is empty here."""
    parts = [sql_name(column.name), _TYPES.get(column.base, "TEXT")]
    if column.name == "id":
        parts.append("NOT NULL PRIMARY KEY")
    if column.name == "source":
        parts.append('REFERENCES "sources" (id)')
    return " ".join(parts)


def _shown(column: Column) -> Iterator[str]:
    name, shown = sql_name(column.name), sql_name(view_name(column.name))
    if column.precision:
        yield f"{_moment(name, through_end=column.through_end)} AS {shown}"
        kinds = "WHEN 4 THEN 'year' WHEN 7 THEN 'month' WHEN 10 THEN 'day'"
        yield f"CASE length({name}) {kinds} END AS {sql_name(column.name, 'precision')}"
    elif column.base in _TYPES:
        yield f"CAST({name} AS TEXT) AS {shown}"
    else:
        yield f"{name} AS {shown}"


def _moment(name: str, *, through_end: bool) -> str:
    """The first or last day of a partial date, at midnight in UTC."""
    if not through_end:
        return f"substr({name} || '-01-01', 1, 10) || 'T00:00:00Z'"
    month = f"date({name} || '-01', '+1 month', '-1 day')"
    return f"CASE length({name}) WHEN 4 THEN {name} || '-12-31' WHEN 7 THEN {month} ELSE {name} END || 'T00:00:00Z'"


def _fill(base: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> None:
    names = [column.name for column in single(table)]
    places = ", ".join("?" * len(names))
    for row in rows:
        base.execute(
            f"INSERT INTO {sql_name(table.name)} VALUES ({places})", [row.cells[name] or None for name in names]
        )
        for column in lists(table):
            items = row.cells[column.name].split(column.separator) if row.cells[column.name] else []
            base.executemany(
                f"INSERT INTO {sql_name(table.name, column.name)} VALUES (?, ?, ?)",
                [(row.cells["id"], position, item) for position, item in enumerate(items, start=1)],
            )
