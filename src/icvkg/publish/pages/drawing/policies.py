"""Documents as dots along the years, one lane a level."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from icvkg.publish.pages.drawing.svg import element, linked, picture, text
from icvkg.publish.pages.drawing.timeline import position, years

SINCE, STEP, TOP, WIDTH, LEFT = 2015, 9.0, 34.0, 980.0, 8.0


@dataclass(frozen=True)
class Dot:
    """A document: its day, its name and its page."""

    day: str
    name: str
    target: str


def lanes(levels: Mapping[str, Sequence[Dot]], label: str) -> Markup:
    """Dots that fall on the same month stand on each other; what is older than the first year stands at its begin."""
    start = max(SINCE, min(int(dot.day[:4]) for dots in levels.values() for dot in dots))
    end = max(int(dot.day[:4]) for dots in levels.values() for dot in dots) + 1
    scale = (WIDTH - 2 * LEFT) / (end - start)
    shapes, y = list[Markup](), TOP
    for name, dots in levels.items():
        placed = [_place(dot, start, scale) for dot in dots]
        tall = max(Counter(placed).values()) * STEP
        seen: Counter[float] = Counter()
        shapes.append(text(LEFT, y + 12, f"{name} ({len(dots)})", "head"))
        y += 20 + tall
        for dot, x in zip(dots, placed, strict=True):
            shapes.append(_dot(dot, x, y - seen[x] * STEP))
            seen[x] += 1
        shapes.append(element("line", x1=0, x2=WIDTH, y1=y + 8, y2=y + 8, class_="grid"))
        y += 16
    return picture(WIDTH, y, [*years(start, end, scale, y, LEFT), *shapes], label, "lanes")


def _place(dot: Dot, start: int, scale: float) -> float:
    month = round(max(position(dot.day[:7], start), 0) * 12)
    return LEFT + 5 + month / 12 * scale


def _dot(dot: Dot, x: float, y: float) -> Markup:
    return linked(dot.target, [element("circle", cx=x, cy=y, r=4, class_="spot")], f"{dot.day}: {dot.name}")
