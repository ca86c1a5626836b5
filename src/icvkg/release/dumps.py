"""The files of a release: N-Triples of what was asserted and of what follows, and one Turtle file for people."""

import gzip
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from icvkg.namespaces import PREFIXES
from icvkg.store.files import serialize

ASSERTED, DERIVED, TURTLE = "asserted.nt", "derived.nt", "icvkg.ttl"


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


def write_dumps(folder: Path, files: dict[str, bytes]) -> None:
    """Writes the dumps into a folder: N-Triples compressed without a time stamp, Turtle plain."""
    for name, data in files.items():
        if name.endswith(".nt"):
            (folder / f"{name}.gz").write_bytes(gzip.compress(data, compresslevel=9, mtime=0))
        else:
            (folder / name).write_bytes(data)


def read_dumps(folder: Path) -> Iterable[ox.Triple]:
    """The triples of a release's folder: asserted, then derived."""
    for name in (ASSERTED, DERIVED):
        data = gzip.decompress((folder / f"{name}.gz").read_bytes())
        yield from (quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES))
