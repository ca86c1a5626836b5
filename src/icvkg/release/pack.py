"""The published rows as a pack of CSV files with their metadata, each row with its evidence."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from itertools import chain

from icvkg import artefacts
from icvkg.graph.metadata import Table
from icvkg.graph.parts import Part, csv_body
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
    header = ",".join(names).encode() + b"\n"
    if len(bodies) == 1:
        return header + bodies[0]
    rows = chain.from_iterable(csv.DictReader(io.StringIO(body.decode(), newline=""), names) for body in bodies)
    return header + csv_body(table, rows)


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
