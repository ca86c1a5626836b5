"""A release in another store: whole, resumed where a load was killed, never doubled, compared with what was sent."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pyoxigraph as ox
import pytest
from click.testing import Result

from icvkg.errors import IcvkgError
from icvkg.release.loading import blocks, compare, load
from icvkg.release.stamp import Stamp, read_stamp
from icvkg.store.asking import Row
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.files import serialize
from icvkg.store.http import Limits
from icvkg.store.remote import RemoteStore
from icvkg.store.values import same_value
from icvkg.store.writing import GraphStoreWriter, GraphWriter, Statements, UpdateWriter, update_address
from tests.store.server import answering, reply
from tests.store.stores import Served, oxigraph

pytest.importorskip("SPARQLWrapper", reason="needs SPARQLWrapper")
STAMP = Stamp("2026.11.0", "0123456789abcdef", "2026-11-15")
XSD = "http://www.w3.org/2001/XMLSchema#"
LINES = """<http://e/a> <http://e/p> "车\\n\\"}"@zh .
<http://e/a> <http://e/p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://e/a> <http://e/q> _:b .
<http://e/b> <http://e/p> <http://e/a> .
<http://e/c> <http://e/p> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
_:b <http://e/p> "x" .
"""
TRIPLES = [quad.triple for quad in ox.parse(LINES, format=ox.RdfFormat.N_TRIPLES)]


class KilledError(Exception):
    """What ends a load early."""


class MemoryWriter:
    """Writes to a store in memory; is killed after so many requests."""

    def __init__(self, store: EmbeddedStore, requests: int = 1000) -> None:
        self.store, self.requests = store, requests

    def insert(self, triples: Statements) -> None:
        """Adds them, or is killed."""
        self.requests -= 1
        if self.requests < 0:
            raise KilledError
        self.store.load(serialize(triples, ox.RdfFormat.N_TRIPLES))

    def clear(self) -> None:
        """Is never asked for."""
        raise AssertionError


@contextmanager
def _oxigraph(graph: str | None, kind: str) -> Iterator[tuple[RemoteStore, GraphWriter]]:
    with oxigraph() as served:
        store = RemoteStore(served.query, graph=graph)
        by_update, by_post = UpdateWriter(served.update, graph), GraphStoreWriter(served.graph_store, graph)
        yield store, by_update if kind == "update" else by_post


@pytest.mark.parametrize("kind", ["update", "graph store"])
@pytest.mark.parametrize("graph", [None, "http://e/graph?x=1&y=ü"])
def test_what_was_sent_is_there_once_and_named(kind: str, graph: str | None) -> None:
    with _oxigraph(graph, kind) as (store, writer):
        first = load(TRIPLES, STAMP, store, writer, block=2)
        again = load(TRIPLES, STAMP, store, writer, block=3)
        assert (first.triples, first.written, first.surplus) == (6, 6, 0)
        assert (again.triples, again.written, again.surplus) == (6, 0, 0)
        assert first.sha256 == again.sha256
        assert read_stamp(store) == STAMP
        assert store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[1][0][0] == ox.Literal(10)
        writer.clear()
        assert not store.ask("ASK { ?s ?p ?o }")
        assert read_stamp(store) is None


@pytest.mark.parametrize("requests", range(6))
def test_a_load_that_was_killed_goes_on_where_it_stopped(requests: int) -> None:
    store = EmbeddedStore.in_memory()
    with pytest.raises(KilledError):
        load(TRIPLES, STAMP, store, MemoryWriter(store, requests - 1), block=1) if requests else _kill()
    held = len(store)
    assert read_stamp(store) is None
    done = load(TRIPLES, STAMP, store, MemoryWriter(store), block=1)
    assert done.written == len(TRIPLES) - held
    assert len(store) == len(TRIPLES) + len(STAMP.triples)
    assert read_stamp(store) == STAMP


def _kill() -> None:
    raise KilledError


def test_what_a_store_rewrites_is_named_and_what_it_loses_is_an_error() -> None:
    """The embedded store writes 01 as 1 by itself."""

    class Losing(EmbeddedStore):
        def select(self, text: str, *, authored: bool = True) -> tuple[list[str], list[Row]]:
            names, rows = super().select(text, authored=authored)
            two = ox.Literal("2", datatype=ox.NamedNode(XSD + "integer"))
            return names, [tuple(two if term and "integer" in str(term) else term for term in row) for row in rows]

    store = EmbeddedStore.in_memory()
    done = load(TRIPLES, STAMP, store, MemoryWriter(store))
    assert done.rewritten == {XSD + "integer": 1}
    assert done.examples[XSD + "integer"].endswith('as "1"^^<http://www.w3.org/2001/XMLSchema#integer>')
    store = Losing.in_memory()
    with pytest.raises(IcvkgError, match=r'1 triples that it does not give back, first: <http://e/a> .*"01"'):
        load(TRIPLES, STAMP, store, MemoryWriter(store))


def test_other_data_is_left_alone_and_said() -> None:
    other = ox.Triple(ox.NamedNode("http://e/z"), ox.NamedNode("http://e/p"), ox.Literal("z"))
    store = EmbeddedStore.in_memory([other])
    assert load(TRIPLES, STAMP, store, MemoryWriter(store)).surplus == 1
    assert other in store
    assert read_stamp(store) is None


def test_a_store_with_another_release_is_refused() -> None:
    store = EmbeddedStore.in_memory(Stamp("2025.01.0", "ffff", "2025-01-01").triples)
    with pytest.raises(IcvkgError, match=r"holds release 2025.01.0 \(ffff\): --replace"):
        load(TRIPLES, STAMP, store, MemoryWriter(store))
    store.add(STAMP.triples)
    with pytest.raises(IcvkgError, match=r"parts of several releases: 2025.01.0 .*, 2026.11.0"):
        read_stamp(store)


def test_a_subject_is_never_in_two_blocks() -> None:
    triples = [triple for triple in TRIPLES if isinstance(triple.object, ox.Literal)]
    parts = list(blocks(sorted(triples, key=str), 1))
    assert [len(part) for part in parts] == [2, 1, 1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("true", "boolean"), ("1", "boolean"), True),
        (("true", "boolean"), ("0", "boolean"), False),
        (("440.0", "decimal"), ("440", "integer"), True),
        (("440.0", "decimal"), ("44", "integer"), False),
        (("2024-01-01T00:00:00Z", "dateTime"), ("2024-01-01T08:00:00+08:00", "dateTime"), True),
        (("2024-01-01T00:00:00Z", "dateTime"), ("2024-01-01T00:00:00", "dateTime"), False),
        (("2024-01-01", "date"), ("2024-01-01Z", "date"), True),
        (("http://e/", "anyURI"), ("http://e/", "string"), False),
        (("x", "integer"), ("x", "integer"), True),
        (("x", "integer"), ("y", "integer"), False),
    ],
)
def test_values_are_compared_and_not_spellings(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    left, right = (ox.Literal(text, datatype=ox.NamedNode(XSD + name)) for text, name in (one, other))
    assert same_value(left, right) is same


def test_languages_differ_by_more_than_capitals() -> None:
    assert same_value(ox.Literal("x", language="zh-Hans"), ox.Literal("x", language="zh-hans"))
    assert not same_value(ox.Literal("x", language="zh"), ox.Literal("x"))
    a, b = (ox.NamedNode("http://e/a"), ox.NamedNode("http://e/b"))
    assert compare([ox.Triple(a, a, b)], {ox.Triple(a, a, a)}).missing


@pytest.mark.parametrize(
    ("query", "update"),
    [
        ("http://h/icvkg/query", "http://h/icvkg/update"),
        ("http://h/repositories/icvkg", "http://h/repositories/icvkg/statements"),
        ("http://h/sparql", "http://h/sparql"),
    ],
)
def test_addresses_for_updates_are_guessed(query: str, update: str) -> None:
    assert update_address(query) == update


FAULTS = {
    405: "does not take this kind of request",
    415: "does not take this media type",
    403: "not allowed here",
    413: "too long for it",
    500: r"failed \(HTTP 500\): disk full",
}


@pytest.mark.parametrize("status", FAULTS)
def test_a_refused_write_is_named(status: int) -> None:
    with answering(lambda h, _: reply(h, b"disk full", "text/plain", status)) as url:
        for writer in (UpdateWriter(url, None), GraphStoreWriter(url, None)):
            with pytest.raises(IcvkgError, match=FAULTS[status]):
                writer.insert(TRIPLES[:1])


def test_only_what_may_be_repeated_is_repeated() -> None:
    asked: list[str] = []

    def answer(handler: BaseHTTPRequestHandler, body: str) -> None:
        asked.append(body)
        reply(handler, b"", "text/plain", 503)

    with answering(answer) as url:
        writer = UpdateWriter(url, None, Limits(seconds=5, repeats=2, wait=0.01))
        for triples, times in ((TRIPLES[:1], 3), (TRIPLES[-1:], 1)):
            asked.clear()
            with pytest.raises(IcvkgError, match="HTTP 503"):
                writer.insert(triples)
            assert len(asked) == times


def test_a_cut_answer_of_virtuoso_is_no_answer() -> None:
    body = b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}'
    media = "application/sparql-results+json"
    with (
        answering(lambda h, _: reply(h, body, media, X_SPARQL_MaxRows="10000")) as url,
        pytest.raises(IcvkgError, match="cut its answer to 10000 rows"),
    ):
        RemoteStore(url).select("SELECT ?s { ?s ?p ?o }")


def test_the_command_says_what_it_did(run: Callable[..., Result]) -> None:
    with oxigraph() as served:
        first = run("load", served.query)
        assert first.return_value == 0
        assert "are in the store" in first.stdout
        assert run("load", served.query).stdout.splitlines()[0].endswith(", 0 of them written now;")
        wrong = run("load", served.query, "--graph", "no iri")
        assert "is no IRI of a graph" in str(wrong.exception)
        _asked(run, served)


def _asked(run: Callable[..., Result], served: Served) -> None:
    """Every command that reads gives the same there as here, and complains of nothing."""
    commands = (
        ("query", "driverless-paid-services", "--format", "csv"), ("search", "华为", "--format", "json"),
        ("describe", "huawei", "--format", "json"), ("describe", "huawei", "--lang", "zh"),
        ("queries", "suppliers-of-component", "--values", "kind"),
        ("cite", "clm:deployment-apollo-pingshan-2023"), ("quality", "--format", "csv"),
        ("query", "suppliers-of-component", "--param", "kind=lidar", "--param", "asOf=2023-06-30"),
    )  # fmt: skip
    for command in commands:
        here, there = run(*command), run(*command, "--endpoint", served.query)
        assert here.stdout == there.stdout
        assert (here.return_value, here.stderr) == (there.return_value, there.stderr)
    elsewhere = run("search", "华为", "--endpoint", served.query, "--graph", "http://e/none")
    assert elsewhere.return_value == 1
    assert "does not say which release it holds" in elsewhere.stderr
