"""What may be published: rows with a source, and of these the cells that the source supports."""

from collections.abc import Iterable, Mapping

from icvkg.graph.reading import Row, Sheet
from icvkg.namespaces import ID

EVIDENCE = "evidence"
"""The table of second sources, whose `holds` speaks of the rows that it supports."""

CURATED = frozenset({
    "id", "class", "kind", "label_en", "label_zh", "alt_labels", "status", "source", "locator", "holds", "note_en",
    "note_zh", "claim_status", "confidence", "rank", "from_means", "stage", "scenario", "component_kind", "indicator",
    "unit", "level", "subjects", "targets", "jurisdiction", "located_in",
})  # fmt: skip
"""Columns in which the curators speak, or which only name, place and classify: published whatever `holds` says."""


def split_recalled(sheet: Sheet) -> tuple[list[Row], list[Row]]:
    """The rows with a source, then the rows that are only recalled."""
    sourced = [row for row in sheet.rows if row.cells.get("status", "sourced") != "recalled"]
    recalled = [row for row in sheet.rows if row.cells.get("status") == "recalled"]
    return sourced, recalled


def further_holds(evidence: Iterable[Row]) -> dict[str, set[str]]:
    """What second sources support, by the IRI of the thing or claim: names of columns, none of which means all."""
    found: dict[str, set[str]] = {}
    for row in evidence:
        iri = f"{ID}{row.cells['kind']}/{row.cells['supports']}"
        names = _names(row)
        found[iri] = found.get(iri, names) | names if names and found.get(iri, names) else set()
    return found


def supported(sheet: Sheet, row: Row, further: Mapping[str, set[str]]) -> Row:
    """The row with every cell blanked that none of its sources supports."""
    holds = _names(row)
    more = further.get(sheet.table.about.replace("{id}", row.cells["id"]), holds)
    if not holds or not more or sheet.table.name == EVIDENCE:
        return row
    kept = holds | more | CURATED
    return Row(row.line, {name: value if name in kept else "" for name, value in row.cells.items()})


def _names(row: Row) -> set[str]:
    return set(filter(None, row.cells.get("holds", "").split(";")))


def check_sourced(sheet: Sheet) -> None:
    """Notes rows that claim a source and name none, and recalled rows that name one."""
    for row in sheet.rows:
        status, source = row.cells.get("status"), row.cells.get("source")
        if status == "sourced" and not source:
            sheet.fault(row.line, "source", "", "a sourced row names its source; without one its status is recalled")
