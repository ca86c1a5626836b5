"""The published rows as a pack of CSV files with their metadata, each row with its evidence."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from operator import itemgetter

from icvkg import artefacts
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
    out = io.StringIO()
    names = [column.name for column in parts[0].table.real]
    writer = csv.DictWriter(out, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted((row.cells for part in parts for row in part.rows), key=itemgetter("id")))
    return out.getvalue().encode()


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
