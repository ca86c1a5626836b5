"""What of a graph a query can see: the edges of its patterns, as far as another pattern leaves them a start.

In `?claim icv:operator ?firm . ?firm rdfs:label ?name` a label counts only where it is that of an operator. Taking away
edges that start elsewhere changes no answer, so two graphs in which a query sees the same edges give the same answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from icvkg.namespaces import PREFIXES
from icvkg.store.patterns import TYPE, Asked, How, OpaqueError, Reader
from icvkg.store.reads import is_boundless
from icvkg.store.tokens import seen, tokens


@dataclass(frozen=True, order=True)
class Anchor:
    """The nodes at one end of the edges of a predicate; of rdf:type, those of one class where `kind` names it."""

    predicate: str
    is_object: bool
    kind: str = ""


@dataclass(frozen=True, order=True)
class Sight:
    """Edges: of one predicate (of all, where empty), to one class (of rdf:type), from one anchor's nodes."""

    predicate: str
    kind: str = ""
    anchor: Anchor | None = None


@cache
def sights(text: str) -> tuple[Sight, ...] | None:
    """What a SELECT or CONSTRUCT query can see; None when that may be anything, or the text is not understood."""
    if is_boundless(text):
        return None
    try:
        found = {sight for patterns in [_patterns(text)] for each in patterns for sight in _sights(each, patterns)}
    except (OpaqueError, IndexError):
        return None
    return None if any(not each.predicate and not each.anchor for each in found) else tuple(sorted(found, key=repr))


def _patterns(text: str) -> Sequence[Asked]:
    stream = [token for _, token in seen(tokens(text))]
    start = next((place for place, token in enumerate(stream) if token.is_word("CONSTRUCT", "SELECT")), len(stream))
    reader = Reader(stream[start + 1 :], PREFIXES | dict(re.findall(r"(?i)PREFIX\s+([\w.-]*):\s*<([^>]*)>", text)))
    if stream[start].is_word("CONSTRUCT"):
        reader.group(How.PRESENT)
        reader.patterns = []
    reader.skip_head()
    reader.group(How.PRESENT)
    if reader.goes_on():
        raise OpaqueError
    return reader.patterns


def _sights(each: Asked, patterns: Sequence[Asked]) -> Iterator[Sight]:
    names = ["" if _is_variable(part) else part for part in each.path if part.startswith("<") or _is_variable(part)]
    if "!" in each.path:
        raise OpaqueError
    if each.path == (TYPE,) and each.value.startswith("<"):
        yield Sight(TYPE, each.value)
    elif _is_sequence(each.path):
        yield Sight(names[0], "", _anchor(each, patterns))
        yield from (Sight(name, "", Anchor(before, True) if before else None) for before, name in pairwise(names))
    else:
        yield from (Sight(name) for name in names)


def _anchor(each: Asked, patterns: Sequence[Asked]) -> Anchor | None:
    """The nodes at which a pattern can start, where another one says: the first that does."""
    found = (_ends(other, each.subject) for other in patterns if other is not each and _binds(other, each, patterns))
    told = (anchor for anchor in found if anchor and (anchor.predicate, anchor.is_object) != (each.path[0], False))
    return next(told, None) if each.subject.startswith("?") else None


def _binds(other: Asked, each: Asked, patterns: Sequence[Asked]) -> bool:
    """Whether rows of a pattern live only by those of the other: in one group, or in a group that comes after it.

    Two groups down, an OPTIONAL between them would see its rows before the other can take them away.
    """
    is_before = patterns.index(other) < patterns.index(each)
    return other.scope == each.scope or (other.scope == each.scope[:-1] and is_before)


def _ends(other: Asked, variable: str) -> Anchor | None:
    if not _is_sequence(other.path) or any(map(_is_variable, other.path)):
        return None
    if other.path == (TYPE,) and other.value.startswith("<"):
        return Anchor(TYPE, False, other.value) if other.subject == variable else None
    if other.value == variable:
        return Anchor(other.path[-1], True)
    return Anchor(other.path[0], False) if other.subject == variable else None


def _is_sequence(path: Sequence[str]) -> bool:
    """Whether a path is of predicates one after another, no more."""
    return all(part == "/" if place % 2 else part.startswith("<") or _is_variable(part)
               for place, part in enumerate(path))  # fmt: skip


def _is_variable(part: str) -> bool:
    return part.startswith("?") and part != "?"
