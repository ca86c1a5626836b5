"""The published rows as a pack of CSV files with their metadata, each row with its evidence."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from icvkg import artefacts
from icvkg.graph.lowering import lower, metadata
from icvkg.graph.metadata import Table, read_metadata
from icvkg.graph.parts import Part, csv_body, csv_lines
from icvkg.graph.reading import Row
from icvkg.graph.tables import METADATA, schema

FILE = "tables.zip"
_BEGINNING = (1980, 1, 1, 0, 0, 0)


def pack_contents(parts: Sequence[Part]) -> dict[str, bytes]:
    """The files of the pack by name: rows sorted by id, cells that no source supports left empty."""
    folder = artefacts.folder("graph") / "tables"
    tables = schema()
    found: dict[str, bytes] = {}
    for name in sorted({part.name for part in parts}):
        bodies = [part.body for part in parts if part.name == name]
        found[f"{name}.csv"] = _csv(tables[name], bodies)
        found[name + METADATA] = (folder / (name + METADATA)).read_bytes()
    return found


def _csv(table: Table, bodies: Sequence[bytes]) -> bytes:
    names = [column.name for column in table.real]
    if len(bodies) == 1:
        return _header(table) + bodies[0]
    rows = chain.from_iterable(csv.DictReader(io.StringIO(body.decode(), newline=""), names) for body in bodies)
    return _header(table) + csv_body(table, rows)


def _header(table: Table) -> bytes:
    return ",".join(column.name for column in table.real).encode() + b"\n"


def plain_contents(pack: Iterable[tuple[Table, Sequence[Row]]]) -> dict[str, bytes]:
    """The tables in plain CSVW, with nothing beyond the standard: data and metadata by the name of the file."""
    found: dict[str, bytes] = {}
    for lowered in (lower(table, rows) for table, rows in pack):
        text = json.dumps(metadata(lowered), ensure_ascii=False, indent=2) + "\n"
        rows = csv_lines(lowered.table, [row.cells for row in lowered.rows])
        found[lowered.table.file] = _header(lowered.table) + rows
        found[lowered.table.name + METADATA] = text.encode()
    return found


def read_pack(folder: Path) -> list[tuple[Table, list[Row]]]:
    """The published rows of a release's folder by table; cells are as published, no defaults are filled in."""
    with zipfile.ZipFile(folder / FILE) as archive:
        files = {name: zipfile.Path(archive, name) for name in archive.namelist()}
        tables = [read_metadata(file) for name, file in sorted(files.items()) if name.endswith(METADATA)]
        return [(table, _rows(files[table.file].read_text(encoding="utf-8"))) for table in tables]


def _rows(text: str) -> list[Row]:
    return [Row(line, cells) for line, cells in enumerate(csv.DictReader(io.StringIO(text, newline="")), start=2)]


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of the files, by name, without the time or the machine it was made on; stored, not compressed.

    Compression libraries differ in their bytes, and the release is named by its bytes.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()
