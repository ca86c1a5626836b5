"""The endpoint beyond the W3C suite: forms, conditional requests, other sites, health."""

import gzip
import json
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from tests.publish.serving import Running

ROWS = 'SELECT ?x ?y { VALUES (?x ?y) { (<x:a> "华为"@zh) (1.50 UNDEF) } }'
GRAPH = 'CONSTRUCT { <x:a> <x:b> "华为"@zh } { }'
READERS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/json", "application/json"),
        ("application/xml", "application/xml"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.3", "application/sparql-results+xml"),
        ("text/turtle, application/sparql-results+json;q=0.1", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
    ],
)
def test_rows_come_in_the_form_liked_best(server: Running, accept: str, media: str) -> None:
    answer = server.query(ROWS, Accept=accept) if accept else server.query(ROWS)
    assert (answer.status, answer.media) == (200, media)


@pytest.mark.parametrize("media", READERS)
def test_rows_are_the_same_in_every_form(server: Running, media: str) -> None:
    found = ox.parse_query_results(server.query(ROWS, Accept=media).body, format=READERS[media])
    assert isinstance(found, ox.QuerySolutions)
    rows = [(row["x"], row["y"]) for row in found]
    assert rows[0] == (ox.NamedNode("x:a"), ox.Literal("华为", language="zh"))
    assert rows[1][1] is None
    assert float(rows[1][0].value) == 1.5


def test_csv_is_what_the_w3c_says(server: Running) -> None:
    """Cells that a spreadsheet takes for formulas are not altered here (SPARQL 1.1 Query Results CSV, section 3)."""
    cells = ["=1+1", "+1", "-1", "@x", "\t=1", 'a"b', "a,b", "＝1"]
    values = " ".join(f'"{cell}"' for cell in [*cells[:5], 'a\\"b', *cells[6:]]).replace("\t", "\\t")
    answer = server.query(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}", Accept="text/csv")
    lines = answer.body.decode().split("\r\n")
    assert lines == ["x", *cells[:5], '"a""b"', '"a,b"', "＝1", ""]
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json",
                                   "application/trig", "application/n-quads", "text/n3"])  # fmt: skip
def test_triples_come_in_every_form(server: Running, media: str) -> None:
    answer = server.query(GRAPH, Accept=media)
    assert (answer.status, answer.media) == (200, media)
    read = ox.parse(answer.body, format=ox.RdfFormat.from_media_type(media))
    assert [quad.triple for quad in read] == [
        ox.Triple(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.Literal("华为", language="zh"))
    ]


@pytest.mark.parametrize(
    ("text", "accept"), [(ROWS, "text/turtle"), (GRAPH, "text/csv"), (ROWS, "image/png"), (GRAPH, "x")]
)
def test_a_form_that_cannot_be_had_is_406(server: Running, text: str, accept: str) -> None:
    answer = server.query(text, Accept=accept)
    assert (answer.status, answer.media) == (406, "application/problem+json")
    assert "can be had as" in answer.json()["detail"]


def test_the_tag_follows_from_release_query_and_form(server: Running) -> None:
    first, again, other = server.query(ROWS), server.query(ROWS), server.query(ROWS, Accept="text/csv")
    assert first.headers["etag"] == again.headers["etag"] != other.headers["etag"]
    assert server.query(f"{ROWS} ").headers["etag"] != first.headers["etag"]
    unchanged = server.query(ROWS, If_None_Match=first.headers["etag"])
    assert (unchanged.status, unchanged.body) == (304, b"")
    assert "Accept" in first.headers["vary"]


@pytest.mark.parametrize("call", ["RAND()", "NOW()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_each_time_is_neither_tagged_nor_kept(server: Running, call: str) -> None:
    answers = [server.query(f"SELECT ({call} AS ?x) {{ }}") for _ in range(2)]
    assert answers[0].body != answers[1].body or call == "BNODE()"
    assert all("etag" not in each.headers and each.headers["cache-control"] == "no-store" for each in answers)


def test_a_kept_answer_is_the_same_answer(server: Running) -> None:
    text = "SELECT * { ?s a icv:Firm } ORDER BY ?s LIMIT 50"
    answers = {server.query(text).body for _ in range(5)}
    assert len(answers) == 1
    packed = server.query(text, Accept_Encoding="gzip")
    assert gzip.decompress(packed.body) == answers.pop()
    assert packed.headers["vary"] == "Accept, Accept-Encoding"


def test_get_form_and_body_give_the_same(server: Running) -> None:
    data = urlencode({"query": ROWS}).encode()
    form = server.ask("POST", "/sparql", {"Content-Type": "application/x-www-form-urlencoded"}, data)
    direct = server.ask("POST", "/sparql", {"Content-Type": "application/sparql-query; charset=UTF-8"}, ROWS.encode())
    assert server.query(ROWS).body == form.body == direct.body


def test_our_prefixes_need_no_declaration_and_can_be_declared_otherwise(server: Running) -> None:
    assert server.query("ASK { act:huawei a icv:Firm }").json()["boolean"]
    assert not server.query("PREFIX act: <x:> ASK { act:huawei a icv:Firm }").json()["boolean"]


def test_words_like_service_and_from_are_no_calls(server: Running) -> None:
    said = 'VALUES ?from { "FROM <x> SERVICE <y>" }'
    text = f"PREFIX service: <x:> SELECT * {{ {said} OPTIONAL {{ ?s service:from ?from }} }} # FROM"
    assert server.query(text).status == 200
    assert server.query("ASK { ?x icv:fromMeans from-means:began }").json()["boolean"]


def test_a_syntax_error_points_at_its_place(server: Running) -> None:
    answer = server.query("SELECT * {\n  ?s ?p\n}")
    assert (answer.status, answer.media) == (400, "application/problem+json")
    assert "line 3, column 2" in answer.json()["detail"]


HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "SELECT * { \u202e", "\x00", "{{7*7}}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_an_error_repeats_the_query_only_as_json(server: Running, text: str) -> None:
    answer = server.query(text)
    assert (answer.status, answer.media) == (400, "application/problem+json")
    assert json.loads(answer.body)["status"] == 400
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_scripts_of_other_sites_may_read_what_is_public(server: Running) -> None:
    for path in ("/sparql?query=ASK%20%7B%7D", "/id/actor/huawei", "/doc/id/actor/huawei.ttl", "/context.jsonld"):
        answer = server.get(path, Origin="http://other.example")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
        assert server.ask("OPTIONS", path).headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
    for path in ("/health", "/ready"):
        assert "access-control-allow-origin" not in server.get(path).headers


def test_health_asks_the_graph_and_names_the_release(server: Running) -> None:
    health, ready = server.get("/health"), server.get("/ready")
    assert (health.status, ready.status) == (200, 200)
    assert health.json()["query"] == "done"
    assert health.json()["release"] == "2026.11.0"
    assert health.json()["hash"] == ready.json()["hash"]
    assert len(health.json()["hash"]) == 16


@pytest.mark.parametrize("host", ["evil.example/<script>", 'x"y', "a b", "[::1"])
def test_a_host_that_is_none_is_not_repeated(server: Running, host: str) -> None:
    answer = server.ask("GET", "/sitemap.xml", {"Host": host})
    assert host.encode() not in answer.body
