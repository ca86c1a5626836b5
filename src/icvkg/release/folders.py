"""Writes the folders of releases and stores beside what is there, and puts each in its place whole."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from icvkg.release import cache, dumps, location, sums
from icvkg.release.blocks import Content
from icvkg.release.lock import exclusive
from icvkg.release.manifest import Manifest
from icvkg.release.patching import write_store
from icvkg.store.embedded import EmbeddedStore

SCRATCH = ".writing-"
"""How the names of unfinished folders begin."""


def write_release(root: Path, manifest: Manifest, files: Mapping[str, Content]) -> Path:
    """Writes a release unless it is there; of one that is there and damaged, the files are replaced one by one."""
    final = location.release_folder(root, manifest.digest)
    if final.is_dir() and not sums.broken(final):
        return final
    with scratch_in(final.parent) as scratch:
        dumps.write_dumps(scratch, files)
        manifest.write(scratch)
        sums.write_sums(scratch, {dumps.file_name(name): content.stored_digest for name, content in files.items()})
        _sync(scratch)
        if not final.exists():
            os.rename(scratch, final)
        else:
            for file in sorted(scratch.iterdir()):
                file.replace(final / file.name)
    return final


def open_store(root: Path, digest: str) -> EmbeddedStore:
    """The store of a release, made from its dumps when it is missing or cannot be opened.

    Where nothing can be written, the release is read into memory.
    """
    folder = location.store_folder(root, digest)
    try:
        return EmbeddedStore.read_only(folder)
    except OSError:
        pass
    try:
        with exclusive(root):
            renew_store(root, digest)
    except OSError:
        return EmbeddedStore.in_memory(dumps.read_dumps(location.release_folder(root, digest)))
    return EmbeddedStore.read_only(folder)


def renew_store(root: Path, digest: str) -> None:
    """Makes the store of a release from its dumps, unless it is there and sound; only the lock's holder may call it."""
    final = location.store_folder(root, digest)
    if final.is_dir() and not sums.broken(final):
        return
    with scratch_in(final.parent) as scratch:
        fresh, old = scratch / "fresh", scratch / "old"
        write_store(root, fresh, location.release_folder(root, digest))
        if final.exists():
            os.rename(final, old)
        os.rename(fresh, final)


def orphans(root: Path) -> list[Path]:
    """What killed builds left behind: unfinished folders and links that were never switched to."""
    parents = (root / "releases", root / "stores", root / "exports", root / "names")
    unfinished = [path for parent in parents if parent.is_dir() for path in parent.glob(f"{SCRATCH}*")]
    return sorted([*unfinished, *location.unfinished(root), *cache.unfinished(root)])


def remove_orphans(root: Path) -> list[Path]:
    """Takes away what killed builds left behind; raises BusyError while a build is at work."""
    if not orphans(root):
        return []
    with exclusive(root, wait=False):
        found = orphans(root)
        for path in found:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    return found


@contextmanager
def scratch_in(parent: Path) -> Iterator[Path]:
    """A folder to write into beside its final place, gone afterwards unless it was renamed."""
    parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=parent))
    scratch.chmod(0o755)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Sees to it that the files are on the disk before the folder gets its name."""
    for file in folder.iterdir():
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
