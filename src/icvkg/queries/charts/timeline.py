"""A timeline: one line a thing, a mark as long as the day, month or year that is stated, or a span between two days."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from icvkg.queries.answers import heading
from icvkg.queries.charts.records import Picture, Record, drawing, period, shades, text_of

ROW = 15


def timeline(spec: Mapping[str, Any], rows: Sequence[Record], language: str) -> Picture:
    """`day`, `label` and `color` name columns, and `through` where a span ends; what has no day is left out.

    Spans have a line for each label and colour, days one for each label.
    """
    spans = "through" in spec
    marks = sorted(_marks(spec, rows, language), key=lambda mark: (mark["label"] if spans else "", mark["start"]))
    order = list(dict.fromkeys(mark["line"] for mark in marks))
    shade, columns = ("label", 4) if spans else ("color", 2)
    legend = alt.Legend(orient="bottom", columns=columns, labelLimit=300)
    base = drawing(marks).encode(
        y=alt.Y("line:N", sort=order, title=None, axis=alt.Axis(labelLimit=480, labelFontSize=10, grid=True)),
        color=alt.Color(f"{shade}:N", title=heading(spec[shade], language), scale=shades(marks, shade), legend=legend),
        tooltip=["label:N", "day:N", "color:N"],
    )
    across = alt.X("start:T", title=None, axis=alt.Axis(orient="top", format="%Y", tickCount="year"))
    bars = base.mark_bar(height=5, cornerRadius=2).encode(x=across, x2="end:T")
    dots = base.mark_point(filled=True, size=50, opacity=1)
    points = dots.encode(x="end:T") if spans else dots.encode(x=across).transform_filter("datum.exact")
    return alt.layer(bars, points).properties(width=560, height=alt.Step(ROW))


def _marks(spec: Mapping[str, Any], rows: Sequence[Record], language: str) -> list[Record]:
    """One mark for each label, day and colour."""
    found: dict[tuple[str, ...], Record] = {}
    for row in rows:
        days = row[spec["day"]], row[spec.get("through", spec["day"])]
        first, last = period(days[0]), period(days[1])
        if first is None or last is None:
            continue
        label, color = text_of(row, spec["label"], language), text_of(row, spec["color"], language)
        mark: Record = {"label": label, "color": color, "line": f"{label}: {color}" if "through" in spec else label}
        mark |= {
            "start": first[0],
            "end": last[1],
            "day": " – ".join(dict.fromkeys(map(str, days))),
            "exact": first[0] == last[1],
        }
        found[label, color, *days] = mark
    return list(found.values())
