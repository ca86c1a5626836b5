"""The lines of a graph by predicate, to which lines are only ever added: how those that a query can see are found."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from functools import cached_property

from icvkg.store.patterns import TYPE
from icvkg.store.sights import Anchor, Sight

_Ends = dict[bytes, list[bytes]]
"""Lines by the term at one end."""


class Edges:
    """Sorted lines of N-Triples by predicate (an IRI in brackets)."""

    def __init__(self, lines: Sequence[bytes]) -> None:
        self._given = lines
        self._digests: dict[Sight, tuple[int, bytes]] = {}
        self._indexes: dict[tuple[str, bool], tuple[int, _Ends]] = {}

    @cached_property
    def _lines(self) -> dict[str, list[bytes]]:
        found: dict[bytes, list[bytes]] = defaultdict(list)
        for line in self._given:
            start = line.index(b" ") + 1
            found[line[start : line.index(b" ", start)]].append(line)
        return defaultdict(list, {name.decode(): lines for name, lines in found.items()})

    @property
    def predicates(self) -> Set[str]:
        """Those of all lines."""
        return self._lines.keys()

    def add(self, line: bytes) -> str:
        """Adds a line that is new; gives its predicate."""
        predicate = line.split(b" ", 2)[1].decode()
        self._lines[predicate].append(line)
        return predicate

    def of(self, predicates: Iterable[str]) -> list[bytes]:
        """The lines of these predicates."""
        return [line for name in predicates for line in self._lines.get(name, ())]

    def digest(self, predicate: str) -> bytes:
        """A hash over the lines of a predicate."""
        return self._digest(Sight(predicate))

    def digests(self, sights: Iterable[Sight]) -> list[bytes]:
        """A hash over the lines of each sight."""
        return [self._digest(sight) for sight in sights]

    def _digest(self, sight: Sight) -> bytes:
        lines = self.seen(sight)
        known = self._digests.get(sight)
        if known and known[0] == len(lines):  # as many lines are the same ones, for none is ever taken away
            return known[1]
        digest = hashlib.sha256(b"\n".join(sorted(lines))).digest()
        self._digests[sight] = len(lines), digest
        return digest

    def seen(self, sight: Sight) -> Sequence[bytes]:
        """The lines of a sight."""
        if sight.kind:
            return self._by_end(sight.predicate, is_object=True).get(sight.kind.encode(), [])
        if sight.anchor is None:
            return self._lines.get(sight.predicate, [])
        nodes = self._nodes(sight.anchor)
        if not sight.predicate:
            return [line for lines in self._lines.values() for line in lines if line[: line.index(b" ")] in nodes]
        lines = self._by_end(sight.predicate, is_object=False)
        return [line for node in nodes for line in lines.get(node, ())]

    def _nodes(self, anchor: Anchor) -> Set[bytes]:
        if anchor.kind:
            found = self._by_end(TYPE, is_object=True).get(anchor.kind.encode(), [])
            return {line[: line.index(b" ")] for line in found}
        return self._by_end(anchor.predicate, is_object=anchor.is_object).keys()

    def _by_end(self, predicate: str, *, is_object: bool) -> _Ends:
        """The lines of a predicate by one of their ends."""
        done, found = self._indexes.get((predicate, is_object), (0, defaultdict(list)))
        lines = self._lines.get(predicate, [])
        for line in lines[done:]:
            end = line.split(b" ", 2)[2][:-2] if is_object else line[: line.index(b" ")]
            found[end].append(line)
        self._indexes[predicate, is_object] = len(lines), found
        return found
