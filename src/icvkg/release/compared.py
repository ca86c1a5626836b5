"""Two releases compared by the bytes of their dumps: only what lies between their common ends is unpacked."""

import gzip
import zlib
from bisect import bisect_left
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from icvkg.release import dumps, sums
from icvkg.release.manifest import read_manifest

Lines = set[bytes]
_DUMPS = (dumps.ASSERTED, dumps.DERIVED)


def differences(before: Path, after: Path) -> tuple[Lines, Lines, int] | None:
    """The triples, as lines, that one release has and the other has not, both ways, and how many the second has.

    None when a dump is not as it was written.
    """
    removed: Lines = set()
    added: Lines = set()
    try:
        manifest = read_manifest(after)
        for name in _DUMPS:
            gone, come = _between(_sound(before, name), _sound(after, name))
            removed |= gone
            added |= come
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
        return None
    return removed - added, added - removed, sum(manifest.triples[name] for name in ("asserted", "derived"))


def _sound(folder: Path, name: str) -> bytes:
    """A dump as it is stored; raises OSError when it is not as it was written."""
    file = folder / dumps.file_name(name)
    data = file.read_bytes()
    if sums.noted(folder).get(file.name) != sha256(data).hexdigest():
        raise OSError(f"{file} is damaged")
    return data


def _between(before: bytes, after: bytes) -> tuple[Lines, Lines]:
    """The lines that only one of two files has, which begin and end alike; the other lines are not looked at.

    The bytes with which a member begins could by chance stand inside one: then it cannot be unpacked.
    """
    shorter = min(len(before), len(after))
    same = _longest(shorter, lambda size: before[:size] == after[:size])
    start = max(before.rfind(dumps.HEADER, 0, same), 0)
    tail = _longest(shorter - start, lambda size: before[len(before) - size :] == after[len(after) - size :])
    end = before.find(dumps.HEADER, len(before) - tail)
    kept = len(before) - end if end >= 0 else 0
    one, two = (_lines(data[start : len(data) - kept]) for data in (before, after))
    return one - two, two - one


def _longest(limit: int, fits: Callable[[int], bool]) -> int:
    """The largest size up to a limit that fits, where every smaller one fits too."""
    return bisect_left(range(1, limit + 1), True, key=lambda size: not fits(size))


def _lines(packed: bytes) -> Lines:
    return set(gzip.decompress(packed).split(b"\n")) - {b""}
