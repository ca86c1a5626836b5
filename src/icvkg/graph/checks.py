"""Checks the tables: cells, keys and order, then the references between them; all faults in one go."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from icvkg.errors import nearest
from icvkg.graph.cells import check_cell
from icvkg.graph.metadata import FIELD, Column, Table
from icvkg.graph.publication import EVIDENCE
from icvkg.graph.reading import Row, Sheet

Known = Mapping[str, Collection[str]]


def check_sheet(sheet: Sheet) -> None:
    """Notes the faults of a table by itself: cells, `holds`, order of rows."""
    check_rows(sheet)
    _check_order(sheet)


def check_rows(sheet: Sheet) -> None:
    """Notes the faults of each row by itself: cells and `holds`."""
    for row in sheet.rows:
        for column in sheet.table.real:
            for complaint in check_cell(column, row.cells[column.name]):
                sheet.fault(row.line, column.name, *complaint)
        _check_holds(sheet, row)


def _check_holds(sheet: Sheet, row: Row) -> None:
    names = {column.name for column in sheet.table.real}
    if sheet.table.name == EVIDENCE:
        return
    for name in filter(None, row.cells.get("holds", "").split(";")):
        if name not in names:
            sheet.fault(row.line, "holds", name, "the name of a column was expected", nearest(name, names))


def _check_order(sheet: Sheet) -> None:
    before = ""
    for row in sheet.rows:
        if row.cells["id"] < before:
            sheet.fault(row.line, "id", row.cells["id"], f"rows must be sorted by id: this one stands after {before!r}")
        before = max(before, row.cells["id"])


def check_keys(sheets: Iterable[Sheet]) -> None:
    """Notes every id that stands twice for the same kind of IRI, in one table or in two."""
    first: dict[str, str] = {}
    for sheet in sheets:
        for row in sheet.rows:
            iri = sheet.table.about.replace("{id}", row.cells["id"])
            place = f"{sheet.file}:{row.line}"
            if iri in first:
                sheet.fault(row.line, "id", row.cells["id"], f"this id stands already at {first[iri]}")
            first.setdefault(iri, place)


def minted(sheets: Iterable[Sheet]) -> dict[str, set[str]]:
    """The ids by the part of the subject template before them, such as `…/id/actor/`."""
    ids: dict[str, set[str]] = defaultdict(set)
    for sheet in sheets:
        ids[subject_space(sheet.table)].update(row.cells["id"] for row in sheet.rows)
    return ids


def check_references(sheet: Sheet, known: Known, unpublished: Known) -> None:
    """Notes every reference to a thing or code that is not there, or that stands only as recalled."""
    for column in sheet.table.real:
        if column.reference:
            for row in sheet.rows:
                _check_reference(sheet, row, column, known, unpublished)


def _check_reference(sheet: Sheet, row: Row, column: Column, known: Known, unpublished: Known) -> None:
    for value, space in references(column, row):
        if value in known.get(space, ()):
            continue
        if value in unpublished.get(space, ()):
            sheet.fault(row.line, column.name, value, "this stands in its table as recalled: it needs a source first")
        else:
            what = space.rstrip("/").rsplit("/", 1)[-1]
            sheet.fault(row.line, column.name, value, f"no such {what}", nearest(value, known.get(space, ())))


def references(column: Column, row: Row) -> Iterator[tuple[str, str]]:
    """Each value of a reference cell with the IRI space it must stand in."""
    text = row.cells[column.name]
    if not text or not column.reference:
        return
    space = _space(column.reference, column.name, row)
    for value in text.split(column.separator) if column.separator else [text]:
        yield value, space


def _space(template: str, name: str, row: Row) -> str:
    return FIELD.sub(lambda match: "" if match.group(1) == name else row.cells[match.group(1)], template)


def subject_space(table: Table) -> str:
    """The IRI space in which a table's rows stand, such as `…/id/actor/`."""
    return table.about.removesuffix("{id}")
