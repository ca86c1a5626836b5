"""Other triple stores: a release is loaded, read back, and gives the rows that the embedded store gives."""

from collections.abc import Iterator

import pytest

from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.catalogue import find_query, query_files
from icvkg.queries.parameters import bound_text
from icvkg.queries.quality import measure, metrics
from icvkg.release import dumps, location
from icvkg.release.loading import Loaded, load
from icvkg.release.stamp import Stamp
from icvkg.store.asking import AskableStore
from icvkg.store.remote import RemoteStore
from icvkg.store.writing import GraphStoreWriter, GraphWriter, UpdateWriter
from tests.queries.test_curated import Rows, rows_of
from tests.store.stores import STORES

pytest.importorskip("SPARQLWrapper", reason="needs SPARQLWrapper")
NAMES = sorted(query_files())
SLOW = {"fuseki", "virtuoso"}
KINDS = [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in STORES]
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
        writers: tuple[GraphWriter, ...] = (
            GraphStoreWriter(served.graph_store, served.graph),
            UpdateWriter(served.update, served.graph),
        )
        for writer in writers:
            writer.clear()
            done = load(dumps.read_dumps(release), Stamp.of(graph.manifest), store, writer)
        yield request.param, store, done
        patch.undo()


def rows(store: AskableStore, name: str, as_of: str) -> Rows:
    from icvkg.queries.answers import Answer
    from icvkg.queries.formats import as_json

    columns, found = store.select(bound_text(find_query(name), {}, as_of))
    return rows_of(as_json(Answer(tuple(columns), tuple(found))))


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
    _, store, _ = loaded
    expected = rows(graph.store, query, graph.manifest.as_of)
    assert expected or find_query(query).missing
    assert rows(store, query, graph.manifest.as_of) == expected


def test_quality_search_and_descriptions_are_the_same(
    loaded: tuple[str, RemoteStore, Loaded], graph: KnowledgeGraph
) -> None:
    there = KnowledgeGraph.over(loaded[1], graph.home)
    assert there.search("华为") == graph.search("华为")
    for name in ("huawei", "shenzhen", "doc:smart-vehicle-strategy-2020"):
        assert there.describe(name) == graph.describe(name)
    assert there.cite("clm:deployment-apollo-pingshan-2023") == graph.cite("clm:deployment-apollo-pingshan-2023")
    wanted = metrics()
    assert sorted(measure(there.store, wanted), key=str) == sorted(measure(graph.store, wanted), key=str)
