"""Bars: how many of each."""

from collections.abc import Sequence

from markupsafe import Markup

from icvkg.publish.pages.drawing.svg import element, picture, short, text

WIDTH, ROW, NAMES = 980.0, 26.0, 300.0
NARROW, NARROW_ROW = 360.0, 42.0


def bars(counts: Sequence[tuple[str, float]], label: str) -> Markup:
    """One bar a name, in the order given: beside its name, and, for narrow screens, below it."""
    most = max((count for _, count in counts), default=0) or 1
    wide, narrow = list[Markup](), list[Markup]()
    for place, (name, count) in enumerate(counts):
        y = place * ROW
        wide.append(text(NAMES - 10, y + 17, short(name, 38), "item", "end"))
        wide += _bar(NAMES, y + 4, count, (WIDTH - NAMES - 60) * count / most)
        y = place * NARROW_ROW
        narrow.append(text(0, y + 14, short(name, 50), "item"))
        narrow += _bar(0, y + 19, count, (NARROW - 50) * count / most)
    return picture(WIDTH, max(ROW * len(counts), ROW), wide, label, "bars on-wide") + picture(
        NARROW, max(NARROW_ROW * len(counts), ROW), narrow, label, "bars on-narrow"
    )


def _bar(x: float, y: float, count: float, length: float) -> list[Markup]:
    rect = element("rect", x=x, y=y, width=max(length, 1), height=16, rx=2, class_="bar")
    return [rect, text(x + max(length, 1) + 6, y + 13, f"{count:g}", "count")]


def columns(counts: Sequence[tuple[str, int]], label: str, width: float = 400.0, height: float = 130.0) -> Markup:
    """One column a name, as for years."""
    most = max((count for _, count in counts), default=0) or 1
    step = width / max(len(counts), 1)
    shapes = []
    for place, (name, count) in enumerate(counts):
        tall = count / most * (height - 40)
        x = place * step
        shapes.append(element("rect", x=x + 1.5, y=height - 20 - tall, width=step - 3, height=tall, rx=2, class_="bar"))
        shapes.append(text(x + step / 2, height - 6, name, "year", "middle"))
        shapes.append(text(x + step / 2, height - 25 - tall, str(count), "count", "middle"))
    return picture(width, height, shapes, label, "columns")
