"""The dumps of a release: what was asserted, what follows, what each source holds, and the whole in three syntaxes."""

import gzip
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from icvkg.release.blocks import Content, blocks, written
from icvkg.store.lines import joined
from icvkg.store.remembered import Remember

ASSERTED, DERIVED, BY_SOURCE = "asserted.nt", "derived.nt", "by-source.nq"
TURTLE = "icvkg.ttl"
LINES = {
    ASSERTED: ox.RdfFormat.N_TRIPLES,
    DERIVED: ox.RdfFormat.N_TRIPLES,
    BY_SOURCE: ox.RdfFormat.N_QUADS,
}
"""The contents of one statement a line."""
SYNTAXES = {
    TURTLE: ox.RdfFormat.TURTLE,
    "icvkg.jsonld": ox.RdfFormat.JSON_LD,
    "icvkg.rdf": ox.RdfFormat.RDF_XML,
}
"""The whole in other syntaxes."""
HEADER = bytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255])
"""How a member of a dump begins: method, no flags, no time, slowest, unknown system."""
COMPRESSED = frozenset(LINES)


def contents(
    asserted: Sequence[bytes],
    derived: Sequence[bytes],
    every: Sequence[bytes],
    by_source: Sequence[bytes],
    remember: Remember,
) -> dict[str, Content]:
    """Each dump by its name, from sorted lines of N-Triples (by source: N-Quads): equal graphs give equal bytes."""
    listed = {ASSERTED: asserted, DERIVED: derived, BY_SOURCE: by_source}
    return {name: _lines(lines, remember) for name, lines in listed.items()} | written(every, SYNTAXES, remember)


def _lines(lines: Sequence[bytes], remember: Remember) -> Content:
    """Lines as they are, and compressed block by block (RFC 1952 section 2.2: members one after another)."""
    parts = [joined(block) for block in blocks(lines)] or [b""]
    members = [remember("gzip", [part], partial(_gzipped, part)) for part in parts]
    return Content(b"".join(parts), b"".join(members))


def _gzipped(data: bytes) -> bytes:
    """A gzip member (RFC 1952 section 2.3) without time and system, whose header Pythons write differently."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return HEADER + deflate.compress(data) + deflate.flush() + struct.pack("<LL", zlib.crc32(data), len(data) % 2**32)


def write_dumps(folder: Path, files: Mapping[str, Content]) -> None:
    """Writes the dumps into a folder: one statement a line compressed without a time stamp, the others plain."""
    for name, content in files.items():
        (folder / file_name(name)).write_bytes(content.stored)


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


def read_lines(folder: Path) -> list[bytes]:
    """The triples of a release's folder as lines of N-Triples."""
    return b"".join(read_content(folder, name) for name in (ASSERTED, DERIVED)).split(b"\n")[:-1]
