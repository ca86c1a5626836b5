"""Every term is labelled, defined and used; every module imports what it names."""

import re
import xml.etree.ElementTree as ElementTree
from functools import cache
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from icvkg.graph.tables import schema
from icvkg.knowledge import KnowledgeGraph
from icvkg.namespaces import CODE, DEF

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
FILES = sorted(ONTOLOGY.glob("*.ttl"))
OURS = [file for file in FILES if file.stem != "alignment"]
BASE = "https://w3id.org/icvkg/ontology/"
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@cache
def parsed(file: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(file, format="turtle")


@cache
def closure() -> rdflib.Graph:
    whole = rdflib.Graph()
    for file in OURS:
        whole += parsed(file)
    return whole


def terms() -> list[URIRef]:
    found = {term for kind in KINDS for term in closure().subjects(RDF.type, kind) if isinstance(term, URIRef)}
    return sorted(found)


def own() -> list[URIRef]:
    return [term for term in terms() if term.startswith(DEF)]


def test_files_and_terms_were_found() -> None:
    assert len(FILES) >= 45
    assert len(own()) >= 180


def test_every_term_has_a_label_and_a_definition_in_both_languages() -> None:
    for term in terms():
        for predicate in (RDFS.label, SKOS.definition):
            languages = sorted(str(text.language) for text in closure().objects(term, predicate))  # type: ignore[attr-defined]
            assert languages == ["en", "zh"], (term, predicate)


def test_every_code_has_a_label_and_a_definition_in_both_languages() -> None:
    codes = set(closure().subjects(RDF.type, SKOS.Concept))
    assert len(codes) >= 350
    for code in codes:
        assert str(code).startswith(CODE)
        for predicate in (SKOS.prefLabel, SKOS.definition):
            languages = sorted(str(text.language) for text in closure().objects(code, predicate))  # type: ignore[attr-defined]
            assert languages == ["en", "zh"], (code, predicate)


def test_no_iri_is_two_kinds_of_property() -> None:
    for term in terms():
        kinds = [kind for kind in closure().objects(term, RDF.type) if kind in KINDS]
        assert len(kinds) == 1, term


def test_a_property_has_at_most_one_domain_and_one_range() -> None:
    for term in own():
        assert len(list(closure().objects(term, RDFS.domain))) <= 1, term
        assert len(list(closure().objects(term, RDFS.range))) <= 1, term


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_has_one_header_and_stands_in_the_catalogue(file: Path) -> None:
    (header,) = parsed(file).subjects(RDF.type, OWL.Ontology)
    assert str(header) == BASE + file.stem
    catalogue = ElementTree.parse(ONTOLOGY / "catalog-v001.xml").getroot()
    names = {entry.get("name"): entry.get("uri") for entry in catalogue}
    assert names[str(header)] == file.name
    for imported in parsed(file).objects(header, OWL.imports):
        assert names[str(imported)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_names_only_terms_that_it_imports(file: Path) -> None:
    reached, waiting = set[Path](), [file]
    while waiting:
        each = waiting.pop()
        reached.add(each)
        imports = {ONTOLOGY / f"{str(name).removeprefix(BASE)}.ttl" for name in parsed(each).objects(None, OWL.imports)}
        waiting.extend(imports - reached)
    declared = {term for each in reached for term in parsed(each).subjects(RDF.type, None)}
    named = {term for triple in parsed(file) for term in triple if isinstance(term, URIRef) and term.startswith(DEF)}
    assert named <= declared | {URIRef(DEF)}


def test_every_class_is_used_by_a_row() -> None:
    used = set()
    for table in schema().values():
        for column in table.columns:
            if column.predicate == "rdf:type" and column.value:
                choices = re.findall(r"\w+", column.format or "") if "{" in column.value else [column.value]
                used |= {URIRef(DEF + choice.removeprefix(DEF)) for choice in choices}
    above = {parent for each in used for parent in closure().transitive_objects(each, RDFS.subClassOf)}
    levels = {URIRef(DEF + "DrivingAutomationLevel")}
    classes = {term for term in own() if (term, RDF.type, OWL.Class) in closure()}
    assert classes - above == levels


def test_every_class_of_a_table_has_a_member(graph: KnowledgeGraph) -> None:
    counted = graph.query(
        "PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
        f' SELECT ?class {{ ?class a owl:Class . FILTER(STRSTARTS(STR(?class), "{DEF}"))'
        " FILTER NOT EXISTS { ?below rdfs:subClassOf* ?class . ?thing a ?below } }"
    )
    assert counted.rows == ()


def test_every_property_in_the_data_is_declared(graph: KnowledgeGraph) -> None:
    used = graph.query(f'SELECT DISTINCT ?p {{ ?s ?p ?o FILTER(STRSTARTS(STR(?p), "{DEF}")) }}')
    assert {URIRef(row["p"].replace("icv:", DEF)) for row in used} <= set(own())


def test_every_code_in_the_data_is_in_its_list(graph: KnowledgeGraph) -> None:
    stray = graph.query(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
        f' SELECT ?code {{ ?s ?p ?code FILTER(isIRI(?code) && STRSTARTS(STR(?code), "{CODE}"))'
        " FILTER NOT EXISTS { ?code skos:inScheme ?scheme } FILTER NOT EXISTS { ?code a skos:ConceptScheme } }"
    )
    assert stray.rows == ()
