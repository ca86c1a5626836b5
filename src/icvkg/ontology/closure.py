"""The ontology as one set of triples: every module and code list, imports followed by being there."""

from collections import defaultdict
from importlib.resources.abc import Traversable

import pyoxigraph as ox

from icvkg import artefacts
from icvkg.namespaces import CODE, OUTSIDE

_IN_SCHEME = ox.NamedNode(OUTSIDE["skos"] + "inScheme")


def read_ontology() -> list[ox.Triple]:
    """The triples of every Turtle file in `ontology/`, in file order; blank nodes are named by file and place."""
    return [triple for file in artefacts.sorted_files(artefacts.folder("ontology"), ".ttl") for triple in _read(file)]


def _read(file: Traversable) -> list[ox.Triple]:
    stem = file.name.removesuffix(".ttl")
    quads = ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def named(term: ox.BlankNode) -> ox.BlankNode:
        return names.setdefault(term, ox.BlankNode(f"{stem}-{len(names) + 1}"))

    def fixed(triple: ox.Triple) -> ox.Triple:
        subject, value = triple.subject, triple.object
        return ox.Triple(
            named(subject) if isinstance(subject, ox.BlankNode) else subject,
            triple.predicate,
            named(value) if isinstance(value, ox.BlankNode) else value,
        )

    return [fixed(quad.triple) for quad in quads]


def code_spaces(triples: list[ox.Triple]) -> dict[str, set[str]]:
    """The notations of each code list by its IRI space, such as `…/code/stage/`."""
    spaces: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, _ in triples:
        if predicate == _IN_SCHEME and isinstance(subject, ox.NamedNode) and subject.value.startswith(CODE):
            space, notation = subject.value.rsplit("/", 1)
            spaces[space + "/"].add(notation)
    return spaces
