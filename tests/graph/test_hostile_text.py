"""Text that breaks tools: it is kept as it was written, or refused with its line and column; nothing crashes."""

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from icvkg.errors import FaultyTablesError
from icvkg.graph.streaming import map_folder
from icvkg.release import dumps
from tests.graph.tables import FIGURE, FIRM, csv_text, write_tables
from tests.graph.test_faults import faults_of
from tests.release.small import build_small, environment

KEPT = {
    "decomposed": "Caf\u0065\u0301 Motors",
    "full-width": "\uff28\uff35\uff21\uff37\uff25\uff29 \u6c7d\u8f66",
    "right-to-left marks": "\u202eABC\u202c \u200fDEF\u200e",
    "zero-width": "A\u200bB\u200dC\ufeffD",
    "outside the first plane": "\U0001f697 \U00020000 \U0010fffd",
    "line breaks of other scripts": "A\u2028B\u2029C",
    "quotes and backslashes": "\"A\" 'B' \\u0041 \\\\ <c> {d} ?e",
    "what ends a triple": '" . <a> <b> "c',
}
FORMS = {
    dumps.ASSERTED: ox.RdfFormat.N_TRIPLES, "icvkg.ttl": ox.RdfFormat.TURTLE, "icvkg.jsonld": ox.RdfFormat.JSON_LD,
    "icvkg.rdf": ox.RdfFormat.RDF_XML,
}  # fmt: skip
MILLION = 1_000_000
MEGABYTE = 1 << 20


@pytest.mark.parametrize("name", KEPT)
def test_text_stays_as_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """In every form of the release."""
    tables = tmp_path / "tables"
    tables.mkdir()
    write_tables(tables, firms=csv_text("firms", [FIRM | {"label_en": KEPT[name]}]))
    folder = build_small(monkeypatch, tmp_path, tables).folder
    assert folder is not None
    for file, form in FORMS.items():
        quads = ox.parse(dumps.read_content(folder, file), format=form)
        labels = {quad.object.value for quad in quads if quad.subject.value.endswith("/actor/a-firm")
                  and quad.predicate.value.endswith("#label")}  # fmt: skip
        assert labels == {KEPT[name]}, file


REFUSED = {
    "a lone surrogate": (b"A \xed\xa0\x80 Firm", "", "not UTF-8: byte 0xed"),
    "half a character": (b"A \xe4\xb8 Firm", "", "not UTF-8: byte 0xe4"),
    "Latin-1": (b"Caf\xe9", "", "not UTF-8: byte 0xe9"),
    "a NUL": (b"A\x00Firm", "label_en", "control characters"),
    "an escape": (b"A\x1b[31mFirm", "label_en", "control characters"),
    "a line break": (b'"A\nFirm"', "label_en", "control characters"),
    "an ideographic space at the end": ("A Firm\u3000".encode(), "label_en", "trailing"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_text_that_no_release_may_hold_is_named(tmp_path: Path, name: str) -> None:
    data, column, said = REFUSED[name]
    folder = write_tables(tmp_path)
    file = folder / "firms.csv"
    file.write_bytes(file.read_bytes().replace(b"A Firm", data))
    found = [fault for fault in faults_of(folder) if fault.file == "firms.csv" and said in fault.expected]
    assert [fault.column for fault in found] == [column]
    assert found[0].line in (2, 3)
    with pytest.raises(FaultyTablesError) as error:
        list(map_folder(folder))
    assert any(fault.file == "firms.csv" and fault.line in (2, 3) for fault in error.value.faults)


def test_ids_that_look_alike_are_refused(tmp_path: Path) -> None:
    for name in ("a-firm\u200b", "\uff41-firm", "a-firm\u202e", "а-firm", "a firm", "a-firm>"):
        rows = [FIRM | {"id": name}]
        faults = faults_of(write_tables(tmp_path, firms=csv_text("firms", rows)))
        assert (2, "id") in {(fault.line, fault.column) for fault in faults if fault.file == "firms.csv"}, name


def peak(folder: Path, *words: str) -> tuple[str, int]:
    """Standard error of a command that finds its tables faulty, and the megabytes of memory it used at most."""
    code = (
        "import atexit, re, sys; from pathlib import Path; from icvkg.cli import main;"
        "most = lambda: re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1];"
        "atexit.register(lambda: print(int(most()) // 1024));"
        "sys.argv = ['icvkg', *sys.argv[1:]]; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, env=environment(), check=False,
        cwd=folder, timeout=300,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    return done.stderr, int(done.stdout.splitlines()[-1])


def test_a_cell_of_a_hundred_megabytes_is_named(tmp_path: Path) -> None:
    folder = write_tables(tmp_path, firms=csv_text("firms", [FIRM | {"label_en": "A" * (100 * MEGABYTE)}]))
    limit = "firms.csv:2: not valid CSV: field larger than field limit (131072)"
    for words in (("map", str(folder), "--out", str(tmp_path / "out.nt")), ("check", "--tables", str(folder))):
        said, megabytes = peak(tmp_path, *words)
        assert limit in said.splitlines()
        assert megabytes < 1500
    assert not (tmp_path / "out.nt").exists()


@pytest.mark.slow
def test_one_broken_row_of_a_million_is_named(tmp_path: Path) -> None:
    """With its line and column, in bounded memory."""
    folder = write_tables(tmp_path)
    header, row, _ = csv_text("figures", [FIGURE | {"id": "figure-@"}]).split("\n")
    with (folder / "figures.csv").open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        for number in range(MILLION):
            line = row.replace("@", f"{number:07}")
            file.write(line.replace("39.9", "39.9x" if number == 777_777 else "39.9") + "\n")
    said, megabytes = peak(tmp_path, "map", str(folder), "--out", str(tmp_path / "out.nt"))
    assert said.splitlines()[0].startswith("figures.csv:777779: value: '39.9x': a plain decimal number")
    assert len(said.splitlines()) == 2
    assert megabytes < 600
    assert not (tmp_path / "out.nt").exists()
