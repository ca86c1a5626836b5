"""Graphs in blocks: runs of whole subjects, cut by the subjects themselves, each written once as long as it stays.

A changed line changes its own block and no other, since where a block ends depends on the next subject alone.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from hashlib import sha256
from itertools import accumulate

import pyoxigraph as ox

from icvkg.namespaces import PREFIXES
from icvkg.store.files import serialize
from icvkg.store.lines import joined, triples_of
from icvkg.store.remembered import Remember

_SUBJECTS = 64
"""So many subjects a block has on average."""


@dataclass(frozen=True)
class Content:
    """What a file of a release holds, and its bytes as they are stored."""

    data: bytes
    stored: bytes

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of what it holds."""
        return sha256(self.data).hexdigest()

    @cached_property
    def stored_digest(self) -> str:
        """The SHA-256 of its bytes as they are stored."""
        return self.digest if self.stored is self.data else sha256(self.stored).hexdigest()


def plain(data: bytes) -> Content:
    """A file stored as it is."""
    return Content(data, data)


def blocks(lines: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """The sorted lines in runs of whole subjects."""
    start, before = 0, b"\n"
    for place, line in enumerate(lines):
        if not line.startswith(before):
            before = line[: line.index(b" ") + 1]
            if place > start and zlib.crc32(before[:-1]) % _SUBJECTS == 0:
                yield lines[start:place]
                start = place
    if lines:
        yield lines[start:]


def written(lines: Sequence[bytes], syntaxes: Mapping[str, ox.RdfFormat], remember: Remember) -> dict[str, Content]:
    """The lines in each of these syntaxes (Turtle, JSON-LD, RDF/XML), the same as all triples written at once."""
    forms = list(syntaxes.values())
    frames = [each for form in forms for each in _frame(form)]
    parts = [joined(block) for block in blocks(lines)]
    found = [_read(remember("syntaxes", [*frames, part], partial(_block, part, forms))) for part in parts]
    return {
        name: plain(_framed(inner, form))
        for (name, form), inner in zip(syntaxes.items(), zip(*found, strict=True), strict=True)
    }


def _framed(inner: Iterable[bytes], form: ox.RdfFormat) -> bytes:
    head, tail = _frame(form)
    return head + (b"," if form == ox.RdfFormat.JSON_LD else b"").join(inner) + tail


def _block(data: bytes, forms: Sequence[ox.RdfFormat]) -> bytes:
    """A block in each syntax, without what stands before and after the blocks, led by a line of their lengths."""
    inner = [_serialized(data, form)[len(_frame(form)[0]) :].removesuffix(_frame(form)[1]) for form in forms]
    return " ".join(str(len(each)) for each in inner).encode() + b"\n" + b"".join(inner)


def _read(data: bytes) -> list[bytes]:
    sizes, _, rest = data.partition(b"\n")
    ends = list(accumulate(map(int, sizes.split())))
    return [rest[start:end] for start, end in zip([0, *ends], ends, strict=False)]


@cache
def _frame(form: ox.RdfFormat) -> tuple[bytes, bytes]:
    """What stands before and after all triples: prefixes or brackets."""
    if form == ox.RdfFormat.JSON_LD:
        return b"[", b"]"
    if form == ox.RdfFormat.RDF_XML:
        tail = b"\n</rdf:RDF>"
        return _serialized(b"", form).removesuffix(tail), tail
    lines = _serialized(b"<a:a> <a:a> <a:a> .\n", form).splitlines(keepends=True)
    return b"".join(line for line in lines if line.startswith(b"@prefix ")), b""


def _serialized(data: bytes, form: ox.RdfFormat) -> bytes:
    prefixes = None if form == ox.RdfFormat.JSON_LD else dict(sorted(PREFIXES.items()))
    return serialize(triples_of([data.rstrip(b"\n")]) if data else [], form, prefixes)
