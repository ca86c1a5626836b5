"""Triples added to a store or taken from it, and the focus nodes from which steps lead to them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

import pyoxigraph as ox

from icvkg.store.embedded import EmbeddedStore
from icvkg.validation.influence import Influence
from icvkg.validation.shapes_graph import Term
from icvkg.validation.steps import ANY, Step

Ways = Mapping[tuple[str, bool], Set[str]]
"""Paths by the predicate that they lead to, and whether that is taken backwards."""
_PREDICATE = re.compile(r"<[^<>]*>")


class Change:
    """A change that the store holds already.

    The way from a focus node to the first changed triple on it consists of triples that are as they were: so the store
    as it is now tells of both what came and what went.
    """

    def __init__(self, store: EmbeddedStore, changed: Iterable[ox.Triple], short: Ways) -> None:
        self._store, self._short = store, short
        self._ends: dict[tuple[str, bool], set[Term]] = defaultdict(set)
        for triple in EmbeddedStore.in_memory(changed):
            for predicate in (str(triple.predicate), ANY):
                self._ends[predicate, False].add(triple.subject)
                self._ends[predicate, True].add(triple.object)
        self.predicates = {predicate for predicate, _ in self._ends} - {ANY}
        self._found: dict[Step, Set[Term] | None] = {}
        self._before: dict[tuple[str, bool], dict[str, set[Term]]] = {}

    def reached(self, influence: Influence) -> set[Term] | None:
        """The nodes that the change reaches as focus nodes; None when all must be asked again.

        They need not be focus nodes. A blank node can be no value in a query, so that it means all.
        """
        if influence.predicates & (self.predicates | ({ANY} if self.predicates else set())):
            return None
        nodes: set[Term] = set()
        for step in influence.steps:
            if (step.predicate, step.is_inverse) in self._ends:
                found = self._from(step)
                if found is None:
                    return None
                nodes |= found
        return nodes

    def _from(self, step: Step) -> Set[Term] | None:
        if step not in self._found:
            ends = self._ends[step.predicate, step.is_inverse]
            blank = _has_blank(ends)
            found = self._leading(step, ends) if step.path and not blank else ends
            self._found[step] = None if blank or _has_blank(found) else found
        return self._found[step]

    def _leading(self, step: Step, ends: Set[Term]) -> Set[Term]:
        """The nodes from which the path of a step leads to the ends; of all paths of one predicate together, which
        most are.
        """
        way = step.predicate, step.is_inverse
        if way not in self._before:
            before = self._before[way] = defaultdict[str, set[Term]](set)
            for node, predicate in self._asked("?p", f"{_values('?p', self._short.get(way, ()))} ?this ?p ?end", ends):
                before[str(predicate)].add(node)
        if step.path in self._short.get(way, ()):
            return self._before[way][step.path]
        return {row[0] for row in self._asked("", f"?this {step.path} ?end", ends)}

    def _asked(self, more: str, pattern: str, ends: Set[Term]) -> Iterable[Sequence[Term]]:
        text = f"SELECT DISTINCT ?this {more} WHERE {{ {_values('?end', map(str, ends))} {pattern} }}"
        return self._store.select(text, authored=False)[1]  # type: ignore[return-value]


def short_paths(influences: Iterable[Influence]) -> Ways:
    """The paths of one predicate among the ways to each end."""
    found: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for step in {step for each in influences for step in each.steps if _PREDICATE.fullmatch(step.path)}:
        found[step.predicate, step.is_inverse].add(step.path)
    return found


def _values(variable: str, terms: Iterable[str]) -> str:
    return f"VALUES {variable} {{ {' '.join(sorted(terms))} }}"


def _has_blank(nodes: Iterable[Term]) -> bool:
    return any(isinstance(node, ox.BlankNode) for node in nodes)
