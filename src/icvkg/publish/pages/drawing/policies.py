"""Documents as dots along the years, one lane a level."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from icvkg.publish.pages.drawing.svg import element, linked, picture, text
from icvkg.publish.pages.drawing.timeline import position, years

SINCE, TOP, LEFT = 2015, 34.0, 8.0


@dataclass(frozen=True)
class Dot:
    """A document: its day, its name and its page."""

    day: str
    name: str
    target: str


@dataclass(frozen=True)
class _Sheet:
    """How wide the drawing is, in how many stacks a year falls, how large a dot is, and who looks at it."""

    width: float
    stacks: int
    radius: float
    kind: str


SHEETS = (_Sheet(980.0, 12, 4.0, "lanes on-wide"), _Sheet(360.0, 4, 3.2, "lanes on-narrow"))


def lanes(levels: Mapping[str, Sequence[Dot]], label: str) -> Markup:
    """Dots that fall on the same month (on narrow screens: the same quarter) stand on each other; what is older than
    the first year stands at its begin.
    """
    start = max(SINCE, min(int(dot.day[:4]) for dots in levels.values() for dot in dots))
    end = max(int(dot.day[:4]) for dots in levels.values() for dot in dots) + 1
    return Markup("").join(_drawn(levels, label, sheet, start, end) for sheet in SHEETS)


def _drawn(levels: Mapping[str, Sequence[Dot]], label: str, sheet: _Sheet, start: int, end: int) -> Markup:
    scale, step = (sheet.width - 2 * LEFT) / (end - start), 2 * sheet.radius + 1
    shapes, y = list[Markup](), TOP
    for name, dots in levels.items():
        placed = [_place(dot, start, scale, sheet.stacks) for dot in dots]
        seen: Counter[float] = Counter()
        shapes.append(text(LEFT, y + 12, f"{name} ({len(dots)})", "head"))
        y += 20 + max(Counter(placed).values()) * step
        for dot, x in zip(dots, placed, strict=True):
            shapes.append(_dot(dot, x, y - seen[x] * step, sheet.radius))
            seen[x] += 1
        shapes.append(element("line", x1=0, x2=sheet.width, y1=y + 8, y2=y + 8, class_="grid"))
        y += 16
    return picture(sheet.width, y, [*years(start, end, scale, y, LEFT), *shapes], label, sheet.kind)


def _place(dot: Dot, start: int, scale: float, stacks: int) -> float:
    part = int(max(position(dot.day[:7], start), 0) * stacks + 1e-6)
    return LEFT + 5 + part / stacks * scale


def _dot(dot: Dot, x: float, y: float, radius: float) -> Markup:
    return linked(dot.target, [element("circle", cx=x, cy=y, r=radius, class_="spot")], f"{dot.day}: {dot.name}")
