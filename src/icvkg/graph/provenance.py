"""The mapped triples once more, under the source of each: what a source holds, and no more, stands in its graph."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from icvkg.graph.mapping import map_rows
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


def map_by_source(table: Table, rows: Iterable[Row], further: Further) -> Iterator[ox.Quad]:
    """Every mapped triple in the graph of each source that supports it; a source is described in its own graph."""
    for row in rows:
        yield from _quads(table, row, further)


def _quads(table: Table, row: Row, further: Further) -> Iterator[ox.Quad]:
    iri = table.about.replace("{id}", row.cells["id"])
    source = row.cells.get("source")
    own = ox.NamedNode(f"{_SOURCE}{source}" if source else iri)
    for triple in map_rows(table, [row if table.name == EVIDENCE else _held(table, row, row)]):
        yield _quad(triple, own)
    for evidence in further.get(iri, ()):
        graph = ox.NamedNode(_SOURCE + evidence.cells["source"])
        for triple in map_rows(table, [_held(table, row, evidence)]):
            if not _is_evidence(triple.subject) and not _is_evidence(triple.object):
                yield _quad(triple, graph)


def _quad(triple: ox.Triple, graph: ox.NamedNode) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


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


def _is_evidence(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(_EVIDENCE_IRI)
