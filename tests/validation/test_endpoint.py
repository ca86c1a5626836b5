"""Validation over the wire gives the report of the embedded store, whatever the endpoint calls its blank nodes."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from icvkg.cli.main import icvkg
from icvkg.errors import IcvkgError
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.files import serialize
from icvkg.store.remote import RemoteStore
from icvkg.validation.report import Report
from icvkg.validation.run import validate
from icvkg.validation.shapes_graph import ShapesGraph, read_shapes
from tests.store.server import Answer, answering, oxigraph, reply
from tests.validation.random_shapes import Random
from tests.validation.test_random import triples

pytest.importorskip("SPARQLWrapper", reason="needs SPARQLWrapper")
FIXTURE = Path(__file__).parents[1] / "fixtures" / "graph.ttl"
ABOUT_SHAPES = """
:Sh a sh:NodeShape ; sh:targetClass :C ; sh:property :P ; sh:sparql [ sh:select '''
SELECT $this WHERE { GRAPH $shapesGraph { ?shape sh:path ?path } FILTER NOT EXISTS { $this ?path ?value } }''' ;
  sh:prefixes [ sh:declare [ sh:prefix "sh" ; sh:namespace "http://www.w3.org/ns/shacl#"^^xsd:anyURI ] ] ] .
:P sh:path :p ; sh:maxCount 1 . :D sh:targetClass :C ; sh:property [ sh:path :p ; sh:datatype xsd:byte ] .
"""


def found(report: Report) -> Counter[tuple[str, ...]]:
    """The results, blank nodes without their names."""
    rows = ((*each.row, each.value, each.shape, str(each.messages)) for each in report.results)
    return Counter(tuple(re.sub(r"^_:\w+$", "_:", cell) for cell in row) for row in rows)


def renaming(store: ox.Store) -> Answer:
    """A server that names each blank node anew in each answer, as the standard allows."""
    numbers: Iterator[int] = count()

    def answer(handler: BaseHTTPRequestHandler, body: str) -> None:
        result = store.query(parse_qs(body)["query"][0])
        if isinstance(result, ox.QueryTriples):
            text, form = result.serialize(format=ox.RdfFormat.N_TRIPLES), "application/n-triples"
        else:
            text, form = result.serialize(format=ox.QueryResultsFormat.JSON), "application/sparql-results+json"
        document = (text or b"").decode()
        for name in sorted(set(re.findall(r'"type":"bnode","value":"(\w+)"', document))):
            document = document.replace(f'"{name}"', f'"n{next(numbers)}"')
        reply(handler, document.encode(), form)

    return answer


def test_random_shapes_give_the_same_over_the_wire() -> None:
    """Half of the nodes are blank; some shapes join several answers on them."""
    results = 0
    for seed in range(150):
        drawn = Random(seed)
        text = drawn.shape()
        data, shapes = triples(drawn.data(text)), ShapesGraph(triples(text))
        store = ox.Store()
        store.extend(ox.Quad(*triple) for triple in data)
        with answering(renaming(store)) as url:
            there = validate(RemoteStore(url), shapes)
        here = validate(EmbeddedStore(store), shapes)
        assert found(there) == found(here), f"seed {seed}\n{text}"
        results += len(here.results)
    assert results > 100


def test_what_an_endpoint_cannot_be_asked_is_fetched() -> None:
    """The shapes graph is not there; narrow integers go to pyshacl."""
    data = triples(':a a :C ; :p 1 , "x" . :b a :C .')
    store, shapes = ox.Store(), ShapesGraph(triples(ABOUT_SHAPES))
    store.extend(ox.Quad(*triple) for triple in data)
    with answering(renaming(store)) as url:
        there = validate(RemoteStore(url), shapes)
    here = validate(EmbeddedStore(store), shapes)
    assert found(there) == found(here)
    assert there.deferred == here.deferred
    assert [each.component.rpartition("#")[2].removesuffix("ConstraintComponent") for each in here.results] == [
        "Datatype", "Datatype", "MaxCount", "SPARQL",
    ]  # fmt: skip


def test_our_shapes_give_the_same_on_another_server(tmp_path: Path) -> None:
    """The fixture graph, with faults put in."""
    graph = EmbeddedStore.in_memory(quad.triple for quad in ox.parse(FIXTURE.read_bytes(), format=ox.RdfFormat.TURTLE))
    claims = graph.construct("CONSTRUCT { ?c icv:claimStatus ?s } WHERE { ?c icv:claimStatus ?s } ORDER BY ?c LIMIT 5")
    graph.remove(claims)
    (tmp_path / "data.nt").write_bytes(serialize(graph, ox.RdfFormat.N_TRIPLES))
    here = validate(graph, read_shapes())
    assert len(here.results) >= 5
    with oxigraph(tmp_path / "data.nt") as url:
        assert found(validate(RemoteStore(url), read_shapes())) == found(here)
        command = ["validate", "--endpoint", url, "--format", "json"]
        said = CliRunner().invoke(icvkg, command, standalone_mode=False)
        assert said.return_value == 1
        assert len(json.loads(said.output)) == len(here.results)


def test_an_endpoint_stands_alone() -> None:
    for more in ([str(FIXTURE)], ["--ontology"]):
        said = CliRunner().invoke(icvkg, ["validate", *more, "--endpoint", "http://localhost"], standalone_mode=False)
        assert isinstance(said.exception, IcvkgError)
        assert "stands alone" in str(said.exception)
