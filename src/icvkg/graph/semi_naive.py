"""Rules that are joins of triple patterns, run until nothing new follows: each round joins only what the last one gave.

Semi-naive evaluation as in Abiteboul, Hull and Vianu, Foundations of Databases, section 13.1, over indexed pairs.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox

from icvkg.graph.cost import Cost
from icvkg.graph.relations import Pair, Relation, Row, Terms
from icvkg.graph.rule_parts import parts_of
from icvkg.graph.rules import Rule
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.patterns import Body, Pattern


def saturate(store: EmbeddedStore, rules: Sequence[Rule], costs: Mapping[str, Cost]) -> list[ox.Triple]:
    """All that the rules give together and the store does not hold; the store stays as it is."""
    return _Saturation(store, rules, costs).triples()


class _Saturation:
    """One run: the edges of every predicate that the rules speak of, and those that the last round added."""

    def __init__(self, store: EmbeddedStore, rules: Sequence[Rule], costs: Mapping[str, Cost]) -> None:
        self._rules, self._costs, self._terms = rules, costs, Terms()
        parts = [parts_of(rule.text) for rule in rules]
        patterns = [pattern for part in parts for body in (part.heads, *part.bodies) for pattern in body]
        self._all = {name: self._terms.relation(store, name) for name in sorted({each[1] for each in patterns})}
        self._fresh: Mapping[str, Relation] = {}

    def triples(self) -> list[ox.Triple]:
        """The triples that follow, by predicate."""
        found: dict[str, set[Pair]] = defaultdict(set)
        new = self._round(first=True)
        while new:
            for predicate, pairs in new.items():
                found[predicate] |= pairs
            self._fresh = {predicate: Relation(pairs) for predicate, pairs in new.items()}
            new = self._round(first=False)
        return [triple for predicate, pairs in found.items() for triple in self._terms.triples(predicate, pairs)]

    def _round(self, *, first: bool) -> Mapping[str, set[Pair]]:
        """New pairs by predicate; they count as known from then on."""
        given: dict[str, set[Pair]] = defaultdict(set)
        for rule in self._rules:
            with self._costs[rule.name].round():
                for predicate, pairs in self._given(rule, first=first):
                    if new := self._all[predicate].missing(pairs):
                        self._all[predicate].add(new)
                        given[predicate] |= new
                        self._costs[rule.name].edges += len(new)
        return given

    def _given(self, rule: Rule, *, first: bool) -> Iterator[tuple[str, set[Pair]]]:
        """What a rule gives: in the first round from all edges, later where one of the edges is fresh."""
        parts = parts_of(rule.text)
        for body in parts.bodies:
            starts = [None] if first else [place for place, each in enumerate(body) if each[1] in self._fresh]
            for start in starts:
                places, rows = self._joined(body, parts.heads, start)
                for subject, predicate, value in parts.heads:
                    one, other = places[subject], places[value]
                    pairs = {(row[one], row[other]) for row in rows}
                    literals = self._terms.literals
                    yield predicate, {pair for pair in pairs if pair[0] not in literals} if literals else pairs

    def _joined(self, body: Body, heads: Body, start: int | None) -> tuple[dict[str, int], list[Row]]:
        """The rows that fit all patterns, and the place of each variable and constant in them.

        With a start, that pattern comes first and is asked of the fresh edges only.
        """
        ends = dict.fromkeys(end for pattern in (*body, *heads) for end in pattern[::2] if end.startswith("<"))
        places = {end: place for place, end in enumerate(ends)}
        rows: list[Row] = [tuple(self._terms.number(ox.NamedNode(end[1:-1])) for end in ends)]
        waiting = list(body)
        while waiting:
            fresh = start is not None and len(waiting) == len(body)
            pattern = body[start] if start is not None and fresh else self._next(waiting, places)
            waiting.remove(pattern)
            relation = self._fresh[pattern[1]] if fresh else self._all[pattern[1]]
            rows = relation.joined(rows, places.get(pattern[0]), places.get(pattern[2]))
            for end in pattern[::2]:
                places.setdefault(end, len(places))
        return places, rows

    def _next(self, waiting: Sequence[Pattern], places: Mapping[str, int]) -> Pattern:
        """The pattern with the most known ends, the smallest of them."""
        return min(waiting, key=lambda each: (-sum(end in places for end in each[::2]), len(self._all[each[1]])))
