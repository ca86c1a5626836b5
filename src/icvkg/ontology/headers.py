"""Ontology headers of the documents that are made from others."""

from collections.abc import Iterable

import pyoxigraph as ox

from icvkg.namespaces import BASE, OUTSIDE
from icvkg.ontology.closure import ROOT

_VERSION = ox.NamedNode(OUTSIDE["owl"] + "versionIRI")


def rename(triples: Iterable[ox.Triple], old: ox.NamedNode, new: ox.NamedNode) -> list[ox.Triple]:
    """The triples with the header of `old` as the header of `new`, its version IRI changed alike."""

    def renamed(triple: ox.Triple) -> ox.Triple:
        if triple.subject != old:
            return triple
        if triple.predicate == _VERSION and isinstance(triple.object, ox.NamedNode):
            return ox.Triple(new, _VERSION, ox.NamedNode(triple.object.value.replace(old.value, new.value)))
        return ox.Triple(new, triple.predicate, triple.object)

    return [renamed(triple) for triple in triples]


def individuals_header(version: str) -> list[ox.Triple]:
    """The header of a release's individuals, which imports the ontology."""
    name = ox.NamedNode(BASE + "ontology/individuals")
    values: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (OUTSIDE["rdf"] + "type", ox.NamedNode(OUTSIDE["owl"] + "Ontology")),
        (OUTSIDE["owl"] + "imports", ROOT),
        (OUTSIDE["owl"] + "versionIRI", ox.NamedNode(f"{name.value}/{version}")),
        (OUTSIDE["owl"] + "versionInfo", ox.Literal(version)),
        (OUTSIDE["dcterms"] + "license", ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")),
        (OUTSIDE["dcterms"] + "title", ox.Literal("Individuals of the ICV value chain graph", language="en")),
        (OUTSIDE["dcterms"] + "title", ox.Literal("智能网联汽车价值链图谱的个体", language="zh")),
    ]
    return [ox.Triple(name, ox.NamedNode(predicate), value) for predicate, value in values]
