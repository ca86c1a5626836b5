"""What may be published: rows with a source, and of these the cells that the source supports."""

from icvkg.graph.reading import Row, Sheet

CURATED = frozenset({
    "id", "class", "kind", "label_en", "label_zh", "alt_labels", "status", "source", "locator", "note_en", "note_zh",
    "claim_status", "confidence", "rank", "from_means", "stage", "scenario", "component_kind", "indicator", "unit",
})  # fmt: skip
"""Columns in which the curators speak, or which only name and classify: published whatever `holds` says."""


def split_recalled(sheet: Sheet) -> tuple[list[Row], list[Row]]:
    """The rows with a source, then the rows that are only recalled."""
    sourced = [row for row in sheet.rows if row.cells.get("status", "sourced") != "recalled"]
    recalled = [row for row in sheet.rows if row.cells.get("status") == "recalled"]
    return sourced, recalled


def supported(row: Row) -> Row:
    """The row with every cell blanked that its source does not support."""
    holds = set(filter(None, row.cells.get("holds", "").split(";")))
    if not holds:
        return row
    kept = holds | CURATED
    return Row(row.line, {name: value if name in kept else "" for name, value in row.cells.items()})


def check_sourced(sheet: Sheet) -> None:
    """Notes rows that claim a source and name none, and recalled rows that name one."""
    for row in sheet.rows:
        status, source = row.cells.get("status"), row.cells.get("source")
        if status == "sourced" and not source:
            sheet.fault(row.line, "source", "", "a sourced row names its source; without one its status is recalled")
