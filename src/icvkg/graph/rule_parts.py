"""What a rule reads and writes, taken from its text."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache

from icvkg.namespaces import PREFIXES
from icvkg.store.patterns import TYPE, Body, How, OpaqueError, Reader
from icvkg.store.tokens import seen, tokens

ANY = ""
"""Stands for every predicate: what is read or written cannot be told from the text."""


@dataclass(frozen=True)
class Reading:
    """What a rule asks for: a predicate (with the class, where it asks for instances), and how."""

    key: str
    how: How


@dataclass(frozen=True)
class Parts:
    """The keys that a rule writes, what it reads, and its clauses if it is no more than joins of triple patterns.

    A key is a predicate, or a class after rdf:type; ANY where the text leaves it open.
    """

    writes: frozenset[str]
    reads: frozenset[Reading]
    heads: Body = ()
    bodies: tuple[Body, ...] = ()


@cache
def parts_of(text: str) -> Parts:
    """The parts of a CONSTRUCT query; of one that this small reader cannot follow, ANY."""
    stream = [token for _, token in seen(tokens(text))]
    construct = next((place for place, token in enumerate(stream) if token.is_word("CONSTRUCT")), len(stream))
    try:
        spaces = PREFIXES | dict(re.findall(r"PREFIX\s+([\w.-]*):\s*<([^>]*)>", text, re.IGNORECASE))
        reader = Reader(stream[construct + 1 :], spaces)
        template = reader.group(How.PRESENT)
        heads, is_plain, reader.patterns = template[0], reader.is_plain and len(template) == 1, []
        reader.skip_word("WHERE")
        bodies = reader.group(How.PRESENT)
    except (OpaqueError, IndexError):
        return Parts(frozenset([ANY]), frozenset([Reading(ANY, How.EITHER)]))
    writes = frozenset(key for head in heads for key in _keys((head[1],), head[2]))
    reads = frozenset(Reading(key, each.how) for each in reader.patterns for key in _keys(each.path, each.value))
    if is_plain and reader.is_plain and _is_horn(heads, bodies):
        return Parts(writes, reads, heads, tuple(bodies))
    return Parts(writes, reads)


def is_written(read: str, written: Set[str]) -> bool:
    """Whether triples of one of these keys may be triples of the key read; instances of a class are those of rdf:type
    too.
    """
    if read in written or ANY in written or (read == ANY and written):
        return True
    return any(key.startswith(TYPE) for key in written) if read == TYPE else read.startswith(TYPE) and TYPE in written


def _keys(path: Sequence[str], value: str) -> list[str]:
    if any(part == "!" or (part.startswith("?") and part != "?") for part in path):
        return [ANY]
    named = [part for part in path if part.startswith("<")]
    return [f"{TYPE} {value}"] if named == [TYPE] == list(path) and value.startswith("<") else named


def _is_horn(heads: Body, bodies: Sequence[Body]) -> bool:
    """Whether every pattern has an IRI as predicate and two different ends, and no variable comes from nowhere."""
    patterns = [*heads, *(pattern for body in bodies for pattern in body)]
    plain = all(predicate.startswith("<") and subject and value and subject != value
                for subject, predicate, value in patterns)  # fmt: skip
    needed = {end for head in heads for end in head[::2] if end.startswith("?")}
    return plain and bool(heads) and all(needed <= {end for each in body for end in each[::2]} for body in bodies)
