"""What authors write in SPARQL: constraints of a shape, and components of their own with parameters."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.validation.model import Messages, Validator
from icvkg.validation.shapes_graph import ShapesGraph, Term, plain
from icvkg.validation.vocabulary import OWL, SH


@dataclass(frozen=True)
class Component:
    """A constraint component: its parameters by predicate, those that may be left out, its validators."""

    node: Term
    parameters: dict[str, str]
    optional: frozenset[str]

    def uses(self, graph: ShapesGraph, shape: Term) -> Iterator[tuple[tuple[str, Term], ...]]:
        """The values of its parameters in a shape, once for each combination; nothing if one is missing."""
        stated = {predicate: graph.objects(shape, predicate) for predicate in self.parameters}
        if not self.parameters or any(not values for key, values in stated.items() if key not in self.optional):
            return
        given = [(self.parameters[key], values) for key, values in stated.items() if values]
        for values in product(*(values for _, values in given)):
            yield tuple((name, value) for (name, _), value in zip(given, values, strict=True))


def components(graph: ShapesGraph) -> list[Component]:
    """Every constraint component that the shapes graph declares."""
    declared = graph.instances(SH + "ConstraintComponent")
    return [_component(graph, node) for node in sorted(declared, key=str) if graph.objects(node, SH + "parameter")]


def _component(graph: ShapesGraph, node: Term) -> Component:
    parameters, optional = {}, set()
    for each in graph.objects(node, SH + "parameter"):
        path = graph.value(each, SH + "path")
        if not isinstance(path, ox.NamedNode):
            raise IcvkgError(f"{node}: a sh:parameter has no IRI as its sh:path")
        parameters[path.value] = path.value.replace("#", "/").rpartition("/")[2]
        if is_true(graph.value(each, SH + "optional")):
            optional.add(path.value)
    return Component(node, parameters, frozenset(optional))


def validator_node(graph: ShapesGraph, component: Term, *, has_path: bool) -> Term | None:
    """The validator that fits the kind of shape (SHACL section 6.2.3)."""
    special = SH + ("propertyValidator" if has_path else "nodeValidator")
    return graph.value(component, special) or graph.value(component, SH + "validator")


def read_validator(graph: ShapesGraph, node: Term, bindings: tuple[tuple[str, Term], ...] = ()) -> Validator:
    """The query of a SPARQL constraint or validator with the prefixes that it declares."""
    select, ask = graph.text(node, SH + "select"), graph.text(node, SH + "ask")
    text = select or ask
    if text is None:
        raise IcvkgError("a SPARQL constraint has neither sh:select nor sh:ask")
    return Validator("\n".join([*prologue(graph, node), text]), select is None, bindings)


def prologue(graph: ShapesGraph, node: Term) -> list[str]:
    """PREFIX lines of what sh:prefixes points at, imports included (SHACL section 5.2.1)."""
    owners, lines = list(graph.objects(node, SH + "prefixes")), set()
    for owner in owners:
        owners.extend(each for each in graph.objects(owner, OWL + "imports") if each not in owners)
        for each in graph.objects(owner, SH + "declare"):
            lines.add(f"PREFIX {graph.text(each, SH + 'prefix')}: <{graph.text(each, SH + 'namespace')}>")
    return sorted(lines)


def read_messages(graph: ShapesGraph, *nodes: Term | None) -> Messages:
    """The messages of the first node that has any, with their language tags."""
    for node in nodes:
        said = graph.objects(node, SH + "message") if node is not None else []
        if said:
            return tuple(sorted((getattr(text, "language", None) or "", plain(text)) for text in said))
    return ()


def is_true(term: Term | None) -> bool:
    """Whether a term is the literal true; SHACL knows no other way to write it."""
    return isinstance(term, ox.Literal) and term.value == "true"
