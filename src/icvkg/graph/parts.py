"""What each file of rows gives a release: worked out file by file, so that a change redoes one file only."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from itertools import chain
from operator import itemgetter

import pyoxigraph as ox

from icvkg.graph.checks import Known, check_sheet, references, subject_space
from icvkg.graph.mapping import map_rows
from icvkg.graph.metadata import Table
from icvkg.graph.provenance import Further, further_rows, map_by_source
from icvkg.graph.publication import EVIDENCE, check_sourced, further_holds, split_recalled, supported
from icvkg.graph.reading import Row, Sheet, sheet_of
from icvkg.graph.tables import check_tables, csv_files
from icvkg.store.lines import joined, lines_of
from icvkg.store.remembered import Remember


@dataclass(frozen=True)
class Part:
    """The share of one file: counts, ids, what its rows refer to by IRI space, and the statements as sorted lines.

    `rows` are published, `recalled` are not; `triples` counts before equal ones are merged; `body` are the published
    rows as CSV without header.
    """

    name: str
    rows: int
    recalled: int
    triples: int
    ids: Sequence[str]
    refers: Mapping[str, Sequence[str]]
    mapped: Sequence[bytes]
    by_source: Sequence[bytes]
    body: bytes


@dataclass(frozen=True)
class _File:
    """A file of rows with its table, as bytes."""

    table: Table
    name: str
    data: bytes

    @property
    def inputs(self) -> tuple[bytes, ...]:
        """What tells this file from every other."""
        return repr(self.table).encode(), self.name.encode(), self.data

    @cached_property
    def sheet(self) -> Sheet:
        """The rows, and the faults of the file's form."""
        return sheet_of(self.table, self.name, self.data)

    def iri(self, name: str) -> str:
        """The IRI of the row with that id."""
        return self.table.about.replace("{id}", name)


def make_parts(
    folders: Sequence[Traversable], codes: Known, remember: Remember, *, include_recalled: bool = False
) -> list[Part]:
    """The parts of all files of the folders; raises FaultyTablesError with every fault of every table."""
    files = [_File(table, file.name, file.read_bytes()) for table, file in csv_files(folders)]
    ids = [_sound_ids(file, remember) for file in files]
    if None not in ids and _stand_once(files, ids):
        further = _further(files)
        parts = [
            _part(file, names, further, remember, include_recalled) for file, names in zip(files, ids, strict=True)
        ]
        if _all_known(files, parts, codes):
            return parts
    check_tables(
        [sheet_of(file.table, file.name, file.data) for file in files], codes, include_recalled=include_recalled
    )
    raise AssertionError("a file by itself has a fault that all together have not")


def _sound_ids(file: _File, remember: Remember) -> list[str] | None:
    """The ids of all rows of a file, in order; None when the file by itself has a fault."""

    def make() -> bytes:
        sheet = file.sheet
        check_sheet(sheet)
        check_sourced(sheet)
        return json.dumps(None if sheet.faults else [row.cells["id"] for row in sheet.rows]).encode()

    found: list[str] | None = json.loads(remember("ids", file.inputs, make))
    return found


def _stand_once(files: Sequence[_File], ids: Sequence[list[str] | None]) -> bool:
    iris = [file.iri(name) for file, names in zip(files, ids, strict=True) for name in names or ()]
    return len(iris) == len(set(iris))


def _further(files: Iterable[_File]) -> Further:
    return further_rows(row for file in files if file.table.name == EVIDENCE for row in file.sheet.rows)


def _part(file: _File, ids: Sequence[str] | None, further: Further, remember: Remember, include_recalled: bool) -> Part:
    own = {iri: further[iri] for iri in map(file.iri, ids or ()) if iri in further}
    evidence = json.dumps([[iri, [row.cells for row in rows]] for iri, rows in own.items()]).encode()
    inputs = (*file.inputs, evidence, b"recalled" if include_recalled else b"")
    return _read(remember("part", inputs, lambda: _written(_made(file, own, include_recalled))))


def _made(file: _File, further: Further, include_recalled: bool) -> Part:
    """The part of a file without faults; `further` are the rows of second evidence for what its rows say."""
    rows, recalled = split_recalled(file.sheet)
    holds = further_holds(chain.from_iterable(further.values()))
    kept = [supported(file.sheet, row, holds) for row in (rows + recalled if include_recalled else rows)]
    mapped = list(map_rows(file.table, kept))
    by_source = list(map_by_source(file.table, kept, further))
    return Part(
        name=file.table.name,
        rows=len(kept),
        recalled=len(file.sheet.rows) - len(kept),
        triples=len(mapped),
        ids=[row.cells["id"] for row in kept],
        refers=_refers(file.table, kept),
        mapped=lines_of(mapped, ox.RdfFormat.N_TRIPLES),
        by_source=lines_of(by_source, ox.RdfFormat.N_QUADS),
        body=csv_body(file.table, [row.cells for row in kept]),
    )


def _refers(table: Table, rows: Iterable[Row]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for column in table.real:
            for value, space in references(column, row):
                found[space].add(value)
    return {space: sorted(values) for space, values in found.items()}


def _all_known(files: Sequence[_File], parts: Sequence[Part], codes: Known) -> bool:
    known: dict[str, set[str]] = defaultdict(set)
    for space, names in [*codes.items(), *((subject_space(f.table), p.ids) for f, p in zip(files, parts, strict=True))]:
        known[space].update(names)
    return all(known[space].issuperset(values) for part in parts for space, values in part.refers.items())


def csv_body(table: Table, rows: Iterable[Mapping[str, str]]) -> bytes:
    """The rows as CSV in the order of their ids, without header."""
    return csv_lines(table, sorted(rows, key=itemgetter("id")))


def csv_lines(table: Table, rows: Iterable[Mapping[str, str]]) -> bytes:
    """The rows as CSV as they come, without header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [column.name for column in table.real], extrasaction="ignore", lineterminator="\n")
    writer.writerows(rows)
    return out.getvalue().encode()


def _written(part: Part) -> bytes:
    bodies = (joined(part.mapped), joined(part.by_source), part.body)
    head = {name: getattr(part, name) for name in ("name", "rows", "recalled", "triples", "ids", "refers")}
    return b"\n".join([json.dumps(head | {"sizes": [len(each) for each in bodies]}).encode(), b"".join(bodies)])


def _read(data: bytes) -> Part:
    first, _, rest = data.partition(b"\n")
    head = json.loads(first)
    one, two, _ = head.pop("sizes")
    return Part(**head, mapped=rest[:one].split(b"\n")[:-1], by_source=rest[one : one + two].split(b"\n")[:-1],
                body=rest[one + two :])  # fmt: skip
