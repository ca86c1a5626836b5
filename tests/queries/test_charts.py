"""Every chart that a header asks for can be drawn, and shows what the answer says."""

import json
import re
import struct
import xml.etree.ElementTree as ElementTree
import zlib
from pathlib import Path
from typing import Any

import pytest

from icvkg.errors import IcvkgError
from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.catalogue import catalogue
from icvkg.queries.charts import drawing as pictures
from icvkg.queries.charts.drawing import drawn, has_chinese_font
from icvkg.queries.charts.flows import flows
from icvkg.queries.charts.labels import placed
from icvkg.queries.charts.map import place_map
from icvkg.queries.charts.records import Picture, Record, period
from icvkg.queries.charts.rivals import rivals
from icvkg.queries.charts.series import series
from tests.queries.exported import ANSWER

CHARTS = [query.name for query in catalogue() if query.chart]
SVG = "{http://www.w3.org/2000/svg}"


def test_the_layouts_are_all_used() -> None:
    layouts = {query.chart.get("layout", "mark") for query in catalogue() if query.chart}
    assert layouts == {"mark", "timeline", "map", "network", "sankey", "rivals", "series"}
    assert len(CHARTS) == 28


@pytest.mark.parametrize("name", CHARTS)
def test_the_header_gives_a_picture(name: str, graph: KnowledgeGraph) -> None:
    answer = graph.query(name)
    tree = ElementTree.fromstring(drawn(answer, ".svg", "en"))
    assert tree.tag == f"{SVG}svg"
    assert len(list(tree.iter(f"{SVG}path"))) > 10
    said = json.loads(tree.findtext(f"{SVG}metadata") or "")
    assert (said["query"], said["rows"]) == (name, len(answer))


def test_html_needs_no_network(graph: KnowledgeGraph) -> None:
    text = drawn(graph.query("supply-concentration"), ".html", "zh").decode()
    assert "各类部件的已知供应集中度如何" in text
    assert not re.search(r"<(script|link)[^>]+(src|href)=", text)


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("supply-concentration", ("种类", "集中度(HHI)", "联系数")),
        ("protection-of-niches", ("地点", "主张数", "状态")),
        ("canvas-by-operator", ("运营方", "内容条数")),
        ("cities-in-programmes", ("项目",)),
    ],
)
def test_axes_and_legends_are_in_chinese(graph: KnowledgeGraph, name: str, titles: tuple[str, ...]) -> None:
    svg = ElementTree.fromstring(drawn(graph.query(name), ".svg", "zh"))
    texts = {each.text for each in svg.iter(f"{SVG}text")}
    assert set(titles) <= texts


@pytest.mark.skipif(not has_chinese_font(), reason="no font here has Chinese characters (Debian: fonts-noto-cjk)")
def test_chinese_is_drawn(graph: KnowledgeGraph) -> None:
    chinese, english = (drawn(graph.query("supply-concentration"), ".png", each) for each in ("zh", "en"))
    assert chinese.startswith(b"\x89PNG")
    assert ink(chinese) != ink(english)


def ink(png: bytes) -> int:
    """How many bytes the picture of a PNG holds, uncompressed."""
    parts, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        parts += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    return sum(zlib.decompress(parts)[:200_000])


def test_without_a_font_a_png_is_refused_and_says_what_to_do(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "has_chinese_font", lambda: False)
    with pytest.raises(IcvkgError, match="fonts-noto-cjk"):
        drawn(graph.query("supply-concentration"), ".png", "zh")
    assert drawn(graph.query("supply-concentration"), ".svg", "zh")


def test_an_answer_draws_itself(graph: KnowledgeGraph) -> None:
    document = graph.query("firms-by-origin-and-stage").chart().to_dict()
    assert document["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert document["usermeta"]["about"]["query"] == "firms-by-origin-and-stage"


@pytest.mark.parametrize(
    ("name", "given", "ending", "said"),
    [
        ("supply-concentration", {}, ".pdf", "ends in .svg, .png, .html"),
        ("contradictions", {}, ".svg", "Queries with one: .*cities-in-programmes"),
        ("suppliers-of-component", {"asOf": "1990-01-01", "supplier": "hesai", "customer": "tesla"}, ".svg", "no rows"),
    ],
)
def test_what_cannot_be_drawn_is_an_error(
    name: str, given: dict[str, str], ending: str, said: str, graph: KnowledgeGraph
) -> None:
    with pytest.raises(IcvkgError, match=said):
        drawn(graph.query(name, **given), ending, "en")


def test_sparql_of_ones_own_has_no_chart() -> None:
    with pytest.raises(IcvkgError, match="No chart is laid down"):
        ANSWER.chart()


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2023-12", ("2023-12-01", "2023-12-31")),
        ("2023-12-05", ("2023-12-05", "2023-12-05")),
        ("", None),
    ],
)
def test_a_day_a_month_and_a_year_are_as_long_as_they_are(said: str, days: tuple[str, str] | None) -> None:
    assert period(said) == days


MAP = {"place": "city", "label": "cityName", "color": "programmeName"}
TIES = [{"a": "x", "b": "y", "c": "one"}, {"a": "x", "b": "y", "c": "one"}, {"a": "z", "b": "y", "c": "two"}]


def test_a_ribbon_is_as_wide_as_its_rows() -> None:
    spec = {"layout": "sankey", "from": "a", "to": "b", "color": "c"}
    points = values_of(flows(spec, TIES, "en"), "tie")
    widths = {point["tie"]: point["y2"] - point["y"] for point in points}
    assert widths == {"x → y (one)": 2, "z → y (two)": 1}
    ends = sorted((point["y"], point["y2"]) for point in points if point["x"] > 0.98)
    assert ends[0][1] == ends[1][0]


def test_rivals_stand_in_percent_of_the_lowest() -> None:
    rows: list[Record] = [
        {"what": "Cars", "day": "2024", "value": value, "unit": "Vehicles", "rank": "normal", "source": "s"}
        for value in (200.0, 250.0)
    ]
    spec = {"set": ["what", "day"], "value": "value", "unit": "unit", "color": "rank", "source": "source"}
    points = values_of(rivals(spec, rows, "en"), "percent")
    assert [(point["set"], point["percent"], point["said"]) for point in points] == [
        ("Cars, 2024", 100, "200 vehicles"),
        ("Cars, 2024", 125, "250 vehicles"),
    ]


def test_a_series_shows_where_sources_differ() -> None:
    days = [("2023", 1.0), ("2024", 2.0), ("2024", 3.0), ("2025", 4.0), ("2025", 4.0), ("", 9.0)]
    rows: list[Record] = [
        {"day": day, "value": value, "unit": "u", "place": "p", "what": "w", "source": "s"} for day, value in days
    ]
    spec = {"day": "day", "value": "value", "unit": "unit", "color": "place", "panel": "what", "source": "source"}
    points = values_of(series(spec, rows, "en"), "differ")
    assert [(point["value"], point["differ"]) for point in points] == [
        (1, "one value"), (2, "sources differ"), (3, "sources differ"), (4, "one value"), (4, "one value"),
    ]  # fmt: skip


def values_of(chart: Picture, field: str) -> list[dict[str, Any]]:
    """The rows of a chart that have that field; labels that were placed are none."""
    document = chart.to_dict()
    tables = [rows for rows in document["datasets"].values() if rows and "labelX" not in rows[0]]
    (found,) = [rows for rows in tables if field in rows[0]]
    return list(found)


def test_labels_never_cover_one_another_nor_leave_the_picture() -> None:
    points = [{"x": 50.0 + 3 * number, "y": 50.0, "label": "a long label"} for number in range(12)]
    found = placed(points, 200, 100)
    boxes = [_extent(each) for each in found]
    assert 0 < len(found) < len(points)
    assert all(left >= 0 and right <= 200 for left, _, right, _ in boxes)
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def _extent(label: Record) -> tuple[float, float, float, float]:
    wide = 5.6 * len(label["label"])
    left = label["labelX"] - {"left": 0, "right": wide, "center": wide / 2}[label["align"]]
    return left, label["labelY"] - 5, left + wide, label["labelY"] + 5


def test_a_map_shows_each_place_once_for_each_colour(graph: KnowledgeGraph) -> None:
    answer = graph.query("cities-in-programmes")
    points = values_of(place_map(MAP, answer, "en"), "by")
    assert {(point["label"], point["color"]) for point in points} == {
        (row["cityName"], row["programmeName"]) for row in answer
    }
    assert sum(point["rows"] for point in points) == len(answer)


def test_a_folder_of_fonts_can_be_named(graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pictures.FONTS, str(tmp_path))
    assert graph.manifest.digest in drawn(graph.query("supply-concentration"), ".svg", "en").decode()
