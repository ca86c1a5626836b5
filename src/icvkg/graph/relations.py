"""Edges of one predicate as pairs of numbers, to be joined from either end; and what the numbers stand for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from icvkg.store.embedded import EmbeddedStore

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Pair = tuple[int, int]
Row = tuple[int, ...]
_NONE: frozenset[int] = frozenset()


class Relation:
    """A set of pairs, indexed by their first ends, and by their last where that is asked for."""

    def __init__(self, pairs: Iterable[Pair] = ()) -> None:
        self._forward: defaultdict[int, set[int]] = defaultdict(set)
        self._backward: defaultdict[int, set[int]] | None = None
        self.add(pairs)

    def add(self, pairs: Iterable[Pair]) -> None:
        """Adds the pairs; an iterator is gone through once."""
        forward, backward = self._forward, self._backward
        for subject, value in pairs:
            forward[subject].add(value)
            if backward is not None:
                backward[value].add(subject)

    def _from_value(self) -> Mapping[int, set[int]]:
        if self._backward is None:
            self._backward = defaultdict(set)
            for subject, values in self._forward.items():
                for value in values:
                    self._backward[value].add(subject)
        return self._backward

    def missing(self, pairs: Iterable[Pair]) -> set[Pair]:
        """Those of the pairs that are not there."""
        forward = self._forward
        return {pair for pair in pairs if pair[1] not in forward.get(pair[0], _NONE)}

    def __len__(self) -> int:
        """How many subjects there are: enough to tell large from small."""
        return len(self._forward)

    def joined(self, rows: Sequence[Row], subject: int | None, value: int | None) -> list[Row]:
        """The rows that fit, with the ends that they do not yet have at their end.

        `subject` and `value` are the places of the ends in a row, None where a row has no such end.
        """
        forward = self._forward
        if subject is not None and value is not None:
            return [row for row in rows if row[value] in forward.get(row[subject], _NONE)]
        if subject is not None:
            return [(*row, end) for row in rows for end in forward.get(row[subject], _NONE)]
        if value is not None:
            backward = self._from_value()
            return [(*row, end) for row in rows for end in backward.get(row[value], _NONE)]
        return [(*row, start, end) for row in rows for start, ends in forward.items() for end in ends]


class Terms:
    """Terms as small numbers; `literals` are those that can be no subject."""

    def __init__(self) -> None:
        self._numbers: dict[Term, int] = {}
        self._terms: list[Term] = []
        self.literals: set[int] = set()

    def number(self, term: Term) -> int:
        """The number of a term, a new one at the first time."""
        found = self._numbers.setdefault(term, len(self._terms))
        if found == len(self._terms):
            self._terms.append(term)
            if isinstance(term, ox.Literal):
                self.literals.add(found)
        return found

    def relation(self, store: EmbeddedStore, predicate: str) -> Relation:
        """The edges of a predicate, an IRI in brackets, in the store."""
        number = self.number
        edges = store.edges(ox.NamedNode(predicate[1:-1]))
        return Relation((number(edge.subject), number(edge.object)) for edge in edges)

    def triples(self, predicate: str, pairs: Iterable[Pair]) -> Iterator[ox.Triple]:
        """The pairs as triples; no subject may be a literal."""
        node, terms = ox.NamedNode(predicate[1:-1]), self._terms
        return (ox.Triple(terms[subject], node, terms[value]) for subject, value in pairs)  # type: ignore[arg-type]
