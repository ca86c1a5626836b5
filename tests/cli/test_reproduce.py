"""An export is made again from what it says of itself: the same, or what differs."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from icvkg.errors import IcvkgError
from icvkg.queries.exports.forms import FORMS

Run = Callable[..., Result]
NAME = "cities-in-programmes"


@pytest.fixture
def export(run: Run, tmp_path: Path) -> Callable[..., Path]:
    """Writes an export and says where."""

    def write(form: str, *words: str) -> Path:
        file = tmp_path / f"answer.{form}"
        run("query", NAME, "--format", form, "--out", str(file), *words)
        return file

    return write


@pytest.mark.parametrize("form", list(FORMS))
def test_an_export_is_reproduced(form: str, run: Run, export: Callable[..., Path]) -> None:
    shape = ["--limit", "7", "--cite"] if form != "xml" else ["--columns", "city,cityName", "--lang", "zh"]
    result = run("reproduce", str(export(form, *shape, "--param", "asOf=2024-01-01")))
    assert result.return_value == 0, result.output
    assert "the same" in result.output


def test_a_changed_cell_is_found(run: Run, export: Callable[..., Path]) -> None:
    file = export("csv")
    file.write_text(file.read_text(encoding="utf-8").replace("Wuhan", "Wuhu"), encoding="utf-8", newline="")
    result = run("reproduce", str(file))
    assert result.return_value == 1
    assert any(line.startswith("-") and "Wuhu" in line for line in result.output.splitlines())
    assert any(line.startswith("+") and "Wuhan" in line for line in result.output.splitlines())


def test_a_changed_cell_of_a_workbook_is_found(run: Run, export: Callable[..., Path]) -> None:
    file = export("xlsx")
    book = openpyxl.load_workbook(file)
    book.worksheets[0]["B2"] = "Nowhere"
    book.save(file)
    result = run("reproduce", str(file))
    assert result.return_value == 1
    assert "Nowhere" in result.output


def test_a_workbook_saved_again_is_still_the_same(run: Run, export: Callable[..., Path]) -> None:
    file = export("xlsx")
    openpyxl.load_workbook(file).save(file)
    assert run("reproduce", str(file)).return_value == 0


def test_another_release_is_asked_where_the_one_named_is_gone(run: Run, export: Callable[..., Path]) -> None:
    file = export("json")
    document = json.loads(file.read_text(encoding="utf-8"))
    document["head"]["about"] |= {"digest": "0" * 16, "sha256": "0" * 64}
    file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    result = run("reproduce", str(file))
    assert result.return_value == 0
    assert "is not here" in result.output
    assert "is not the one with which the file was made" in result.output


def test_sparql_of_ones_own_is_asked_again(run: Run, tmp_path: Path) -> None:
    text, file = tmp_path / "own.rq", tmp_path / "own.parquet"
    text.write_text("SELECT (COUNT(?x) AS ?n) { ?x a icv:Source }", encoding="utf-8")
    run("query", "--file", str(text), "--out", str(file))
    assert run("reproduce", str(file)).return_value == 0


BROKEN = {
    "nothing.csv": "a,b\r\n1,2\r\n",
    "no.json": "{}",
    "cut.json": '{"head": {"about": {"release": "1"',
    "list.md": '<!-- about: {"release": []} -->',
    "empty.file": "",
    "path.md": '<!-- about: {"release": "1", "digest": "../../../etc", "query": "x", "sha256": "", "form": "md", '
    '"parameters": {}, "columns": [], "cite": false, "language": "en", "limit": null, "rows": 1} -->',
    "zip.xlsx": "PK\x03\x04broken",
    "p.parquet": "PAR1broken",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_says_nothing_or_nonsense_is_an_error(name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / name).write_text(BROKEN[name], encoding="utf-8")
    error = run("reproduce", str(tmp_path / name)).exception
    assert isinstance(error, IcvkgError)
    assert name in str(error)
