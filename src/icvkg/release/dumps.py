"""The files of a release: N-Triples of what was asserted and of what follows, and one Turtle file for people."""

import gzip
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from icvkg.namespaces import PREFIXES
from icvkg.store.files import serialize

ASSERTED, DERIVED, TURTLE = "asserted.nt", "derived.nt", "icvkg.ttl"
LINES = {ASSERTED: ox.RdfFormat.N_TRIPLES, DERIVED: ox.RdfFormat.N_TRIPLES}
"""The contents of one statement a line."""
COMPRESSED = frozenset(LINES)


def contents(asserted: Iterable[ox.Triple], derived: Iterable[ox.Triple]) -> dict[str, bytes]:
    """The bytes of each dump, uncompressed, by its name; sorted, so that equal graphs give equal bytes."""
    first, second = _sorted(asserted), _sorted(derived)
    return {
        ASSERTED: serialize(first, ox.RdfFormat.N_TRIPLES),
        DERIVED: serialize(second, ox.RdfFormat.N_TRIPLES),
        TURTLE: serialize(_sorted([*first, *second]), ox.RdfFormat.TURTLE, dict(sorted(PREFIXES.items()))),
    }


def _sorted(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    return sorted(set(triples), key=str)


def write_dumps(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes the dumps into a folder: N-Triples compressed without a time stamp, the others plain."""
    for name, data in files.items():
        compressed = gzip.compress(data, compresslevel=9, mtime=0) if name in COMPRESSED else data
        (folder / file_name(name)).write_bytes(compressed)


def file_name(name: str) -> str:
    """The file in which the content of that name lies."""
    return f"{name}.gz" if name in COMPRESSED else name


def read_content(folder: Path, name: str) -> bytes:
    """The content of that name, uncompressed; raises OSError or EOFError when its file is damaged or missing."""
    data = (folder / file_name(name)).read_bytes()
    try:
        return gzip.decompress(data) if name in COMPRESSED else data
    except zlib.error as error:
        raise OSError(str(error)) from None


def read_dumps(folder: Path) -> Iterable[ox.Triple]:
    """The triples of a release's folder: asserted, then derived."""
    for name in (ASSERTED, DERIVED):
        yield from (quad.triple for quad in ox.parse(read_content(folder, name), format=ox.RdfFormat.N_TRIPLES))
