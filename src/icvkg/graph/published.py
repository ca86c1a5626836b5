"""What may be published of a block of rows: `publication` column by column, for tables of any length."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from icvkg.graph.arrays import constant, numbers
from icvkg.graph.mapping import Cells
from icvkg.graph.metadata import Table
from icvkg.graph.publication import CURATED, EVIDENCE
from icvkg.namespaces import ID

Further = Mapping[str, str]
"""What second sources support, by the IRI of the thing or claim: names of columns with `;`, empty for all."""


def further_of(blocks: Iterable[Cells]) -> Further:
    """What the rows of second evidence support."""
    found: dict[str, str] = {}
    for cells in blocks:
        for kind, slug, holds in zip(*(cells[name].to_pylist() for name in ("kind", "supports", "holds")), strict=True):
            iri = f"{ID}{kind}/{slug}"
            before = found.get(iri, holds)
            found[iri] = f"{before};{holds}" if before and holds else ""
    return found


def published(table: Table, cells: Cells, further: Further) -> Cells:
    """The cells to map: rows that are only recalled are left out, what no source supports is empty."""
    if "status" in cells:
        mask = pc.not_equal(cells["status"], constant("recalled"))
        if mask.false_count:
            cells = {name: values.filter(mask) for name, values in cells.items()}
    if "holds" not in cells or table.name == EVIDENCE:
        return cells
    rows = pc.indices_nonzero(pc.not_equal(cells["holds"], constant("")))
    return _blanked(cells, _kept(table, cells, rows, further)) if len(rows) else cells


def _kept(table: Table, cells: Cells, rows: pa.Array, further: Further) -> dict[frozenset[str], list[int]]:
    """Rows by the columns that their sources support, where these are not all."""
    kept: dict[frozenset[str], list[int]] = defaultdict(list)
    held = zip(rows.to_pylist(), *(cells[name].take(rows).to_pylist() for name in ("id", "holds")), strict=True)
    for place, slug, holds in held:
        more = further.get(table.about.replace("{id}", slug), holds)
        if more:
            kept[frozenset(f"{holds};{more}".split(";"))].append(place)
    return kept


def _blanked(cells: Cells, kept: Mapping[frozenset[str], list[int]]) -> Cells:
    """The cells with those emptied that no source supports."""
    groups = [0] * len(cells["id"])
    for number, places in enumerate(kept.values(), start=1):
        for place in places:
            groups[place] = number
    group_of = numbers(groups)
    blanked = dict(cells)
    for name in set(cells) - CURATED:
        lacking = [number for number, names in enumerate(kept, start=1) if name not in names]
        mask = pc.is_in(group_of, value_set=numbers(lacking))
        blanked[name] = pc.if_else(mask, constant(""), cells[name])
    return blanked
