"""The same rows in each form, read back by the tool that the form is made for; each says where it comes from."""

import hashlib
import json
import shutil
import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest

from icvkg.cli.output import FORMATS
from icvkg.errors import IcvkgError, UnknownNameError
from icvkg.queries.answers import Answer
from icvkg.queries.exports import workbook
from icvkg.queries.exports.forms import FORMS, files, render
from icvkg.queries.exports.reading import read_about
from tests.queries import exported
from tests.queries.exported import ANSWER, COLUMNS, PLAIN, ROWS, export

NO_OFFICE = "LibreOffice is not installed (soffice)"
TO_CSV = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
"""Comma, double quote, UTF-8, from line 1, cells as they are shown."""
NO_LATEX = "XeLaTeX is not installed (xelatex)"


def made(form: str, answer: Answer = ANSWER) -> bytes:
    return render(export(form, answer), form)


def test_every_form_is_offered() -> None:
    assert ("table", *FORMS) == FORMATS
    assert len(FORMS) == 13


def test_csv() -> None:
    assert exported.of_csv(made("csv")) == PLAIN


def test_csv_for_excel_begins_with_a_mark_and_runs_nothing() -> None:
    data = made("csv-excel")
    assert data.startswith(b"\xef\xbb\xbf")
    expected = [[cell.removesuffix("T00:00:00Z") for cell in row] for row in PLAIN]
    expected[0][COLUMNS.index("text")] = "'=1+1"
    assert exported.of_csv(data) == expected


@pytest.mark.parametrize(("form", "kind"), [("json", ox.QueryResultsFormat.JSON), ("xml", ox.QueryResultsFormat.XML)])
def test_results_are_read_back_as_the_same_terms(form: str, kind: ox.QueryResultsFormat) -> None:
    assert exported.of_results(kind)(made(form)) == list(ROWS)


def test_tsv_is_read_back_as_the_same_terms() -> None:
    assert exported.of_results(ox.QueryResultsFormat.TSV)(made("tsv")) == list(ROWS)


@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("jsonld", "json-ld")])
def test_rows_as_a_result_set(form: str, name: str) -> None:
    read = exported.of_result_set(made(form), name)
    assert [[cell.replace("+00:00", "Z") for cell in row] for row in read] == _as_rdflib_writes(PLAIN)


def _as_rdflib_writes(rows: list[list[str]]) -> list[list[str]]:
    """rdflib writes doubles in its own way."""
    return [["1.5" if cell == "1.5e0" else "-2000.0" if cell == "-2.0e3" else cell for cell in row] for row in rows]


def test_what_a_json_ld_file_says_of_itself_adds_no_triples() -> None:
    parsed = list(ox.parse(made("jsonld"), format=ox.RdfFormat.JSON_LD))
    assert len(parsed) == len(list(ox.parse(made("ttl"), format=ox.RdfFormat.TURTLE))) > 60


def test_a_workbook_has_types_and_no_formulas() -> None:
    heading, first, second = exported.of_workbook(made("xlsx"))
    assert heading == COLUMNS
    assert first[2:9] == ("=1+1", 12, 33.5, 1.5, True, datetime(2024, 7, 3), datetime(2024, 7, 3, 10, 30))
    assert second[:6] == (PLAIN[1][0], "Nowhere", PLAIN[1][2], -7, 0.125, -2000)
    assert first[9] is None


def test_a_parquet_file_has_types() -> None:
    frame = exported.of_parquet(made("parquet"))
    kinds = dict(zip(frame.columns, frame.dtypes, strict=True))
    expected = {"number": pl.Int64(), "ratio": pl.Float64(), "paid": pl.Boolean(), "day": pl.Date()}
    assert {name: kinds[name] for name in expected} == expected
    assert kinds["share"] == pl.Decimal(5, 3)
    assert kinds["moment"] == pl.Datetime("us", "UTC")
    assert frame.row(0) == (
        *PLAIN[0][:3], 12, Decimal("33.500"), 1.5, True, date(2024, 7, 3), datetime(2024, 7, 3, 10, 30, tzinfo=UTC),
        None, *PLAIN[0][10:],
    )  # fmt: skip
    assert frame["text"].to_list() == [row[2] for row in PLAIN]


def test_places_are_features_and_rows_without_a_position_have_no_geometry() -> None:
    found = exported.of_geojson(made("geojson"))
    first, second = found["features"]
    assert first["geometry"]["coordinates"] == [114.31, 30.59]
    assert first["properties"]["locatedBy"] == "plc:wuhan"
    assert first["properties"]["number"] == 12
    assert second["geometry"] is None
    assert second["properties"]["text"] == PLAIN[1][2]


def test_geojson_needs_places() -> None:
    with pytest.raises(IcvkgError, match="no column of this one holds any"):
        made("geojson", ANSWER.cut(None, ["name"]))


READERS = ["name", "text", "number", "share", "ratio", "paid", "day", "moment", "empty"]


def _for_readers() -> list[list[str]]:
    """Rows without identifiers and footnotes, white space folded, days as days."""
    kept = [COLUMNS.index(name) for name in READERS]
    return [[" ".join(row[at].removesuffix("T00:00:00Z").split()) for at in kept] for row in PLAIN]


def test_markdown_has_the_rows_and_a_footnote_for_each() -> None:
    data = made("md")
    heading, *rows = exported.of_markdown(data)
    assert heading == ["place", *READERS][1:] or heading == ["place", *READERS]
    shown = [[cell.removesuffix(f"[^{number}]") for cell in row] for number, row in enumerate(rows, start=1)]
    assert [row[-len(READERS) :] for row in shown] == _for_readers()
    text = data.decode()
    assert "[^1]: clm:one · A page &amp; \\<more\\>" in text
    assert "[^2]: clm:two · 第二页 <https://example.org/a?b=c&d=1>" in text


def test_html_has_the_rows_and_a_footnote_for_each() -> None:
    data = made("html").decode()
    _, *rows = exported.of_html(data.encode())
    assert [[" ".join(cell.split()) for cell in row][-len(READERS) :] for row in rows] == _for_readers()
    assert '<li id="note1">clm:one · A page &amp; &lt;more&gt;</li>' in data
    assert '<a href="https://example.org/a?b=c&amp;d=1">' in data


@pytest.mark.skipif(not shutil.which("xelatex"), reason=NO_LATEX)
def test_latex_compiles(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text(exported.latex_document(made("latex").decode()), encoding="utf-8")
    subprocess.run(["xelatex", "-interaction=batchmode", "a.tex"], cwd=tmp_path, check=False, capture_output=True)
    assert exported.errors_of(tmp_path / "a.log") == []
    assert (tmp_path / "a.pdf").stat().st_size > 5_000


def test_latex_has_a_footnote_for_each_row() -> None:
    text = made("latex").decode()
    assert text.count("\\footnote{") == len(ROWS)
    assert "\\footnote{clm:one · A page \\& \\textless{}more\\textgreater{}}" in text
    assert 'a "b", \\textbar{}c\\textbar{} \\{d\\}\\_\\%' in text


@pytest.mark.skipif(not shutil.which("soffice"), reason=NO_OFFICE)
@pytest.mark.parametrize("form", ["xlsx", "csv-excel"])
def test_libreoffice_opens_it(form: str, tmp_path: Path) -> None:
    file = tmp_path / ("a.xlsx" if form == "xlsx" else "a.csv")
    file.write_bytes(made(form))
    filters = ["--infilter=CSV:44,34,76,1"] if form == "csv-excel" else []
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", *filters, "--convert-to",
         f"csv:{TO_CSV}", "--outdir", str(tmp_path / "out"), str(file)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    (converted,) = (tmp_path / "out").iterdir()
    rows = exported.of_csv(converted.read_bytes())
    assert [row[1:4] for row in rows] == [["武汉", "=1+1" if form == "xlsx" else "'=1+1", "12"], [*PLAIN[1][1:4]]]


@pytest.mark.parametrize("form", list(FORMS))
def test_each_says_where_it_comes_from(form: str, tmp_path: Path) -> None:
    for name, data in files(export(form), form, "a.file").items():
        (tmp_path / name).write_bytes(data)
    said = read_about(tmp_path / "a.file")
    assert said["digest"] == "0123456789abcdef"
    assert said["sha256"] == hashlib.sha256(exported.TEXT.encode()).hexdigest()
    assert said["form"] == form
    assert said["sparql"] == exported.TEXT


def test_the_file_beside_a_table_is_csvw() -> None:
    (name, data), (last, _) = files(export("csv"), "csv", "a.csv").items()
    assert (name, last) == ("a.csv-metadata.json", "a.csv")
    document = json.loads(data)
    assert document["@context"] == "http://www.w3.org/ns/csvw"
    assert document["url"] == "a.csv"
    assert [each["datatype"] for each in document["tableSchema"]["columns"]][3:9] == [
        "integer", "decimal", "double", "string", "date", "dateTime",
    ]  # fmt: skip


@pytest.mark.parametrize("form", list(FORMS))
def test_an_answer_without_rows_has_each_form(form: str) -> None:
    if form == "geojson":
        return
    assert made(form, Answer(COLUMNS, (), origin=ANSWER.origin))


def test_a_character_that_xml_cannot_hold_is_an_error() -> None:
    with pytest.raises(IcvkgError, match=r"U\+0001"):
        made("xml", Answer(("x",), ((ox.Literal("\x01"),),), origin=ANSWER.origin))


def test_a_control_character_is_escaped_in_a_workbook() -> None:
    data = made("xlsx", Answer(("x",), ((ox.Literal("a\x01b"),),), origin=ANSWER.origin))
    assert exported.of_workbook(data)[1] == ("a_x0001_b",)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(("x",), ((None,),) * workbook.ROWS, origin=ANSWER.origin), "1048576 rows"),
        (Answer(tuple(map(str, range(16_385))), (), origin=ANSWER.origin), "16385 columns"),
        (Answer(("x",), ((ox.Literal("x" * 32_768),),), origin=ANSWER.origin), "32768 characters"),
    ],
)
def test_an_answer_too_large_for_a_sheet_is_an_error(answer: Answer, said: str) -> None:
    with pytest.raises(IcvkgError, match=said):
        workbook.refuse_too_large(answer)


@pytest.mark.parametrize("value", ["9007199254740993", "12345678901234567890"])
def test_a_number_that_excel_would_round_is_text(value: str) -> None:
    data = made("xlsx", Answer(("x",), ((exported.typed(value, "integer"),),), origin=ANSWER.origin))
    assert exported.of_workbook(data)[1] == (value,)


def test_a_column_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean name"):
        export("csv", columns=("nme",))
