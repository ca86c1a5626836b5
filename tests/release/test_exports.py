"""The exports hold what the release holds, wherever and whenever they are made; the doctor reads them."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import Result
from pyarrow import parquet
from rdflib import Graph, Namespace

from icvkg.graph.dates import date_time, first_day, last_day
from icvkg.graph.mapping import map_rows
from icvkg.graph.metadata import read_metadata
from icvkg.graph.reading import read_sheet
from icvkg.graph.tables import METADATA
from icvkg.release import dumps, location, sums
from icvkg.release.build import Built
from icvkg.release.doctor import examine
from icvkg.release.exports import PARQUET, SQLITE, renew_exports
from icvkg.release.pack import read_pack
from icvkg.release.r2rml import r2rml
from icvkg.release.sqlite import content, lists, single, sql_name, view_name
from tests.graph.tables import FIGURE
from tests.release.small import RIVAL, build_small, figures

RR = Namespace("http://www.w3.org/ns/r2rml#")


@pytest.fixture(scope="module")
def release(built: Built) -> Path:
    """The folder of the session's release."""
    assert built.folder is not None
    return built.folder


@pytest.fixture(scope="module")
def exports(built: Built, home: Path) -> Path:
    """Its exports."""
    return renew_exports(home, built.manifest.digest)


@pytest.fixture
def base(exports: Path) -> Iterator[sqlite3.Connection]:
    """Its SQLite file."""
    connection = sqlite3.connect(exports / SQLITE)
    yield connection
    connection.close()


def test_the_long_table_holds_every_quad(built: Built, release: Path, exports: Path) -> None:
    rows = parquet.read_table(exports / PARQUET).to_pylist()
    counts = built.manifest.triples
    assert sum(row["graph"] is None for row in rows) == counts["asserted"] + counts["derived"]
    assert sum(row["graph"] is not None for row in rows) == counts["by-source"]
    held = {
        (row["subject"], row["predicate"], row["object"], row["language"], row["datatype"])
        for row in rows
        if not row["graph"]
    }
    found = 0
    for triple in list(dumps.read_dumps(release))[::97]:
        value = triple.object
        language, datatype = (value.language, value.datatype.value) if isinstance(value, ox.Literal) else (None, None)
        subject, name = (
            str(t) if isinstance(t, ox.BlankNode) else getattr(t, "value", "") for t in (triple.subject, value)
        )
        assert (subject, triple.predicate.value, name, language, datatype) in held
        found += 1
    assert found > 1000


def test_the_sqlite_file_holds_every_cell(release: Path, base: sqlite3.Connection) -> None:
    cells = 0
    for table, rows in read_pack(release):
        names = [column.name for column in single(table)]
        written = base.execute(f"SELECT {', '.join(map(sql_name, names))} FROM {sql_name(table.name)}").fetchall()
        assert [[str(cell or "") if cell != 0 else "0" for cell in row] for row in written] == [
            [row.cells[name] for name in names] for row in rows
        ]
        for column in lists(table):
            many = base.execute(f"SELECT id, value FROM {sql_name(table.name, column.name)} ORDER BY id, position")
            expected = [(r.cells["id"], v) for r in rows for v in r.cells[column.name].split(";") if v]
            assert many.fetchall() == expected
            cells += len(expected)
        cells += len(rows) * len(names)
    assert cells > 100_000
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_views_spread_dates_and_keep_numbers(release: Path, base: sqlite3.Connection) -> None:
    dates = numbers = 0
    for table, rows in read_pack(release):
        view = sql_name(table.name, "rdf")
        for column in single(table):
            shown = [cell for (cell,) in base.execute(f"SELECT {sql_name(view_name(column.name))} FROM {view}")]
            given = [row.cells[column.name] for row in rows]
            if column.precision:
                day_of = last_day if column.through_end else first_day
                assert shown == [date_time(day_of(text).isoformat()).value if text else None for text in given]
                dates += len(given)
            elif column.base in ("decimal", "integer", "boolean"):
                assert shown == [text or None for text in given]
                numbers += len(given)
    assert dates > 5000
    assert numbers > 1000


def test_the_r2rml_speaks_of_views_and_columns_that_are_there(release: Path, base: sqlite3.Connection) -> None:
    tables = [table for table, _ in read_pack(release)]
    graph = Graph().parse(data=r2rml(tables), format="turtle")
    maps = list(graph.subjects(predicate=RR.logicalTable))
    assert len(maps) > 200
    for each in maps:
        (source,) = graph.objects(each, RR.logicalTable)
        name, query = graph.value(source, RR.tableName), graph.value(source, RR.sqlQuery)
        found = base.execute(str(query) if query else f'SELECT * FROM "{name}" LIMIT 1')
        held = {column[0] for column in found.description}
        objects = [
            term for said in graph.objects(each, RR.predicateObjectMap) for term in graph.objects(said, RR.objectMap)
        ]
        assert objects
        for term in [*objects, *graph.objects(each, RR.subjectMap)]:
            column, template = graph.value(term, RR.column), graph.value(term, RR.template)
            named = {str(column)} if column else {part.split("}")[0] for part in str(template or "").split("{")[1:]}
            assert named <= held


def test_the_plain_tables_make_the_triples_of_the_release(
    run: Callable[..., Result], release: Path, tmp_path: Path
) -> None:
    assert run("export", "csvw", str(tmp_path)).exception is None
    files = sorted(tmp_path.glob(f"*{METADATA}"))
    made: set[ox.Triple] = set()
    for file in files:
        table = read_metadata(file)
        made.update(map_rows(table, read_sheet(table, tmp_path / table.file).rows))
    assert len(files) == 52
    assert made == {triple for table, rows in read_pack(release) for triple in map_rows(table, rows)}


def test_the_commands_write_files(run: Callable[..., Result], exports: Path, tmp_path: Path) -> None:
    for name, file in (("sqlite", SQLITE), ("parquet", PARQUET)):
        out = tmp_path / f"mine.{name}"
        assert run("export", name, str(out)).exception is None
        assert out.read_bytes() == (exports / file).read_bytes()
    assert run("export", "r2rml", "--out", str(tmp_path / "mapping.ttl")).exception is None
    assert "rr:TriplesMap" in (tmp_path / "mapping.ttl").read_text(encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The exports of a small release."""
    built = build_small(monkeypatch, tmp_path, figures(tmp_path / "tables", FIGURE, RIVAL))
    return renew_exports(tmp_path, built.manifest.digest)


def test_the_doctor_names_damaged_exports_and_their_removal_repairs(small: Path, tmp_path: Path) -> None:
    for name in (SQLITE, PARQUET):
        file = small / name
        sound = file.read_bytes()
        file.write_bytes(sound[:-100] + bytes([sound[-100] ^ 1]) + sound[-99:])
        (fault,) = examine(tmp_path).faults
        assert (fault.said, fault.repair) == (f"{name} differs from its hash in SHA256SUMS", f"rm -r {small}")
        file.write_bytes(sound)
    shutil.rmtree(small)
    renew_exports(tmp_path, small.name)
    assert examine(tmp_path).faults == []
    small.rename(small.with_name("0123456789abcdef"))
    assert [fault.said for fault in examine(tmp_path).faults] == ["exports without its release"]


def test_other_rows_under_right_sums_are_found(small: Path, tmp_path: Path) -> None:
    with sqlite3.connect(small / SQLITE) as connection:
        connection.execute("UPDATE firms SET label_en = 'Another' WHERE id = 'a-firm'")
    connection.close()
    table = parquet.read_table(small / PARQUET)
    parquet.write_table(table.slice(1), small / PARQUET)
    sums.write_sums(small)
    assert [fault.said for fault in examine(tmp_path).faults] == [
        f"{SQLITE} holds other rows than the tables of its release",
        f"{PARQUET} holds other quads than the dumps of its release",
    ]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/St_Johns"])
def test_another_process_writes_the_same(release: Path, exports: Path, tmp_path: Path, zone: str) -> None:
    shutil.copytree(release, tmp_path / "releases" / release.name)
    code = (
        "import sys; from pathlib import Path; from icvkg.release.exports import renew_exports;"
        "renew_exports(Path(sys.argv[1]), sys.argv[2])"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TZ": zone, "PYTHONHASHSEED": str(len(zone))}
    subprocess.run([sys.executable, "-c", code, str(tmp_path), release.name], check=True, env=environment)
    other = location.exports_folder(tmp_path, release.name)
    assert (other / PARQUET).read_bytes() == (exports / PARQUET).read_bytes()
    assert (other / SQLITE).read_bytes() == (exports / SQLITE).read_bytes()
    assert content(other / SQLITE) == content(exports / SQLITE)
