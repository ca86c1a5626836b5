"""Traps that neither OWLAPI nor a profile report shows: each is looked for by a query over the release."""

from icvkg.knowledge import KnowledgeGraph
from icvkg.namespaces import OUTSIDE

PREFIXES = "".join(f"PREFIX {name}: <{OUTSIDE[name]}> " for name in ("owl", "rdf", "rdfs", "skos", "xsd"))
KNOWN_TO_HERMIT = {
    OUTSIDE["xsd"] + name for name in ("string", "boolean", "integer", "decimal", "dateTime", "anyURI")
} | {OUTSIDE["rdf"] + "langString"}


def rows(graph: KnowledgeGraph, pattern: str) -> list[tuple[str, ...]]:
    _, found = graph.store.select(f"{PREFIXES} {pattern}")
    return [tuple(str(term) for term in row) for row in found]


def test_no_class_is_a_value(graph: KnowledgeGraph) -> None:
    """A class as value becomes an individual of the same name, which the profile allows."""
    pattern = """SELECT ?s ?p ?class { ?class a owl:Class . ?s ?p ?class FILTER(isIRI(?class)) FILTER(?p NOT IN (
      rdf:type, rdf:first, rdfs:subClassOf, rdfs:domain, rdfs:range, owl:equivalentClass, owl:disjointWith)) }"""
    assert rows(graph, pattern) == []


def test_no_class_or_property_is_an_individual(graph: KnowledgeGraph) -> None:
    pattern = """SELECT ?term ?class { ?term a ?class . VALUES ?kind {
      owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty } ?term a ?kind .
      FILTER(!STRSTARTS(STR(?class), STR(owl:))) }"""
    assert rows(graph, pattern) == []


def test_no_property_is_a_value(graph: KnowledgeGraph) -> None:
    pattern = """SELECT ?s ?p ?property { VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty }
      ?property a ?kind . ?s ?p ?property FILTER(?p NOT IN (
      rdf:first, rdfs:subPropertyOf, owl:inverseOf, owl:equivalentProperty, owl:onProperty)) }"""
    assert rows(graph, pattern) == []


def test_there_are_no_blank_nodes_but_those_of_axioms(graph: KnowledgeGraph) -> None:
    pattern = """SELECT DISTINCT ?node { ?node ?p ?o FILTER(isBlank(?node))
      FILTER NOT EXISTS { ?node rdf:rest ?more } FILTER NOT EXISTS { ?node a owl:AllDisjointClasses }
      FILTER NOT EXISTS { ?node a owl:Restriction } FILTER NOT EXISTS { ?node a owl:Class } }"""
    assert rows(graph, pattern) == []


def test_values_have_datatypes_that_hermit_knows(graph: KnowledgeGraph) -> None:
    """An annotation may hold any other: HermiT does not look at it."""
    pattern = "SELECT DISTINCT ?type { ?p a owl:DatatypeProperty . ?s ?p ?value BIND(DATATYPE(?value) AS ?type) }"
    assert {row[0].strip("<>") for row in rows(graph, pattern)} <= KNOWN_TO_HERMIT


def test_ranges_are_datatypes_that_hermit_knows(graph: KnowledgeGraph) -> None:
    pattern = "SELECT DISTINCT ?range { ?property a owl:DatatypeProperty ; rdfs:range ?range }"
    assert {row[0].strip("<>") for row in rows(graph, pattern)} <= KNOWN_TO_HERMIT | {OUTSIDE["rdfs"] + "Literal"}


def test_there_is_one_header(graph: KnowledgeGraph) -> None:
    assert rows(graph, "SELECT ?header { ?header a owl:Ontology }") == [("<https://w3id.org/icvkg/ontology/icv>",)]
