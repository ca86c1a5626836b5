"""What is said of a resource: its concise bounded description, the claims about it, and the evidence of both."""

from collections.abc import Iterable

import pyoxigraph as ox

from icvkg.namespaces import BASE, DEF, ID, OUTSIDE
from icvkg.publish.resources import Published, Resource

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_LABEL = ox.NamedNode(OUTSIDE["rdfs"] + "label")
_EVIDENCE, _SOURCE = ox.NamedNode(DEF + "hasEvidence"), ox.NamedNode(DEF + "source")
_FOAF, _VOID = "http://xmlns.com/foaf/0.1/", "http://rdfs.org/ns/void#"
Subject = ox.NamedNode | ox.BlankNode


def description(graph: Published, resource: Resource) -> list[ox.Triple]:
    """The triples of the document about a resource, sorted.

    Of a thing (`id/`): its CBD (W3C submission "Concise Bounded Description": what it is the subject of, blank nodes
    followed), that of every claim that names it, of the evidence of both, of the sources, and the labels of all that is
    named. Of a module of the ontology: the whole module; of the release: VoID and DCAT. Of all: what the document is.
    """
    if resource.path in graph.modules:
        said = set(graph.modules[resource.path])
    elif resource == graph.release:
        said = set(graph.descriptions)
    else:
        said = _about(graph, ox.NamedNode(resource.iri))
    return sorted(said | _labels(graph, said) | set(_document(graph, resource)), key=str)


def _about(graph: Published, thing: ox.NamedNode) -> set[ox.Triple]:
    said = bounded(graph, thing)
    if thing.value.startswith(ID):
        for claim in claims(graph, thing):
            said |= bounded(graph, claim)
    for evidence in _objects(said, _EVIDENCE):
        said |= bounded(graph, evidence)
    for source in _objects(said, _SOURCE):
        said |= bounded(graph, source)
    return said


def claims(graph: Published, thing: ox.NamedNode) -> list[ox.NamedNode]:
    """The claims that name a thing, by IRI."""
    naming = {triple.subject for triple in graph.store.matching(value=thing)}
    return sorted((each for each in naming if _is_claim(each)), key=str)  # type: ignore[misc]


def _is_claim(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(f"{ID}claim/")


def bounded(graph: Published, subject: Subject) -> set[ox.Triple]:
    """What the subject is said to be; where a value is a blank node, what that is said to be as well."""
    said, waiting = set[ox.Triple](), [subject]
    while waiting:
        fresh = set(graph.store.matching(subject=waiting.pop())) - said
        said |= fresh
        waiting += [triple.object for triple in fresh if isinstance(triple.object, ox.BlankNode)]
    return said


def _objects(said: Iterable[ox.Triple], predicate: ox.NamedNode) -> set[ox.NamedNode]:
    return {t.object for t in said if t.predicate == predicate and isinstance(t.object, ox.NamedNode)}


def _labels(graph: Published, said: set[ox.Triple]) -> set[ox.Triple]:
    """The labels of everything of ours that is a value."""
    named = {t.object for t in said if isinstance(t.object, ox.NamedNode) and t.object.value.startswith(BASE)}
    return {label for each in named for label in graph.store.matching(subject=each, predicate=_LABEL)}


def _document(graph: Published, resource: Resource) -> Iterable[ox.Triple]:
    """What the document is: about what, under which licence, of which release."""
    document = ox.NamedNode(BASE + resource.document())
    said = {
        OUTSIDE["rdf"] + "type": _FOAF + "Document",
        _FOAF + "primaryTopic": resource.iri,
        OUTSIDE["dcterms"] + "license": LICENCE,
        _VOID + "inDataset": graph.release.iri,
    }
    return (ox.Triple(document, ox.NamedNode(name), ox.NamedNode(value)) for name, value in said.items())
