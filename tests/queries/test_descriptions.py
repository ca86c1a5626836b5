"""The catalogue as other tools read it: each description is checked by the tool or standard that it is made for."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import rdflib
from click.testing import Result
from openapi_spec_validator import OpenAPIV31SpecValidator
from pyshacl import validate
from rdflib.namespace import DCTERMS, RDF, RDFS, SH

from icvkg.errors import IcvkgError
from icvkg.knowledge import KnowledgeGraph
from icvkg.publish.pages import files
from icvkg.publish.pages.questions import EXPORTS
from icvkg.queries.catalogue import catalogue, find_query
from icvkg.queries.descriptions import openapi, pages, shacl
from icvkg.queries.descriptions.patterns import Edge, edges, mermaid
from icvkg.store.embedded import EmbeddedStore

QUERIES = catalogue()
ENDPOINT = "https://example.org/sparql"
EXAMPLE_SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass sh:SPARQLExecutable ;
  sh:property [ sh:path rdfs:comment ; sh:minCount 1 ; sh:uniqueLang true ] ;
  sh:property [ sh:path sh:select ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ;
  sh:property [ sh:path sh:prefixes ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path schema:keywords ; sh:minCount 1 ] ;
  sh:property [ sh:path schema:target ; sh:minCount 1 ; sh:nodeKind sh:IRI ] .
[] a sh:NodeShape ; sh:targetObjectsOf sh:declare ;
  sh:property [ sh:path sh:prefix ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path sh:namespace ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:anyURI ] .
"""
"""What an example of the SIB has: its question, one query, declared prefixes, keywords and an endpoint."""


@pytest.fixture(scope="module")
def examples() -> rdflib.Graph:
    """All files of SPARQL examples in one graph."""
    graph = rdflib.Graph()
    for data in shacl.files(QUERIES, ENDPOINT).values():
        graph.parse(data=data.decode(), format="turtle")
    return graph


def test_every_query_is_an_executable(examples: rdflib.Graph) -> None:
    found = set(examples.subjects(RDF.type, SH.SPARQLExecutable))
    assert {str(each).removeprefix(shacl.SPACE) for each in found} == {query.name for query in QUERIES}
    conforms, _, text = validate(examples, shacl_graph=rdflib.Graph().parse(data=EXAMPLE_SHAPE, format="turtle"))
    assert conforms, text


def test_the_meaning_of_each_is_told_in_both_languages(examples: rdflib.Graph) -> None:
    found = list(examples.subject_objects(DCTERMS.description))
    assert len(found) == 2 * len(QUERIES)
    said = {
        text.language: str(text)
        for name, text in found
        if str(name).endswith("/public-money") and isinstance(text, rdflib.Literal)
    }
    assert said["zh"].startswith("按场景和地点列出公共资金")
    assert said["en"].startswith("Public funding by scenario and place")


def test_the_texts_are_those_of_the_files(examples: rdflib.Graph, graph: KnowledgeGraph) -> None:
    name = "cities-in-programmes"
    subject = rdflib.URIRef(shacl.SPACE + name)
    _, rows = graph.store.select(str(examples.value(subject, SH.select)))
    assert rows == list(graph.query(name).rows)
    assert {each.language for each in examples.objects(subject, RDFS.comment) if isinstance(each, rdflib.Literal)} == {
        "en",
        "zh",
    }


def test_an_address_that_is_none_is_an_error() -> None:
    with pytest.raises(IcvkgError, match="is no address"):
        shacl.files(QUERIES[:1], "no address")


@pytest.fixture(scope="module")
def described(graph: KnowledgeGraph) -> dict[str, Any]:
    """The OpenAPI description."""
    return dict(json.loads(openapi.description(QUERIES, graph.store, "2026.11.0", "https://example.org")))


def test_the_openapi_description_is_valid(described: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(described).validate()
    assert described["openapi"] == "3.1.0"


def test_openapi_has_a_path_a_query_with_the_values_of_the_data(
    described: dict[str, Any],
) -> None:
    assert len(described["paths"]) == len(QUERIES)
    operation = described["paths"]["/queries/suppliers-of-component.{form}"]["get"]
    form, kind, supplier, _, day = operation["parameters"]
    assert form["schema"]["enum"] == ["json", "csv", "tsv"]
    assert "lidar" in kind["schema"]["enum"]
    assert kind["schema"]["default"] == "lidar"
    assert supplier["schema"]["examples"]
    assert day["schema"]["format"] == "date"


def test_the_site_answers_in_the_forms_described() -> None:
    assert set(openapi.MEDIA) <= set(EXPORTS)
    assert {form: files.MEDIA[form].split(";")[0] for form in openapi.MEDIA} == {
        form: kind for form, (kind, _) in openapi.MEDIA.items()
    }


def test_every_query_has_a_page_and_the_index_names_it() -> None:
    found = pages.files(QUERIES)
    assert len(found) == len(QUERIES) + 1
    index = found[pages.INDEX].decode()
    assert all(f"]({query.name}.md)" in index for query in QUERIES)
    assert all(found[f"{query.name}.md"].count(b"```mermaid") == 1 for query in QUERIES)


TEXT = """
PREFIX : <https://w3id.org/icvkg/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?a WHERE {
  VALUES ?k { UNDEF }
  ?a a :Firm ; :suppliesTo/:suppliesTo ?b ; rdfs:label ?n .
  OPTIONAL { ?a :kind ?k }
  FILTER NOT EXISTS { ?b :kind "x" }
  { SELECT ?b (COUNT(?a) AS ?all) WHERE { ?b :of ?a } GROUP BY ?b }
}"""


def test_the_edges_of_a_pattern() -> None:
    assert set(edges(TEXT)) == {
        Edge("?a", "rdf:type", "icv:Firm", "needed"),
        Edge("?a", "icv:suppliesTo/icv:suppliesTo", "?b", "needed"),
        Edge("?a", "icv:kind", "?k", "optional"),
        Edge("?b", "icv:kind", '"x"', "absent"),
        Edge("?b", "icv:of", "?a'", "needed"),
    }


def test_a_diagram_in_mermaid() -> None:
    lines = mermaid(TEXT, {"k"}).splitlines()
    assert lines[0] == "flowchart LR"
    names = {
        line.split("[")[-1].strip('"])'): line.split("(")[0].split("[")[0].strip() for line in lines if '["' in line
    }
    assert f'  {names["?a · icv:Firm"]} -.->|"icv:kind"| {names["?k"]}' in lines
    assert f'  {names["?b"]} --x|"icv:kind"| {names["&quot;x&quot;"]}' in lines
    assert lines[-1] == f"  class {names['?k']} parameter"


@pytest.mark.parametrize("form", ["shacl", "openapi", "md"])
def test_the_command_writes_them(form: str, run: Callable[..., Result], tmp_path: object) -> None:
    result = run("export", "queries", "--format", form, f"{tmp_path}/new/folder")
    assert result.return_value == 0
    assert f"{len(QUERIES)} queries" in result.stderr


def test_a_store_without_the_codes_lists_no_values() -> None:
    document = json.loads(
        openapi.description([find_query("suppliers-of-component")], EmbeddedStore.in_memory(), "1", None)
    )
    assert "servers" not in document
    assert document["paths"]["/queries/suppliers-of-component.{form}"]["get"]["parameters"][1]["schema"]["enum"] == []
