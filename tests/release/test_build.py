"""A release is a pure function of the artefacts, and a correction changes what it should and nothing else."""

import csv
import gzip
import shutil
from pathlib import Path

import pytest

from icvkg import artefacts
from icvkg.errors import FaultyTablesError
from icvkg.knowledge import KnowledgeGraph
from icvkg.release import build as building
from icvkg.release import dumps, location
from icvkg.release.build import Built, build
from icvkg.release.manifest import read_manifest

ROOT = Path(__file__).parents[2]
MINIMA = {
    "policies": 140, "bodies": 110, "zones": 110, "firms": 220, "products": 115, "figures": 110, "deployments": 105,
    "business-model-types": 48,
}  # fmt: skip
TIES = ("supply-relations", "equity-stakes", "partnerships", "acquisitions", "procurements")


@pytest.fixture
def own_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of our tables that the build reads in place of ours, free to be changed."""
    folder = tmp_path / "tables"
    shutil.copytree(ROOT / "graph" / "tables", folder)
    monkeypatch.setattr(building, "own_folder", lambda: folder)
    return folder


def edit(folder: Path, table: str, key: str, column: str, value: str) -> int:
    """Changes one cell; gives the line of the row."""
    file = folder / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    number = next(number for number, row in enumerate(rows) if row[0] == key)
    rows[number][rows[0].index(column)] = value
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows(rows)
    return number + 1


def test_the_release_holds_what_was_promised(built: Built) -> None:
    rows = {each.name: each.rows for each in built.manifest.tables}
    assert {name: rows[name] for name, least in MINIMA.items() if rows[name] < least} == {}
    assert sum(rows[name] for name in TIES) >= 300


def test_the_release_has_no_violation(built: Built) -> None:
    assert built.report.violations == ()


def test_every_claim_has_a_source(graph: KnowledgeGraph) -> None:
    unsourced = graph.query(
        "PREFIX icv: <https://w3id.org/icvkg/def/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
        " SELECT ?claim { ?class rdfs:subClassOf* icv:Claim . ?claim a ?class"
        " FILTER NOT EXISTS { ?claim icv:hasEvidence/icv:source ?source } }"
    )
    assert len(unsourced) == 0


def test_the_manifest_counts_what_is_there(built: Built, graph: KnowledgeGraph) -> None:
    assert built.folder is not None
    lines = {
        name: gzip.decompress((built.folder / f"{name}.gz").read_bytes()).count(b"\n")
        for name in (dumps.ASSERTED, dumps.DERIVED)
    }
    assert lines == {
        dumps.ASSERTED: built.manifest.triples["asserted"],
        dumps.DERIVED: built.manifest.triples["derived"],
    }
    assert len(graph.embedded) == sum(lines.values())
    assert read_manifest(built.folder) == built.manifest


def test_a_wrong_cell_is_refused_with_its_line(own_tables: Path, tmp_path: Path) -> None:
    line = edit(own_tables, "supply-relations", first_row(own_tables, "supply-relations"), "valid_from", "2024-13")
    with pytest.raises(FaultyTablesError) as error:
        build(tmp_path / "out")
    assert [(fault.file, fault.line, fault.value) for fault in error.value.faults] == [
        ("supply-relations.csv", line, "2024-13")
    ]
    assert not (tmp_path / "out").exists()


def first_row(folder: Path, table: str) -> str:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as opened:
        return next(row["id"] for row in csv.DictReader(opened) if row["status"] == "sourced")


def test_a_corrected_cell_changes_exactly_its_answers(own_tables: Path, tmp_path: Path, graph: KnowledgeGraph) -> None:
    """The seed's road figure, corrected: its value changes in the answers that show it, and in no other."""
    key = "figure-open-test-road-length-road-testing-2023-12-31"
    edit(own_tables, "figures", key, "value", "20001")
    corrected = build(tmp_path / "out")
    assert corrected.folder is not None
    changed = KnowledgeGraph.open(tmp_path / "out")
    from icvkg.queries.catalogue import query_files

    different = {name for name in query_files() if set(graph.query(name).rows) != set(changed.query(name).rows)}
    assert different == {"figures-that-disagree", "figures-over-time", "contradictions"}
    before, after = set(map(str, graph.embedded.construct(ALL))), set(map(str, changed.store.construct(ALL)))
    assert len(before - after) == len(after - before)
    assert all(key in triple for triple in before ^ after)


ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def test_a_violation_keeps_the_current_release(own_tables: Path, tmp_path: Path) -> None:
    first = build(tmp_path / "out")
    stake = first_row(own_tables, "equity-stakes")
    edit(own_tables, "equity-stakes", stake, "valid_through", "1999")
    edit(own_tables, "equity-stakes", stake, "valid_from", "2020")
    edit(own_tables, "equity-stakes", stake, "holds", "")
    second = build(tmp_path / "out")
    assert second.folder is None
    assert [result.component.rpartition("#")[2] for result in second.report.violations] == [
        "LessThanOrEqualsConstraintComponent"
    ]
    assert location.current(tmp_path / "out") == first.folder


def test_a_lost_store_is_made_again(built: Built, tmp_path: Path) -> None:
    build(tmp_path)
    shutil.rmtree(tmp_path / "stores")
    assert (
        len(KnowledgeGraph.open(tmp_path).embedded)
        == built.manifest.triples["asserted"] + built.manifest.triples["derived"]
    )


def test_a_damaged_store_is_made_again(built: Built, tmp_path: Path) -> None:
    build(tmp_path)
    (store,) = (tmp_path / "stores").iterdir()
    (store / "CURRENT").write_bytes(b"nonsense")
    assert len(KnowledgeGraph.open(tmp_path).embedded) == sum(
        built.manifest.triples[name] for name in ("asserted", "derived")
    )


def test_user_tables_stand_beside_ours(tmp_path: Path, built: Built) -> None:
    from tests.graph.tables import csv_text

    own = tmp_path / "mine"
    own.mkdir()
    firm = {"id": "my-own-firm", "label_en": "My Own Firm", "class": "Firm", "kind": "carmaker", "source": "gb-t-2260"}
    (own / "firms.csv").write_text(csv_text("firms", [firm | {"status": "sourced"}]), encoding="utf-8")
    with_mine = build(tmp_path / "out", [own])
    assert with_mine.folder is not None
    assert built.folder is not None
    assert with_mine.folder.name != built.folder.name
    assert KnowledgeGraph.open(tmp_path / "out").search("My Own Firm")[0].iri.endswith("/actor/my-own-firm")


def test_releases_are_found_in_the_users_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(location.HOME, raising=False)
    assert location.home().name == "icvkg"
    assert artefacts.folder("graph").is_dir()
