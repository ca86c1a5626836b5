"""RDF files to triples and back: Turtle, N-Triples and RDF/XML."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from icvkg.errors import IcvkgError

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}


def serialize(
    triples: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat, prefixes: dict[str, str] | None = None
) -> bytes:
    """The triples or quads in the order given, as bytes."""
    return ox.serialize(triples, format=form, prefixes=prefixes) or b""


def read_file(file: Path) -> list[ox.Triple]:
    """The triples of a file; raises IcvkgError with line and column when it cannot be read as its ending says."""
    form = _FORMATS.get(file.suffix)
    if form is None:
        raise IcvkgError(f"{file}: the ending must be one of {', '.join(sorted(_FORMATS))}")
    data = file.read_bytes()
    if form is ox.RdfFormat.RDF_XML and b"<!DOCTYPE" in data:
        raise IcvkgError(f"{file}: a DOCTYPE is not allowed in RDF/XML here")
    try:
        return [quad.triple for quad in ox.parse(data, format=form)]
    except SyntaxError as error:
        raise IcvkgError(f"{file}:{error.lineno}:{error.offset}: {error.msg}") from None
