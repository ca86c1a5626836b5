"""Validation of a change: only the focus nodes that the change can reach are asked again."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace

import pyoxigraph as ox

from icvkg.store.embedded import EmbeddedStore
from icvkg.validation.change import Change, short_paths
from icvkg.validation.evaluation import evaluate, origin
from icvkg.validation.influence import Influence, influence
from icvkg.validation.model import Constraint
from icvkg.validation.plan import make_plan
from icvkg.validation.report import Report, Result
from icvkg.validation.run import validate
from icvkg.validation.shapes import ShapeReader
from icvkg.validation.shapes_graph import ShapesGraph, Term
from icvkg.validation.silence import is_silent
from icvkg.validation.targets import focus_pattern, target_class, targeted
from icvkg.validation.vocabulary import INSTANCE_OF, SUBCLASS

Key = tuple[str, str, str, str]
"""Shape, source, component and origin: the results of constraints that share them cannot be told apart."""


@dataclass(frozen=True)
class _Own:
    """The constraints of one shape with a target, the key of each, and what each depends on."""

    node: Term
    constraints: tuple[Constraint, ...]
    keys: tuple[Key, ...]
    influences: tuple[Influence, ...]

    def is_plain(self, constraint: Constraint) -> bool:
        """Whether a constraint is asked of the shape's own focus nodes, and of nothing else."""
        refers = constraint.operands or constraint.siblings or constraint.outer
        return not refers and constraint.focus == focus_pattern(constraint.targets)


class Revalidator:
    """Shapes, read once, for any number of changes.

    Where the shapes need pyshacl or the shapes graph, or the change is to the class hierarchy, all is validated again.
    """

    def __init__(self, shapes: ShapesGraph) -> None:
        self._shapes, self._reader, plan = shapes, ShapeReader(shapes), make_plan(shapes)
        self._is_whole = bool(plan.deferred) or plan.asks_shapes
        self._own = [] if self._is_whole else [self._read(node) for node in targeted(shapes)]
        self._short = short_paths(each for own in self._own for each in own.influences)
        shared = Counter(key for own in self._own for key in set(own.keys))
        self._is_whole |= any(count > 1 for count in shared.values())

    def _read(self, node: Term) -> _Own:
        flat = self._reader.top(node).flat()
        return _Own(node, flat, tuple(map(_key, flat)), tuple(map(influence, flat)))

    def report(self, store: EmbeddedStore, before: Report, changed: Iterable[ox.Triple]) -> Report:
        """The report of the store as it is now: `before` with what the change can alter asked again.

        `before` is the report of the same shapes before those triples were added or taken away.
        """
        change = Change(store, changed, self._short)
        if self._is_whole or f"<{SUBCLASS}>" in change.predicates:
            return validate(store, self._shapes)
        reached = [(own, *_reach(own, change)) for own in self._own]
        classes = _classes(store, {node for _, _, foci in reached for nodes in foci.values() for node in nodes})
        gone = {key for _, everywhere, _ in reached for key in everywhere}
        partly: dict[Key, set[str]] = {}
        constraints: list[Constraint] = []
        for own, everywhere, foci in reached:
            constraints += [each for each, key in zip(own.constraints, own.keys, strict=True) if key in everywhere]
            partly |= {key: set(map(str, nodes)) for key, nodes in foci.items()}
            still = set(_focus_nodes(store, own, set().union(*foci.values()), classes))
            constraints += self._among(own, still, _speaking(own, still, foci, store))
        found = [result for result in evaluate(store, constraints)[0].results if _is_asked(result, gone, partly)]
        return before.with_others(_asked(before.results, gone, partly), found)

    def _among(self, own: _Own, nodes: Iterable[Term], keys: Set[Key]) -> Iterator[Constraint]:
        """The constraints with those keys, asked of these focus nodes only.

        A shape that refers to others is read again, for they are asked of other nodes then too.
        """
        picked = [(place, each) for place, each in enumerate(own.constraints) if own.keys[place] in keys]
        if all(map(own.is_plain, dict(picked).values())):
            focus = _among(nodes) if picked else ""
            return (replace(each, focus=focus) for _, each in picked)
        flat = self._reader.top(own.node, _among(nodes)).flat()
        return (flat[place] for place, _ in picked)


def _classes(store: EmbeddedStore, nodes: Iterable[Term]) -> Mapping[Term, set[str]]:
    """The classes of each node, and those above them."""
    found: dict[Term, set[str]] = defaultdict(set)
    query = f"SELECT DISTINCT ?this ?class WHERE {{ {_among(nodes)} ?this {INSTANCE_OF} ?class }}"
    for node, kind in store.select(query, authored=False)[1]:
        if node is not None:
            found[node].add(str(kind))
    return found


def _focus_nodes(
    store: EmbeddedStore, own: _Own, nodes: Iterable[Term], classes: Mapping[Term, set[str]]
) -> Collection[Term]:
    """Those of the nodes that the shape's targets pick out now."""
    wanted = {target_class(target) for target in own.constraints[0].targets} if nodes else set()
    if "" not in wanted:
        return [node for node in nodes if not wanted.isdisjoint(classes.get(node, ()))]
    query = f"SELECT DISTINCT ?this WHERE {{ {_among(nodes)} {own.constraints[0].focus} }}"
    return [row[0] for row in store.select(query, authored=False)[1] if row[0] is not None]


def _speaking(own: _Own, still: Set[Term], foci: Mapping[Key, Set[Term]], store: EmbeddedStore) -> set[Key]:
    """The keys whose constraints may have something to say of what are focus nodes still."""
    asked = ((key, each, foci[key] & still) for key, each in zip(own.keys, own.constraints, strict=True) if key in foci)
    return {key for key, each, nodes in asked if nodes and not is_silent(each, nodes, store)}


def _among(nodes: Iterable[Term]) -> str:
    return f"VALUES ?this {{ {' '.join(sorted(map(str, nodes)))} }}"


def _key(constraint: Constraint) -> Key:
    return constraint.shape, str(constraint.source), constraint.component, origin(constraint)


def _asked(results: Iterable[Result], everywhere: Set[Key], partly: Mapping[Key, set[str]]) -> set[int]:
    """The places of the results of what is asked again."""
    names = set().union(*partly.values())
    near = ((place, one) for place, one in enumerate(results) if everywhere or one.focus in names)
    return {place for place, one in near if _is_asked(one, everywhere, partly)}


def _is_asked(result: Result, everywhere: Set[Key], partly: Mapping[Key, set[str]]) -> bool:
    key = (result.shape, result.source, result.component, result.origin)
    return key in everywhere or result.focus in partly.get(key, ())


def _reach(own: _Own, change: Change) -> tuple[set[Key], dict[Key, set[Term]]]:
    """The keys to be asked of all focus nodes again, and those to be asked of some, with these."""
    everywhere: set[Key] = set()
    foci: dict[Key, set[Term]] = {}
    for key, each in zip(own.keys, own.influences, strict=True):
        nodes = change.reached(each)
        if nodes is None:
            everywhere.add(key)
        elif nodes:
            foci[key] = foci.get(key, set()) | nodes
    return everywhere, {key: nodes for key, nodes in foci.items() if key not in everywhere}
