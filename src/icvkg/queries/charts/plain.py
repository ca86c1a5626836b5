"""A chart of one mark, as the header writes it in Vega-Lite (`mark`, `encoding`)."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from icvkg.queries.answers import heading
from icvkg.queries.charts.records import UNKNOWN, Picture, Record, shades

STEP = 18


def plain(spec: Mapping[str, Any], rows: Sequence[Record], language: str) -> Picture:
    """The mark with its encodings, titles in words; raises ValueError for a header that is no Vega-Lite."""
    encoding = {channel: _titled(dict(given), language) for channel, given in spec["encoding"].items()}
    heat = spec["mark"] == "rect"
    size: dict[str, Any] = {"height": {"step": STEP}} if encoding["y"].get("type") == "nominal" else {"height": 320}
    size |= {"width": {"step": 26}} if heat else {"width": 480}
    if encoding["x"].get("type") == "ordinal":
        size["width"] = {"step": 30}
    if {"column", "row", "facet"} & set(encoding):
        size = _small(encoding)
    if "row" in encoding:
        encoding["row"] |= {"header": {"labelAngle": 0, "labelAlign": "left", "title": None}, "spacing": 6}
        encoding["y"]["title"] = None
        size["resolve"] = {"scale": {"y": "independent"}}
    document = {
        "data": {"values": _told(rows, encoding, language)},
        "mark": _mark(spec["mark"]),
        "encoding": encoding,
        **size,
    }
    if heat:
        encoding["x"]["axis"] = {"labelAngle": -40, "labelLimit": 220}
        encoding["color"]["scale"] = {"scheme": "blues", "domainMin": 0}
        encoding["color"]["legend"] = {"tickMinStep": 1}
    elif encoding.get("color", {}).get("type") == "nominal":
        encoding["color"]["scale"] = shades(rows, encoding["color"]["field"]).to_dict()
    return alt.Chart.from_dict(document)


def _small(encoding: Mapping[str, Any]) -> dict[str, Any]:
    """The size of one of several panels."""
    return {"height": {"step": 14}, "width": 320} if "row" in encoding else {"height": 220, "width": {"step": 16}}


def _told(rows: Sequence[Record], encoding: Mapping[str, Any], language: str) -> list[Record]:
    """The rows, words in place of what is not stated where it would name a bar, a cell or a colour."""
    channels = [each for each in encoding.values() if each.get("type") in ("nominal", "ordinal")]
    named = [each["field"] for each in channels if not each.get("aggregate")]
    return [row | {field: UNKNOWN[language] for field in named if row[field] is None} for row in rows]


def _mark(mark: Any) -> dict[str, Any]:  # noqa: ANN401 - a Vega-Lite mark is a name or an object
    return {"type": mark, "tooltip": True} if isinstance(mark, str) else {"tooltip": True, **mark}


def _titled(channel: dict[str, Any], language: str) -> dict[str, Any]:
    """A channel with its column's name in words, or that of what is counted; `title_zh` is its title in Chinese."""
    chinese = channel.pop("title_zh", "")
    if language == "zh":
        return channel | {"title": chinese or _in_chinese(channel)}
    field = channel.get("field", "rows")
    title = f"number of {heading(field)}s" if _is_count(channel) and not field.endswith("s") else heading(field)
    return {"title": title, **channel}


def _in_chinese(channel: Mapping[str, Any]) -> str:
    name = heading(channel["field"], "zh") if "field" in channel else "行"
    return f"{name}数" if _is_count(channel) and not name.endswith("数") else name


def _is_count(channel: Mapping[str, Any]) -> bool:
    return channel.get("aggregate") in ("count", "distinct")
