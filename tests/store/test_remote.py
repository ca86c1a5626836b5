"""An endpoint answers like the embedded store, or says in words what is wrong; faults come from a server of our own."""

import base64
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from icvkg.errors import IcvkgError
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.files import read_file
from icvkg.store.http import Limits
from icvkg.store.login import PASSWORD, TOKEN, USER
from icvkg.store.remote import RemoteStore
from tests.store.server import Answer, answering, oxigraph, reply

JSON = "application/sparql-results+json"
YES = b'{"head": {}, "boolean": true}'
NO_WAIT = Limits(seconds=5, repeats=2, wait=0.01)
DATA = b"""<http://e/a> <http://e/p> "x"@en , "01"^^<http://www.w3.org/2001/XMLSchema#integer> , _:b .
_:b <http://www.w3.org/2000/01/rdf-schema#label> "\\u8f66" ."""
pytest.importorskip("SPARQLWrapper", reason="needs SPARQLWrapper")


def test_it_answers_like_the_embedded_store(tmp_path: Path) -> None:
    (tmp_path / "data.nt").write_bytes(
        ox.serialize(ox.parse(DATA, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES) or b""
    )
    here = EmbeddedStore.in_memory(read_file(tmp_path / "data.nt"))
    with oxigraph(tmp_path / "data.nt") as url:
        there = RemoteStore(url)
        for text in ("SELECT ?o ?none { ?s <http://e/p> ?o FILTER(!isBlank(?o)) } ORDER BY ?o", "ASK { ?s ?p 1 }",
                     "SELECT ?l { ?s rdfs:label ?l }"):  # fmt: skip
            assert there.select(text) == here.select(text)
        assert there.ask("ASK { ?s rdfs:label ?l }") is True
        assert there.ask("ASK { <http://e/none> ?p ?l }") is False
        text = "CONSTRUCT { ?s <http://e/q> ?l } { ?b rdfs:label ?l . ?s <http://e/p> ?b }"
        assert there.construct(text) == here.construct(text)
        with pytest.raises(IcvkgError, match="refused the request"):
            there.select("SELECT * { ?s ?p }")
        with pytest.raises(IcvkgError, match="ASK was expected"):
            there.ask("SELECT * { ?s ?p ?o }")
        with pytest.raises(IcvkgError, match="SERVICE"):
            there.select("SELECT * { SERVICE <http://e/> { ?s ?p ?o } }")


FAULTS: dict[str, tuple[Answer, str]] = {
    "web page": (lambda h, _: reply(h, b"<html>", "text/html"), r"a web page where .* /sparql or /query"),
    "no json": (lambda h, _: reply(h, b'{"head":', JSON), "broken or cut short"),
    "half": (lambda h, _: reply(h, YES[:-9], JSON), "broken or cut short"),
    "other json": (lambda h, _: reply(h, b"[1]", JSON), "broken or cut short"),
    "login": (lambda h, _: reply(h, b"", "text/plain", 401), "asks for a login: set ICVKG_ENDPOINT_USER"),
    "address": (lambda h, _: reply(h, b"", "text/plain", 404), "nothing at this address"),
    "refused": (lambda h, _: reply(h, b"no\n such  form", "text/plain", 400), r"refused the request .*: no such form"),
    "busy": (lambda h, _: reply(h, b"later", "text/plain", 503), r"failed \(HTTP 503\): later"),
    "broken": (lambda h, _: reply(h, b"<p>", "text/html", 500), r"failed \(HTTP 500\)$"),
    "circle": (lambda h, _: reply(h, b"", "text/plain", 307, Location=h.path), "HTTP 307"),
    "hangs up": (lambda h, _: h.connection.close(), "cannot be reached, 3 times"),
    "cut": (lambda h, _: _cut(h), "cannot be reached, 3 times: the answer was cut short"),
}  # fmt: skip


def _cut(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "500")
    handler.end_headers()
    handler.wfile.write(YES)


@pytest.mark.parametrize("name", FAULTS)
def test_faults_are_named(name: str) -> None:
    answer, words = FAULTS[name]
    with answering(answer) as url, pytest.raises(IcvkgError, match=words):
        RemoteStore.reached(url, NO_WAIT)


def test_one_that_is_down_is_named() -> None:
    with answering(lambda h, _: reply(h, YES, JSON)) as url:
        pass
    with pytest.raises(IcvkgError, match=r"127.0.0.1:\d+/query: cannot be reached, 3 times: .*refused"):
        RemoteStore.reached(url, NO_WAIT)


def test_the_busy_are_asked_again_and_told_their_own_wait() -> None:
    times: list[float] = []

    def answer(handler: BaseHTTPRequestHandler, _: str) -> None:
        times.append(time.monotonic())
        if len(times) < 3:
            reply(handler, b"", "text/plain", 429, Retry_After="1" if len(times) == 2 else "soon")
        else:
            reply(handler, YES, JSON)

    with answering(answer) as url:
        assert RemoteStore(url, NO_WAIT).ask("ASK {}")
    assert len(times) == 3
    assert times[1] - times[0] < 0.9 < times[2] - times[1]


def test_a_slow_answer_is_given_up_once() -> None:
    asked = []

    def answer(handler: BaseHTTPRequestHandler, _: str) -> None:
        asked.append(1)
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.end_headers()
        for byte in YES:
            handler.wfile.write(bytes([byte]))
            time.sleep(0.1)

    start = time.monotonic()
    with answering(answer) as url, pytest.raises(IcvkgError, match=r"no whole answer in 0.3 s; --timeout"):
        RemoteStore.reached(url, Limits(seconds=0.3, repeats=2, wait=0.01))
    assert time.monotonic() - start < 2
    assert len(asked) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_takes_the_query_along(status: int) -> None:
    def answer(handler: BaseHTTPRequestHandler, body: str) -> None:
        if handler.path == "/query":
            reply(handler, b"", "text/plain", status, Location="/moved")
        else:
            assert handler.command == "POST"
            reply(handler, YES if parse_qs(body) == {"query": ["ASK {}"]} else b"", JSON)

    with answering(answer) as url:
        assert RemoteStore.reached(url, NO_WAIT).ask("ASK {}")


@pytest.mark.parametrize(
    ("login", "header"),
    [
        ({USER: "me", PASSWORD: "pass:word"}, "Basic " + base64.b64encode(b"me:pass:word").decode()),
        ({TOKEN: "secret\n"}, "Bearer secret"),
    ],
)
def test_a_login_comes_from_the_environment_and_goes_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, login: dict[str, str], header: str
) -> None:
    for name, value in login.items():
        monkeypatch.setenv(name, value)
    got: list[str | None] = []

    def keep(handler: BaseHTTPRequestHandler, _: str) -> None:
        got.append(handler.headers["Authorization"])
        reply(handler, YES, JSON)

    with answering(keep) as url:
        RemoteStore.reached(url, NO_WAIT)
        assert got == [header]
        with answering(lambda h, _: reply(h, b"", "text/plain", 307, Location=url)) as other:  # noqa: SIM117
            with pytest.raises(IcvkgError, match="a login is not taken along"):
                RemoteStore.reached(other, NO_WAIT)
    assert got == [header]


@pytest.mark.parametrize("url", ["localhost:7878", "file:///etc/passwd", "http://", "http://me:secret@localhost/query"])
def test_what_is_no_address_is_refused_without_repeating_a_secret(url: str) -> None:
    with pytest.raises(IcvkgError) as error:
        RemoteStore(url)
    assert "secret" not in str(error.value)
