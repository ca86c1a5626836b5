"""The dumps of a release: what was asserted, what follows, what each source holds, and the whole in three syntaxes."""

import gzip
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from icvkg.namespaces import PREFIXES
from icvkg.store.files import serialize

ASSERTED, DERIVED, BY_SOURCE = "asserted.nt", "derived.nt", "by-source.nq"
TURTLE = "icvkg.ttl"
LINES = {
    ASSERTED: ox.RdfFormat.N_TRIPLES,
    DERIVED: ox.RdfFormat.N_TRIPLES,
    BY_SOURCE: ox.RdfFormat.N_QUADS,
}
"""The contents of one statement a line."""
COMPRESSED = frozenset(LINES)


def contents(
    asserted: Iterable[ox.Triple], derived: Iterable[ox.Triple], by_source: Iterable[ox.Quad]
) -> dict[str, bytes]:
    """The bytes of each dump, uncompressed, by its name; sorted, so that equal graphs give equal bytes."""
    first, second = sorted(set(asserted), key=str), sorted(set(derived), key=str)
    every = sorted({*first, *second}, key=str)
    prefixes = dict(sorted(PREFIXES.items()))
    return {
        ASSERTED: serialize(first, ox.RdfFormat.N_TRIPLES),
        DERIVED: serialize(second, ox.RdfFormat.N_TRIPLES),
        BY_SOURCE: serialize(sorted(set(by_source), key=str), ox.RdfFormat.N_QUADS),
        TURTLE: serialize(every, ox.RdfFormat.TURTLE, prefixes),
        "icvkg.jsonld": serialize(every, ox.RdfFormat.JSON_LD),
        "icvkg.rdf": serialize(every, ox.RdfFormat.RDF_XML, prefixes),
    }


def write_dumps(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes the dumps into a folder: one statement a line compressed without a time stamp, the others plain."""
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
