"""Triples added to a store or taken from it, and the focus nodes from which steps lead to them."""

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from icvkg.store.embedded import EmbeddedStore
from icvkg.validation.influence import Influence
from icvkg.validation.shapes_graph import Term
from icvkg.validation.steps import ANY, Step


class Change:
    """A change that the store holds already.

    The way from a focus node to the first changed triple on it consists of triples that are as they were: so the store
    as it is now tells of both what came and what went.
    """

    def __init__(self, store: EmbeddedStore, changed: Iterable[ox.Triple]) -> None:
        self._store = store
        self._ends: dict[tuple[str, bool], set[Term]] = defaultdict(set)
        for triple in EmbeddedStore.in_memory(changed):
            for predicate in (str(triple.predicate), ANY):
                self._ends[predicate, False].add(triple.subject)
                self._ends[predicate, True].add(triple.object)
        self.predicates = {predicate for predicate, _ in self._ends} - {ANY}
        self._found: dict[Step, set[Term] | None] = {}

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

    def _from(self, step: Step) -> set[Term] | None:
        if step not in self._found:
            ends = self._ends[step.predicate, step.is_inverse]
            found = ends
            if step.path and not _has_blank(ends):
                values = f"VALUES ?end {{ {' '.join(sorted(map(str, ends)))} }}"
                text = f"SELECT DISTINCT ?this WHERE {{ {values} ?this {step.path} ?end }}"
                found = {row[0] for row in self._store.select(text, authored=False)[1] if row[0] is not None}
            self._found[step] = None if _has_blank(ends) or _has_blank(found) else found
        return self._found[step]


def _has_blank(nodes: Iterable[Term]) -> bool:
    return any(isinstance(node, ox.BlankNode) for node in nodes)
