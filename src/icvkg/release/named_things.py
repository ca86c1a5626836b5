"""The index of a release's names: a cache beside the release, made when it is first asked for."""

import os
import shutil
from pathlib import Path

from icvkg.queries.name_index import FORMAT, NameIndex
from icvkg.queries.names import names
from icvkg.release.folders import scratch_in
from icvkg.release.sums import write_sums
from icvkg.store.asking import AskableStore
from icvkg.store.embedded import EmbeddedStore

FILE = "names.sqlite"


def index_folder(root: Path, digest: str) -> Path:
    """The folder of the index of names of the release with that hash."""
    return root / "names" / f"{digest}-{FORMAT}"


def open_names(root: Path, digest: str, store: EmbeddedStore) -> NameIndex:
    """The index of the names of a release, written when it is missing; in memory where nothing can be written."""
    file = index_folder(root, digest) / FILE
    try:
        return NameIndex.read(file)
    except OSError:
        pass
    try:
        _write(file.parent, store)
        return NameIndex.read(file)
    except OSError:
        return names_of(store)


def names_of(store: AskableStore) -> NameIndex:
    """The index of the names that a store holds, in memory."""
    return NameIndex.of(names(store))


def _write(final: Path, store: EmbeddedStore) -> None:
    with scratch_in(final.parent) as scratch:
        NameIndex.write(scratch / FILE, names(store))
        write_sums(scratch)
        shutil.rmtree(final, ignore_errors=True)
        os.rename(scratch, final)
