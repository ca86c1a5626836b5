"""A small answer with a value of each type, and how each form is read back by the tool that it is made for."""

import io
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import geojson
import openpyxl
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pyoxigraph as ox
import rdflib
from markdown_it import MarkdownIt

from icvkg.queries.answers import Answer
from icvkg.queries.exports.export import Export, Shape, make_export
from icvkg.queries.origin import Origin
from icvkg.store.embedded import EmbeddedStore

XSD = "http://www.w3.org/2001/XMLSchema#"
GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
BASE = "https://w3id.org/icvkg/"


def iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(BASE + name)


def typed(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))


STORE = EmbeddedStore.in_memory(
    [
        ox.Triple(iri("id/place/wuhan"), ox.NamedNode(GEO + "lat"), typed("30.59", "decimal")),
        ox.Triple(iri("id/place/wuhan"), ox.NamedNode(GEO + "long"), typed("114.31", "decimal")),
        ox.Triple(iri("id/place/wuhan-zone"), iri("def/within"), iri("id/place/wuhan")),
    ]
)
COLUMNS = ("place", "name", "text", "number", "share", "ratio", "paid", "day", "moment", "empty", "claim", "source")
ROWS = (
    (
        iri("id/place/wuhan-zone"), ox.Literal("武汉", language="zh"), ox.Literal("=1+1"), typed("12", "integer"),
        typed("33.50", "decimal"), typed("1.5e0", "double"), typed("true", "boolean"),
        typed("2024-07-03T00:00:00Z", "dateTime"), typed("2024-07-03T10:30:00Z", "dateTime"), None,
        iri("id/claim/one"), ox.Literal("A page & <more>"),
    ),
    (
        iri("id/place/nowhere"), ox.Literal("Nowhere", language="en"), ox.Literal('a "b",\n|c| {d}_% -- -->'),
        typed("-7", "integer"), typed("0.125", "decimal"), typed("-2.0e3", "double"), typed("false", "boolean"),
        typed("2023-01-31T00:00:00Z", "dateTime"), typed("2023-01-31T23:59:59Z", "dateTime"), None,
        iri("id/claim/two"), ox.Literal("第二页 https://example.org/a?b=c&d=1"),
    ),
)  # fmt: skip
TEXT = "SELECT * WHERE { ?place ?name ?text }"
ANSWER = Answer(COLUMNS, ROWS, origin=Origin("2026.11.0", "0123456789abcdef", TEXT, {}, STORE))
PLAIN = [["" if term is None else term.value for term in row] for row in ROWS]
"""The rows as plain values."""


def export(form: str, answer: Answer = ANSWER, **shape: Any) -> Export:  # noqa: ANN401 - what a Shape takes
    return make_export(answer, Shape(**shape), form)


def of_csv(data: bytes, separator: str = ",") -> list[list[str]]:
    """Read by polars, and by pandas alike."""
    frame = pl.read_csv(io.BytesIO(data), separator=separator, infer_schema=False).fill_null("")
    other = pd.read_csv(io.BytesIO(data), sep=separator, dtype=str, keep_default_na=False)
    assert other.values.tolist() == [list(row) for row in frame.rows()]
    return [list(row) for row in frame.rows()]


def of_results(form: ox.QueryResultsFormat) -> Callable[[bytes], list[tuple[Any, ...]]]:
    """Read by pyoxigraph, as terms."""

    def read(data: bytes) -> list[tuple[Any, ...]]:
        found = ox.parse_query_results(data, format=form)
        assert isinstance(found, ox.QuerySolutions)
        return [tuple(row) for row in found]

    return read


def of_result_set(data: bytes, form: str) -> list[list[str]]:
    """A result set in RDF, read by rdflib; rows by their index."""
    graph = rdflib.Graph().parse(data=data, format=form)
    rs = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
    order = sorted(graph.subjects(rs["index"]), key=lambda each: int(str(graph.value(each, rs["index"]))))
    rows = []
    for solution in order:
        bound = {
            str(graph.value(each, rs.variable)): str(graph.value(each, rs.value))
            for each in graph.objects(solution, rs.binding)
        }
        rows.append([bound.get(name, "") for name in COLUMNS])
    return rows


def of_workbook(data: bytes) -> list[tuple[Any, ...]]:
    """Read by openpyxl: heading and rows of the first sheet."""
    return list(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))


def of_parquet(data: bytes) -> pl.DataFrame:
    """Read by polars, whose rows are those of pandas."""
    frame = pl.read_parquet(io.BytesIO(data))
    assert len(pq.read_table(io.BytesIO(data)).to_pandas()) == len(frame)
    return frame


def of_geojson(data: bytes) -> Any:  # noqa: ANN401 - the reader is not typed
    """Read by the package geojson, which also validates."""
    found = geojson.loads(data.decode())
    assert found.errors() == [], found.errors()
    return found


def of_markdown(data: bytes) -> list[list[str]]:
    """The cells of the table, read by markdown-it."""
    parser = MarkdownIt("commonmark").enable("table")
    rows: list[list[str]] = []
    tokens = parser.parse(data.decode())
    for number, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        if token.type in ("td_open", "th_open"):
            children = tokens[number + 1].children or []
            rows[-1].append("".join(each.content for each in children))
    return rows


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = self._note = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._inside = True
        self._note = self._note or tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("td", "th")
        self._note = self._note and tag != "sup"

    def handle_data(self, data: str) -> None:
        if self._inside and not self._note:
            self.rows[-1][-1] += data


def of_html(data: bytes) -> list[list[str]]:
    """The cells of the table, read by Python's own parser."""
    reader = _Cells()
    reader.feed(data.decode())
    return reader.rows


def latex_document(table: str) -> str:
    """A document around a table, in a font that has Chinese characters."""
    return (
        "\\documentclass{article}\\usepackage{booktabs,longtable}\\usepackage{fontspec}"
        '\\setmainfont{Noto Serif CJK SC}\\XeTeXlinebreaklocale "zh"\\begin{document}\n'
        f"{table}\\end{{document}}\n"
    )


def errors_of(log: Path) -> list[str]:
    """The errors of a LaTeX run."""
    return re.findall(r"(?m)^! .*$", log.read_text(encoding="utf-8", errors="replace"))
