"""Other triple stores: a release is loaded, read back, and gives the rows that the embedded store gives."""

from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
import rdflib

from icvkg.cli.quality import LONG
from icvkg.errors import IcvkgError
from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.catalogue import find_query, query_files
from icvkg.queries.parameters import bound_text
from icvkg.queries.quality import measure, metrics
from icvkg.release import dumps, location
from icvkg.release.loading import Loaded, load
from icvkg.release.stamp import Stamp
from icvkg.store.asking import AskableStore, Term
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.remote import RemoteStore
from icvkg.store.values import value_of
from icvkg.store.writing import GraphStoreWriter, GraphWriter, UpdateWriter
from tests.conftest import ROOT
from tests.store.stores import STORES, fuseki, virtuoso

pytest.importorskip("SPARQLWrapper", reason="needs SPARQLWrapper")
Rows = Counter[tuple[object, ...]]
NAMES = sorted(query_files())
SLOW = {"fuseki", "virtuoso"}
KINDS = [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in STORES]
UNSTEADY = {"virtuoso": {"who-earns-in-each-stage": "DISTINCT leaves some rows double while it has no statistics"}}
"""Queries whose rows a store gives, some of them more than once, with the reason (docs/stores.md)."""
REWRITTEN = {"virtuoso": {"http://www.w3.org/2001/XMLSchema#boolean"}}
"""Datatypes whose literals a store writes otherwise (docs/stores.md)."""


@pytest.fixture(scope="module", params=KINDS)
def loaded(request: pytest.FixtureRequest, graph: KnowledgeGraph) -> Iterator[tuple[str, RemoteStore, Loaded]]:
    """A store with the release in it, and how that went."""
    patch = pytest.MonkeyPatch()
    with STORES[request.param]() as served:
        for name, value in served.login.items():
            patch.setenv(name, value)
        store = RemoteStore(served.query, graph=served.graph)
        release = location.release_folder(graph.home, graph.manifest.digest)
        writers: list[GraphWriter] = [UpdateWriter(served.update, served.graph)]
        if request.param in SLOW:
            writers.insert(0, GraphStoreWriter(served.graph_store, served.graph))
        for writer in writers:
            writer.clear()
            done = load(dumps.read_dumps(release), Stamp.of(graph.manifest), store, writer)
        yield request.param, store, done
        patch.undo()


def rows(store: AskableStore, name: str, as_of: str) -> Rows:
    """The rows by value, whatever their order, and the columns in theirs."""
    columns, found = store.select(bound_text(find_query(name), {}, as_of))
    assert columns == list(find_query(name).columns)
    return Counter(tuple(map(_value, row)) for row in found)


def _value(term: Term | None) -> object:
    """A term, with numbers, days and truth by value; a plain text is the same whatever its datatype is called."""
    if not isinstance(term, ox.Literal):
        return term
    if term.language:
        return term.value, term.language.lower()
    family, value = value_of(term)
    return ("text" if family in ("string", "anyURI") else family), value


def test_the_release_is_there_whole(loaded: tuple[str, RemoteStore, Loaded], graph: KnowledgeGraph) -> None:
    name, store, done = loaded
    assert done.written == done.triples == len(graph.embedded)
    assert done.surplus == 0
    assert set(done.rewritten) == REWRITTEN.get(name, set())
    assert KnowledgeGraph.over(store, graph.home).release == graph.release
    assert KnowledgeGraph.over(store, graph.home).remark == ""


@pytest.mark.parametrize("query", NAMES)
def test_every_curated_query_gives_the_same_rows(
    query: str, loaded: tuple[str, RemoteStore, Loaded], graph: KnowledgeGraph
) -> None:
    name, store, _ = loaded
    expected = rows(graph.store, query, graph.manifest.as_of)
    assert expected or find_query(query).missing
    found = rows(store, query, graph.manifest.as_of)
    if query in UNSTEADY.get(name, {}):
        assert set(found) == set(expected)
    else:
        assert found == expected


def test_quality_search_and_descriptions_are_the_same(
    loaded: tuple[str, RemoteStore, Loaded], graph: KnowledgeGraph
) -> None:
    there = KnowledgeGraph.over(loaded[1], graph.home)
    assert there.search("华为") == graph.search("华为")
    for name in ("huawei", "shenzhen", "doc:smart-vehicle-strategy-2020", "clm:deployment-apollo-pingshan-2023"):
        assert there.describe(name) == graph.describe(name)
    assert there.cite("clm:deployment-apollo-pingshan-2023") == graph.cite("clm:deployment-apollo-pingshan-2023")
    wanted = [metric for metric in metrics() if metric.name != LONG]
    assert sorted(measure(there.store, wanted), key=str) == sorted(measure(graph.store, wanted), key=str)


DATA = """
@prefix : <http://e/> .
:a :is :T ; :p :b ; :day "2024-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> ; :n 7 .
:b :is :T ; :p :b .
:c :is :U .
"""
_CONCAT = 'SELECT (CONCAT("a", COALESCE(CONCAT(",", ?n), "")) AS ?x) { ?s :is :U OPTIONAL { ?s :n ?n } }'
UNBOUND = "SELECT ?s ?c { ?s :is :T OPTIONAL { ?s :n ?n } OPTIONAL { ?c :is :U FILTER(?c = ?n) } }"
ERRORS = {
    "a comparison is a number": "SELECT (?n > 3 AS ?x) { ?s :n ?n }",
    "whole numbers divide to whole numbers": "SELECT (?n / 2 AS ?x) { ?s :n ?n }",
    "BOUND inside COALESCE": "SELECT ?s { VALUES ?o { UNDEF } ?s :p ?x FILTER(COALESCE(?x = ?o, !BOUND(?o))) }",
    "UNDEF at the end of a path": "SELECT ?o { VALUES ?o { UNDEF } VALUES ?z { UNDEF } ?s :is ?z ; :p ?x . ?x :q? ?o }",
    "the year of nothing": "SELECT ?y { ?s :is :T OPTIONAL { ?s :day ?d } BIND(COALESCE(YEAR(?d), 0) AS ?y) }",
    "a path with two open ends": "SELECT ?s ?o { ?s :p+ ?o }",
    "VALUES that one branch binds": "SELECT ?s { VALUES ?x { 7 } { ?s :n ?x } UNION { ?s :is :U } }",
    "VALUES alone in a branch": "SELECT ?s { { ?x :p ?s } UNION { VALUES ?s { :c } } ?s :is ?k }",
    "CONCAT with nothing": _CONCAT,
    "nothing equals anything": UNBOUND,
}
"""The smallest queries that show an error of Virtuoso 7 over DATA."""
JENA_ERRORS = {"nothing equals anything": UNBOUND}
"""The same for Apache Jena: SPARQL 1.1 sections 17.2 and 18.5, a filter that errs takes the solution away."""
WRONG = {"fuseki": (fuseki, JENA_ERRORS), "virtuoso": (virtuoso, ERRORS)}


@pytest.mark.slow
@pytest.mark.parametrize("store", WRONG)
def test_the_errors_of_a_store_are_those_that_are_documented(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    serve, errors = WRONG[store]
    triples = [quad.triple for quad in ox.parse(DATA, format=ox.RdfFormat.TURTLE)]
    here = EmbeddedStore.in_memory(triples)
    with serve() as served:
        for name, value in served.login.items():
            monkeypatch.setenv(name, value)
        UpdateWriter(served.update, served.graph).insert(triples)
        there = RemoteStore(served.query, graph=served.graph)
        for name, query in errors.items():
            expected = here.select(f"PREFIX : <http://e/> {query}")
            with pytest.raises((AssertionError, IcvkgError)):
                assert there.select(f"PREFIX : <http://e/> {query}") == expected, name


def test_the_page_shows_each_error_and_each_query_that_is_unsteady() -> None:
    page = (ROOT / "docs" / "stores.md").read_text(encoding="utf-8")
    shown = [*ERRORS.values(), *JENA_ERRORS.values(), *(query for found in UNSTEADY.values() for query in found)]
    assert [text for text in shown if f"`{text}`" not in page] == []


def test_a_filter_over_nothing_takes_the_solution_away_in_rdflib_too() -> None:
    answer = rdflib.Graph().parse(data=DATA, format="turtle").query(f"PREFIX : <http://e/> {UNBOUND}")
    assert [solution.get(rdflib.Variable("c")) for solution in answer.bindings] == [None, None]
