"""The standard is the definition: an independent reader of plain CSVW finds our triples in the lowered tables."""

import csv
import io
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from icvkg.graph.lowering import Lowered, lower, metadata
from icvkg.graph.mapping import map_rows
from icvkg.graph.metadata import read_metadata
from icvkg.graph.tables import METADATA, Checked, check_tables, own_folder, read_tables
from icvkg.ontology.closure import code_spaces, read_ontology

ROWS = 4


@pytest.fixture(scope="module")
def tables() -> list[Checked]:
    """Of each of our tables the rows with the longest lists and the most cells filled."""
    checked = check_tables(read_tables([own_folder()]), code_spaces(read_ontology()))
    assert len(checked) == 52
    return [
        Checked(each.table, tuple(sorted(each.rows, key=lambda row: -weight(row.cells))[:ROWS]), 0) for each in checked
    ]


def weight(cells: dict[str, str]) -> int:
    return sum(1 for text in cells.values() if text) + 3 * sum(text.count(";") for text in cells.values())


def test_the_lowered_tables_make_the_same_triples(tables: list[Checked], tmp_path: Path) -> None:
    annotated = 0
    for each in tables:
        lowered = lower(each.table, each.rows)
        assert set(map_rows(lowered.table, lowered.rows)) == set(map_rows(each.table, each.rows))
        file = tmp_path / f"{each.table.name}{METADATA}"
        file.write_text(json.dumps(metadata(lowered)), encoding="utf-8")
        assert read_metadata(file) == lowered.table
        annotated += "w3id.org/icvkg/def/only" in (own_folder() / file.name).read_text(encoding="utf-8")
        assert '"https://w3id.org/icvkg/def/' not in "".join(json.dumps(entry) for entry in keys(lowered))
    assert annotated >= 45


def keys(lowered: Lowered) -> Iterator[list[str]]:
    for column in metadata(lowered)["tableSchema"]["columns"]:
        yield list(column)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a folder on the loopback, which is how the other reader takes its files."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.filterwarnings("ignore:Supplied and embedded metadata columns descriptions:UserWarning")
@pytest.mark.filterwarnings("ignore:Boolean format .* must be a string:UserWarning")
def test_an_independent_reader_finds_the_same_triples(tables: list[Checked], tmp_path: Path, served: str) -> None:
    reader = pytest.importorskip("csvw_functions", reason="csvw_functions comes with the extra `test`")
    read = 0
    for each in tables:
        lowered = lower(each.table, each.rows)
        write(tmp_path, lowered)
        found = reader.create_annotated_table_group(f"{served}/{lowered.table.name}{METADATA}")
        lines = reader.create_rdf(found, mode="minimal")
        theirs = {quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)}
        assert theirs == set(map_rows(each.table, each.rows)), each.table.name
        read += len(theirs)
    assert read > 2000


def write(folder: Path, lowered: Lowered) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, [column.name for column in lowered.table.real], lineterminator="\n")
    writer.writeheader()
    writer.writerows(row.cells for row in lowered.rows)
    (folder / lowered.table.file).write_text(out.getvalue(), encoding="utf-8", newline="")
    (folder / f"{lowered.table.name}{METADATA}").write_text(json.dumps(metadata(lowered)), encoding="utf-8")
