"""Bad tables: every fault in one go, each with line, column, value, expectation and the nearest valid value."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from icvkg.errors import Fault, FaultyTablesError
from icvkg.graph.tables import check_tables, read_tables
from icvkg.ontology.closure import code_spaces, read_ontology
from tests.graph.tables import FIGURE, FIRM, PLACE, SOURCE, csv_text, write_tables

CODES = code_spaces(read_ontology())


def faults_of(folder: Path) -> Sequence[Fault]:
    with pytest.raises(FaultyTablesError) as error:
        check_tables(read_tables([folder]), CODES)
    return error.value.faults


def test_good_tables_have_no_faults(tmp_path: Path) -> None:
    checked = check_tables(read_tables([write_tables(tmp_path)]), CODES)
    assert {each.table.name: len(each.rows) for each in checked} == dict.fromkeys(
        ("figures", "firms", "places", "sources"), 1
    )


CELLS = [
    ("figures", FIGURE, "period_end", "2024-13", "a date such as", ""),
    ("figures", FIGURE, "period_end", "2023-02-30", "day is out of range for month", ""),
    ("figures", FIGURE, "period_end", "2023/12", "a date such as", "2023-12"),
    ("figures", FIGURE, "value", "1,234", "a plain decimal number", "1234"),
    ("figures", FIGURE, "value", "39.90", "a plain decimal number", "39.9"),
    ("figures", FIGURE, "value", "many", "a plain decimal number", ""),
    ("figures", FIGURE, "unit", "percnt", "no such unit", "percent"),
    ("figures", FIGURE, "area", "chyna", "no such place", "china"),
    ("figures", FIGURE, "about_actor", "a-frim", "no such actor", "a-firm"),
    ("figures", FIGURE, "source", "", "names its source", ""),
    ("figures", FIGURE, "value", "", "must be filled", ""),
    ("figures", FIGURE, "holds", "value;valeu", "name of a column", "value"),
    ("firms", FIRM, "stock_tickers", "HK:1;;SZ:2", "item 2 of the list is empty", "HK:1;SZ:2"),
    ("firms", FIRM, "stock_tickers", "HK:1;HK:1", "stands twice", "HK:1"),
    ("firms", FIRM, "class", "Frim", "one of Firm", "Firm"),
    ("firms", FIRM, "label_en", " A Firm", "no leading", "A Firm"),
    ("firms", FIRM, "label_en", "A\tFirm", "control characters", ""),
    ("firms", FIRM, "id", "A Firm", "a slug", "a-firm"),
    ("sources", SOURCE, "url", "example.org/a", "an address", ""),
    ("sources", SOURCE, "url", "https://example.org/九 a", "an address", "https://example.org/%E4%B9%9D%20a"),
    ("sources", SOURCE, "kind", "trade-pres", "no such source-kind", "trade-press"),
    ("places", PLACE, "latitude", "95", "90 or less", "90"),
]


@pytest.mark.parametrize(("table", "row", "column", "value", "expected", "near"), CELLS)
def test_a_wrong_cell_is_named(
    tmp_path: Path, table: str, row: dict[str, str], column: str, value: str, expected: str, near: str
) -> None:
    folder = write_tables(tmp_path, **{table: csv_text(table, [row | {column: value}])})
    found = [fault for fault in faults_of(folder) if fault.file == f"{table}.csv" and fault.column == column]
    assert [fault.line for fault in found] == [2]
    assert any(part in found[0].expected for part in expected.split("|"))
    assert found[0].nearest == near


def test_every_fault_is_listed_in_one_go(tmp_path: Path) -> None:
    rows = [FIGURE | {"id": "b", "value": "x", "unit": "percnt"}, FIGURE | {"id": "a", "period_end": "2024-13"}]
    faults = faults_of(write_tables(tmp_path, figures=csv_text("figures", rows), firms=csv_text("firms", [])))
    assert {(fault.line, fault.column) for fault in faults} == {
        (2, "value"), (2, "unit"), (2, "about_actor"), (3, "about_actor"), (3, "period_end"), (3, "id"),
    }  # fmt: skip


def test_a_duplicate_id_names_the_first_place(tmp_path: Path) -> None:
    (fault,) = faults_of(write_tables(tmp_path, figures=csv_text("figures", [FIGURE, FIGURE])))
    assert (fault.line, fault.column, fault.value) == (3, "id", "figure-a")
    assert "figures.csv:2" in fault.expected


def test_an_id_is_unique_across_tables_of_one_kind(tmp_path: Path) -> None:
    body = {"id": "a-firm", "label_en": "A body", "class": "PublicBody", "kind": "ministry", "source": "a-source"}
    folder = write_tables(tmp_path)
    (folder / "bodies.csv").write_text(csv_text("bodies", [body | {"status": "sourced"}]), encoding="utf-8")
    assert "bodies.csv:2" in next(f for f in faults_of(folder) if f.file == "firms.csv" and f.column == "id").expected


def test_a_reference_to_a_recalled_row_needs_a_source_first(tmp_path: Path) -> None:
    recalled = csv_text("firms", [FIRM | {"status": "recalled", "source": ""}])
    (fault,) = faults_of(write_tables(tmp_path, firms=recalled))
    assert (fault.column, fault.value) == ("about_actor", "a-firm")
    assert "recalled" in fault.expected


FORMS = [
    ("missing column", lambda text: text.replace(",unit,", ",", 1), (1, "unit", "missing")),
    ("misspelt column", lambda text: text.replace(",unit,", ",untit,", 1), (1, "untit", "no such column")),
    ("byte order mark", lambda text: "\ufeff" + text, (1, "", "byte order mark")),
    ("CRLF", lambda text: text.replace("\n", "\r\n"), (1, "", "LF, not CRLF")),
    ("no last line break", lambda text: text.rstrip("\n"), (2, "", "line break")),
    ("ragged row", lambda text: text.rstrip("\n") + ",more\n", (2, "", "cells where the header has")),
    ("NUL", lambda text: text.replace("39.9", "39\x00.9"), (2, "value", "control characters")),
]


@pytest.mark.parametrize(("name", "spoil", "expected"), FORMS, ids=[form[0] for form in FORMS])
def test_a_wrong_form_is_named(tmp_path: Path, name: str, spoil: object, expected: tuple[int, str, str]) -> None:
    assert callable(spoil)
    faults = faults_of(write_tables(tmp_path, figures=spoil(csv_text("figures", [FIGURE]))))
    line, column, words = expected
    assert any(f.line == line and f.column == column and words in f.expected for f in faults), [*map(str, faults)]


def test_bytes_that_are_no_utf8_are_named(tmp_path: Path) -> None:
    folder = write_tables(tmp_path)
    (folder / "firms.csv").write_bytes((folder / "firms.csv").read_bytes().replace(b"A Firm", b"A \xff"))
    assert any(fault.line == 2 and "0xff" in fault.expected for fault in faults_of(folder))


def test_full_width_digits_are_repaired(tmp_path: Path) -> None:
    rows = [FIGURE | {"value": "\uff13\uff19.\uff19", "period_end": "\uff12\uff10\uff12\uff13-12"}]
    faults = faults_of(write_tables(tmp_path, figures=csv_text("figures", rows)))
    assert {fault.column: fault.nearest for fault in faults} == {"value": "39.9", "period_end": "2023-12"}


def test_a_fault_reads_as_one_line() -> None:
    fault = Fault("firms.csv", 7, "kind", "carmakr", "no such firm-kind", "carmaker")
    assert str(fault) == "firms.csv:7: kind: 'carmakr': no such firm-kind (nearest: 'carmaker')"
