"""The store of a release made from the store of the one before, where the two differ in little."""

import shutil
from contextlib import suppress
from pathlib import Path

from icvkg.release import dumps, location, sums
from icvkg.release.compared import differences
from icvkg.store.embedded import EmbeddedStore

SIZE = "written-whole"
"""A file in a store that says how many bytes the store had when it was last written whole."""
_LARGEST_CHANGE, _LARGEST_GROWTH = 0.02, 1.5
_LOGS = ("LOG*", "LOCK", sums.FILE)


def write_store(root: Path, folder: Path, release: Path) -> None:
    """Writes a store of a release into a new folder, from the current one if little differs, with its hashes."""
    kept = _patched(root, folder, release)
    if kept is None:
        shutil.rmtree(folder, ignore_errors=True)
        EmbeddedStore.write(folder, dumps.read_lines(release))
        (folder / SIZE).write_text(f"{_size(folder)}\n", encoding="ascii")
    for file in folder.glob("LOG*"):
        file.unlink()
    sums.write_sums(folder, kept or {})


def _patched(root: Path, folder: Path, release: Path) -> dict[str, str] | None:
    """Makes the store from the current one, and gives the hashes of what stayed; None where that cannot be.

    RocksDB writes new tables, never into one that is there. What it took away and added again leaves room unused.
    """
    now = location.current_digest(root)
    if not now:
        return None
    store, found = location.store_folder(root, now), differences(location.release_folder(root, now), release)
    if found is None or not store.is_dir() or _has_grown(store):
        return None
    removed, added, wanted = found
    if sums.broken(store) or len(removed) + len(added) > _LARGEST_CHANGE * wanted:
        return None
    shutil.copytree(store, folder, ignore=shutil.ignore_patterns(*_LOGS))
    with suppress(OSError):
        if EmbeddedStore.patch(folder, sorted(removed), sorted(added)) == wanted:
            return {name: digest for name, digest in sums.noted(store).items() if name.endswith(".sst")}
    return None


def _has_grown(store: Path) -> bool:
    try:
        return _size(store) > _LARGEST_GROWTH * int((store / SIZE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return True


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir() if file.suffix in (".sst", ".log"))
