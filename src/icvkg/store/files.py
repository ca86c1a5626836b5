"""RDF files to triples and back, in every syntax; what stands in named graphs counts like the rest."""

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from icvkg.errors import IcvkgError

if TYPE_CHECKING:
    from typing_extensions import Buffer

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".n3": ox.RdfFormat.N3,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}


def serialize(
    triples: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat, prefixes: dict[str, str] | None = None
) -> bytes:
    """The triples or quads in the order given, as bytes."""
    return ox.serialize(triples, format=form, prefixes=prefixes) or b""


def as_file(pieces: Iterable["Buffer"]) -> BinaryIO:
    """Pieces of bytes as a file that is read while they are made."""
    return io.BufferedReader(_Pieces(pieces), 1 << 20)


class _Pieces(io.RawIOBase):
    def __init__(self, pieces: Iterable["Buffer"]) -> None:
        super().__init__()
        self._pieces, self._rest = iter(pieces), memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, space: "Buffer") -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece).cast("B")
        target = memoryview(space)
        size = min(len(target), len(self._rest))
        target[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def is_rdf(file: Path) -> bool:
    """Whether the name ends like an RDF file, compressed or not."""
    return file.is_file() and _form(file) is not None


def _form(file: Path) -> ox.RdfFormat | None:
    return _FORMATS.get(Path(file.stem if file.suffix == ".gz" else file.name).suffix.lower())


def rdf_files(places: Iterable[Path]) -> Iterator[Path]:
    """The files given, and the RDF files anywhere inside the folders given, by name."""
    for place in places:
        found = sorted(file for file in place.rglob("*") if is_rdf(file)) if place.is_dir() else [place]
        if not found:
            raise IcvkgError(f"{place}: there is no RDF file in this folder")
        yield from found


def read_files(places: Iterable[Path]) -> list[ox.Triple]:
    """The triples of files and folders; the blank nodes of two files never meet, those of one keep their names."""
    files = list(rdf_files(places))
    return [triple for file in files for triple in read_file(file, rename=len(files) > 1)]


def read_file(file: Path, *, rename: bool = False) -> list[ox.Triple]:
    """The triples of a file, which may end in .gz; raises IcvkgError with line and column when it cannot be read.

    With `rename`, its blank nodes get names that no other file has.
    """
    form = _form(file)
    if form is None:
        raise IcvkgError(f"{file}: the ending must be one of {', '.join(sorted(_FORMATS))}")
    data = _bytes(file)
    if form is ox.RdfFormat.RDF_XML and b"<!DOCTYPE" in data:
        raise IcvkgError(f"{file}: a DOCTYPE is not allowed in RDF/XML here")
    base = file.resolve().as_uri()
    try:
        return [quad.triple for quad in ox.parse(data, format=form, base_iri=base, rename_blank_nodes=rename)]
    except (SyntaxError, ValueError) as error:
        place = f":{error.lineno}:{error.offset}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise IcvkgError(f"{file}{place}: {getattr(error, 'msg', error)}") from None


def _bytes(file: Path) -> bytes:
    try:
        return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise IcvkgError(f"{file}: {error}") from None
