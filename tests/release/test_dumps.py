"""Every form of a release says the same, and its descriptions count exactly."""

import csv
import io
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pytest

from icvkg.graph.tables import METADATA, read_tables
from icvkg.release import dumps
from icvkg.release.build import Built
from icvkg.release.manifest import read_manifest
from icvkg.release.pack import zipped
from icvkg.store.embedded import EmbeddedStore
from tests.graph.tables import FIRM, SOURCE, csv_text, write_tables
from tests.release.small import OTHER_SOURCE, build_small

EVIDENCE = {"id": "actor-a-firm-2", "kind": "actor", "supports": "a-firm", "source": "b-source", "holds": "founded"}
SPACES = "PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#>"


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a release whose firm has two sources: one for its country, another for its founding."""
    tables = tmp_path / "tables"
    tables.mkdir()
    firm = FIRM | {"holds": "country"}
    write_tables(tables, sources=csv_text("sources", [SOURCE, OTHER_SOURCE]), firms=csv_text("firms", [firm]))
    (tables / "evidence.csv").write_text(csv_text("evidence", [EVIDENCE]), encoding="utf-8")
    folder = build_small(monkeypatch, tmp_path, tables).folder
    assert folder is not None
    return folder


def by_source(folder: Path) -> set[ox.Quad]:
    return set(ox.parse(dumps.read_content(folder, dumps.BY_SOURCE), format=ox.RdfFormat.N_QUADS))


def test_every_syntax_holds_the_same_graph(release: Path) -> None:
    expected = set(dumps.read_dumps(release))
    named = {triple for triple in expected if not {type(triple.subject), type(triple.object)} & {ox.BlankNode}}
    for name, form in (
        ("icvkg.ttl", ox.RdfFormat.TURTLE), ("icvkg.jsonld", ox.RdfFormat.JSON_LD), ("icvkg.rdf", ox.RdfFormat.RDF_XML)
    ):  # fmt: skip
        found = {quad.triple for quad in ox.parse((release / name).read_bytes(), format=form)}
        assert len(found) == len(expected)
        assert named <= found


def test_each_source_has_what_it_holds_and_no_more(release: Path) -> None:
    said: dict[str, set[str]] = {"a-source": set(), "b-source": set()}
    for quad in by_source(release):
        if str(quad.subject).endswith("/actor/a-firm>"):
            said[str(quad.graph_name).rpartition("/")[2].rstrip(">")].add(quad.predicate.value.rpartition("/")[2])
    assert {"country", "foundedOn"} & said["a-source"] == {"country"}
    assert {"country", "foundedOn"} & said["b-source"] == {"foundedOn"}
    evidence = [quad for quad in by_source(release) if str(quad.graph_name).endswith("/b-source>")]
    assert any("/evidence/actor-a-firm-2" in str(quad.object) for quad in evidence)
    assert not any("/evidence/actor-a-firm-1" in str(quad) for quad in evidence)


def test_the_sources_together_hold_all_that_was_mapped(built: Built) -> None:
    """And the ontology apart, nothing else."""
    assert built.folder is not None
    asserted = {
        quad.triple
        for quad in ox.parse(dumps.read_content(built.folder, dumps.ASSERTED), format=dumps.LINES[dumps.ASSERTED])
    }
    held = {quad.triple for quad in by_source(built.folder)}
    assert held <= asserted
    counts = built.manifest.triples
    assert len(held) >= counts["asserted"] - counts["ontology"]
    assert len(by_source(built.folder)) == counts["by-source"]
    assert not any("icvkg/id/" in str(triple.subject) for triple in asserted - held)


def test_the_pack_reads_as_tables(release: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    with zipfile.ZipFile(release / "tables.zip") as archive:
        archive.extractall(folder)
        names = archive.namelist()
    assert {name for name in names if not name.endswith(METADATA)} == {
        f"{name}.csv" for name in ("evidence", "figures", "firms", "places", "sources")
    }
    assert all(not sheet.faults for sheet in read_tables([folder]))
    (row,) = csv.DictReader(io.StringIO((folder / "firms.csv").read_text(encoding="utf-8")))
    assert (row["source"], row["holds"], row["founded"], row["ownership"]) == ("a-source", "country", "2015", "")
    assert zipped({"b": b"2", "a": b"1"}) == zipped({"a": b"1", "b": b"2"})


def test_the_descriptions_count_exactly(release: Path) -> None:
    expected = set(dumps.read_dumps(release))
    manifest = read_manifest(release)
    files = [release / name for name in ("void.ttl", "dcat.ttl")]
    store = EmbeddedStore.in_memory(
        quad.triple for file in files for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)
    )

    def numbers(text: str) -> dict[str, int]:
        return {row[0].value: int(row[1].value) for row in store.select(f"{SPACES} {text}")[1] if row[0] and row[1]}

    assert numbers("SELECT ?d ?n { ?d a void:Dataset ; void:triples ?n }").popitem()[1] == len(expected)
    counted = EmbeddedStore.in_memory(expected)
    for part, query in (
        ("property", "SELECT ?x (COUNT(*) AS ?n) { ?s ?x ?o } GROUP BY ?x"),
        ("class", "SELECT ?x (COUNT(*) AS ?n) { ?s a ?x } GROUP BY ?x"),
    ):
        unit = {"property": "triples", "class": "entities"}[part]
        found = numbers(f"SELECT ?x ?n {{ ?d void:{part}Partition [ void:{part} ?x ; void:{unit} ?n ] }}")
        assert found == {str(x.value): int(n.value) for x, n in counted.select(query)[1] if x and n}
    sizes = numbers("SELECT ?d ?n { ?d dcat:byteSize ?n }")
    assert {Path(name).name: size for name, size in sizes.items()} == {
        name: (release / name).stat().st_size
        for name in ("icvkg.ttl", "icvkg.jsonld", "icvkg.rdf", "tables.zip", "queries.json")
    }
    lines = numbers("SELECT ?d ?n { ?d a dcat:Distribution ; void:triples ?n }")
    assert {Path(name).name.partition(".")[0]: count for name, count in lines.items()} == {
        name: manifest.triples[name] for name in ("asserted", "derived", "by-source")
    }
