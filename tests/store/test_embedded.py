"""The embedded store asks and nothing more."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from icvkg.errors import IcvkgError
from icvkg.store.embedded import EmbeddedStore

A, B, P = (ox.NamedNode(f"http://example.org/{name}") for name in "abp")


@pytest.fixture
def store() -> EmbeddedStore:
    return EmbeddedStore.in_memory([ox.Triple(A, P, B)])


def test_select_gives_variables_and_rows(store: EmbeddedStore) -> None:
    assert store.select("SELECT ?s ?o { ?s ?p ?o }") == (["s", "o"], [(A, B)])


def test_ask_in_select_gives_one_row(store: EmbeddedStore) -> None:
    columns, rows = store.select("ASK { ?s ?p ?o }")
    assert columns == ["answer"]
    assert rows[0][0] == ox.Literal(True)


def test_construct_gives_triples(store: EmbeddedStore) -> None:
    assert store.construct("CONSTRUCT { ?o ?p ?s } { ?s ?p ?o }") == [ox.Triple(B, P, A)]


def test_construct_refuses_rows(store: EmbeddedStore) -> None:
    with pytest.raises(IcvkgError, match="CONSTRUCT"):
        store.construct("SELECT * { ?s ?p ?o }")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        "SELECT * { ?s ?p ?o . FILTER EXISTS { service ?g { ?s ?p ?o } } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s <http://example.org/#x> ?o . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s a icv:Firm . SERVICE <http://127.0.0.1:9/> { ?s a act:x } }",
    ],
)
def test_no_query_leaves_the_house(store: EmbeddedStore, text: str) -> None:
    with pytest.raises(IcvkgError, match=r"SERVICE|not valid"):
        store.select(text)


def test_the_word_service_is_no_call(store: EmbeddedStore) -> None:
    assert store.select('SELECT * { ?s ?p ?o . FILTER(STR(?o) != "a service { }") } # service')[1]


@pytest.mark.parametrize("brackets", ["()", "{}", "[]"])
def test_a_query_too_deep_for_the_parser_is_refused(store: EmbeddedStore, brackets: str) -> None:
    deep = brackets[0] * 20_000 + brackets[1] * 20_000
    with pytest.raises(IcvkgError, match="deeper than 200"):
        store.select(f"SELECT * {{ FILTER{deep} }}")


@pytest.mark.parametrize("text", ["INSERT DATA { <a:a> <a:a> <a:a> }", "DROP ALL", "LOAD <file:///etc/passwd>"])
def test_updates_are_no_queries(store: EmbeddedStore, text: str) -> None:
    with pytest.raises(IcvkgError, match="not valid SPARQL"):
        store.select(text)
    assert len(store) == 1


def test_a_syntax_error_points_at_its_place(store: EmbeddedStore) -> None:
    with pytest.raises(IcvkgError) as error:
        store.select("SELECT ?x\nWHERE { ?s foo:bar ?o }")
    lines = str(error.value).splitlines()
    assert lines[0].startswith("The query is not valid SPARQL: line 2, column ")
    assert "prefix" in lines[0]
    assert lines[1] == "  WHERE { ?s foo:bar ?o }"
    assert lines[2].strip() == "^"


def test_a_stored_graph_opens_read_only(tmp_path: Path) -> None:
    EmbeddedStore.write(tmp_path / "store", [f"{A} {P} {B} .".encode()])
    opened = EmbeddedStore.read_only(tmp_path / "store")
    assert ox.Triple(A, P, B) in opened
    assert len(opened) == 1
