"""Tables block by block: the same triples as row by row, the same faults, however the blocks fall."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from icvkg.cli.main import icvkg
from icvkg.errors import Fault, FaultyTablesError, IcvkgError
from icvkg.graph import blocks
from icvkg.graph.mapping import map_rows
from icvkg.graph.streaming import map_folder
from icvkg.graph.tables import check_tables, own_folder, read_tables
from icvkg.ontology.closure import code_spaces, read_ontology
from tests.graph.tables import FIGURE, FIRM, csv_text, write_tables
from tests.graph.test_faults import CELLS, FORMS

OWN = Path(str(own_folder()))


def streamed(folder: Path) -> list[bytes]:
    return sorted(b"".join(map_folder(folder)).splitlines())


@pytest.mark.parametrize("size", [4096, 1 << 20])
def test_our_tables_give_the_triples_of_a_build(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK", size)
    checked = check_tables(read_tables([own_folder()]), code_spaces(read_ontology()))
    lines = sorted(f"{triple} .".encode() for each in checked for triple in map_rows(each.table, each.rows))
    assert len(lines) > 100_000
    assert streamed(OWN) == lines


def faults_of(folder: Path) -> list[Fault]:
    with pytest.raises(FaultyTablesError) as error:
        list(map_folder(folder))
    return list(error.value.faults)


BY_ITSELF = [case for case in CELLS if not case[4].startswith("no such")]


@pytest.mark.parametrize(("table", "row", "column", "value", "expected", "near"), BY_ITSELF)
def test_a_wrong_cell_is_named(
    tmp_path: Path, table: str, row: dict[str, str], column: str, value: str, expected: str, near: str
) -> None:
    faults = faults_of(write_tables(tmp_path, **{table: csv_text(table, [row | {column: value}])}))
    (fault,) = (fault for fault in faults if fault.file == f"{table}.csv")
    assert (fault.line, fault.column, fault.nearest) == (2, column, near)
    assert expected in fault.expected


def test_the_cases_were_found() -> None:
    assert len(BY_ITSELF) == 18


@pytest.mark.parametrize(("name", "spoil", "expected"), FORMS, ids=[form[0] for form in FORMS])
def test_a_wrong_form_is_named(
    tmp_path: Path, name: str, spoil: Callable[[str], str], expected: tuple[int, str, str]
) -> None:
    line, column, words = expected
    faults = faults_of(write_tables(tmp_path, figures=spoil(csv_text("figures", [FIGURE]))))
    assert any(f.line == line and f.column == column and words in f.expected for f in faults), [*map(str, faults)]


def test_one_broken_row_among_many_is_named_by_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 10_000)
    rows = [FIRM | {"id": f"firm-{number:06d}"} for number in range(3000)]
    rows[1500]["founded"] = "2024-13"
    rows[2000]["id"] = rows[1999]["id"]
    rows[2500]["id"] = "firm-000001"
    folder = write_tables(tmp_path, firms=csv_text("firms", rows))
    assert [(fault.line, fault.column) for fault in faults_of(folder)] == [
        (1502, "founded"),
        (2002, "id"),
        (2502, "id"),
    ]


def test_text_that_looks_like_syntax_stays_text(tmp_path: Path) -> None:
    hostile = '" . <http://evil.example/> <x:y> "\\'
    folder = write_tables(tmp_path, firms=csv_text("firms", [FIRM | {"legal_name": hostile}]))
    triples = [quad.triple for quad in ox.parse(b"".join(map_folder(folder)), format=ox.RdfFormat.N_TRIPLES)]
    assert [triple.object for triple in triples if triple.predicate.value.endswith("legalName")] == [
        ox.Literal(hostile)
    ]


def test_the_command_writes_a_file_or_a_store_or_nothing(tmp_path: Path) -> None:
    tables = write_tables(tmp_path)
    out, store = tmp_path / "out" / "all.nt", tmp_path / "out" / "store"
    out.parent.mkdir()

    def run(*words: str) -> object:
        return CliRunner().invoke(icvkg, ["map", str(tables), *words], standalone_mode=False).exception

    assert run("--out", str(out)) is None
    assert run("--store", str(store)) is None
    lines = out.read_bytes().splitlines()
    assert len(lines) == len(set(lines)) == len(ox.Store.read_only(str(store))) > 40
    assert isinstance(run("--store", str(store)), FileExistsError)
    (tables / "firms.csv").write_text(csv_text("firms", [FIRM | {"founded": "soon"}]), encoding="utf-8")
    for place in ("--out", "--store"):
        assert isinstance(run(place, str(tmp_path / "out" / "other")), FaultyTablesError)
    assert {path.name for path in out.parent.iterdir()} == {"all.nt", "store"}


def test_a_folder_without_tables_or_metadata_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IcvkgError, match="no table"):
        list(map_folder(tmp_path))
    (tmp_path / "cars.csv").write_text("id\n", encoding="utf-8")
    with pytest.raises(IcvkgError, match="was expected beside it"):
        list(map_folder(tmp_path))


def test_asking_does_not_wait_for_what_only_mapping_needs() -> None:
    import subprocess
    import sys

    code = "import sys, icvkg.cli.main, icvkg.cli.querying, icvkg.knowledge; print('pyarrow' in sys.modules)"
    path = str(Path(__file__).parents[2] / "src")
    said = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": path}, capture_output=True, text=True)
    assert said.stdout == "False\n"
