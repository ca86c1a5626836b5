"""Figures along time; where sources differ about one day, each of their values is shown and a bar spans them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from icvkg.queries.answers import heading
from icvkg.queries.charts.records import Picture, Record, drawing, period, text_of
from icvkg.queries.charts.rivals import amount

MOST = 10
"""So many lines have a colour of their own, those with most figures; the others are grey."""
OTHERS = {"en": "others", "zh": "其他"}
_GREY = "#b8bcc4"
_PALETTE = (
    "#4c78a8", "#f58518", "#e45756", "#439894", "#54a24b", "#b79a20", "#b279a2", "#d67195", "#9d755d", "#3b3b8f",
)  # fmt: skip
AGREE, DIFFER = "one value", "sources differ"


def series(spec: Mapping[str, Any], rows: Sequence[Record], language: str) -> Picture:
    """A panel for each `panel`, a line for each `color` through the means of its days.

    `day`, `value`, `unit` and `source` name columns too; a value of a day about which sources differ is hollow.
    """
    points = [point for row in rows if (point := _point(spec, row, language))]
    _mark_differences(points)
    counts = Counter(point["line"] for point in points)
    many = len(counts) > MOST
    known = [name for name, count in counts.most_common(MOST) if count > 1 or not many]
    for point in points:
        point["color"] = point["line"] if point["line"] in known else OTHERS[language]
    domain, shades = [*known, OTHERS[language]][: len(known) + many], [*_PALETTE[: len(known)], _GREY]
    scale = alt.Scale(domain=domain, range=shades[: len(domain)])
    legend = alt.Legend(orient="bottom", columns=3, labelLimit=240)
    color = alt.Color("color:N", title=heading(spec["color"], language), scale=scale, legend=legend)
    panels = dict.fromkeys(point["panel"] for point in points)
    drawn = [_panel([point for point in points if point["panel"] == panel], color) for panel in panels]
    return drawn[0] if len(drawn) == 1 else alt.vconcat(*drawn)


def _point(spec: Mapping[str, Any], row: Record, language: str) -> Record | None:
    days = period(row[spec["day"]])
    if days is None or not isinstance(row[spec["value"]], float):
        return None
    said = {"panel": text_of(row, spec["panel"], language), "line": text_of(row, spec["color"], language)}
    said |= {"source": text_of(row, spec["source"], language), "said": amount(row[spec["value"]])}
    return {"day": days[1], "value": row[spec["value"]], "unit": row[spec["unit"]] or "", **said}


def _mark_differences(points: Sequence[Record]) -> None:
    """Says of each point whether another source has another value for its line and day."""
    together: dict[tuple[str, str, str], set[float]] = defaultdict(set)
    for point in points:
        together[point["panel"], point["line"], point["day"]].add(point["value"])
    for point in points:
        values = together[point["panel"], point["line"], point["day"]]
        point["lift"] = "up" if point["value"] == max(values) else "down"
        one = len(values) == 1
        point["differ"] = AGREE if one else DIFFER


def _panel(points: Sequence[Record], color: alt.Color) -> alt.LayerChart | alt.FacetChart:
    base = drawing(points).encode(
        x=alt.X("day:T", title=None, scale=alt.Scale(padding=12), axis=alt.Axis(format="%Y", tickCount="year"))
    )
    wide = max(point["value"] for point in points) > 50 * max(min(point["value"] for point in points), 1e-9)
    title = f"{points[0]['panel']} ({points[0]['unit']})"
    powers = alt.Axis(values=[10**power for power in range(12)], format=",")
    value = alt.Y("value:Q", title=title, scale=alt.Scale(zero=False))
    if wide:
        value = alt.Y("value:Q", title=title, scale=alt.Scale(type="log"), axis=powers)
    lines = base.mark_line(opacity=0.6).encode(y=alt.Y("mean(value):Q", title=title), color=color, detail="line:N")
    spans = base.mark_rule(strokeWidth=2).encode(
        y=alt.Y("min(value):Q", title=title), y2="max(value):Q", color=color, detail="line:N"
    )
    hints = ["line:N", "day:T", "said:N", "source:N"]
    full = base.mark_point(filled=True, size=50, opacity=1).encode(y=value, color=color, tooltip=hints)
    hollow = base.mark_point(filled=False, size=70, opacity=1, fill="white").encode(y=value, color=color, tooltip=hints)
    words = [
        base.mark_text(align="left", dx=8, dy=shift, fontSize=10)
        .encode(y=value, text="said:N", color=color)
        .transform_filter(f"datum.differ == '{DIFFER}' && datum.lift == '{lift}'")
        for lift, shift in (("up", -6), ("down", 6))
    ]
    agree, differ = f"datum.differ == '{AGREE}'", f"datum.differ == '{DIFFER}'"
    layers = [lines, spans, full.transform_filter(agree), hollow.transform_filter(differ)]
    return alt.layer(*layers, *words).properties(width=600, height=280)
