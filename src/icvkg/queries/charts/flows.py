"""Who gives to whom: givers left, receivers right. As a network of ties, or as a Sankey diagram with ribbons."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import altair as alt

from icvkg.queries.answers import heading
from icvkg.queries.charts.records import Picture, Record, drawing, shades, text_of

LEFT, RIGHT, BAR = 0.0, 1.0, 0.012
CROWDED = 60
"""From so many ties on, they stand closer."""
_STEPS = 24
_GAP = 0.45
"""Room between two ends, in widths of one tie."""
_Tie = tuple[str, str, str]


def flows(spec: Mapping[str, Any], rows: Sequence[Record], language: str) -> Picture:
    """`from`, `to` and `color` name columns; a tie is as wide as it has rows, in a Sankey diagram.

    `layout` is sankey (ribbons) or network (lines). An actor that both gives and receives stands on both sides.
    """
    fields = [spec[each] for each in ("from", "to", "color")]
    ties = Counter(tuple(text_of(row, field, language) for field in fields) for row in rows)
    weights: Counter[_Tie] = Counter({(start, end, color): count for (start, end, color), count in ties.items()})
    left, right = _ordered(weights)
    ends = _Side(left, weights, 0), _Side(right, weights, 1)
    tall = max(each.height for each in ends)
    for each in ends:
        each.centre(tall)
    ribbons = spec["layout"] == "sankey"
    drawn = [*_curves(weights, *ends, ribbons=ribbons)]
    color = alt.Color(
        "color:N",
        title=heading(spec["color"], language),
        scale=shades(drawn, "color"),
        legend=alt.Legend(orient="bottom", columns=4, labelLimit=220),
    )
    across = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.02, 1.02], nice=False))
    down = alt.Y("y:Q", axis=None, stack=None, scale=alt.Scale(domain=[tall, 0], nice=False))
    base = drawing(drawn).encode(x=across, y=down, color=color, detail="tie:N", tooltip=["tie:N", "color:N", "rows:Q"])
    lines = base.mark_line(opacity=0.75, strokeWidth=1.6).encode(order="x:Q")
    curves = base.mark_area(opacity=0.55).encode(y2="y2:Q") if spec["layout"] == "sankey" else lines
    layers = [curves, *_names(ends, across, down)]
    return alt.layer(*layers).properties(width=520, height=round(max(120, tall * (15 if tall < CROWDED else 9))))


class _Side:
    """The ends of ties on one side, one under the other."""

    def __init__(self, names: Sequence[str], weights: Mapping[_Tie, int], place: int) -> None:
        self.place = place
        self.top: dict[str, float] = {}
        self.size: dict[str, int] = {}
        self._used: dict[str, float] = {}
        y = 0.0
        for name in names:
            size = sum(count for tie, count in weights.items() if tie[place] == name)
            self.top[name], self.size[name] = y, size
            y += size + _GAP
        self.height = y - _GAP

    def centre(self, tall: float) -> None:
        """Moves all ends so that the side stands in the middle."""
        self.top = {name: y + (tall - self.height) / 2 for name, y in self.top.items()}

    def take(self, name: str, count: int) -> float:
        """Where the next tie of that many rows begins at this end."""
        start = self._used.get(name, self.top[name])
        self._used[name] = start + count
        return start


def _ordered(weights: Mapping[_Tie, int]) -> tuple[list[str], list[str]]:
    """Both sides so ordered that few ties cross: each end near the middle of those it is tied to, biggest first."""
    left, right = ([*dict.fromkeys(tie[place] for tie in weights)] for place in (0, 1))
    size: Counter[tuple[int, str]] = Counter()
    for tie, count in weights.items():
        size[0, tie[0]] += count
        size[1, tie[1]] += count
    left.sort(key=lambda name: (-size[0, name], name))
    for _ in range(8):
        right = _by_middle(right, left, weights, 1)
        left = _by_middle(left, right, weights, 0)
    return left, right


def _by_middle(names: Sequence[str], others: Sequence[str], weights: Mapping[_Tie, int], place: int) -> list[str]:
    at = {name: number for number, name in enumerate(others)}

    def middle(name: str) -> tuple[float, str]:
        tied = [(at[tie[1 - place]], count) for tie, count in weights.items() if tie[place] == name]
        return sum(where * count for where, count in tied) / sum(count for _, count in tied), name

    return sorted(names, key=middle)


def _curves(weights: Mapping[_Tie, int], left: _Side, right: _Side, *, ribbons: bool) -> Iterator[Record]:
    """Points along each tie, from its left to its right end."""
    order = {name: number for side in (left, right) for number, name in enumerate(side.top)}
    for tie in sorted(weights, key=lambda tie: (order[tie[0]], right.top[tie[1]], tie[2])):
        start, end, color = tie
        count = weights[tie]
        first, last = left.take(start, count), right.take(end, count)
        middle = 0 if ribbons else count / 2
        for step in range(_STEPS + 1):
            x = step / _STEPS
            eased = x * x * (3 - 2 * x)
            y = first + (last - first) * eased + middle
            yield {
                "tie": f"{start} → {end} ({color})", "color": color, "rows": count,
                "x": BAR + x * (1 - 2 * BAR), "y": y, "y2": y + count,
            }  # fmt: skip


def _names(sides: tuple[_Side, _Side], across: alt.X, down: alt.Y) -> Iterator[alt.Chart]:
    """A bar and a name for each end."""
    for side, x in zip(sides, (LEFT, RIGHT), strict=True):
        ends = [
            {"x": x, "x2": x + (BAR if not side.place else -BAR), "y": y, "y2": y + side.size[name],
             "middle": y + side.size[name] / 2, "name": name}
            for name, y in side.top.items()
        ]  # fmt: skip
        data = drawing(ends).encode(x=across)
        yield data.mark_rect(color="#555").encode(x2="x2:Q", y=down, y2="y2:Q")
        text = (
            data.mark_text(align="left", baseline="middle", dx=5, fontSize=11)
            if side.place
            else data.mark_text(align="right", baseline="middle", dx=-5, fontSize=11)
        )
        yield text.encode(y=alt.Y("middle:Q", axis=None), text="name:N")
