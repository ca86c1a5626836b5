"""The store of a release made from the store of the one before, where the two differ in little."""

import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from icvkg.release import dumps, location, sums
from icvkg.release.manifest import read_manifest
from icvkg.store.embedded import EmbeddedStore

SIZE = "written-whole"
"""A file in a store that says how many bytes the store had when it was last written whole."""
_LARGEST_CHANGE, _LARGEST_GROWTH = 0.02, 1.5
_LOGS = ("LOG*", "LOCK", sums.FILE)


def write_store(root: Path, folder: Path, lines: list[bytes]) -> None:
    """Writes a store of these lines of N-Triples into a new folder, from the current one if little differs."""
    if not _patched(root, folder, lines):
        shutil.rmtree(folder, ignore_errors=True)
        EmbeddedStore.write(folder, lines)
        (folder / SIZE).write_text(f"{_size(folder)}\n", encoding="ascii")
    for file in folder.glob("LOG*"):
        file.unlink()


def _patched(root: Path, folder: Path, lines: list[bytes]) -> bool:
    """Whether the store could be made from the current one; what it took away and added again leaves room unused."""
    now = location.current_digest(root)
    if not now:
        return False
    store, before = location.store_folder(root, now), _sound_lines(location.release_folder(root, now))
    if before is None or not store.is_dir() or sums.broken(store) or _has_grown(store):
        return False
    held, wanted = set(before), set(lines)
    removed, added = held - wanted, wanted - held
    if len(removed) + len(added) > _LARGEST_CHANGE * len(lines):
        return False
    shutil.copytree(store, folder, ignore=shutil.ignore_patterns(*_LOGS))
    with suppress(OSError):
        return EmbeddedStore.patch(folder, sorted(removed), sorted(added)) == len(lines)
    return False


def _sound_lines(release: Path) -> list[bytes] | None:
    """The triples of a release; None when its dumps are not as its manifest says."""
    try:
        manifest = read_manifest(release)
        found = [dumps.read_content(release, name) for name in (dumps.ASSERTED, dumps.DERIVED)]
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None
    hashes = [manifest.contents.get(name) for name in (dumps.ASSERTED, dumps.DERIVED)]
    return b"".join(found).split(b"\n")[:-1] if hashes == [sha256(data).hexdigest() for data in found] else None


def _has_grown(store: Path) -> bool:
    try:
        return _size(store) > _LARGEST_GROWTH * int((store / SIZE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return True


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir() if file.suffix in (".sst", ".log"))
