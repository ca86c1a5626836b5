"""Triples between pyoxigraph and rdflib, lexical forms and blank nodes' names kept."""

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node


def to_rdflib(triples: Iterable[ox.Triple]) -> Graph:
    """The triples as an rdflib graph; statements about triples themselves, which rdflib lacks, are left out."""
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        if not isinstance(triple.object, ox.Triple) and not isinstance(triple.subject, ox.Triple):
            graph.add((_rdflib(triple.subject), _rdflib(triple.predicate), _rdflib(triple.object)))
    return graph


def _rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    if term.datatype.value.endswith("#string"):
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def from_rdflib(graph: Graph) -> list[ox.Triple]:
    """The triples of an rdflib graph."""
    return [ox.Triple(_subject(s), ox.NamedNode(str(p)), _object(o)) for s, p, o in graph]


def _subject(node: Node) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(str(node)) if isinstance(node, BNode) else ox.NamedNode(str(node))


def _object(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if not isinstance(node, Literal):
        return _subject(node)
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype))) if node.datatype else ox.Literal(str(node))
