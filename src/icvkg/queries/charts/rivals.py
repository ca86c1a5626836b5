"""Values that contradict each other for one thing and one day, side by side."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from icvkg.errors import shorten
from icvkg.queries.answers import heading
from icvkg.queries.charts.records import Picture, Record, drawing, text_of

PERCENT = {"en": "percent of the lowest value", "zh": "相当于最低值的百分比"}


def rivals(spec: Mapping[str, Any], rows: Sequence[Record], language: str) -> Picture:
    """One line for each thing, each value where it stands in percent of the lowest, with its words and source.

    `set` lists the columns that say what was measured; `value`, `unit`, `color` and `source` name columns.
    """
    points = _points(spec, rows, language)
    line = alt.Y("set:N", title=None, sort=None, axis=alt.Axis(labelLimit=480, grid=True, ticks=False, domain=False))
    base = drawing(points).encode(y=line)
    scale = alt.Scale(domainMin=97, nice=True, zero=False)
    percent = alt.X("percent:Q", title=PERCENT[language], scale=scale, axis=alt.Axis(tickCount=8))
    ranges = base.mark_rule(strokeWidth=3, color="#c5c9cf").encode(x="min(percent):Q", x2="max(percent):Q")
    color = alt.Color("color:N", title=heading(spec["color"], language), legend=alt.Legend(orient="bottom"))
    hints = ["set:N", "said:N", "source:N", "color:N"]
    dots = base.mark_point(filled=True, size=100, opacity=1).encode(x=percent, color=color, tooltip=hints)
    words = base.mark_text(dy=-13, fontSize=10).encode(x=percent, text="said:N")
    return alt.layer(ranges, dots, words).properties(width=560, height=alt.Step(36))


def _points(spec: Mapping[str, Any], rows: Sequence[Record], language: str) -> list[Record]:
    sets: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        sets[", ".join(str(row[field]) for field in spec["set"] if row[field])].append(row)
    found = []
    for name, members in sets.items():
        lowest = min(row[spec["value"]] for row in members)
        for row in members:
            point = {"set": shorten(name, 80), "percent": 100 * row[spec["value"]] / (lowest or 1)}
            point |= {"said": f"{amount(row[spec['value']])} {_lower(row[spec['unit']] or '')}".strip()}
            point |= {"source": text_of(row, spec["source"], language), "color": text_of(row, spec["color"], language)}
            found.append(point)
    return found


def _lower(unit: str) -> str:
    """A unit as it stands behind a number: `Kilometre` small, `US dollar` as it is."""
    return unit.lower() if unit[1:] == unit[1:].lower() else unit


def amount(value: float) -> str:
    """A number as people write it.

    >>> amount(61200000000.0), amount(23.5)
    ('61,200,000,000', '23.5')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.6g}"
