"""Graphs as lines of N-Triples or N-Quads: what releases are made of, merged, counted and compared as bytes."""

from collections.abc import Iterable, Sequence
from itertools import chain

import pyoxigraph as ox


def lines_of(statements: Sequence[ox.Triple] | Sequence[ox.Quad], form: ox.RdfFormat) -> list[bytes]:
    """The statements as sorted lines without line breaks, equal ones once."""
    return split(ox.serialize(statements, format=form) or b"")


def split(data: bytes) -> list[bytes]:
    """The lines of a text, sorted, equal ones once."""
    found = dict.fromkeys(data.split(b"\n"))
    found.pop(b"", None)
    return sorted(found)


def joined(lines: Iterable[bytes]) -> bytes:
    """The text of the lines, each ended by a line break."""
    text = b"\n".join(lines)
    return text + b"\n" if text else b""


def merged(parts: Iterable[Iterable[bytes]]) -> list[bytes]:
    """The lines of several parts, sorted, equal ones once."""
    return sorted(dict.fromkeys(chain.from_iterable(parts)))  # in runs: far quicker to sort than a set


def triples_of(lines: Iterable[bytes]) -> list[ox.Triple]:
    """The triples of the lines; blank nodes keep their names."""
    return [quad.triple for quad in ox.parse(joined(lines), format=ox.RdfFormat.N_TRIPLES)]


def has_blank(line: bytes) -> bool:
    """Whether a line of N-Triples may have a blank node at one of its ends."""
    return line.startswith(b"_:") or b"> _:" in line


def fill(store: ox.Store, lines: Sequence[bytes]) -> None:
    """Puts the triples of the lines into the default graph of a store; blank nodes keep their names."""
    blank = [line for line in lines if has_blank(line)]
    named = [line for line in lines if not has_blank(line)] if blank else lines
    store.bulk_load(joined(named), format=ox.RdfFormat.N_TRIPLES)
    store.extend(ox.Quad(*triple) for triple in triples_of(blank))
