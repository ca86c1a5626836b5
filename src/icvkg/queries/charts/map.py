"""A map of places by their coordinates, without a tile server and without borders.

Every other place of the graph that has coordinates is a pale dot, so that one sees where things are not.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt

from icvkg.queries.answers import Answer, heading
from icvkg.queries.charts.labels import ALIGNS, SIZE, placed
from icvkg.queries.charts.records import Picture, Record, drawing, records, shades, text_of
from icvkg.queries.positions import PLACES, Position, known_positions, positions

WIDTH = 720
_MARGIN = 1.5
_RING = 6
"""Points of one place stand so many pixels around it."""


def place_map(spec: Mapping[str, Any], answer: Answer, language: str) -> Picture:
    """`place` (IRIs), `label` and `color` name columns; places without known coordinates are left out."""
    if answer.origin is None:
        raise ValueError("an answer without an origin has no positions")
    store, place = answer.origin.store, answer.columns.index(spec["place"])
    iris = [term.value if (term := row[place]) else "" for row in answer.rows]
    found = positions(store, {iri for iri in iris if iri.startswith(PLACES)})
    frame = _Frame(found.values())
    rows = [row for row in zip(iris, records(answer, language), strict=True) if row[0] in found]
    points = _points(spec, rows, found, frame, language)
    others = [frame.point(each) for iri, each in known_positions(store).items() if iri not in found]
    return _layers(points, [each for each in others if frame.holds(each)], frame, heading(spec["color"], language))


class _Frame:
    """From degrees to pixels: an equirectangular projection that is true in the middle of the picture."""

    def __init__(self, shown: Iterable[Position]) -> None:
        held = list(shown)
        east, north = [each.longitude for each in held], [each.latitude for each in held]
        self._west, self._north = min(east) - _MARGIN, max(north) + _MARGIN
        middle = math.cos(math.radians((min(north) + max(north)) / 2))
        self._scale = min(WIDTH / (max(east) - min(east) + 2 * _MARGIN), 60)
        self._down = self._scale / middle
        self.width = self._scale * (max(east) - min(east) + 2 * _MARGIN)
        self.height = self._down * (max(north) - min(north) + 2 * _MARGIN)

    def point(self, position: Position) -> Record:
        """The place in the picture, in pixels from its left and top."""
        x, y = (position.longitude - self._west) * self._scale, (self._north - position.latitude) * self._down
        return {"x": x, "y": y}

    def holds(self, point: Record) -> bool:
        """Whether the point lies within the picture."""
        return bool(0 <= point["x"] <= self.width and 0 <= point["y"] <= self.height)


def _points(
    spec: Mapping[str, Any],
    rows: Sequence[tuple[str, Record]],
    found: Mapping[str, Position],
    frame: _Frame,
    language: str,
) -> list[Record]:
    """One point for each position and colour, those of one position around it, with the number of rows."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for iri, row in rows:
        groups.setdefault((found[iri].by, text_of(row, spec["color"], language)), []).append({"iri": iri, **row})
    at: dict[str, int] = {}
    points = []
    for (by, color), members in groups.items():
        number, at[by] = at.get(by, 0), at.get(by, 0) + 1
        many = sum(1 for other, _ in groups if other == by)
        point = frame.point(found[members[0]["iri"]])
        angle = 2 * math.pi * number / many - math.pi / 2
        ring = _RING if many > 1 else 0
        names = dict.fromkeys(text_of(row, spec["label"], language) for row in members)
        points.append(
            {
                "x": point["x"] + ring * math.cos(angle), "y": point["y"] + ring * math.sin(angle), "by": by,
                "color": color, "label": ", ".join(names), "rows": len(members), "first": not number,
            }
        )  # fmt: skip
    return points


def _layers(points: list[Record], others: list[Record], frame: _Frame, title: str) -> Picture:
    across = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, frame.width], nice=False))
    down = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[frame.height, 0], nice=False))
    pale = drawing(others).mark_circle(size=14, color="#c8ccd2", opacity=1).encode(x=across, y=down)
    legend = alt.Legend(orient="bottom", columns=2, labelLimit=330)
    shown = (
        drawing(points)
        .mark_circle(opacity=0.85, stroke="white", strokeWidth=0.5)
        .encode(
            x=across, y=down, tooltip=["label:N", "color:N", "rows:Q"],
            color=alt.Color("color:N", title=title, scale=shades(points, "color"), legend=legend),
            size=alt.Size("rows:Q", title="rows", scale=alt.Scale(range=[60, 320]), legend=None),
        )
    )  # fmt: skip
    named = placed([point for point in points if point["first"]], frame.width, frame.height)
    texts = [
        drawing([each for each in named if each["align"] == align])
        .mark_text(align=align, baseline="middle", fontSize=SIZE, color="#333")
        .encode(x=alt.X("labelX:Q", axis=None), y=alt.Y("labelY:Q", axis=None), text="label:N")
        for align in ALIGNS
    ]
    return alt.layer(pale, shown, *texts).properties(width=round(frame.width), height=round(frame.height))
