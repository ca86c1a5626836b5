"""The W3C SPARQL 1.1 Protocol suite, as a read-only endpoint has to pass it, and the service description tests."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from tests.publish.serving import Answer, Running, running
from tests.publish.w3c.manifests import MF, Manifest, Term

FOLDER = Path(__file__).parent / "w3c" / "protocol"
HT, CNT = "http://www.w3.org/2011/http#", "http://www.w3.org/2011/content#"
SD = "http://www.w3.org/ns/sparql-service-description#"
GRAPHS = "http://kasei.us/2009/09/sparql/data/data"
MANIFEST = Manifest(FOLDER / "manifest.ttl")
TESTS = {test.value.rpartition("#")[2]: test for test, _ in MANIFEST.tests()}
QUERIES = [name for name in TESTS if "update" not in name]
UPDATES = [name for name in TESTS if "update" in name]
TABULAR = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"}
RDF_TYPES = {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory, release: Path) -> Iterator[Running]:
    """A server over the graphs of the suite; data0, which it names and does not have, is a copy of data1."""
    folder = tmp_path_factory.mktemp("protocol") / "store"
    store = ox.Store(str(folder))
    for number, file in enumerate((1, 1, 2, 3)):
        name = ox.NamedNode(f"{GRAPHS}{number}.rdf")
        store.load(path=str(FOLDER / f"data{file}.nt"), format=ox.RdfFormat.N_TRIPLES, to_graph=name)
    store.flush()
    del store
    with running(store=folder, folder=release) as started:
        yield started


def requests(test: Term) -> Iterator[tuple[Term, str, str, dict[str, str], bytes | None]]:
    """Each request of a test: its node, method, target, headers, body."""
    action = MANIFEST.value(test, f"{MF}action")
    assert action is not None
    for request in MANIFEST.items(MANIFEST.value(action, f"{HT}requests")):
        fields = MANIFEST.items(MANIFEST.value(request, f"{HT}headers"))
        headers = {MANIFEST.text(each, f"{HT}fieldName"): MANIFEST.text(each, f"{HT}fieldValue") for each in fields}
        body = MANIFEST.value(request, f"{HT}body")
        data = None
        if body is not None:
            data = MANIFEST.text(body, f"{CNT}chars").encode(MANIFEST.text(body, f"{CNT}characterEncoding") or "utf-8")
        target = MANIFEST.text(request, f"{HT}absolutePath")
        yield request, MANIFEST.text(request, f"{HT}methodName"), target, headers, data


def is_wanted(status: int, wanted: list[str]) -> bool:
    return any(status // 100 == int(match[1]) for name in wanted if (match := re.search(r"StatusCode(\d)xx", name)))


def truth(answer: Answer) -> str:
    if answer.media.endswith("json"):
        return str(answer.json()["boolean"]).lower()
    return ElementTree.fromstring(answer.body).findtext("{http://www.w3.org/2005/sparql-results#}boolean") or ""


def test_the_suite_is_here() -> None:
    assert (len(QUERIES), len(UPDATES)) == (20, 14)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_is_answered_as_the_protocol_says(endpoint: Running, name: str) -> None:
    for node, method, target, headers, body in requests(TESTS[name]):
        answer = endpoint.ask(method, target, headers, body)
        response = MANIFEST.value(node, f"{HT}resp")
        assert response is not None
        statuses = [each.value for each in MANIFEST.objects(response, f"{MF}expectedStatus")]
        assert is_wanted(answer.status, statuses), (answer.status, answer.body)
        form = MANIFEST.text(response, f"{MF}expectedFormat")
        if form:
            assert answer.media in (RDF_TYPES if form == "RDF" else TABULAR)
        if expected := MANIFEST.text(response, f"{MF}expectedBoolean"):
            assert truth(answer) == expected


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_is_refused(endpoint: Running, name: str) -> None:
    """The queries of these tests, which look at what an update did, are left out."""
    sent = [each for each in requests(TESTS[name]) if "sparql-query" not in str(each[3])]
    assert sent
    for _, method, target, headers, body in sent:
        assert 400 <= endpoint.ask(method, target, headers, body).status < 500


def test_the_service_description_returns_rdf_at_the_endpoint(server: Running) -> None:
    """The three tests of the suite "service-description": it returns RDF, names the endpoint, fits the vocabulary."""
    answer = server.get("/sparql", Accept="text/turtle")
    assert (answer.status, answer.media) == (200, "text/turtle")
    triples = [quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.TURTLE)]
    services = {t.subject for t in triples if t.object == ox.NamedNode(f"{SD}Service")}
    endpoints = {t.object for t in triples if t.predicate == ox.NamedNode(f"{SD}endpoint")}
    assert endpoints == {ox.NamedNode(f"{server.url}/sparql")}
    assert len(services) == 1
    said = {t.predicate.value.removeprefix(SD) for t in triples if t.subject in services}
    assert {"supportedLanguage", "resultFormat", "defaultDataset"} <= said


@pytest.mark.parametrize("media", ["application/n-triples", "application/rdf+xml", "application/ld+json"])
def test_the_service_description_says_the_same_in_every_form(server: Running, media: str) -> None:
    turtle = server.get("/sparql", Accept="text/turtle").body
    other = server.get("/sparql", Accept=media)
    assert other.media == media
    read = {q.triple for q in ox.parse(other.body, format=ox.RdfFormat.from_media_type(media))}
    assert read == {q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
