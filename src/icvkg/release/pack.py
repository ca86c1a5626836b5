"""The published rows as a pack of CSV files with their metadata, each row with its evidence."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from pathlib import Path

from icvkg import artefacts
from icvkg.graph.lowering import lower, metadata
from icvkg.graph.metadata import Table, read_metadata
from icvkg.graph.reading import Row
from icvkg.graph.tables import METADATA, Checked

FILE = "tables.zip"
_BEGINNING = (1980, 1, 1, 0, 0, 0)


def pack_contents(checked: Sequence[Checked]) -> dict[str, bytes]:
    """The files of the pack by name: rows sorted by id, cells that no source supports left empty."""
    folder = artefacts.folder("graph") / "tables"
    found: dict[str, bytes] = {}
    for name in sorted({each.table.name for each in checked}):
        found[f"{name}.csv"] = _csv([each for each in checked if each.table.name == name])
        found[name + METADATA] = (folder / (name + METADATA)).read_bytes()
    return found


def _csv(parts: Sequence[Checked]) -> bytes:
    return _lines(parts[0].table, sorted((row.cells for part in parts for row in part.rows), key=itemgetter("id")))


def _lines(table: Table, rows: Iterable[Mapping[str, str]]) -> bytes:
    out = io.StringIO()
    names = [column.name for column in table.real]
    writer = csv.DictWriter(out, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def plain_contents(pack: Iterable[tuple[Table, Sequence[Row]]]) -> dict[str, bytes]:
    """The tables in plain CSVW, with nothing beyond the standard: data and metadata by the name of the file."""
    found: dict[str, bytes] = {}
    for lowered in (lower(table, rows) for table, rows in pack):
        text = json.dumps(metadata(lowered), ensure_ascii=False, indent=2) + "\n"
        found[lowered.table.file] = _lines(lowered.table, [row.cells for row in lowered.rows])
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
