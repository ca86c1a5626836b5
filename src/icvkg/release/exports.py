"""The exports of a release: its published rows as SQLite, its quads as one long table in Parquet.

They are caches like the store, made from the files of the release when first asked for, and kept beside it in
`exports/<hash>/`: their writers put their own version into the bytes, so that they cannot be part of what the release
is named by. What they hold is compared instead.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from icvkg.release import dumps, location, sums
from icvkg.release.folders import scratch_in
from icvkg.release.longtable import long_table, write_long_table
from icvkg.release.pack import read_pack
from icvkg.release.sqlite import content, write_sqlite

if TYPE_CHECKING:
    import pyarrow as pa

SQLITE, PARQUET = "icvkg.sqlite", "icvkg.parquet"


def renew_exports(root: Path, digest: str) -> Path:
    """The exports of a release, made unless they are there and sound; only the lock's holder may call it."""
    final = location.exports_folder(root, digest)
    if final.is_dir() and not sums.broken(final):
        return final
    release = location.release_folder(root, digest)
    with scratch_in(final.parent) as scratch:
        fresh = scratch / "fresh"
        fresh.mkdir()
        write_sqlite(fresh / SQLITE, read_pack(release))
        write_long_table(fresh / PARQUET, _table(release))
        sums.write_sums(fresh)
        if final.exists():
            os.rename(final, scratch / "old")
        os.rename(fresh, final)
    return final


def export_faults(folder: Path, release: Path | None) -> tuple[list[str], int]:
    """What is wrong with exports, and how many quads they hold; compared with their release where that is sound."""
    faults = [f"{name} {said}" for name, said in sorted(sums.broken(folder).items())]
    if faults or not release:
        return faults, 0
    try:
        return list(_differences(folder, release)), _read(folder).num_rows
    except (OSError, sqlite3.Error, ValueError) as error:
        return [f"cannot be read: {error}"], 0


def _differences(folder: Path, release: Path) -> Iterator[str]:
    with scratch_in(folder.parent) as scratch:
        write_sqlite(scratch / SQLITE, read_pack(release))
        if content(scratch / SQLITE) != content(folder / SQLITE):
            yield f"{SQLITE} holds other rows than the tables of its release"
    if not _table(release).equals(_read(folder)):
        yield f"{PARQUET} holds other quads than the dumps of its release"


def _read(folder: Path) -> "pa.Table":
    from pyarrow import parquet

    return parquet.read_table(folder / PARQUET)


def _table(release: Path) -> "pa.Table":
    """Every quad of a release: what is served in the default graph, what a source holds in that of the source."""
    served = (ox.Quad(triple.subject, triple.predicate, triple.object) for triple in dumps.read_dumps(release))
    held = ox.parse(dumps.read_content(release, dumps.BY_SOURCE), format=ox.RdfFormat.N_QUADS)
    return long_table([*served, *held])


def copy_export(root: Path, digest: str, name: str, out: Path) -> None:
    """Copies an export of a release, made where it is missing; `out` appears when it is complete."""
    fresh = out.with_name(f".{out.name}-{os.getpid()}")
    try:
        shutil.copyfile(renew_exports(root, digest) / name, fresh)
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)
