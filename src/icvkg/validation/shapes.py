"""Reads shapes: each constraint by itself, with its targets, path, parameters and messages (W3C SHACL)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from icvkg import artefacts
from icvkg.errors import IcvkgError

COMPONENTS = {
    SH.minCount: SH.MinCountConstraintComponent,
    SH.maxCount: SH.MaxCountConstraintComponent,
    SH.datatype: SH.DatatypeConstraintComponent,
    SH["class"]: SH.ClassConstraintComponent,
    SH.nodeKind: SH.NodeKindConstraintComponent,
    SH["in"]: SH.InConstraintComponent,
    SH.pattern: SH.PatternConstraintComponent,
    SH.minInclusive: SH.MinInclusiveConstraintComponent,
    SH.maxInclusive: SH.MaxInclusiveConstraintComponent,
    SH.lessThanOrEquals: SH.LessThanOrEqualsConstraintComponent,
    SH.languageIn: SH.LanguageInConstraintComponent,
    SH.uniqueLang: SH.UniqueLangConstraintComponent,
    SH.hasValue: SH.HasValueConstraintComponent,
    SH.sparql: SH.SPARQLConstraintComponent,
}
_DESCRIPTIVE = {
    RDF.type, RDFS.label, RDFS.comment, SH.path, SH.property, SH.message, SH.severity, SH.name, SH.description,
    SH.order, SH.group, SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.flags,
}  # fmt: skip


@dataclass(frozen=True)
class Constraint:
    """One constraint of one shape, with everything needed to check it and to speak of it.

    `targets` are SPARQL patterns over ?this; `path` is a SPARQL property path, empty on a node shape; `parameter`
    is the value of the component's parameter, a tuple for lists.
    """

    shape: str
    targets: tuple[str, ...]
    path: str
    component: URIRef
    parameter: Node | tuple[Node, ...]
    severity: str
    messages: tuple[tuple[str, str], ...]
    query: str = ""
    flags: str = ""


def read_shapes(folder: Traversable | None = None) -> Graph:
    """All shapes of a folder (`validation/shapes` unless given) as one graph."""
    graph = Graph()
    for file in artefacts.sorted_files(folder or artefacts.folder("validation") / "shapes", ".ttl"):
        graph.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    return graph


def constraints(graph: Graph) -> list[Constraint]:
    """Every constraint of every shape with a target, sorted; raises IcvkgError for components not handled here."""
    targeted = {shape for predicate in _TARGETS for shape in graph.subjects(predicate)}
    found = [one for shape in targeted for one in _of_shape(graph, shape)]
    return sorted(found, key=lambda one: (one.shape, one.path, one.component, str(one.parameter)))


def _of_shape(graph: Graph, shape: Node) -> Iterator[Constraint]:
    targets = tuple(_targets(graph, shape))
    yield from _own(graph, shape, targets, str(shape))
    for part in graph.objects(shape, SH.property):
        yield from _own(graph, part, targets, str(shape))


def _own(graph: Graph, shape: Node, targets: tuple[str, ...], name: str) -> Iterator[Constraint]:
    path = graph.value(shape, SH.path)
    for predicate, value in graph.predicate_objects(shape):
        if predicate in _DESCRIPTIVE:
            continue
        if predicate not in COMPONENTS:
            raise IcvkgError(f"{name}: {predicate} is not among the SHACL components that are compiled here")
        if predicate == SH.uniqueLang and not bool(value):
            continue
        holder = value if predicate == SH.sparql else shape
        yield Constraint(
            shape=name,
            targets=targets,
            path=path_text(graph, path) if path is not None else "",
            component=COMPONENTS[URIRef(str(predicate))],
            parameter=tuple(Collection(graph, value)) if _is_list(graph, value) else value,
            severity=str(graph.value(shape, SH.severity) or SH.Violation),
            messages=_messages(graph, holder) or _messages(graph, shape),
            query=_select(graph, value) if predicate == SH.sparql else "",
            flags=str(graph.value(shape, SH.flags) or ""),
        )


_TARGETS = {
    SH.targetClass: "?class <http://www.w3.org/2000/01/rdf-schema#subClassOf>* {} . ?this a ?class .",
    SH.targetNode: "VALUES ?this {{ {} }}",
    SH.targetSubjectsOf: "?this {} ?target .",
    SH.targetObjectsOf: "?target {} ?this .",
}


def _targets(graph: Graph, shape: Node) -> Iterable[str]:
    for predicate, pattern in _TARGETS.items():
        for target in sorted(graph.objects(shape, predicate), key=str):
            yield pattern.format(target.n3())


def path_text(graph: Graph, path: Node) -> str:
    """A SHACL path as a SPARQL property path: predicates, inverses and sequences."""
    if isinstance(path, URIRef):
        return path.n3()
    inverse = graph.value(path, SH.inversePath)
    if inverse is not None:
        return "^" + path_text(graph, inverse)
    if _is_list(graph, path):
        return "/".join(path_text(graph, step) for step in Collection(graph, path))
    raise IcvkgError("a SHACL path other than a predicate, an inverse or a sequence is not compiled here")


def _is_list(graph: Graph, node: Node) -> bool:
    return node == RDF.nil or (isinstance(node, BNode) and (node, RDF.first, None) in graph)


def _messages(graph: Graph, holder: Node) -> tuple[tuple[str, str], ...]:
    said = [text for text in graph.objects(holder, SH.message) if isinstance(text, Literal)]
    return tuple(sorted((text.language or "en", str(text)) for text in said))


def _select(graph: Graph, constraint: Node) -> str:
    """The SELECT of a SPARQL constraint with the prefixes it declares (SHACL section 5.2.1)."""
    owner = graph.value(constraint, SH.prefixes)
    lines = [
        f"PREFIX {graph.value(each, SH.prefix)}: <{graph.value(each, SH.namespace)}>"
        for each in (graph.objects(owner, SH.declare) if owner is not None else ())
    ]
    return "\n".join([*sorted(lines), str(graph.value(constraint, SH.select))])
