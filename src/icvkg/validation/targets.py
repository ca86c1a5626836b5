"""Targets: which nodes a shape is about (SHACL section 2.1.3), as SPARQL patterns over ?this."""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.validation.shapes_graph import ShapesGraph, Term
from icvkg.validation.vocabulary import RDFS, SH, SUBCLASS

_CLASS = f"?class <{SUBCLASS}>* {{}} . ?this a ?class ."
PATTERNS = {
    SH + "targetClass": _CLASS,
    SH + "targetNode": "VALUES ?this {{ {} }}",
    SH + "targetSubjectsOf": "?this {} ?target .",
    SH + "targetObjectsOf": "?target {} ?this .",
}
ADVANCED = SH + "target"


def targeted(graph: ShapesGraph) -> list[Term]:
    """Every shape with a target, sorted; deactivated ones too."""
    stated = {shape for predicate in (*PATTERNS, ADVANCED) for shape, _ in graph.pairs(predicate)}
    return sorted(stated | implicit(graph), key=str)


def implicit(graph: ShapesGraph) -> set[Term]:
    """Shapes that are classes as well: their instances are their targets."""
    shapes = graph.instances(SH + "NodeShape") | graph.instances(SH + "PropertyShape")
    classes = graph.instances(RDFS + "Class")
    return {shape for shape in shapes & classes if isinstance(shape, ox.NamedNode)}


def target_patterns(graph: ShapesGraph, shape: Term) -> Iterator[str]:
    """One pattern per target of the shape."""
    for predicate, pattern in PATTERNS.items():
        for target in graph.objects(shape, predicate):
            if not isinstance(target, ox.NamedNode) and not _may_be_literal(predicate, target):
                raise IcvkgError(f"{target} cannot be the value of sh:{predicate.removeprefix(SH)}")
            yield pattern.format(target)
    if shape in implicit(graph):
        yield _CLASS.format(shape)


def target_class(pattern: str) -> str:
    """The class, as an IRI in brackets, whose instances a target's pattern picks out; empty for other patterns."""
    found = re.fullmatch(re.escape(_CLASS.format("CLASS")).replace("CLASS", "(<[^>]*>)"), pattern)
    return found[1] if found else ""


def _may_be_literal(predicate: str, target: Term) -> bool:
    return predicate == SH + "targetNode" and isinstance(target, ox.Literal)


def focus_pattern(targets: tuple[str, ...]) -> str:
    """The targets together: each focus node once, as ?this."""
    union = " UNION ".join(f"{{ {target} }}" for target in targets)
    return f"{{ SELECT DISTINCT ?this WHERE {{ {union} }} }}"
