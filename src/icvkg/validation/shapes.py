"""Reads shapes: each with the nodes it is asked of, its constraints, and the shapes it refers to (W3C SHACL)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.validation import authored
from icvkg.validation import parameters as core
from icvkg.validation.model import Constraint, Shape, UnsayableError, Validator
from icvkg.validation.paths import path_text
from icvkg.validation.patterns import inner_focus
from icvkg.validation.shapes_graph import ShapesGraph, Term, plain
from icvkg.validation.targets import ADVANCED, focus_pattern, target_patterns
from icvkg.validation.vocabulary import SH, component


@dataclass(frozen=True)
class _Asked:
    """Of which nodes a shape is asked, for which shape with a target, inside which shapes and along which paths."""

    focus: str
    name: str
    targets: tuple[str, ...]
    within: tuple[Term, ...] = ()
    outer: tuple[tuple[str, str], ...] = ()


class ShapeReader:
    """Turns nodes of a shapes graph into shapes."""

    def __init__(self, graph: ShapesGraph) -> None:
        self._graph = graph
        self._components = authored.components(graph)

    def top(self, node: Term, focus: str = "") -> Shape:
        """A shape with its own targets; raises UnsayableError, or IcvkgError where it is ill-formed.

        With a focus, a pattern over ?this, it is asked of those nodes instead.
        """
        if self._graph.objects(node, ADVANCED):
            raise UnsayableError("sh:target of SHACL Advanced Features")
        targets = tuple(target_patterns(self._graph, node))
        name = node.value if isinstance(node, ox.NamedNode) else ""
        return self._shape(node, _Asked(focus or focus_pattern(targets), name, targets))

    def _shape(self, node: Term, asked: _Asked) -> Shape:
        if node in asked.within:
            raise UnsayableError("a shape that refers to itself")
        path = self._path(node)
        if authored.is_true(self._graph.value(node, SH + "deactivated")):
            return Shape(asked.focus, path, (), ())
        within = (*asked.within, node)
        outer = (*asked.outer, (asked.focus, path)) if path else asked.outer
        inner = replace(asked, focus=inner_focus(asked.focus, path), within=within, outer=outer)
        parts = tuple(self._shape(part, inner) for part in self._graph.objects(node, SH + "property"))
        blank = self._blank(node, path, asked)
        return Shape(asked.focus, path, tuple(self._constraints(blank, inner)), parts)

    def _path(self, node: Term) -> str:
        paths = self._graph.objects(node, SH + "path")
        if len(paths) > 1:
            raise IcvkgError("a property shape has more than one sh:path")
        return path_text(self._graph, paths[0]) if paths else ""

    def _blank(self, node: Term, path: str, asked: _Asked) -> Constraint:
        """What all constraints of a shape have in common; component and parameter are still to be filled in."""
        severity = self._graph.text(node, SH + "severity") or SH + "Violation"
        messages = authored.read_messages(self._graph, node)
        return Constraint(
            asked.name, node, asked.targets, asked.focus, path, "", node, severity, messages, outer=asked.outer
        )

    def _constraints(self, blank: Constraint, inner: _Asked) -> Iterator[Constraint]:
        for predicate in self._graph.predicates(blank.source):
            name = predicate.removeprefix(SH)
            if core.is_foreign(predicate):
                raise UnsayableError(f"sh:{name}")
            if predicate in core.ON_VALUES_ONLY and not blank.path:
                raise IcvkgError(f"sh:{name} stands in a shape without sh:path")
            if predicate in core.COMPONENTS:
                for value in self._graph.objects(blank.source, predicate):
                    filled = replace(blank, component=core.COMPONENTS[predicate], parameter=value)
                    yield from self._core(filled, predicate, inner)
        yield from self._sparql(blank)
        yield from self._custom(blank)

    def _core(self, constraint: Constraint, predicate: str, inner: _Asked) -> Iterator[Constraint]:
        value = constraint.parameter
        if predicate in core.SWITCHES and not authored.is_true(value):
            return
        if predicate in core.LISTS:
            yield replace(constraint, members=self._graph.members(value))
        elif predicate in core.OF_SHAPES:
            yield replace(constraint, operands=(self._shape(value, inner),))
        elif predicate in core.OF_SHAPE_LISTS:
            yield replace(constraint, operands=tuple(self._shape(each, inner) for each in self._graph.members(value)))
        elif predicate in core.QUALIFIED:
            yield from self._qualified(constraint, inner)
        elif predicate == SH + "closed":
            yield replace(constraint, members=self._allowed(constraint.source))
        else:
            yield replace(constraint, flags=self._graph.text(constraint.source, SH + "flags") or "")

    def _qualified(self, constraint: Constraint, inner: _Asked) -> Iterator[Constraint]:
        node = constraint.source
        for qualified in self._graph.objects(node, SH + "qualifiedValueShape"):
            others = [self._shape(each, inner) for each in self._siblings(node) if each != qualified]
            yield replace(constraint, operands=(self._shape(qualified, inner),), siblings=tuple(others))

    def _siblings(self, node: Term) -> list[Term]:
        """The qualified shapes of the property shapes beside this one, where they are to be disjoint."""
        if not authored.is_true(self._graph.value(node, SH + "qualifiedValueShapesDisjoint")):
            return []
        parents = [parent for parent, part in self._graph.pairs(SH + "property") if part == node]
        parts = {part for parent in parents for part in self._graph.objects(parent, SH + "property")}
        found = {each for part in parts for each in self._graph.objects(part, SH + "qualifiedValueShape")}
        return sorted(found, key=str)

    def _allowed(self, node: Term) -> tuple[Term, ...]:
        """The predicates of a closed shape: those of its property shapes and those that it ignores."""
        ignored = [self._graph.members(each) for each in self._graph.objects(node, SH + "ignoredProperties")]
        parts = self._graph.objects(node, SH + "property")
        paths = [path for part in parts for path in self._graph.objects(part, SH + "path")]
        return tuple(each for each in (*paths, *sum(ignored, ())) if isinstance(each, ox.NamedNode))

    def _sparql(self, blank: Constraint) -> Iterator[Constraint]:
        for node in self._graph.objects(blank.source, SH + "sparql"):
            if authored.is_true(self._graph.value(node, SH + "deactivated")):
                continue
            messages = authored.read_messages(self._graph, node, blank.source)
            validator = authored.read_validator(self._graph, node)
            yield replace(blank, component=component("SPARQL"), parameter=node, messages=messages, validator=validator)

    def _custom(self, blank: Constraint) -> Iterator[Constraint]:
        for each in self._components:
            for bindings in each.uses(self._graph, blank.source):
                yield self._use(blank, each.node, bindings)

    def _use(self, blank: Constraint, node: Term, bindings: tuple[tuple[str, Term], ...]) -> Constraint:
        found = authored.validator_node(self._graph, node, has_path=bool(blank.path))
        if found is None:
            raise IcvkgError(f"{node} has no validator for this kind of shape")
        validator: Validator = authored.read_validator(self._graph, found, bindings)
        messages = authored.read_messages(self._graph, blank.source, found, node)
        return replace(blank, component=plain(node), parameter=node, messages=messages, validator=validator)
