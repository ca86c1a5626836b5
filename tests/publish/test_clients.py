"""Clients that people use: SPARQLWrapper, rdflib's SPARQLStore, curl, Comunica."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

from tests.publish.serving import Running

HUAWEI = "https://w3id.org/icvkg/id/actor/huawei"
NAMES = f"""PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?name {{ <{HUAWEI}> rdfs:label ?name }} ORDER BY ?name"""
COMUNICA = os.environ.get("ICVKG_COMUNICA") or shutil.which("comunica-sparql")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(server: Running, method: str) -> None:
    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setMethod(method)
    client.setQuery(NAMES)
    client.setReturnFormat(JSON)
    answer: Any = client.queryAndConvert()
    assert {row["name"]["value"] for row in answer["results"]["bindings"]} >= {"Huawei", "华为"}
    client.setReturnFormat(XML)
    assert "华为" in client.queryAndConvert().toxml()  # type: ignore[union-attr]
    client.setReturnFormat(CSV)
    assert "华为" in client.queryAndConvert().decode()  # type: ignore[union-attr]
    client.setQuery(f"CONSTRUCT {{ <{HUAWEI}> ?p ?o }} WHERE {{ <{HUAWEI}> ?p ?o }}")
    client.setReturnFormat(TURTLE)
    assert len(Graph().parse(data=client.queryAndConvert(), format="turtle")) > 10  # type: ignore[arg-type]


def test_rdflib_sparqlstore(server: Running) -> None:
    graph = Graph(SPARQLStore(f"{server.url}/sparql", returnFormat="json"))
    assert {str(row[0]) for row in graph.query(NAMES)} >= {"Huawei", "华为"}  # type: ignore[index]
    assert len(list(graph.predicate_objects(URIRef(HUAWEI)))) > 10


def test_rdflib_reads_a_document(server: Running) -> None:
    assert len(Graph().parse(f"{server.url}/id/actor/huawei", format="turtle")) > 100


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl(server: Running) -> None:
    command = ["curl", "-sSf", "--compressed", "-H", "Accept: text/csv", "--data-urlencode", f"query={NAMES}"]
    said = subprocess.run([*command, f"{server.url}/sparql"], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[0] == "name"
    assert "华为" in said
    follow = ["curl", "-sSfL", "-H", "Accept: application/n-triples", f"{server.url}/id/actor/huawei"]
    assert f"<{HUAWEI}>" in subprocess.run(follow, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(
    not COMUNICA, reason="comunica-sparql is not on the path (npm install -g @comunica/query-sparql@4.5.0)"
)
def test_comunica(server: Running, tmp_path: Path) -> None:
    assert COMUNICA
    command = [COMUNICA, f"sparql@{server.url}/sparql", NAMES, "-t", "application/sparql-results+json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path, timeout=60)
    rows = json.loads(done.stdout)["results"]["bindings"]
    assert {row["name"]["value"] for row in rows} >= {"Huawei", "华为"}
