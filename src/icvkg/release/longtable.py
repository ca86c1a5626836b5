"""All quads of a release as one long table in Parquet, which engines of columns read in place.

Columns: graph, subject, predicate, object, language, datatype. The graph is null for the triples that are served
(asserted and derived together), the IRI of a source for what that source holds. An object with a datatype is a literal,
one without is an IRI; the language is null but for text in a language. Blank nodes, which only the ontology has, start
with `_:`. Rows are sorted by graph, predicate, subject and object.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ("graph", "subject", "predicate", "object", "language", "datatype")
ORDER = ("predicate", "subject", "object", "language", "datatype")
_Cells = tuple[str | None, str, str, str, str | None, str | None]


def long_table(quads: Iterable[ox.Quad]) -> "pa.Table":
    """The quads as a table, sorted."""
    import pyarrow as pa

    columns: list[Sequence[str | None]] = list(zip(*map(_cells, quads), strict=True)) or [()] * len(COLUMNS)
    arrays = [pa.array(cells, pa.string()) for cells in columns]
    keys = [("graph", "ascending", "at_start"), *((name, "ascending", "at_start") for name in ORDER)]
    table = pa.Table.from_arrays(arrays, names=COLUMNS)
    return table.take(pa.compute.sort_indices(table, sort_keys=keys))


def write_long_table(file: Path, table: "pa.Table") -> None:
    """Writes the table into a new file."""
    from pyarrow import parquet

    parquet.write_table(table, file, compression="zstd", row_group_size=1 << 17)


def _cells(quad: ox.Quad) -> _Cells:
    graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None
    value = quad.object
    language, datatype = (value.language, value.datatype.value) if isinstance(value, ox.Literal) else (None, None)
    return graph, _name(quad.subject), quad.predicate.value, _name(value), language, datatype


def _name(term: object) -> str:
    return str(term) if isinstance(term, ox.BlankNode) else term.value  # type: ignore[attr-defined]
