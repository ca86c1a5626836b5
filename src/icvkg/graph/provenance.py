"""The mapped triples once more, under the source of each: what a source holds, and no more, stands in its graph."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

from icvkg.graph.mapping import map_quads
from icvkg.graph.metadata import FIELD, Table
from icvkg.graph.publication import CURATED, EVIDENCE
from icvkg.graph.reading import Row
from icvkg.namespaces import ID

_SOURCE, _EVIDENCE_IRI = f"{ID}source/", f"{ID}evidence/"
Further = Mapping[str, list[Row]]
"""The rows of second evidence by the IRI of what they support."""


def further_rows(evidence: Iterable[Row]) -> Further:
    """The rows of second evidence by the IRI of what they support."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in evidence:
        found[f"{ID}{row.cells['kind']}/{row.cells['supports']}"].append(row)
    return found


def map_by_source(table: Table, rows: Sequence[Row], further: Further) -> list[ox.Quad]:
    """Every mapped triple in the graph of each source that supports it; a source is described in its own graph."""
    return _own(table, rows) + _second(table, rows, further)


def _own(table: Table, rows: Sequence[Row]) -> list[ox.Quad]:
    """The quads of the source that a row names itself, or of the row where it is a source."""
    held = [row if table.name == EVIDENCE else _held(table, row, row) for row in rows]
    sources = [row.cells.get("source") for row in rows]
    graphs = [f"{_SOURCE}{source}" if source else _iri(table, row) for row, source in zip(rows, sources, strict=True)]
    return map_quads(table, held, graphs)


def _second(table: Table, rows: Sequence[Row], further: Further) -> list[ox.Quad]:
    """The quads of the sources in the table of evidence; the evidence of the first source is not theirs."""
    pairs = [(row, evidence) for row in rows for evidence in further.get(_iri(table, row), ())]
    held = [_held(table, row, evidence) for row, evidence in pairs]
    return map_quads(_without_evidence(table), held, [_SOURCE + each.cells["source"] for _, each in pairs])


def _without_evidence(table: Table) -> Table:
    """The table with no word about the evidence that its rows name themselves."""
    columns = (
        replace(column, suppressed=column.suppressed or _of_evidence(column.about, column.value))
        for column in table.columns
    )
    return replace(table, columns=tuple(columns))


def _iri(table: Table, row: Row) -> str:
    return table.about.replace("{id}", row.cells["id"])


def _of_evidence(*templates: str | None) -> bool:
    return any(template and template.startswith(_EVIDENCE_IRI) for template in templates)


def _held(table: Table, row: Row, evidence: Row) -> Row:
    """The row with the cells that this evidence supports, those that these need to be read, and the curators' own."""
    holds = set(filter(None, evidence.cells.get("holds", "").split(";")))
    if not holds:
        return row
    kept = holds | CURATED
    kept |= {
        name
        for column in table.real
        if column.name in kept
        for name in FIELD.findall(column.item or column.value or "")
    }
    return Row(row.line, {name: value if name in kept else "" for name, value in row.cells.items()})
